# Writes tests/fixtures/post/sites.tsv, what the installed Jekyll (4.3) makes of one post under many a _config.yml, and
# kramdown.tsv, what its converter makes of one body under many a section `kramdown`.
# Run `ruby scripts/site-fixtures.rb` from the top of the repository after changing a list here; `cargo test` reads the
# results. Cells are tab-separated; \t, \n, \r, \f, \v and \\ stand for themselves. Time zones are written as POSIX
# rules, so that the tests need no tables of a machine.
# frozen_string_literal: true

require_relative "tables"
$stderr = File.open(File::NULL, "w")

NAME = "_posts/2014-12-08-Retour-sur.la.conf.md"
DEEP = "blog/_posts/2014/fr/2014-12-08-a.md"
POST = "---\ntitle: x\n---\nOne.\n\nTwo.\n"

def front(lines, body = "One.\n\nTwo.\n")
  "---\n#{lines}\n---\n#{body}"
end

def outcome(settings, path, text)
  ENV["TZ"] = "UTC"
  # Jekyll remembers dates from one site, and its time zone, to the next.
  Jekyll::Utils.instance_variable_set(:@parse_date_cache, nil)
  Dir.mktmpdir do |folder|
    file = File.join(folder, path)
    FileUtils.mkdir_p(File.dirname(file))
    File.write(file, text)
    File.utime(NOW, NOW, file)
    File.write(File.join(folder, "_config.yml"), settings)
    config = Jekyll.configuration(
      "source" => folder, "destination" => File.join(folder, "_site"), "quiet" => true,
      "time" => Time.at(NOW), "disable_disk_cache" => true
    )
    site = Jekyll::Site.new(config)
    site.reset
    site.read
    post = site.posts.docs.first
    return ["left out"] unless post
    excerpt = post.data["excerpt"]
    excerpt = excerpt.content if excerpt.is_a?(Jekyll::Excerpt)
    # After an error in the front matter Jekyll has not come to the slug and the extension.
    [post.data.key?("ext") ? "published" : "unreadable", post.url, post.destination(site.dest).delete_prefix("#{site.dest}/"), post.data["title"],
     post.date.strftime("%Y-%m-%d %H:%M:%S %z"), Array(post.data["tags"]).join("|"), post.data["categories"].join("|"),
     post.data["layout"], excerpt, post.data["description"], post.data["lang"],]
  end
rescue Jekyll::Errors::FatalException, NoMethodError, TypeError, Psych::SyntaxError, Addressable::URI::InvalidURIError
  ["stops"]
end

def set(path, values, type = nil)
  scope = [path && "path: \"#{path}\"", type && "type: #{type}"].compact.join(", ")
  "  - scope: {#{scope}}\n    values: {#{values}}\n"
end

def defaults(*sets)
  "defaults:\n#{sets.join}"
end

SITES = [
  # Settings.
  ["", NAME, POST],
  ["permalink: pretty", NAME, POST],
  ["permalink: /:year/:title", NAME, POST],
  ["permalink:", NAME, POST],
  ["collections:\n  posts:\n    permalink: /p/:slug/\npermalink: pretty", NAME, POST],
  ["collections:\n  posts:\n    permalink: pretty", NAME, POST],
  ["collections:\n  posts:\n    output: true\npermalink: ordinal", NAME, POST],
  ["collections_dir: blog", "blog/_posts/2014-12-08-a.md", POST],
  ["collections_dir: blog", "blog/x/_posts/2014-12-08-a.md", POST],
  ["collections_dir: blog\n#{defaults(set("blog/_posts", "layout: a"), set("_posts", "lang: fr"))}", "blog/_posts/2014-12-08-a.md", POST],
  ["future: true", "_posts/2015-06-01-a.md", POST],
  ["future: 'false'", "_posts/2015-06-01-a.md", POST],
  ["future: false", "_posts/2015-06-01-a.md", POST],
  ["future:", "_posts/2015-06-01-a.md", POST],
  ["unpublished: true", NAME, front("published: false")],
  ["unpublished: off", NAME, front("published: false")],
  # Which files are read.
  ["", "_old/_posts/2014-12-08-a.md", POST],
  ["include: [_old]", "_old/_posts/2014-12-08-a.md", POST],
  ["", ".old/_posts/2014-12-08-a.md", POST],
  ["include: [.old]", ".old/_posts/2014-12-08-a.md", POST],
  ["", "#old/_posts/2014-12-08-a.md", POST],
  ["", "~old/_posts/2014-12-08-a.md", POST],
  ["", "old~/_posts/2014-12-08-a.md", POST],
  ["", "_posts/_off/2014-12-08-a.md", POST],
  ["", "_posts/x/_off/2014-12-08-a.md", POST],
  ["", "_posts/.off/2014-12-08-a.md", POST],
  ["", "_posts/x/.off/2014-12-08-a.md", POST],
  ["include: [.off]", "_posts/.off/2014-12-08-a.md", POST],
  ["", "_posts/2014-12-08-a.md~", POST],
  ["include: ['2014-12-08-a.md~']", "_posts/2014-12-08-a.md~", POST],
  ["", "_posts/README.md", POST],
  ["", "_posts/x/_posts/2014-12-08-a.md", POST],
  ["", "_drafts/_posts/2014-12-08-a.md", POST],
  ["", "vendor/bundle/x/_posts/2014-12-08-a.md", POST],
  ["", "vendor/bundler/_posts/2014-12-08-a.md", POST],
  ["", "vendor/_posts/2014-12-08-a.md", POST],
  ["exclude: [x]", "vendor/gems/_posts/2014-12-08-a.md", POST],
  ["include: [vendor/gems/]", "vendor/gems/_posts/2014-12-08-a.md", POST],
  ["include: [vendor]", "vendor/gems/_posts/2014-12-08-a.md", POST],
  ["", "x/vendor/gems/_posts/2014-12-08-a.md", POST],
  ["", "node_modules/x/_posts/2014-12-08-a.md", POST],
  ["", "node_modules_x/_posts/2014-12-08-a.md", POST],
  ["exclude: ['_posts/2014-*']", NAME, POST],
  ["exclude: [/_posts/2014-*]", NAME, POST],
  ["exclude: ['*.md']", NAME, POST],
  ["exclude: ['2014-*']", NAME, POST],
  ["exclude: ['**/fr/*']", DEEP, POST],
  ["exclude: [blog/]", DEEP, POST],
  ["exclude: [blo]", DEEP, POST],
  ["exclude: ['blog/*']", DEEP, POST],
  ["exclude: ['bl[o-p]g']", DEEP, POST],
  ["exclude: ['bl?g']", DEEP, POST],
  ["exclude: [_posts]", NAME, POST],
  ["exclude: [_posts/2014]", DEEP, POST],
  ["exclude: [blog/_posts/2014/fr]", DEEP, POST],
  ["exclude: ['']", NAME, POST],
  ["exclude: [2014]", NAME, POST],
  ["exclude:", NAME, POST],
  ["include:", NAME, POST],
  ["plugins:", NAME, POST],
  ["exclude: [blog]\ninclude: [blog]", DEEP, POST],
  ["exclude: [blog]\ninclude: ['b*']", DEEP, POST],
  ["exclude: ['_posts/2014-*']\ninclude: ['2014-12-08-*']", NAME, POST],
  ["include: [2014]", NAME, POST],
  ["collections_dir: blog", NAME, POST],
  ["collections_dir: blog\nexclude: [blog/_posts]", "blog/_posts/2014-12-08-a.md", POST],
  ["collections_dir: blog\nexclude: [_posts]", "blog/_posts/2014-12-08-a.md", POST],
  ["collections_dir: a/b", "a/b/_posts/2014-12-08-a.md", POST],
  ["keep_files: [_posts]", NAME, POST],
  # A date in the defaults.
  [defaults(set("", "date: 2014-01-01")), NAME, POST],
  [defaults(set("", "date: 2014-01-01")), NAME, front("date: 2014-02-02")],
  [defaults(set("x", "date: 2014-01-01")), NAME, POST],
  [defaults(set("", "date: '2014-01-01'")), NAME, POST],
  [defaults(set("", "date: 2014-01-01 10:00:00 +0000")), NAME, POST],
  [defaults(set("", "date: soon")), NAME, POST],
  [defaults(set("", "date: 5")), NAME, POST],
  ["defaults:\n- values:\n    date:\n", NAME, POST],
  [defaults(set("", "date: [a]")), NAME, POST],
  [defaults(set("", "date: 2014-01-01")) + "strict_front_matter: true", NAME, POST],
  ["show_drafts: true", "_drafts/a.md", front("date: 2014-11-11 00:00:00 +0000")],
  ["show_drafts: true", "_drafts/x/2014-11-11-a.md", POST],
  ["excerpt_separator: <!--more-->", NAME, front("a: b", "One\n\ntwo <!--more--> three")],
  ["excerpt_separator: \"\"", NAME, POST],
  ["excerpt_separator:", NAME, POST],
  ["excerpt_separator: false", NAME, front("a: b", "One false two")],
  ["strict_front_matter: true", NAME, front("a: \"b")],
  ["strict_front_matter: true", NAME, POST],
  ["title: Site\ndescription: All\nlang: fr\nauthor: Ada", NAME, POST],
  # Time zones.
  *["UTC", "EST5", "<+0530>-5:30", "CET-1CEST,M3.5.0,M10.5.0/3", "EST5EDT,M3.2.0,M11.1.0"].flat_map do |zone|
    ["2014-07-14 23:30:00 +0000", "2014-07-14 01:30:00 +0200", "2014-03-30 02:30", "2014-10-26 02:30", "2014-11-02 01:30",
     "2014-12-10 00:30:00 +0100", "2014-07-14", "2014-07-14 12:00", "1995-06-01 12:00",].map do |date|
      ["timezone: \"#{zone}\"", NAME, front("date: #{date}")]
    end
  end,
  ["timezone: EST5", "_posts/2015-01-01-a.md", POST],
  ["timezone: <+02>-2", "_posts/2015-01-01-a.md", POST],
  # Which sets hold.
  *["", "_posts", "_posts/", "_post", "_posts/2014-12-08-Retour", "/_posts", "/", "posts", "blog", "_posts/*", "*", "_posts/*.md",
    "_posts/**", "**/_posts", "**/*.md", "_posts/201{3,4}-*", "_posts/[0-9]*", "_posts/*.markdown", "*/x", "_drafts",].flat_map do |path|
    [[defaults(set(path, "layout: a, lang: fr")), NAME, POST]]
  end,
  *["blog", "blog/_posts/2014", "blog/_posts/2014/fr", "_posts", "blog/*", "*/_posts", "blog/**/fr", "blog/_posts/*/fr", "**/fr",
    "blog/*/2014/*", "2014", "**/2014/**/*.md",].map { |path| [defaults(set(path, "layout: a")), DEEP, POST] },
  *%w(posts post pages drafts other).flat_map do |type|
    [[defaults(set("", "layout: a", type)), NAME, POST],
     ["show_drafts: true\n#{defaults(set("", "layout: a", type))}", "_drafts/2014-12-08-a.md", POST],]
  end,
  ["defaults:\n  - values: {layout: a}\n", NAME, POST],
  ["defaults:\n  - scope: {type: posts}\n    values: {layout: a}\n", NAME, POST],
  ["defaults:\n  - scope: {path: \"\"}\n  - scope: {path: \"\"}\n    values: {layout: a}\n", NAME, POST],
  ["defaults:\n  scope: {path: \"\"}\n  values: {layout: a}\n", NAME, POST],
  # Which set wins.
  [defaults(set("", "layout: a"), set("_posts", "layout: b")), NAME, POST],
  [defaults(set("_posts", "layout: b"), set("", "layout: a")), NAME, POST],
  [defaults(set("", "layout: a", "posts"), set("_posts", "layout: b")), NAME, POST],
  [defaults(set("_posts", "layout: b"), set("", "layout: a", "posts")), NAME, POST],
  [defaults(set("", "layout: a"), set("", "layout: b")), NAME, POST],
  [defaults(set("", "layout: a", "posts"), set("", "layout: b")), NAME, POST],
  [defaults(set("", "layout: a"), set("", "layout: b", "posts")), NAME, POST],
  [defaults(set("", "layout: a", "posts"), set("", "layout: b", "posts")), NAME, POST],
  [defaults(set("_posts", "layout: a"), set("_posts/*", "layout: b")), NAME, POST],
  [defaults(set("_posts/*", "layout: b"), set("_posts", "layout: a", "posts")), NAME, POST],
  [defaults(set("_posts", "layout: a"), set("", "lang: fr"), set("_posts/2014", "description: d")), NAME, POST],
  [defaults(set("_posts", "layout: a, lang: de"), set("", "lang: fr, layout: c"), set("_post", "layout: d")), NAME, POST],
  [defaults(set("_posts", "layout: a"), set("_posts", "layout: ~")), NAME, POST],
  # What a post says against them.
  *["layout: own", "layout: none", "layout: null", "layout:", "layout: false", "title:", "title: x", "lang: ~", "published: true", "published: false",
    "published:", "permalink: /own/", "permalink:", "date: 2014-11-11 00:00:00 +0000", "date:", "excerpt: Own.", "excerpt:",
    "excerpt_separator: two", "slug: own", "tags: own", "tags: []", "tags:", "tag: own", "category: own", "categories: own two", "categories: []",
    "categories: [d1, own]", "categories:", "description: Own.",].flat_map do |line|
    [
      [defaults(set("", "layout: a, title: T, lang: fr, description: D, slug: s-s")), NAME, front(line)],
      [defaults(set("", "tags: t1 t2, categories: d1 d2, permalink: '/:categories/:title/'")), NAME, front(line)],
      [defaults(set("", "tag: t1, category: d1, excerpt: E.")), DEEP, front(line)],
      [defaults(set("", "categories: [d1, blog], excerpt_separator: One, published: false")), DEEP, front(line)],
    ]
  end,
  [defaults(set("", "date: 2013-01-02 03:04:05 +0100")), NAME, POST],
  [defaults(set("", "date: 2013-01-02 03:04:05 +0100")), NAME, front("date: 2014-11-11 00:00:00 +0000")],
  [defaults(set("", "date: 2013-01-02 03:04:05 +0100")), NAME, front("date:")],
  [defaults(set("", "categories: 12")), NAME, POST],
  [defaults(set("", "categories: {a: b}")), NAME, front("layout: a")],
  [defaults(set("", "tags: 12")), NAME, POST],
  [defaults(set("", "published: 'false'")), NAME, POST],
  [defaults(set("", "published: false")), NAME, front("a: \"b")],
  [defaults(set("", "layout: a")), NAME, "No front matter."],
  [defaults(set("", "title: T, slug: my slug")), NAME, "No front matter."],
  [defaults(set("", "categories: a"), set("_posts", "categories: b")), NAME, front("categories: c")],
  [defaults(set("", "category: a"), set("_posts", "categories: b")), NAME, front("category: c")],
  # Front matter that cannot be read.
  *["title: \"x\nlayout: post", "- a", "categories: 12\ntitle: T\npermalink: /p"].flat_map do |lines|
    [
      ["", "_posts/2014-12-08-Le titre.md", front(lines)],
      ["", "_posts/2014-13-08-a.md", front(lines)],
      ["timezone: EST5\npermalink: /:categories/:slug/:name/:path", "x/_posts/2014-12-08-Le titre.md", front(lines)],
      [defaults(set("", "layout: d, title: T, date: 2013-01-02 00:00:00 +0000, categories: [c], slug: s l, description: D")), NAME, front(lines)],
      [defaults(set("", "published: false")), NAME, front(lines)],
      [defaults(set("", "permalink: /p/, excerpt: E.")), NAME, front(lines)],
    ]
  end,
  # Settings that cannot be read.
  ["- a\n- b", NAME, POST],
  ["just a text", NAME, POST],
  ["permalink: \"/x", NAME, POST],
  ["permalink: /:nothing/", NAME, POST],
  ["permalink: 12", NAME, POST],
  ["plugins: x", NAME, POST],
  ["exclude: x", NAME, POST],
  ["# nothing", NAME, POST],
].freeze

header = %w(config path text outcome url file title date tags categories layout excerpt description lang)
write("sites.tsv", header, SITES.map { |row| row + outcome(*row) })

# --- The options of kramdown that change a body.

BODY = <<~MARKDOWN
  * list
  {:toc}

  # One "two" it's

  line
  break[^a] and $$x^2$$

  ### Three

  ###### Six

  $$
  y
  $$

  <div>
  *raw*
  </div>

  text <span>*in*</span>

  [^a]: Note.
MARKDOWN

SECTIONS = [
  "", "kramdown:", "kramdown: {}", *[
    "auto_ids: false", "auto_ids: 'no'", "auto_ids: ''", "auto_ids: ~", "auto_ids: 'FALSE'", "auto_id_prefix: h-", "auto_id_prefix: 12",
    "hard_wrap: true", "hard_wrap: 'yes'", "hard_wrap:", "smart_quotes: apos,apos,quot,quot", "smart_quotes: [laquo, raquo, bdquo, ldquo]",
    "smart_quotes: '39,39,34,34'", "smart_quotes:", "toc_levels: 1..2", "toc_levels: '2..6'", "toc_levels: [1, 3]", "toc_levels: '1,6'", "toc_levels: [6]",
    "toc_levels:", "footnote_nr: 5", "footnote_nr: '7'", "footnote_nr:", "footnote_backlink: ''", "footnote_backlink: up", "footnote_backlink: '&#8617;&#xfe0e;'",
    "parse_block_html: true", "parse_span_html: false", "parse_span_html:", "header_offset: 1", "header_offset: -1", "header_offset: '2'",
    "math_engine: mathjax", "math_engine: ~", "hard_wrap: true\n  auto_ids: false\n  footnote_nr: 3",
    "guess_lang: false", "unknown_option: 1",
  ].map { |line| "kramdown:\n  #{line}" },
].freeze

def converted(settings)
  Dir.mktmpdir do |folder|
    File.write(File.join(folder, "_config.yml"), settings)
    site = Jekyll::Site.new(Jekyll.configuration("source" => folder, "quiet" => true, "disable_disk_cache" => true))
    site.find_converter_instance(Jekyll::Converters::Markdown).convert(BODY.dup)
  end
rescue StandardError
  "stops"
end

write("kramdown.tsv", %w(config body html), SECTIONS.map { |section| [section, BODY, converted(section)] })
