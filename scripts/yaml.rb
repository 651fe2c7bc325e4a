# What Jekyll makes of YAML: Psych's parser with SafeYAML's rules, as `Jekyll::Document#read_content` reads front matter.
#
#   ruby [-I SAFE_YAML/lib] scripts/yaml.rb            writes tests/fixtures/post/yaml.tsv for the texts listed here
#   ruby [-I SAFE_YAML/lib] scripts/yaml.rb --stream   texts on standard input, each ended by a NUL byte; one line for each
#
# An outcome is one line of JSON. Numbers, dates and mappings are objects of one key, which names their kind; `error` is a
# text that Jekyll cannot read, `recursive` one whose value holds itself. SafeYAML is a gem, safe_yaml 1.0.5; Debian's
# Jekyll is without it.
# frozen_string_literal: true

require "json"
require "safe_yaml/load"
require_relative "tables"

class Recursive < StandardError; end

# As SafeYAML has it, but a value that holds itself is told apart.
module OpenAliases
  def alias(anchor)
    raise Recursive if @stack.any? { |open| open.equal?(@anchors[anchor]) }

    super
  end
end
SafeYAML::PsychHandler.prepend(OpenAliases)

def shown(value)
  case value
  when nil, true, false then value
  when Integer then { "int" => value.to_s }
  when Float then { "float" => value.to_s }
  when Time then { "time" => value.getutc.strftime("%Y-%m-%dT%H:%M:%S.%LZ") }
  when Date then { "date" => value.iso8601 }
  when Array then value.map { |item| shown(item) }
  when Hash then { "map" => value.map { |key, item| [shown(key), shown(item)] } }
  else value.scrub
  end
end

def outcome(text)
  JSON.generate(shown(SafeYAML.load(text)), :max_nesting => 0)
rescue Recursive, SystemStackError
  JSON.generate("recursive" => true)
rescue Psych::SyntaxError, ArgumentError, TypeError => e
  JSON.generate("error" => e.class.name)
end

# Texts on which a reader of YAML 1.2, or a careless one, differs.
TEXTS = [
  # Brackets over several lines, closed at the column of their key.
  "cities: [\n  \"Lyon\",\n  'Nice'\n]\nnext: 1\n", "cities: [Lyon,\nNice\n]\n", "cities: [\n[\"a\", b], [c]\n]\n", "size: {\n  w: 3,\n  h: 4\n}\n",
  "size: {w: 3\n}\nend: yes\n", "rows:\n  - [\n    \"a\"\n  ]\n  - {\n  b: c\n  }\n", "a: [b,\n\n# note\nc]\n", "a: [b #note\n, c]\n", "a: [\n\tb,\n\tc\n]\n",
  "a: [b,]\n", "a: [,]\n", "a: [b,,c]\n", "a: {b,}\n", "a: {b: c,}\n", "a: {,}\n", "a: [b c: d]\n", "a: [b: c, d]\n", "a: [b\n: c]\n", "a: {b\n: c}\n", "a: [[]: 1]\n",
  # Signs at the beginning of an item, and colons in it.
  "a: [:b]\n", "a: [b, :c]\n", "a: [-b]\n", "a: [- b]\n", "a: [-]\n", "a: [?b]\n", "a: [b?]\n", "a: [b ?c]\n", "a: [? b]\n", "a: [?]\n", "a: {? b : c}\n", "a: {?}\n",
  "a: [b:c]\n", "a: [b:, c]\n", "a: [b:]\n", "a: {b:}\n", "a: {b:c}\n", "a: {b:[c]}\n", "a: {\"b\":c}\n", "a: ['b':c]\n", "a: [http://e.org/?q=1]\n", "a: {b: , c}\n", "a: [|]\n", "a: [%b]\n",
  "a: [!t,b]\n", "a: [!t b, !t]\n", "a: [*b:c]\n", "a: [&b c, *b]\n", "a: {*b : c}\n",
  # Quotes, and what follows them.
  "a: \"b\"#c\n", "a: 'b'# c\nd: e\n", "a: 'b' #c\n", "a: 'b'c\n", "a: \"b\" c\n", "'a': b\n", "\"a\" : b\n", "\"a\"\t: b\n", "'a' b: c\n", "a: 'b\nc'\n", "a: \"b\n\nc\"\nd: e\n", "a: 'b\n\tc'\n", "a: \"b \\\n  c\"\n",
  "a: \"\\\n\"\n", "a: \"b\\\n\n c\"\n", "a: \"b\n---\nc\"\n", "a: 'b\n... c'\n", "a: \"\\x41\\u00e9\\U0001F600\"\n", "a: \"\\ud83d\\ude00\"\n", "a: \"\\'\"\n", "a: \"\\/\\_\\N\\L\\P\\e\\\t\"\n", "a: \"\\x4\"\n", "a: \"\\", "a: '",
  # Ends of lines beyond CR and LF.
  "a: \"b\u0085c\"\n", "a: \"b\u2028c\"\n", "a: 'b\u2029 c'\n", "a: b\u0085c: d\n", "a: b\u2028c: d\n", "a: b\u2028  c\n", "a: |\n  b\u2028  c\u0085  d\n", "a: >\n  b\u2028  c\u0085  d\n", "# b\u0085a: c\n", "a: b\rc: d\r", "a: b\r\n\r\nc: d\r\n", "a: >\r\n  b\r\n  c\r\n",
  # Tabs.
  "a:\tb\n", "a: \t b\nc:\t- d\n", "a:\t[b]\nc:\t\"d\"\t# e\n", "a:\n\tb: c\n", "a:\n  \tb: c\n", "a:\n\t- b\n", "-\tb\n", "- \tb: c\n", "a: b\n\tc\n", "a: b\n \tc\n", "a: b\n\t\nc: d\n", "a: b\n \t\nc: d\n", "a: 'b'\n\t\nc: d\n",
  "a: |\n\tb\n", "a: |\n  b\n\t\n", "a: |\n  b\n  \tc\n", "a: b\n\t# c\n", "\t\na: b\n", "a: [\n\t]\n", "?\ta\n", "a :\tb\n", "a: b\t#c\n", "a: b\t\n",
  # Directives and marks of documents.
  "%YAML 1.1\na: b\n", "%YAML 1.2\n---\na: b\n", "%YAML 1.3\n", "%YAML 2.0\n", "%FOO\n", "a: b\n%YAML 1.1\n", "a:\n%YAML 1.1\n", "--- b\n", "a: b\n--- c\n", "a: b\n...x\n", "a: b\n... # c\nd: [\n", "a: b\n...\n[\n", "a: b\n--- [\n", "b\nc: d\n", "",
  # Blocks of text.
  "a: |", "a: |\n  b", "a: >\n  b\n  c", "a: |+\n  b\n\n\nc: d\n", "a: |-\n  b\n\n", "a: >-\n  b\n\n   c\n  d\n\n  e\n", "a: |2\n   b\n  c\n", "a: |1-\n  b\n", "a: |-1\n  b\n", "a: |0\n  b\n", "a: |10\n  b\n", "a: |x\n  b\n", "a: | # c\n  b\n",
  "a: |#c\n  b\n", "a: |\n  b\n c\n", "a: |\n\n    \n  b\n", "a: >\n b\n\n\n  c\n \td\n", "- |\n a\n- >\n b\n", "|\n a\n", "a: |\nb: c\n", "a: >+\n\n\n", "a:\n  - |\n   b\n  - c\n", "|\n a: |\n  b\n",
  # Indentation, dashes, question marks.
  "a:\n- b\n- c\nd: e\n", "a:\n- b\n c\n", "a:\n  - b\n - c\n", "a: - b\n", "- a\nb: c\n", "a: b\n- c\n", "a:\n b: c\n  d: e\n", "a:\n  b: c\n d: e\n", "- - a\n  - b\n-\n  - c\n", "? a\n: b\n", "? a\nb: c\n", "? - a\n: - b\n", "?\n: b\n", ": b\n", "a:\n:\n", "- a: b\n  c: d\n-\n", "-- a\n", "- -\n",
  "a: b: c\n", "a: b\n c: d\n", "a\nb: c\n", "a b\n", "a: b\n c\n\n d\n", "a: b\n #c\n d\n", "a: #b\n c\n", "a:\n\n\n  b\n", "a: ?b\nc: :d\ne: -f\n", "a: ? b\n", "a: %b\n", "a: @b\n", "a: `b`\n", "a: b # c\n", "a: b#c\n", "a: # b\n",
  # Anchors, aliases, tags.
  "a: &b c\nd: *b\n", "a: &b\nc: *b\n", "a: *b\n", "a: &b [c]\nd: [*b, *b]\n", "a: &b {c: d}\ne:\n  <<: *b\n  f: g\n", "a: &b {c: d}\ne: {<<: *b, c: h}\n", "e: {c: h, <<: {c: d}}\n", "a: &b [c]\nd: {<<: *b}\n", "a: {<<: ~}\n", "a: {<<: b}\n", "<<: {a: b}\nc: d\n", "\"<<\": [a]\n",
  "a: &b c\nd: &b e\nf: *b\n", "*a : b\n", "&a b: c\n", "&a b: *a\n", "a: &b:c d\n", "a: &é b\n", "a: &b? c\n", "a: &b &c d\n", "a: &b !t c\n", "a: !t &b c\nd: *b\n", "a: !!str 12\nb: !!str\n", "a: ! 12\n", "a: !!binary aGk=\nb: !binary \"aGk=\"\n", "a: !<x,y> b\n", "a: !<> b\n", "a: !a,b c\n", "a: !e!f g\n", "%TAG !e! x-private:\n--- !e!binary aGk=\n",
  "a: !%C3%A9 b\n", "a: !%C3 b\n", "a: !!map\n  b: c\n", "a: !!int \"12\"\n", "a: !t 'yes'\n",
  # A text that an alias repeats is looked at without its quotes.
  "a: &b \"\"\nc: *b\n", "a: &b \"12\"\nc: *b\n", "a: &b 'yes'\nc: [*b]\n", "a: &b 'x y'\nc: *b\n", "a: &b '1__0.5'\nc: *b\n", "a: &b \"<<\"\n*b : &c [d]\n", "a: &b \"2020-01-02\"\nc: *b\n",
  # Keys that are no text, and what SafeYAML makes of them.
  "~: a\nb: c\n", "a: {~: b}\nc: d\ne: f\n", "a: {b: c, : d}\n", "[a, b]: c\n", "{a: b}: c\n", "{}: c\n", "[{a: b}]: c\nd: e\n", "12: a\n1.5: b\nyes: c\n", "false: a\n", "a: {{ b }}\nc: d\n", "a: b\na: c\n", "? {a: b, c: d}\n: e\nf: g\n", "- ~: a\n- b: c\n", "a: {b: c, ~: d}\ne: f\n",
  # Numbers that Ruby refuses.
  "a: 1__0.5\n", "a: 1_.5\n", "a: ._\n", "a: 1._5\n", "a: 1_:30.5\n", "a: 12:30._\n", "a: 1_0.5\nb: 1_0\nc: _1\nd: 1_\n",
  # Zones of three digits, of a day and of more; `=` in binary text.
  "a: 2020-01-02 03:04:05 -312\nb: 2020-01-02 03:04:05 +9:30\n", "a: 2020-01-02 03:04:05 +24\nb: 2020-01-02 03:04:05 +2430\n", "a: !!binary =Ym9u\nb: !!binary Y=m=9u\n",
  # Marks of byte order, signs that are not allowed, long keys.
  "\uFEFFa: b\n", "a: b\n\uFEFFc: d\n", "a: \uFEFFb\n", "a: b\u0007\n", "a: \uFFFE\n", "a: b\u00A0\n", "#{'k' * 1024}: a\n", "#{'k' * 1025}: a\n", "a: {#{'é' * 1024}: b}\n", "a: {#{'é' * 1025}: b}\n", "{a: [#{'b, ' * 400}]}: c\n"
].flat_map { |text| text.start_with?("%TAG") ? [text] : ["---\n#{text}"] }.freeze

ENV["TZ"] = "UTC"
if ARGV == ["--stream"]
  $stdin.binmode
  while (text = $stdin.gets("\0"))
    puts outcome(text.chomp("\0").force_encoding("UTF-8"))
    $stdout.flush
  end
else
  write("yaml.tsv", %w(text outcome), TEXTS.uniq.map { |text| [text, outcome(text)] })
end
