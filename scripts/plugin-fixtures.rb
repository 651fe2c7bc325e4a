# Writes what the installed Jekyll (4.3) and its plugins make of the sites in tests/fixtures/plugins: the folder
# `expected` next to each folder `site`. Run `ruby scripts/plugin-fixtures.rb [NAME…]` after changing a site there;
# `tests/site_plugins.rs` reads the results. Needs the Debian packages ruby-jekyll-seo-tag, -feed, -sitemap, -paginate,
# -redirect-from, -include-cache, -archives, -gist, -avatar and -toc. jemoji and gemoji are not packaged: those in
# scripts/stand-ins put html-pipeline's own filter of emoji to work by jemoji's rules.
# frozen_string_literal: true

$LOAD_PATH.unshift(File.join(__dir__, "stand-ins"))
require "fileutils"
require "jekyll"
require "tmpdir"

ROOT = File.expand_path("../tests/fixtures/plugins", __dir__)
# When every file was last changed.
MODIFIED = Time.at(1_400_000_000)

# Jekyll takes the entries of a folder in the order of the disk. Ours come by name.
class Dir
  class << self
    alias unsorted_entries entries
    def entries(*arguments)
      unsorted_entries(*arguments).sort
    end
  end
end

def build(name)
  expected = File.join(ROOT, name, "expected")
  Dir.mktmpdir do |folder|
    FileUtils.cp_r(File.join(ROOT, name, "site"), folder)
    Dir.glob("#{folder}/**/*", File::FNM_DOTMATCH).each { |path| File.utime(MODIFIED, MODIFIED, path) }
    source = File.join(folder, "site")
    options = { "source" => source, "destination" => expected, "quiet" => true, "disable_disk_cache" => true }
    FileUtils.rm_rf(expected)
    Jekyll::Site.new(Jekyll.configuration(options)).process
    Dir.glob("#{expected}/**/*.css{,.map}") { |path| File.delete(path) }
  end
end

ENV["TZ"] = "UTC"
ENV["JEKYLL_ENV"] = "production"
names = ARGV.empty? ? Dir.children(ROOT).sort : ARGV
# The classes of a plugin stay loaded: each site has a process of its own.
names.each do |name|
  Process.wait(fork { build(name) })
  abort "#{name}: Jekyll stops" unless $?.success?
end
