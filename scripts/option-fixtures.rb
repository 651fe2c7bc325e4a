# Writes tests/fixtures/post/options.tsv, what the installed Jekyll (4.3) makes of one post under settings that change
# its page, or that it stops at; and option-names.tsv, the names of all options that Jekyll and kramdown know.
# Run `ruby scripts/option-fixtures.rb` from the top of the repository after changing a list here; `cargo test` reads
# the results. Cells are tab-separated; \t, \n, \r, \f, \v and \\ stand for themselves. The spans that the highlighter
# puts into code are left out.
# frozen_string_literal: true

require_relative "tables"
require "tempfile"
$stderr = File.open(File::NULL, "w")
ENV["TZ"] = "UTC"

PATH = "_posts/2014-12-08-a.md"

# Each build is one process, as Jekyll loads some parts of kramdown only where the settings name them.
def published(settings, text, path)
  reader, writer = IO.pipe(binmode: true)
  pid = fork do
    reader.close
    Marshal.dump(build(settings, text, path), writer)
    exit!
  end
  writer.close
  answer = Marshal.load(reader)
  Process.wait(pid)
  answer
end

def build(settings, text, path)
  Dir.mktmpdir do |folder|
    file = File.join(folder, path)
    FileUtils.mkdir_p(File.dirname(file))
    File.write(file, "---\ntitle: A\n---\n#{text}")
    File.write(File.join(folder, "_config.yml"), settings)
    config = Jekyll.configuration(
      "source" => folder, "destination" => File.join(folder, "_site"), "quiet" => true, "disable_disk_cache" => true
    )
    site = Jekyll::Site.new(config)
    site.reset
    site.read
    post = site.posts.docs.first
    post.output = Jekyll::Renderer.new(site, post, site.site_payload).run
    html = post.output.gsub(%r!<span (?:class="[a-z][a-z0-9]{0,2}"|style="[^"]*")>([^<]*)</span>!, '\1')
    [post.destination(site.dest).delete_prefix("#{site.dest}/"), html]
  end
rescue StandardError, ScriptError => e
  ["stops", e.class.to_s]
end

CODE = "Use `x` and `y`{:.language-ruby} now.\n\n```ruby\nputs 1\nputs 2\n```\n\n    plain\n\n~~~\nnone\n~~~\n\n```nosuch\nx\n```\n{: .own}\n\n> ```\n> a\n>\n> b\n> ```\n"
TAG = "{% highlight ruby linenos %}\n  x\n  y\n\n{% endhighlight %}\n"

SMARTY = [
  "It's \"so\" -- and ... *so* `a \"b\"` [x](y)\n\n# \"No\" \\<< header\n    'not' <b>\"code\"</b> &copy; &nope; <!-- \"a\" -->!\n",
  "<div>\"raw\" -- <b>x</b></div> 'after'\n\n  <p>\"y\"</p>\n\n- \"z\"\n", "{:.a}\n$$x$$ ~~a~~ << b >> <<c>> \\\"d\\\" '90s\n",
].freeze

NATIVE = [
  "Some <b>bold</b> and *em* <i class=\"x\">it <b>b</b></i> <em> spaced </em> <a href=\"/x\">*l*</a> <a name=\"n\">m</a> <br> <kbd>k &amp; *l*</kbd>\n",
  "A <code>a &lt;b&gt; <b>c</b></code> <code class=\"language-ruby highlighter-rouge\">x</code> <sub>2</sub> <img src=\"a.png\" alt=\"\"> <script type=\"math/tex\">x &lt; y</script>\n",
  "[<img src=\"a.png\" alt=\"\">](/x) [<img src=\"a.png\" alt=\"\"> y][z]\n\n[z]: /z\n",
  "<h2>Head &amp; <b>more</b></h2>\n\n<h3 id=\"own\">x</h3>\n\n## After\n\n<hr>\n",
  "<ul><li>a</li> <li class=\"x\">b <b>c</b><ol><li>d</li></ol></li></ul>\n\n<dl> <dt>t</dt> <dd>d  e\nf</dd></dl>\n",
  "<div> text  <b>b</b>\n<p> a\n  b </p> more </div>\n\n<blockquote>quoted\n&mdash; by &nbsp; me</blockquote>\n\n<section><p>x</p></section>\n",
  "<pre>a\n &lt;b&gt;\n</pre>\n\n<pre><code class=\"language-ruby\">puts 1\n</code></pre>\n\n<pre class=\"x\"><code>y</code></pre>\n",
  "<table>\n<thead><tr><th>a</th><th style=\"text-align: right\">b</th></tr></thead>\n<tbody><tr><td>1</td><td style=\"text-align: right\"><b>2</b></td></tr></tbody>\n</table>\n",
  "<table><tr><td>1</td><td>2 &amp; 3</td></tr><tr><td></td><td>4</td></tr></table>\n\n<table><tr><th>x</th></tr></table>\n\n<table><tr><td>1</td></tr><tr><td>2</td><td>3</td></tr></table>\n",
  "<script type=\"math/tex; mode=display\">% <![CDATA[\nx < y %]]></script>\n\n<script>let b = '<b>';</script>\n\n<textarea> a  b </textarea>\n\n<figure><img src=\"a.png\"><figcaption> c </figcaption></figure>\n",
  "<div markdown=\"1\">\n*a* <b>b</b>\n\n- <i>c</i>\n</div>\n\n<p markdown=\"1\">*d* <strong>e</strong></p>\n\n{: .f}\n<h4>g</h4>\n",
].freeze

def kramdown(lines)
  "kramdown:\n#{lines.gsub(/^/, "  ")}\n"
end

def opts(lines)
  kramdown("syntax_highlighter_opts:\n#{lines.gsub(/^/, "  ")}")
end

GFM = <<~TEXT
  para
  # Head
  - list
  > q

  line one \\
  line two

  ```ruby
  x
  ```

   ~~~
  indented
   ~~~

  ~~~ ruby
  y
   ~~~
  z
  ~~~

  ~~del~~ \\~ a -- b "q" it's ... << c >>

  - [ ] task
  - [x] done

  1. [x] one

  ##Close

  ## Two `code` & *em* [l](http://e.org/) é 2 ##

  ## Two `code` & *em* [l](http://e.org/) é 2 \\##

  # 12

  # #hash

  text
  ***
  text
  : def

  * a
  b
  # c
TEXT

NOTES = <<~TEXT
  a[^1] b[^two] c[^1] d[^list] e[^code] f[^quote] g[^head] h[^table] i[^dl]

  [^1]: n

  [^two]:
      n

      * list
      * *last*

  [^list]:
      * one

        two

      * three

        * four

  [^code]:
      n

          code

  [^quote]:
      > q

  [^head]:
      n

      ## head

  [^table]:
      | a | b |

  [^dl]:
      x
      : y
TEXT

# Texts of which Jekyll passes over some, and stops at others, by what the settings say of Liquid.
LIQUID = [
  "{{ page.title }} {{ page.categories }} {{ page.title.size }} {{ page.tags.first }} {{ page.tags[3] }}",
  "{{ page.nothing }}", "{{ nothing }}", "{{ nothing.more }}", "{{ page.title.more }}", "{{ page.title.first }}", "{{ page.nothing | default: 'x' }}",
  "{{ page['nothing'] }}", "{{ page[nothing] }}", "{{ content }}", "{{ paginator }}", "{{ paginator.page }}",
  "{% if page.nothing %}a{% endif %}", "{% if page.title == 'A' or page.nothing %}a{% endif %}", "{% if page.title == 'A' and page.nothing %}a{% endif %}",
  "{% unless page.nothing %}a{% endunless %}", "{% if false %}{{ page.nothing }}{% endif %}b", "{% if nothing == nil %}a{% endif %}", "{% if false %}{% elsif nothing %}a{% endif %}",
  "{% for x in page.nothing %}a{% endfor %}", "{% for x in page.tags %}{{ x.y }}{% else %}none{% endfor %}", "{% for x in (1..2) %}{{ forloop.index }}{{ forloop.nothing }}{% endfor %}",
  "{% for x in (1..2) %}{{ forloop.parentloop }}{% endfor %}", "{% for x in (1..nothing) %}a{% endfor %}", "{% for x in (1..2) limit: nothing %}a{% endfor %}",
  "{% case nothing %}{% when 1 %}a{% else %}b{% endcase %}", "{% case 1 %}{% when nothing %}a{% else %}b{% endcase %}", "{% assign a = nothing %}b", "{% assign a = 1 %}{{ a }}{{ a.b }}",
  "{% assign a = nothing | default: 2 %}{{ a }}", "{% capture a %}{{ nothing }}{% endcapture %}b", "{% increment a %}{{ a }}", "{{ 'x' | append: nothing }}", "{{ 'a,b' | split: ',' | map: 'x' }}",
  "{% cycle nothing, 'a' %}", "{% tablerow x in nothing %}a{% endtablerow %}", "{{ empty }} {{ blank }} {{ nil }} {{ null }}", "{% comment %}{{ nothing }}{% endcomment %}a", "{% raw %}{{ nothing }}{% endraw %}",
  "{{ 'a' | nofilter }}", "{% assign a = 'a' | nofilter %}b", "{% if false %}{{ 'a' | nofilter }}{% endif %}b", "{{ nothing | nofilter }}", "{{ 'a' | upcase }}", "{{ 'a' | upcase | nofilter: 1, b: 2 }}",
  "{{ 'a' upcase }}", "{{ page.title | }}", "{{ a b }}", "{{ 'a' | append: 'b' 'c' }}", "{{ ! }}", "{{ page.title & }}", "{{}}", "{{ }}", "{{ | upcase }}", "{{ page . title }}", "{{ page.title, 'b' }}", "{{ 'a | upcase }}",
  "{% if page.title = 'A' %}a{% endif %}", "{% if page.title == 'A' && page.url %}a{% endif %}", "{% if page.title == 'A' ) %}a{% endif %}", "{% if false %}{% elsif page.title & %}a{% endif %}", "{% unless a b %}c{% endunless %}",
  "{% if page.title and %}a{% endif %}", "{% if %}a{% endif %}", "{% for x in page.tags, y %}a{% endfor %}", "{% for x of page.tags %}a{% endfor %}", "{% for x in page.tags nothing: 1 %}a{% endfor %}",
  "{% for x in page.tags limit: 1, offset: 2 %}a{% endfor %}", "{% for x in page.tags limit: 1 offset: 2 %}a{% endfor %}", "{% assign a = 'b' 'c' %}{{ a }}", "{% assign a = 'b' | %}{{ a }}", "{% assign a 1 %}", "{% case a b %}{% when 1 %}a{% endcase %}",
  "{% comment %}{{ a b }}{% endcomment %}a", "{% raw %}{{ a b }}{% endraw %}", "{% capture a %}{{ a b }}{% endcapture %}c", "{{ 'a' | append: 'b', }}", "{{ 1 | plus: 2 3 }}", "{{ page.title | append: - }}",
  "{{ page.title", "{% if page.title %}a", "{% endif %}", "{{ 1 | divided_by: 0 }}", "{{ 'a' | plus }}", "{{ 'a' | date: }}", "{% else %}", "{% if 1 > 'a' %}b{% endif %}", "{% post_url nothing %}",
  "{% highlight %}a{% endhighlight %}", "{% highlight ruby %}a{% endhighlight %}",
].freeze

CASES = [
  *[
    "", "highlighter: none", "highlighter: pygments", "highlighter: false", "highlighter:", "highlighter: 12", "highlighter: coderay", "highlighter: minted-not",
    kramdown("syntax_highlighter: rouge"), kramdown("syntax_highlighter: ':rouge'"), kramdown("syntax_highlighter:"), kramdown("syntax_highlighter: false"),
    kramdown("syntax_highlighter: nil"), kramdown("syntax_highlighter: none"), kramdown("syntax_highlighter: 12"), kramdown("syntax_highlighter: []"),
    kramdown("syntax_highlighter: coderay"), kramdown("syntax_highlighter: ':coderay'"), kramdown("enable_coderay: true"), kramdown("enable_coderay: false"),
    "highlighter: none\n#{kramdown("syntax_highlighter: rouge")}", "highlighter: none\n#{kramdown("enable_coderay: true\nsyntax_highlighter: rouge")}",
    kramdown("guess_lang: false"), kramdown("guess_lang:"), kramdown("guess_lang: 'no'"),
    opts("disable: true"), opts("disable: false"), opts("disable: 'false'"), opts("span:\n  disable: true"), opts("block:\n  disable: true"), opts("block: {':disable': true}"),
    opts("css_class: codehilite"), opts("css_class:"), opts("css_class: 12"), opts("block: {css_class: a b}"),
    opts("default_lang: html"), opts("default_lang: ''"), opts("default_lang:"), opts("default_lang: nosuch"), opts("default_lang: text"),
    opts("block: {default_lang: ruby}"), opts("span: {default_lang: ruby}"), opts("default_lang: 12"), opts("guess_lang: false"), opts("block: {guess_lang: false}"),
    opts("line_numbers: true"), opts("block:\n  line_numbers: true"), opts("block:\n  line_numbers: true\n  start_line: 1\nspan:\n  line_numbers: false"),
    opts("line_numbers: false"), opts("line_numbers: 'false'"), opts("line_numbers: table\nspan: {line_numbers: false}"), opts("block: {line_numbers: true, start_line: 9}"),
    opts("block: {line_numbers: true, start_line: '9'}"), opts("block: {line_numbers: true, start_line: 1.5}"), opts("block: {line_numbers: true, start_line: -1}"),
    opts("block: {line_numbers: true, start_line: ~}"), opts("block: {line_numbers: true, line_number_start: 5}"),
    opts("block: {line_numbers: true, table_class: t, gutter_class: g, code_class: c}"), opts("block: {line_numbers: true, wrap: false}"),
    opts("wrap: false"), opts("wrap:"), opts("span: {wrap: true}"),
    kramdown("syntax_highlighter_opts: '{block: {line_numbers: true}}'"), kramdown("syntax_highlighter_opts: text"), kramdown("syntax_highlighter_opts: []"),
    kramdown("syntax_highlighter_opts: 12"), kramdown("syntax_highlighter_opts: true"), kramdown("syntax_highlighter_opts: false"), kramdown("syntax_highlighter_opts:"),
    opts("block: true"), opts("block: text"), opts("block: []"), opts("block: 12"), opts("block: false"), opts("block:"), opts("span: {}"),
    kramdown("coderay:\n  coderay_line_numbers: table"), kramdown("coderay:\n  line_numbers:"), kramdown("coderay: {}"), kramdown("coderay: text"), kramdown("coderay:"),
    kramdown("coderay: []"), kramdown("coderay: true"), kramdown("coderay:\n  css: class\nsyntax_highlighter_opts: {line_numbers: false, coderay_css_class: k}"),
    opts("formatter: nosuch"), opts("inline_theme: github\nspan: {disable: true}"),
  ].map { |settings| [settings, CODE] },
  *["", "highlighter: none", "highlighter: pygments", "highlighter: false", "highlighter:", "highlighter: other", kramdown("syntax_highlighter: none")].map { |settings| [settings, TAG] },
  ["", "{::options syntax_highlighter_opts=\"{line_numbers: true\\}\"/}\n\n    a\n    b\n"],
  ["", "{::options syntax_highlighter_opts=\"{line_numbers: true, default_lang: ruby, span: {disable: true\\}\\}\"/}\n\n`x`\n\n    a\n    b\n"],
  ["", "{::options syntax_highlighter_opts=\"nothing\"/}\n\n    a\n"],
  ["", "{::options syntax_highlighter=\"none\"/}\n\n    a\n"],
  [opts("block: {line_numbers: true}"), "```ruby\n\nx\n```\n\n~~~\n~~~\n"],
  # The parser.
  *[
    "", "input: kramdown", "input: Kramdown", "input: GFM", "input: gfm", "input: gFM", "input:", "input: false", "input: ''", "input: 12", "input: markdown", "input: [GFM]",
    "input: kramdown\nauto_id_stripping: true", "input: kramdown\nauto_ids: false", "input: kramdown\nhard_wrap: true\ngfm_quirks: 12", "input: kramdown\nauto_id_prefix: p-",
    "auto_id_stripping: false", "gfm_quirks: []", "gfm_quirks: paragraph_end", "gfm_quirks: no_auto_typographic", "gfm_quirks: paragraph_end,no_auto_typographic",
    "gfm_quirks: [':paragraph_end', ' no_auto_typographic ']", "gfm_quirks: ''", "gfm_quirks:", "gfm_quirks: true", "gfm_quirks: [nothing]",
    "hard_wrap: true", "hard_wrap: true\ngfm_quirks: []",
  ].reject { |lines| lines.include?("markdown") }.map { |lines| [kramdown(lines), GFM] },
  ["kramdown: false", GFM], ["kramdown: true", GFM], ["kramdown: text", GFM], ["kramdown: []", GFM], ["kramdown: {12: x}", GFM], ["kramdown: {nothing: x}", GFM],
  # Symbols.
  *[
    "typographic_symbols: {hellip: ..., mdash: ---, ndash: --}", "typographic_symbols: {':laquo': '\"', laquo_space: '<', raquo_space: '&gt; & x', raquo: ~}",
    "typographic_symbols: '{ndash: 12}'", "typographic_symbols: text", "typographic_symbols: []", "typographic_symbols:", "typographic_symbols: {12: x}",
    "smart_quotes: apos,apos,quot,quot", "smart_quotes: [39, 39, 34, 34]", "smart_quotes: a,b", "smart_quotes: 12", "smart_quotes: true", "smart_quotes: ''",
    "smart_quotes: 'sbquo,lsquo,bdquo,ldquo'", "smart_quotes: [1, 2, 3]", "smart_quotes: {a: b}",
  ].map { |lines| [kramdown(lines), "# a -- b << c >> <<d>> --- e...\n\nWait... a -- b --- c << d >> <<e>> \"q\" 's' \\<<\n"] },
  # Footnotes.
  *[
    "", "footnote_prefix: p-", "footnote_prefix: 12", "footnote_prefix:", "footnote_backlink_inline: true", "footnote_backlink_inline: 'false'", "footnote_nr: 0", "footnote_nr: -3",
    "footnote_nr: '0x10'", "footnote_nr: ' 1_0 '", "footnote_nr: '010'", "footnote_nr: 1.5", "footnote_nr: one", "footnote_nr: []", "footnote_nr: true",
    "footnote_backlink: ''\nfootnote_backlink_inline: true", "footnote_backlink: '<b> & &uarr;'", "footnote_backlink:", "footnote_link_text: x",
  ].map { |lines| [kramdown(lines), NOTES] },
  # Links.
  *[
    "link_defs:\n  home: [https://example.org, \"Home\"]\n  Docs  x: [https://example.org/docs]", "link_defs: '{home: [/h]}'", "link_defs: {home: [/a, ~]}", "link_defs: {home: /a}",
    "link_defs: {home: []}", "link_defs: {home: [a, b, c]}", "link_defs: []", "link_defs:", "link_defs: {12: [a]}", "link_defs: {home: [12, 13]}",
  ].flat_map { |lines| [[kramdown(lines), "See [home] and [x][docs x].\n"], [kramdown(lines), "See [home].\n\n[home]: /own\n"]] },
  # HTML.
  *NATIVE.map { |text| [kramdown("html_to_native: true"), text] }, [kramdown("html_to_native: false"), NATIVE[0]], [kramdown("input: kramdown\nhtml_to_native: true"), NATIVE[1]],
  [kramdown("html_to_native: true\nparse_block_html: true"), NATIVE[4]], ["", "a <b>b</b>\n\n{::options html_to_native=\"true\" /}\n\nc <b>d</b>\n"],
  *["remove_line_breaks_for_cjk: true", "remove_line_breaks_for_cjk: false"].map { |lines| [kramdown(lines), "日本\n語の\n*文*\n章 a\nかな\nカ\nナ\n\n> 引\n> 用\n"] },
  # Levels.
  *["2..3", "'2,3'", "[2, 3]", "2", "'2, 3'", "0..3", "2..9", "[7]", "[a]", "['2', 3]", "true", "{a: b}", "''", "3..2", "''"].map { |levels| [kramdown("toc_levels: #{levels}"), "* x\n{:toc}\n\n# a\n\n## b\n\n### c\n"] },
  *["1", "-2", "9", "'2'", "1.5", "", "x", "[]"].map { |offset| [kramdown("header_offset: #{offset}"), "# a\n\n### b\n"] },
  # Options that change no page, of a wrong type.
  *[
    "line_width: 10", "line_width: x", "list_indent: 4", "list_indent: []", "latex_headers: [a, b, c, d, e, f]", "latex_headers: a,b", "latex_headers: 12", "entity_output: numeric",
    "entity_output: nothing", "remove_block_html_tags: false", "remove_span_html_tags: true", "show_warnings: true", "math_engine_opts: {a: b}", "math_engine_opts: x",
    "math_engine_opts:", "template: ''", "template:", "forbidden_inline_options: [auto_ids]", "forbidden_inline_options: auto_ids", "forbidden_inline_options: []", "forbidden_inline_options:",
    "forbidden_inline_options: [':auto_ids']", "default_lang: x", "enable_toc: 1",
  ].map { |lines| [kramdown(lines), "{::options auto_ids=\"false\" /}\n\n# a &amp; <b>c</b>\n\n<div>x</div>\n"] },
  *["mathjax", "", "false", "katex", "':mathjax'", "12", "[]", "nil", "''"].map { |engine| [kramdown("math_engine: #{engine}"), "a $$x^2$$ c\n\n$$\ny\n$$\n"] },
  ["", "{::options math_engine=\"katex\" /}\n\na $$x^2$$\n"], ["", "{::options math_engine=\"nil\" /}\n\na $$x^2$$\n"],
  ["", "{::options footnote_nr=\"x\" auto_id_prefix=\"p-\" toc_levels=\"9\" /}\n\n# a\n\nb[^1]\n\n[^1]: c\n"],
  ["", "{::options hard_wrap=\"true\" gfm_quirks=\"\" link_defs=\"{a: [b]\\}\" input=\"kramdown\" /}\n\na\nb [a] ~~c~~\n# d\n"],
  ["", "{::options typographic_symbols=\"{ndash: '+'\\}\" footnote_prefix=\"q\" /}\n\na -- b[^1]\n\n[^1]: c\n"],
  *["SmartyPants", "smartyPants", "SmartyPants\nsmart_quotes: apos,apos,quot,quot\ntypographic_symbols: {ndash: '~'}"].flat_map do |lines|
    SMARTY.map { |text| [kramdown("input: #{lines}"), text] }
  end,
  # Jekyll's own.
  *["markdown", "'md'", "markdown,md", "'markdown, md'", "MD", "12", "[md]", "", "false", "''"].map { |names| ["markdown_ext: #{names}", "*x*\n"] },
  ["markdown_ext: txt", "*x* {{ page.url }}\n", "_posts/2014-12-08-a.txt"], ["markdown_ext: md", "*x*\n", "_posts/2014-12-08-a.MD"],
  ["markdown_ext: md\npermalink: /:title/", "*x*\n", "_posts/2014-12-08-a.markdown"],
  *["kramdown", "Kramdown", "KRAMDOWN", "", "GFM", "gfm", "redcarpet", "rdiscount", "12", "true", "[]", "'a b'", "''"].reject { |name| name == "GFM" }.map { |name| ["markdown: #{name}", "*x*\n"] },
  ["markdown: redcarpet", "<p>x</p>\n", "_posts/2014-12-08-a.html"], ["kramdown: {input: gfm}", "<p>x</p>\n", "_posts/2014-12-08-a.html"],
  # Liquid.
  *["", "strict_variables: true", "strict_filters: true", "error_mode: strict", "error_mode: lax", "error_mode: strict\nstrict_filters: true\nstrict_variables: true"].flat_map do |lines|
    LIQUID.map { |text| ["liquid:\n#{lines.gsub(/^/, "  ")}\n", "#{text}\n"] }
  end,
  # Addresses.
  *[
    "", "url: https://e.org/", "url: https://e.org", "baseurl: /blog/\nurl: https://e.org/", "baseurl: /blog/", "baseurl: /", "baseurl: blog", "baseurl: blog/", "url: 12\nbaseurl: 7",
    "url: e.org", "url: //e.org", "url: ''\nbaseurl: ''", "url: ~\nbaseurl: ~", "url: false\nbaseurl: false", "url: true\nbaseurl: true", "url: https://E.org//\nbaseurl: //a//", "baseurl: /a b/é",
    "url: https://e.org/base", "url: http://e.org:4000\nbaseurl: /a?b",
  ].map do |settings|
    # A `url` that is not given is unknown to us: a plugin or GitHub Pages may give it.
    given = "[a]({{ site.url }}/a) [c]({{ site.url }}{{ site.baseurl }}/c)" if settings.match?(/^url: [^~]/)
    [settings, "#{given} [b]({{ site.baseurl }}/b) {{ \"/x\" | relative_url }} {{ \"x\" | absolute_url }} {{ page.url }} {{ page.url | absolute_url }} {{ '' | relative_url }} {{ '' | absolute_url }} {% if site.baseurl %}yes{% else %}no{% endif %}\n"]
  end,
].uniq.freeze

write("options.tsv", %w(config text path outcome html), CASES.map { |settings, text, path| [settings, text, path || PATH, *published(settings, text, path || PATH)] })

require "kramdown-parser-gfm"
names = Kramdown::Options.definitions.keys.map { |name| ["kramdown", name.to_s] }
jekyll = Jekyll::Configuration::DEFAULTS.flat_map do |name, value|
  value.is_a?(Hash) && name != "collections" ? value.keys.map { |inner| [name, inner] } : [["", name]]
end
write("option-names.tsv", %w(section name), (jekyll + names).uniq)
