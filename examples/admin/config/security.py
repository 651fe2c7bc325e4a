"""A Content-Security-Policy for every page. In: a response. Out: the response with the header.

No inline script or style, no eval, nothing from another origin but pictures of posts. `wasm-unsafe-eval` lets
WebAssembly be compiled and nothing else. The element would run under `require-trusted-types-for 'script'` too, but
the jQuery of Django 5.2's admin does not: with it, no row can be added. `examples/plain` has it.
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
