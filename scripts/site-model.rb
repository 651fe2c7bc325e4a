# Writes a site as the installed Jekyll (4.3) has it after reading, as JSON: `ruby scripts/site-model.rb FOLDER [--config
# A,B] [--theme FOLDER] [--now SECONDS] [--set KEY=YAML]`. With `--fixtures` it writes `expected.json` of every folder in
# tests/fixtures/site. `examples/site_model.rs` and `tests/site_reading.rs` write the same of our reading.
# frozen_string_literal: true

require "fileutils"
require "jekyll"
require "json"
require "tmpdir"
require "yaml"

# Jekyll takes the entries of a folder in the order of the disk. Ours come by name.
class Dir
  class << self
    alias unsorted_entries entries
    def entries(*arguments)
      unsorted_entries(*arguments).sort
    end
  end
end

# The theme's folder stands for its gem.
class FolderTheme < Jekyll::Theme
  def initialize(name, folder)
    @root = File.realpath(folder)
    super(name)
  end

  def runtime_dependencies
    []
  end
end

module Jekyll
  class PluginManager
    def conscientious_require; end
  end

  class Site
    class << self
      attr_accessor :theme_folder
    end

    alias configure_gem_theme configure_theme
    def configure_theme
      folder = self.class.theme_folder
      self.theme = nil
      return if config["theme"].nil?
      return configure_gem_theme unless folder

      self.theme = FolderTheme.new(config["theme"], folder)
    end
  end
end

def plain(value)
  case value
  when Hash then value.to_h { |key, item| [key.nil? ? "" : plain_key(key), plain(item)] }
  when Array then value.map { |item| plain(item) }
  when Time then "time #{value.to_i}"
  when Date then value.strftime("%Y-%m-%d")
  when Symbol then value.to_s
  when Float then value.finite? ? value : value.to_s
  when String then value.valid_encoding? ? value : value.dup.force_encoding("UTF-8").scrub("\u{FFFD}")
  when nil, true, false, Integer then value
  else value.class.name
  end
end

def plain_key(key)
  key.is_a?(String) ? key : plain(key).to_s
end

def excerpt_of(item)
  excerpt = item.data["excerpt"]
  excerpt.is_a?(Jekyll::Excerpt) ? excerpt.content : nil
end

# Days are told apart from texts at the top only.
def marked(hash)
  hash.to_h { |key, value| [plain_key(key), value.instance_of?(Date) ? "day #{plain(value)}" : plain(value)] }
end

def data_of(item)
  marked(item.data.reject { |key, value| key == "excerpt" && value.is_a?(Jekyll::Excerpt) })
end

def below(path, folder)
  path.delete_prefix("#{folder}/")
end

def document(site, document)
  data = data_of(document)
  url = document.url
  {
    "path" => document.relative_path, "data" => data, "keys" => data.keys, "content" => plain(document.content),
    "date" => document.date.to_time.to_i, "local" => document.date.to_time.strftime("%F %T %z"), "url" => url, "id" => document.id,
    "file" => below(document.destination(site.dest), site.dest), "output_ext" => document.output_ext,
    "extension" => document.extname, "basename" => document.basename, "stem" => document.basename_without_ext,
    "draft" => !!document.draft?, "written" => !!document.write?, "excerpt" => excerpt_of(document),
    "previous" => document.previous_doc&.relative_path, "next" => document.next_doc&.relative_path
  }
end

def page(site, page)
  data = data_of(page)
  {
    "path" => page.relative_path, "folder" => page.instance_variable_get(:@dir), "name" => page.name,
    "basename" => page.basename, "extension" => page.ext, "data" => data, "keys" => data.keys, "content" => plain(page.content),
    "excerpt" => excerpt_of(page), "defaults" => plain(site.frontmatter_defaults.all(page.relative_path, page.type)),
    "url" => page.url, "file" => below(page.destination(site.dest), site.dest), "output_ext" => page.output_ext,
    "html" => page.html?
  }
end

def static_file(site, file)
  {
    "path" => file.relative_path, "name" => file.name, "basename" => file.basename, "extension" => file.extname,
    "modified" => file.mtime, "collection" => file.type&.to_s, "data" => plain(file.data), "url" => file.url,
    "file" => below(file.destination(site.dest), site.dest), "written" => !!file.write?
  }
end

def layout(name, layout)
  {
    "key" => name, "name" => layout.name, "path" => layout.relative_path, "extension" => layout.ext,
    "data" => marked(layout.data), "keys" => layout.data.keys.map { |key| plain_key(key) }, "content" => plain(layout.content)
  }
end

def groups(hash)
  hash.map { |name, posts| { "name" => plain(name), "posts" => posts.map(&:relative_path) } }
end

def collection(label, collection)
  {
    "label" => collection.label, "metadata" => plain(collection.metadata), "output" => collection.write?,
    "url_template" => collection.url_template, "documents" => collection.docs.map(&:relative_path),
    "static_files" => collection.files.map(&:relative_path)
  }
end

# What only this machine knows of the settings.
MACHINE = %w(source destination config serving skip_config_files disable_disk_cache).freeze

def model(folder, source: "", destination: "_site", configs: nil, theme: nil, now: nil, overrides: {})
  Jekyll.logger.log_level = :error
  Jekyll::Site.theme_folder = theme
  options = { "source" => File.join(folder, source).chomp("/"), "destination" => File.join(folder, destination), "disable_disk_cache" => true }
  options["config"] = configs.map { |name| File.join(folder, name) } if configs
  configuration = Jekyll.configuration(options.merge(overrides))
  configuration["time"] ||= Time.at(now).to_s if now
  time = now && Time.at(now).to_s == configuration["time"]
  site = Jekyll::Site.new(configuration)
  site.reset
  # Jekyll changes its settings while it reads.
  config = marked(site.config.reject { |key, _| MACHINE.include?(key) || (key == "time" && time) })
  site.read
  result = {
    "config" => config, "config_keys" => config.keys,
    "time" => site.time.to_i,
    "collections" => site.collections.map { |label, found| collection(label, found) },
    "data" => plain(site.data), "data_keys" => site.data.keys,
    "layouts" => site.layouts.map { |name, found| layout(name, found) }.sort_by { |found| found["key"] },
    "pages" => site.pages.map { |found| page(site, found) },
    "static_files" => site.static_files.map { |found| static_file(site, found) }
  }
  result["tags"] = groups(site.tags)
  result["categories"] = groups(site.categories)
  result["related"] = site.posts.docs.to_h { |post| [post.relative_path, post.related_posts.map(&:relative_path)] }
  result["documents"] = site.collections.values.flat_map { |found| found.docs.map { |item| document(site, item) } }
  result
rescue StandardError, SystemExit => e
  warn "#{folder}: #{e.class}: #{e.message}" if ENV["VERBOSE"]
  { "stops" => true }
end

# A fixture: `site/`, `theme/` where it has one, and `options.yml` with `configs`, `overrides`, and `source`
# and `destination` as the settings say. Every file is of one time.
FIXTURE_NOW = 1_420_070_400
FIXTURE_MODIFIED = 1_400_000_000

def fixture(folder)
  Dir.mktmpdir do |copy|
    FileUtils.cp_r(File.join(folder, "."), copy)
    Dir.glob("**/*", File::FNM_DOTMATCH, :base => copy).each do |path|
      full = File.join(copy, path)
      File.utime(FIXTURE_MODIFIED, FIXTURE_MODIFIED, full) if File.file?(full)
    end
    options = File.join(copy, "options.yml")
    read = File.file?(options) ? YAML.safe_load(File.read(options)) : {}
    theme = File.join(copy, "theme")
    # Each site has its own time zone.
    ENV["TZ"] = "UTC"
    Jekyll::Utils.instance_variable_set(:@parse_date_cache, nil)
    model(File.join(copy, "site"), :configs => read["configs"], :theme => (theme if File.directory?(theme)),
                                   :source => read["source"] || "",
                                   :destination => read["destination"] || "_site", :now => FIXTURE_NOW, :overrides => read["overrides"] || {})
  end
end

ENV["TZ"] = "UTC"
if ARGV.first == "--fixtures"
  root = File.expand_path("../tests/fixtures/site", __dir__)
  Dir.children(root).sort.each do |name|
    folder = File.join(root, name)
    File.write(File.join(folder, "expected.json"), "#{JSON.pretty_generate(fixture(folder))}\n")
  end
else
  arguments = ARGV.dup
  folder = File.realpath(arguments.shift)
  values = arguments.each_slice(2).to_a
  get = ->(name) { values.reverse.find { |key, _| key == name }&.last }
  overrides = values.select { |key, _| key == "--set" }.to_h { |_, set| set.split("=", 2).then { |k, v| [k, YAML.safe_load(v)] } }
  puts JSON.pretty_generate(model(folder, :configs => get["--config"]&.split(","), :theme => get["--theme"],
                                          :now => get["--now"]&.to_i, :overrides => overrides))
end
