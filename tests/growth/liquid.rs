//! Liquid over a body. In: tags and outputs repeated, and single ones with long markup. Neighbours: `main.rs`;
//! `tests/liquid.rs` holds that loops end.

use crate::Growth;

#[test]
fn many_tags() {
    let pieces = [
        "{% ",
        "{{ ",
        "{{ a }",
        "{% raw %}",
        "{% if a %}",
        "{% endif %}",
        "{% comment %}",
        "{% x %}{% endx %}",
        "{{ a[",
        "{{ 'a",
        "{%{%",
        "{% raw %}{%",
        "{{ page.title }}",
        "{% else %}",
        "{% assign a = 1 %}",
        "{{ \"",
        "{% for i in a %}",
        "{% highlight a %}<",
        "{{ a | b: ' }}",
        "{{ a | b, , , }}",
        "{% cycle a, b %}",
        "{% if a and %}{% endif %}",
    ];
    let mut growth = Growth::of("run_liquid");
    for piece in pieces {
        growth.repeat(piece);
    }
    growth.add(|bytes| ["{% case a %}{% when ", &"a or ".repeat(bytes / 5), " %}{% endcase %}"].concat());
    growth.add(|bytes| ["{% highlight a ", &"a=\"1 1\" ".repeat(bytes / 8), " %}"].concat());
    growth.add(|bytes| ["{{ '", &"&a".repeat(bytes / 2), "' | escape_once }}"].concat());
    growth.add(|bytes| ["{{ '", &"<!--<".repeat(bytes / 5), "' | strip_html }}"].concat());
    growth.check();
}

#[test]
fn one_long_markup() {
    let pieces = [
        "a", "[", "(", "'", "a ", "a.", "| a ", ": ", "a and ", "(1..", "a:", ", ", "- ", "=", "{%", "[a", "]", "'a",
        "a \"'",
    ];
    let heads = [
        "{{ ",
        "{% if ",
        "{% for i in ",
        "{% assign x = ",
        "{% cycle ",
        "{% highlight ",
        "{% case ",
        "{% tablerow a in ",
    ];
    let mut growth = Growth::of("run_liquid");
    for piece in pieces {
        for head in heads {
            let end = if head == "{{ " { " }}" } else { " %}" };
            growth.add(|bytes| [head, &piece.repeat(bytes / piece.len()), end].concat());
        }
    }
    growth.check();
}
