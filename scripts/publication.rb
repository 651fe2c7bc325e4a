# Compares what `apercu show` says of posts with what the installed Jekyll makes of them, field by field.
#
#   ruby scripts/publication.rb [--apercu PROGRAM] [--config FILE]… [--now DATE] [--show N] FOLDER…
#
# FOLDER holds posts as <id>.md and a manifest.tsv whose columns `id`, `blog` and `path` say where each lies in its site;
# without a manifest every file is a post of one site, under its own name. Each site is built once for every --config
# (none: once, with Jekyll's own settings), now or at DATE. Posts without front matter are left out. SafeYAML, which Jekyll reads
# YAML with unless a distribution changed it, is used where Ruby finds the library (`-I`).
# frozen_string_literal: true

require "cgi"
require "csv"
require "fileutils"
require "jekyll"
require "json"
require "kramdown"
require "open3"
require "time"
require "tmpdir"

FIELDS = %w(published url output date title slug tags categories layout excerpt excerpt_text).freeze
Jekyll.logger = Logger.new(File::NULL)

begin
  require "safe_yaml/load"
  module Jekyll::Utils
    def safe_load_yaml(yaml)
      SafeYAML.load(yaml)
    end

    def safe_load_yaml_file(file, **_options)
      SafeYAML.load(File.read(file, :encoding => "bom|utf-8"))
    end
  end
  warn "YAML is read with SafeYAML #{SafeYAML::VERSION}."
rescue LoadError
  warn "SafeYAML is not there: Jekyll reads YAML as this distribution has it."
end

# --- What to compare.

Options = Struct.new(:apercu, :configs, :show, :folders, :now)

def options(arguments)
  found = Options.new(File.expand_path("../target/debug/apercu", __dir__), [], 5, [], Time.now.to_i)
  until arguments.empty?
    case (word = arguments.shift)
    when "--apercu" then found.apercu = arguments.shift
    when "--config" then found.configs << arguments.shift
    when "--now" then found.now = Time.parse("#{arguments.shift} UTC").to_i
    when "--show" then found.show = arguments.shift.to_i
    else found.folders << word
    end
  end
  abort "usage: publication.rb [--apercu PROGRAM] [--config FILE]... [--now DATE] [--show N] FOLDER..." if found.folders.empty?
  found.configs << nil if found.configs.empty?
  found.apercu = File.expand_path(found.apercu)
  found
end

# Posts by site: { site => { path in the site => file } }.
def sites(folder)
  manifest = File.join(folder, "manifest.tsv")
  sites = Hash.new { |hash, key| hash[key] = {} }
  if File.exist?(manifest)
    CSV.foreach(manifest, :col_sep => "\t", :headers => true, :quote_char => "\0") do |row|
      file = File.join(folder, "#{row["id"]}.md")
      sites[row["blog"]][row["path"]] = file if File.exist?(file)
    end
  else
    Dir.glob(File.join(folder, "*.{md,markdown}")).sort.each { |file| sites[""]["_posts/#{File.basename(file)}"] = file }
  end
  sites.each_value do |posts|
    posts.select! { |_, file| File.read(file, :encoding => "bom|utf-8") =~ Jekyll::Document::YAML_FRONT_MATTER_REGEXP }
  end
end

# --- Jekyll's side.

# What a reader sees. The highlighter's spans vanish without a trace, as all tags do in Liquid's strip_html.
def text(html)
  plain = html.gsub(%r!<(script|style)\b.*?</\1>!m, "").gsub(/<!--.*?-->/m, "").gsub(%r!</?[a-zA-Z][^>]*>!m, "")
  named = plain.gsub(/&([a-zA-Z]\w*);/) do |whole|
    Kramdown::Utils::Entities.entity(Regexp.last_match(1)).char
  rescue Kramdown::Error
    whole
  end
  CGI.unescapeHTML(named).split.join(" ")
end

def jekyll(root, config, now, paths)
  ENV["TZ"] = "UTC"
  Jekyll::Utils.instance_variable_set(:@parse_date_cache, nil)
  settings = { "source" => root, "destination" => File.join(root, "_site"), "quiet" => true, "time" => Time.at(now),
               "disable_disk_cache" => true, }
  settings["config"] = config if config
  site = Jekyll::Site.new(Jekyll.configuration(settings))
  site.reset
  site.read
  converter = site.find_converter_instance(Jekyll::Converters::Markdown)
  found = site.posts.docs.to_h { |post| [post.relative_path, fields(site, post, converter)] }
  paths.to_h { |path| [path, found[path] || { "published" => false }] }
end

def fields(site, post, converter)
  excerpt = post.data["excerpt"]
  source = excerpt.is_a?(Jekyll::Excerpt) ? excerpt.content : excerpt
  html = excerpt.is_a?(Jekyll::Excerpt) ? converter.convert(source.dup) : source.to_s
  title = post.data["title"]
  {
    "published" => true, "url" => post.url, "output" => post.destination(site.dest).delete_prefix("#{site.dest}/"),
    "date" => post.date.strftime("%Y-%m-%dT%H:%M:%S%:z"), "title" => title.to_s,
    "slug" => post.data["slug"].to_s, "tags" => post.data["tags"]&.map(&:to_s),
    "categories" => post.data["categories"]&.map(&:to_s), "layout" => post.data["layout"]&.to_s,
    "excerpt" => source&.to_s, "excerpt_text" => text(html),
  }
rescue StandardError => e
  { "published" => "#{e.class}: #{e.message}" }
end

# --- Our side.

def ours(program, root, config, now, paths)
  words = [program, "show", "--jekyll", "4", "--format", "json", "--now", Time.at(now).utc.strftime("%Y-%m-%d %H:%M:%S +0000")]
  words += config ? ["--config", config] : ["--no-config"]
  shown = paths.each_slice(200).flat_map do |slice|
    out, status = Open3.capture2(*words, "--", *slice, :chdir => root)
    abort "apercu ended with #{status.exitstatus}" unless status.success?
    JSON.parse(out)
  end
  shown.to_h do |post|
    next [post["path"], { "published" => false }] unless post["published"]

    excerpt = post["excerpt"] || { "source" => nil, "html" => "" }
    [post["path"], FIELDS.to_h { |field| [field, post[field]] }.merge(
      "layout" => post["layout"], "excerpt" => excerpt["source"], "excerpt_text" => text(excerpt["html"])
    ),]
  end
end

# --- The comparison.

def compare(folder, config, wanted)
  equal = Hash.new(0)
  counted = Hash.new(0)
  different = Hash.new { |hash, key| hash[key] = [] }
  now = wanted.now
  sites(folder).each do |name, posts|
    next if posts.empty?

    Dir.mktmpdir do |root|
      posts.each do |path, file|
        FileUtils.mkdir_p(File.join(root, File.dirname(path)))
        FileUtils.cp(file, File.join(root, path))
      end
      # Beside the posts, as the site's own settings would lie: paths in them count from here.
      own = config && File.join(root, "_config.yml").tap { |copy| FileUtils.cp(config, copy) }
      root = File.realpath(root)
      theirs = jekyll(root, own, now, posts.keys)
      mine = ours(wanted.apercu, root, own, now, posts.keys)
      theirs.each do |path, expected|
        found = mine.fetch(path)
        FIELDS.each do |field|
          # What is not published has no other field.
          next unless field == "published" || (expected["published"] == true && found["published"])

          counted[field] += 1
          if expected[field] == found[field]
            equal[field] += 1
          else
            different[field] << "  #{name} #{path} (#{File.basename(posts[path])})\n    Jekyll #{expected[field].inspect}\n    ours   #{found[field].inspect}"
          end
        end
      end
    end
  end
  puts "#{folder}, #{config || "Jekyll's own settings"}"
  FIELDS.each do |field|
    share = counted[field].zero? ? 100.0 : 100.0 * equal[field] / counted[field]
    puts format("  %-13s %7.2f %%  %d of %d", field, share, equal[field], counted[field])
  end
  different.each { |field, list| puts "  #{field}: #{list.size} differ", *list.first(wanted.show) }
  different.values.sum(&:size)
end

wanted = options(ARGV.dup)
differ = wanted.folders.product(wanted.configs).sum { |folder, config| compare(folder, config && File.expand_path(config), wanted) }
exit(differ.zero? ? 0 : 1)
