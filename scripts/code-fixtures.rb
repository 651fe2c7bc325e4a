# Writes tests/fixtures/post/code.tsv, what the installed Jekyll (4.3), kramdown and Rouge 3.30 write around the tokens of code:
# settings, the body of a post, its HTML. Run `ruby scripts/code-fixtures.rb` from the top of the repository after changing
# a list here; `cargo test` reads the results. Cells are tab-separated; \t, \n, \r, \f, \v and \\ stand for themselves.
#
# Every language that Rouge knows is read by one small lexer, `Words`, which the test has, too: so this is about everything
# but the lexers. The tag `highlight` marks lines as Jekyll 4.4 does.
# frozen_string_literal: true

require "jekyll"
require "rouge"
require "tmpdir"
require_relative "tables"
ENV["TZ"] = "UTC"
abort "Rouge 3.30.0 is needed, this is #{Rouge.version}" unless Rouge.version == "3.30.0"

# Words, numbers, strings over several lines, what a lexer lets through, marks.
class Words < Rouge::RegexLexer
  tag "words"

  state :root do
    rule %r/[A-Za-z]+/, Name
    rule %r/[0-9]+/, Num
    rule %r/"[^"]*"/, Str
    rule %r/`[^`]*`/, Escape
    rule %r/\s+/, Text
    rule %r/./, Punctuation
  end
end

module OneLexer
  def find_fancy(*)
    lexer = super
    lexer.nil? || lexer.tag == "plaintext" ? lexer : Words.new
  end
end
Rouge::Lexer.singleton_class.prepend(OneLexer)

# `mark_lines`, which Jekyll has since 4.4: a formatter of Rouge between the other two.
module MarksLines
  def render_rouge(code)
    marked = @highlight_options[:mark_lines]
    return super unless marked.is_a?(Array)

    formatter = Rouge::Formatters::HTMLLineHighlighter.new(Rouge::Formatters::HTML.new, :highlight_lines => marked.map(&:to_i))
    if @highlight_options[:linenos]
      formatter = Rouge::Formatters::HTMLTable.new(formatter, :gutter_class => "gutter", :code_class => "code")
    end
    formatter.format((Rouge::Lexer.find_fancy(@lang, code) || Rouge::Lexers::PlainText).lex(code))
  end
end
Jekyll::Tags::HighlightBlock.prepend(MarksLines) unless Jekyll::Tags::HighlightBlock.private_method_defined?(:mark_lines)

def published(settings, body)
  Dir.mktmpdir do |folder|
    path = File.join(folder, "_posts/2014-12-08-a.md")
    FileUtils.mkdir_p(File.dirname(path))
    File.write(path, "---\ntitle: A\n---\n#{body}")
    File.write(File.join(folder, "_config.yml"), settings)
    site = Jekyll::Site.new(Jekyll.configuration("source" => folder, "quiet" => true, "disable_disk_cache" => true))
    site.reset
    site.read
    Jekyll::Renderer.new(site, site.posts.docs.first, site.site_payload).run
  end
end

def opts(lines)
  "kramdown:\n  syntax_highlighter_opts:\n#{lines.gsub(/^/, "    ")}\n"
end

CODE = "one \"two\n\nthree\" <4> & `five`\n\n  six(7)"
FENCE = "```ruby\n#{CODE}\n```\n"

def tag(markup, code = CODE)
  "{% highlight #{markup} %}\n#{code}\n{% endhighlight %}\n"
end

PLACES = [
  FENCE, "~~~ ruby\n\n\n#{CODE}\n\n~~~\n", "```ruby\n```\n", "```ruby\n\n```\n", "> ```ruby\n> a \"b\n> c\" d\n> ```\n", "- a\n\n  ```ruby\n  a \"b\n  c\" d\n  ```\n- b\n",
  "1. ```ruby\n   a 1\n   ```\n", "a[^1]\n\n[^1]:\n    ```ruby\n    a 1\n    ```\n", "<div markdown=\"1\">\n```ruby\na 1\n```\n</div>\n",
  "    a <b>\n    \"c\n      d\"\n{: .language-ruby}\n", "{: .language-ruby .x #y}\n    a 1\n", "```ruby\na\n```\n{: .x style=\"color: red\"}\n", "    a 1\n", "~~~\na 1\n~~~\n",
  "```Ruby\na 1\n```\n", "```nosuch\na 1\n```\n", "```text\na 1\n```\n", "```plaintext\na 1\n```\n", "```c++\na 1\n```\n", "```rust,ignore\na 1\n```\n", "```js?x=1\na 1\n```\n",
  "Use `a <1>`{:.language-ruby} or `b`{: .x .language-js} or `c 1` or `d`{:.language-nosuch}.\n", "# A `b 1`{:.language-ruby} c\n\n* x\n{:toc}\n", "| `a 1`{:.language-ruby} | b |\n",
  "```ruby\n&lt; é \u{1F600} \"é\n\u{1F600}\"\n```\n", "```ruby\na\tb\n\t1\n```\n", "``a ` 1``{:.language-ruby}\n",
  "```ruby\na\n```\n{: .x .language-js}\n", "```nosuch\na\n```\n{: .x .language-js}\n", "```ruby\na\n```\n{: .language-js .x}\n", "    a\n{: .x .language-js .y .language-ruby}\n",
  "    a\n{: .x-language-js}\n", "    a\n{: .xlanguage-js}\n", "`a`{:.language-js .x} `a`{:.x-language-js} `a`{:.x .nolanguage-js} `a`{:.language-} `a`{:.language-Ruby .x}\n",
  tag("ruby"), tag("Ruby"), tag("nosuch"), tag("text"), tag("c++"), tag("ruby", ""), tag("ruby", "\n\n  a 1\n\n"), tag("ruby linenos"), tag("nosuch linenos"), tag("ruby linenos", ""),
  tag("ruby mark_lines=\"1 3\""), tag("ruby mark_lines=\"2\""), tag("ruby mark_lines=\"5\""), tag("ruby mark_lines=\"9 0\""), tag("ruby linenos mark_lines=\"1 2 5\""), tag("nosuch mark_lines=\"3\""),
  tag("ruby mark_lines=\"1\"", ""), tag("ruby mark_lines=\"1\" linenos", "a"), tag("ruby", "a &amp; <b> {{ page.title }} \"x"), "- a {% highlight ruby %}*b* 1{% endhighlight %} c\n",
  "a {% highlight ruby %}*b* _c_ 1{% endhighlight %} d\n", "> {% highlight ruby %}\n> a 1\n> {% endhighlight %}\n", "- a\n\n  {% highlight ruby %}\n  a 1\n  b\n\n  \"c\n  d\"\n  {% endhighlight %}\n",
  "{% highlight ruby %}a 1{% endhighlight %}{% highlight js %}b 2{% endhighlight %}\n", "{% for i in (1..3) %}{% highlight ruby %}a {{ i }}{% endhighlight %}{% endfor %}\n",
  "{% capture x %}{% highlight ruby %}\na 1\n{% endhighlight %}{% endcapture %}{{ x }}\n",
].freeze

# Code in the first place asks for what the settings change.
SETTINGS = [
  "highlighter: none", "highlighter: pygments", "kramdown: {syntax_highlighter: none}", opts("disable: true"), opts("span: {disable: true}"), opts("block: {disable: true}"),
  opts("css_class: codehilite"), opts("default_lang: ruby"), opts("default_lang: Ruby"), opts("block: {default_lang: ruby}"), opts("span: {default_lang: ruby}"), opts("guess_lang: false"),
  opts("wrap: false"), opts("line_numbers: true"), opts("block:\n  line_numbers: true"), opts("block: {line_numbers: true, start_line: 9}"), opts("block: {line_numbers: true, start_line: -1}"),
  opts("block: {line_numbers: true, table_class: t, gutter_class: g, code_class: c}"), opts("block: {line_numbers: true, wrap: false}"), opts("block: {line_numbers: true}\ndefault_lang: ruby"),
].freeze
EACH = [
  FENCE, "    a \"b\n    1\"\n", "~~~ruby\n\n\na 1\n~~~\n", "```ruby\n\"\n\n1\"\n```\n", "```ruby\n```\n", "```nosuch\na 1\n```\n", "```text\na 1\n```\n",
  "`a 1` and `b 2`{:.language-ruby}\n", tag("ruby"), tag("ruby linenos", "a 1\nb"), "> ```ruby\n> a\n>\n> 1\n> ```\n",
].freeze

cases = PLACES.map { |body| ["", body] } + SETTINGS.product(EACH)
rows = cases.map { |settings, body| [settings, body, published(settings, body)] }
write("code.tsv", %w(settings body html), rows)
