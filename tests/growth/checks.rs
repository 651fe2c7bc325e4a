//! The checks, with reading the post. In: marks repeated many times, many keys, many tags. Neighbours: `main.rs`.

use crate::Growth;

const PIECES: &[&str] = &[
    "[a][b] ",
    "[",
    "][",
    "[a]",
    "[^a] ",
    "[x](#y) ",
    "[x](#a-b)\n\n## A b\n\n",
    "![](a) ",
    "[]() ",
    "[a]: b\n",
    "[a]: b c\n\n",
    "http://a.example/",
    "http://a.example/((((((((((",
    "http://a.b))))))))))))))))))))",
    "~a~ ",
    "~",
    "1) a\n2) b\n",
    "1) a\n\n",
    "> [!NOTE]\n> a\n\n",
    "[!NOTE]",
    "a | b\n\n",
    "a | ",
    "`a|b` | ",
    "```\n",
    "~~~\n\n",
    "{{ a }} ",
    "{{ a } ",
    "{{",
    "{%",
    "{% if %}",
    "{% endif %}",
    "{% box %}",
    "{% box %}{% endbox %}",
    "{% endbox %}{% a %}",
    "{% raw %}",
    "{% raw %}endraw",
    "{% highlight c %}[a]",
    "```Pyhton\na\n```\n\n",
    "{% highlight c %}{{ a }}{% endhighlight %}\n\n[a]: b\n\n",
    "`{{ a }}` ",
    "<b>",
    "<div>\n",
    "<String> ",
    "<a id=\"a\"></a> ",
    "« a » : ! ? ; ",
    "# a\n\n#### b\n\n",
    "|",
];

#[test]
fn checks() {
    let mut growth = Growth::of("check");
    for piece in PIECES {
        growth.add(|bytes| ["---\ntitle: x\nlang: fr\n---\n", &piece.repeat(bytes / piece.len())].concat());
    }
    growth.check();
}

#[test]
fn many_keys_and_tags() {
    let cases: [&dyn Fn(usize) -> String; 3] =
        [&|n| format!("titl{n}: x\n"), &|n| format!("Title{n}: x\ntitle_{n}: [a, b]\n"), &|n| {
            format!("{}- tag{}\n", if n == 0 { "tags:\n" } else { "" }, n / 2)
        }];
    let mut growth = Growth::of("check");
    for case in cases {
        growth.add(|bytes| ["---\n", &(0..bytes / 16).map(case).collect::<String>(), "---\n"].concat());
    }
    growth.check();
}
