//! That no text makes the checks slow: their time grows with the length only. In: marks repeated many times.
//! Neighbours: `src/checks/`; `kramdown_hostile.rs` holds the same of the parser.

use std::time::{Duration, Instant};

use apercu::checks::{Checked, Input, run};
use apercu::markdown::{Options, parse};
use apercu::post::publishing::SiteSettings;
use apercu::post::read;

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

/// How long the checks take for `text`, without reading it; the best of three.
fn time(text: &str) -> Duration {
    let (options, settings) = (Options::default(), SiteSettings::default());
    let post = read("2014-12-08-a.md", text);
    let items = parse(post.body_span.of(text), &options);
    let once = || {
        let start = Instant::now();
        let input = Input {
            text,
            post: &post,
            items: &items,
            options: &options,
            settings: &settings,
            known_tags: &[],
            given_keys: &[],
        };
        let found = run(&Checked::new(input), |_| true);
        std::hint::black_box(found);
        start.elapsed()
    };
    (0..3).map(|_| once()).min().unwrap_or_default()
}

#[test]
fn time_grows_with_the_length_only() {
    let mut slow = Vec::new();
    for piece in PIECES {
        let text = |bytes: usize| ["---\ntitle: x\nlang: fr\n---\n", &piece.repeat(bytes / piece.len())].concat();
        let (short, long) = (time(&text(8 << 10)), time(&text(64 << 10)));
        // Eight times the text; what is quadratic takes 64 times as long.
        if long > short * 24 && long > Duration::from_millis(150) {
            slow.push(format!("{piece:?}: {short:?}, then {long:?}"));
        }
    }
    assert!(slow.is_empty(), "{slow:#?}");
}

#[test]
fn many_keys_and_tags_cost_no_more_than_their_number() {
    let entries = |count: usize, line: &dyn Fn(usize) -> String| {
        ["---\n", &(0..count).map(line).collect::<String>(), "---\n"].concat()
    };
    let cases: [&dyn Fn(usize) -> String; 3] =
        [&|n| format!("titl{n}: x\n"), &|n| format!("Title{n}: x\ntitle_{n}: [a, b]\n"), &|n| {
            format!("{}- tag{}\n", if n == 0 { "tags:\n" } else { "" }, n / 2)
        }];
    for (index, case) in cases.iter().enumerate() {
        let (short, long) = (time(&entries(250, case)), time(&entries(2000, case)));
        assert!(long < short * 24 || long < Duration::from_millis(150), "{index}: {short:?}, then {long:?}");
    }
}
