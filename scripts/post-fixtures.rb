# Writes tests/fixtures/post/*.tsv: what Ruby and the installed Jekyll (4.3) make of texts, dates, slugs and posts.
# Run `ruby scripts/post-fixtures.rb` from the top of the repository after changing a list here; `cargo test` reads the
# results. Cells are tab-separated; \t, \n, \r, \f, \v and \\ stand for themselves.
# frozen_string_literal: true

require_relative "tables"

# --- Front matter and body: the expression of Jekyll's document.rb over random small texts.

def split_rows
  random = Random.new(20_141_208)
  pieces = ["---", "---", "---", "...", "\n", "\n", "\n", "\n\n", " ", "\t", "\r\n", "\r", "\f", "a", "a: b", "-", ".", "é"]
  texts = Array.new(900) { Array.new(1 + random.rand(9)) { pieces[random.rand(pieces.size)] }.join }
  texts += texts.first(300).map { |text| "---\n#{text}\n---\n#{text}" }
  texts += texts.last(40).map { |text| "\u{FEFF}#{text}" }
  texts.uniq.map do |text|
    bare = text.delete_prefix("\u{FEFF}")
    shift = text.bytesize - bare.bytesize
    match = Jekyll::Document::YAML_FRONT_MATTER_REGEXP.match(bare)
    next [text, "-", shift] unless match

    [text, shift + match[1].bytesize, shift + match[0].bytesize]
  end
end

# --- Dates: Ruby's Time.parse, in a zone that no text names.

DATES = [
  "2014-12-10", "2014-12-10 02:30:00", "2014-12-10 02:30", "2014-12-10T02:30:00Z", "2014-12-10T02:30Z",
  "2014-12-10 02:30:00 +0100", "2014-12-10 02:30:00 +01:00", "2014-12-10 02:30:00 +01", "2014-12-10 02:30:00 +1",
  "2014-12-10 02:30:00 -0330", "2014-12-10 02:30:00+01:00", "2014-12-10T02:30:00.123+01:00", "2014-12-10 2:30:5",
  "2014-12-10 02:30:00 UTC", "2014-12-10 02:30 EST", "2014-12-10 02:30 EDT", "2014-12-10 02:30 CET",
  "2014-12-10 02:30 Europe/Paris", "2014-12-10 02:30 GMT+2", "2014-12-10 02:30 pm", "2014-12-10 12:30 am",
  "2014-12-10 2pm", "2014-12-10 2 p.m.", "2014-12-10 14h30", "2014-12-10 14h", "2014-12-10 24:00",
  "2014-12-10 24:00:01", "2014-12-10 25:00", "2014-12-10 10:60", "2014-12-10 10:59:60", "2014-1-2", "14-1-2",
  "69-1-2", "68-1-2", "0099-01-02", "2014-02-30", "2014-02-31", "2014-04-31", "2014-01-32", "2014-13-01", "2014-00-10",
  "2014-12-00", "2014/12/10", "2014/12/10 02:30", "10/12/2014", "12/10/2014", "13/12/2014", "10/12/14", "2014.12.10",
  "10.12.2014", "10-12-2014", "December 10, 2014", "Dec 10, 2014", "Dec. 10, 2014", "dec 10 2014", "December 10th, 2014",
  "10 December 2014", "10 Dec 2014", "10th of December 2014", "10th December 2014", "10-Dec-2014", "Dec-10-2014",
  "Wed, 10 Dec 2014 02:30:00 +0100", "Wednesday, December 10, 2014", "Wed Dec 10 02:30:00 2014", "December 2014",
  "Dec 10", "10 Dec", "10:30", "630.0", "10 décembre 2014", "mercredi 10 décembre 2014", "20141210", "20141210T023000",
  "20141210T023000Z", "20141210T0230+0100", "201412100230", "20141210023000", "2014344", "2014-344", "2014", "2014-12",
  "141210", "12:30", "1418178600", "", "yesterday", "soon", "TBD", "draft", "2017-09-07 (optional)", "2014-12-10 # note",
  "Published on 2014-12-10", "2014-12-10, 02:30", "2014-12-10  02:30", "2014-12-10T02:30:00 z", "2014-12-10 at 02:30",
  "[2014-12-10]", "'14-12-10", "10 Dec '14", "99-12-31", "2014-12-10 02:30:00 +2500", "2014-12-10 02:30:00 +0199",
  "2014-12-10 00:00:00 -1200", "2014-12-10 23:59:59 +1400", "2014−12−10", "2014-12-10T", "2014-12-10Z", "x" * 129
].freeze

def date_rows
  ENV["TZ"] = "Asia/Kolkata"
  DATES.map do |text|
    pieces = Date._parse(text)
    time = Time.parse(text)
    next [text, "partial", ""] unless pieces[:year]

    known = pieces[:zone] && Time.zone_offset(pieces[:zone], time.year)
    [text, time.strftime("%Y-%m-%d %H:%M:%S"), known ? time.utc_offset / 60 : "site"]
  rescue ArgumentError, RangeError
    [text, "invalid", ""]
  end
end

# --- Slugs and titles.

WORDS = [
  "Docker", "The _config.yml file", "L'Été à Nîmes", "C++ & C#", "100% sûr", "a--b", "--a--", "a  b", " a ", "日本語 の 記事",
  "Привет, мир!", "ΟΔΟΣ", "İstanbul", "naïve café", "Straße", "Œuvre", "Ærøskøbing", "Łódź", "ŉ", "½ ²", "a.b~c!d$e&f'g(h)i*j+k,l;m=n@o",
  "tab\there", "line\nbreak", "-\n-", "e\u0301te\u0301", "हिन्दी १२", "emoji 😀 end", "a/b\\c", "a_b", "___", "---", "", "#hash", "dz ǆ Ǆ", "ﬁn",
  "ß-Été-ÉTÉ", "-lead--double-", "x-", "2014-12-08-a"
].freeze

def slug_rows
  WORDS.flat_map do |text|
    rows = %w(default pretty ascii latin raw none).product([false, true]).map do |mode, cased|
      [text, mode, cased ? "kept" : "lower", Jekyll::Utils.slugify(text, :mode => mode, :cased => cased)]
    end
    rows << [text, "title", "", Jekyll::Utils.titleize_slug(text)]
  end
end

# --- Posts: a site of one post each.

def outcome(settings, path, text)
  Dir.mktmpdir do |folder|
    file = File.join(folder, path)
    FileUtils.mkdir_p(File.dirname(file))
    File.write(file, text)
    File.utime(NOW, NOW, file)
    config = Jekyll.configuration(
      { "source" => folder, "destination" => File.join(folder, "_site"), "quiet" => true,
        "time" => Time.at(NOW), "disable_disk_cache" => true, }.merge(settings)
    )
    site = Jekyll::Site.new(config)
    site.reset
    site.read
    post = site.posts.docs.first
    next ["left out"] unless post

    # After an error in the front matter there is no title and no slug.
    next ["unreadable"] unless post.data.key?("slug")

    excerpt = post.data["excerpt"]
    excerpt = excerpt.content if excerpt.is_a?(Jekyll::Excerpt)
    target = post.destination(site.dest).delete_prefix("#{site.dest}/")
    ["published", post.url, target, post.data["title"], post.date.strftime("%Y-%m-%d %H:%M:%S"),
     post.data["tags"].join("|"), post.data["categories"].join("|"), excerpt, post.content,]
  end
rescue Jekyll::Errors::FatalException, NoMethodError, Addressable::URI::InvalidURIError
  ["stops"]
end

NAME = "_posts/2014-12-08-Retour-sur.la.conf.md"

def front(lines, body = "Body.\n")
  "---\n#{lines}\n---\n\n#{body}"
end

def permalink_cases
  templates = %w(date pretty ordinal weekdate none) + [
    "/:year/:month/:title", "/:year/:month/:title/", "/blog/:title:output_ext", "/:slug.html", "/:name", "/:path",
    "/:collection/:short_year/:i_month/:i_day/:short_month-:long_month/:w_year-:week-:w_day/:short_day:long_day/:y_day/:title",
    "/:hour:minute:second/:title", "/:slugified_categories/:title/", "/:year_:month_:day_/:title", "/../:title/./x/", ":title",
    "/:nothing/:title", "/:title:/a", "/100%/:title", "//a//:title", "/:Title/:title", "/:title.:slug", "",
  ]
  rows = templates.map { |template| [{ "permalink" => template }, NAME, front("title: x\ncategories: [Été C#, B b]")] }
  rows += ["/a/b.html", "/a/b/", "/a/v1.0", "a b/é/:title", "pretty", "/:categories/x", "/:year/index.php", "/x.", "/.y"].map do |own|
    [{}, NAME, front("permalink: \"#{own}\"\ncategory: x y")]
  end
  rows + ["1:1", "a:b", "a?b#c", "x/y", "..", "C++", ":", "é è"].map do |category|
    [{ "permalink" => "/:categories/:title/" }, NAME, front("category: \"#{category}\"")]
  end
end

def name_cases
  %w(
    _posts/2014-12-08-été.md es/_posts/2014-12-08-a.md a/b/_posts/c/2014-12-08-a.md _posts/c/d/2014-12-08-a-b.html
    _posts/14-12-08-a.md _posts/2014-1-2-a.markdown _posts/2014-12-08-a.b....md _posts/2014-12-08-.md _posts/an-idea.md
    _posts/2014-12-08.md _posts/2014-12-08-a _posts/2014-13-01-a.md _posts/2014-02-31-a.md _posts/2014-12-32-a.md
    _posts/2014-12-08-a.MD _posts/2014-12-08-a.txt _posts/2014-12-08-a.textile _posts/2015-06-01-future.md
    _posts/2014-12-08-UPPER-case.md _posts/20145-12-08-a.md _posts/x2014-12-08-a.md
  ).flat_map do |path|
    [[{}, path, front("layout: post")], [{ "permalink" => "/:categories/:path/:name/:title" }, path, front("date: 2014-12-09")]]
  end + [
    [{ "show_drafts" => true }, "_drafts/an-idea.md", front("x: y")],
    [{ "show_drafts" => true }, "_drafts/2014-12-08-an-idea.md", front("x: y")],
    [{ "show_drafts" => true }, "_drafts/an-idea.md", front("date: 2014-11-11\npermalink: /:path/")],
    [{}, "_drafts/an-idea.md", front("x: y")],
  ]
end

def value_cases
  [
    "title:", "title: false", "title: ''", "title: 12", "title: 'A: b'", "title: [a, b]", "slug: My Slug", "slug:",
    "tags: a b  c", "tags: [a, 'b c', ~, [d]]", "tag: a b", "tag: [a, [b]]", "tags: a\ntag: b", "tags: a b\ntag:", "tags: 2014",
    "tags: true", "tags:", "tags:\n  - a\n  - 2014", "tag: 2014", "tag: false\ntags: x", "tags: ''",
    "categories: a b", "category: a b", "categories: [a, b]\ncategory: c", "categories: [a, a]\ncategory: a", "categories: 2014",
    "categories: true", "categories: {a: b}", "categories:", "categories: [A, 12]", "category: [x, y]", "categories: ''",
    "published: false", "published: 'false'", "published:", "published: true", "published: 0",
    "date:", "date: 2014-12-10", "date: 2014-12-10 02:30:00", "date: 2014-12-10 02:30", "date: 2014-12-10 02:30:00 -1000",
    "date: '2014-12-10 02:30:00'", "date: soon", "date: 20141210", "date: 2015-01-02", "date: December 10, 2014",
    "excerpt: Short.", "excerpt:", "excerpt: false", "excerpt_separator: <!--more-->", "excerpt_separator: ''", "excerpt_separator:",
    "- a", "just text", "12", "~", "false", "a: b: c", "a: \"b", "layout: none", "", "# only a comment"
  ].flat_map do |lines|
    text = front(lines, "One [x] and [y].\n\nTwo <!--more--> three.\n\n[x]: /x\n")
    [[{}, NAME, text], [{ "timezone" => "Asia/Kolkata", "future" => true, "unpublished" => true }, NAME, text]]
  end
end

def excerpt_cases
  [
    "One\n\nTwo", "One", "One\n\n", "\n\nOne\n\nTwo", "One\r\n\r\nTwo\r\n", "One\n \nTwo\n\nThree", "[a][b]\n\n[b]: /u\n",
    "[a]\n\n [a]: /u\n   [A]: /v\n    [a]: /w\n[a] : /x\n[a]:\n[a]:/y", "[a\nb]\n\n[a\nb]: /u", "[a]\n\nx [a]: /u", "[]\n\n[]: /u",
    "[[a]\n\n[[a]: /u\n[a]: /v", "[^1]\n\n[^1]: Note.\n\n*[HTML]: Hyper\n", "{% if a %}x\n\ny{% endif %}",
    "{% if a %}{% for b in c %}x\n\ny{% endfor %}{% endif %}", "{% if a %}{% if b %}x\n\ny", "{% raw %}x{% endraw %}\n\ny",
    "{%- highlight ruby -%}\nx\n\ny\n{%- endhighlight -%}", "{% include a %}\n\nx", "{% comment %}x\n\ny{% endcomment %}",
    "{% unless %}{% case a %}[q]\n\n[q]: /u", "{% endif %}{% if a %}x\n\ny", "[a]\n\n[a]: /u\n[a]: /v\n", "é [é]\n\n[é]: /é",
  ].map { |body| [{}, NAME, "---\nx: y\n---\n#{body}"] } + [
    [{ "excerpt_separator" => "" }, NAME, front("x: y", "a\n\nb")],
    [{ "excerpt_separator" => "<!-- more -->" }, NAME, front("x: y", "a\n\nb <!-- more --> c <!-- more --> d")],
  ]
end

def body_cases
  ["No front matter.", "", "---\na: b\n\nNever closed.", "\n---\na: b\n---\nx", "---\n---\nx", "---\na: b\n...\n\n\n  x", "\u{FEFF}---\ntitle: B\n---\nx",
   "---\r\ntitle: B\r\n---\r\n\r\nx\r\n",].map { |text| [{}, NAME, text] }
end

def post_rows
  (permalink_cases + name_cases + value_cases + excerpt_cases + body_cases).map do |settings, path, text|
    ENV["TZ"] = "UTC"
    # Jekyll remembers dates from one site, and its time zone, to the next.
    Jekyll::Utils.instance_variable_set(:@parse_date_cache, nil)
    shown = settings.map { |key, value| "#{key}=#{value}" }.join("|")
    [shown, path, text, *outcome(settings, path, text)]
  end
end

FileUtils.mkdir_p(OUT)
write("split.tsv", %w(text closing_line body), split_rows)
write("dates.tsv", %w(text date offset), date_rows)
write("slugs.tsv", %w(text mode case slug), slug_rows)
write("posts.tsv", %w(settings path text outcome url file title date tags categories excerpt content), post_rows)
