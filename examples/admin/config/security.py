"""A Content-Security-Policy for every page. In: a response. Out: the response with the header.

No inline script or style, no eval, nothing from another origin but pictures of posts. `wasm-unsafe-eval` lets
WebAssembly be compiled and nothing else. `require-trusted-types-for 'script'` could stand here as well if it were for
the element; the jQuery of Django's admin does not run under it.
"""

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "style-src 'self'",
        "img-src 'self' data: https:",
        "connect-src 'self'",
        "font-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ]
)


def content_security_policy(get_response):
    """The middleware."""

    def respond(request):
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        return response

    return respond
