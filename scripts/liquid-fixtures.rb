#!/usr/bin/env ruby
# frozen_string_literal: true

# What real Jekyll makes of Liquid: the only source of what tests/fixtures/liquid expects.
#
#   scripts/liquid-fixtures.rb            writes GROUP.out for every GROUP.liquid, and posts/NAME.html for posts/NAME.md
#   scripts/liquid-fixtures.rb --check    only says which of them would change
#
# A GROUP.liquid holds cases: a line `=== name`, then the body. In the .out the line says `=== name !` where Jekyll stops
# the build. Cases are bodies of the post post.txt; posts go through Liquid and kramdown. Rouge's token spans are left out.
#
# It needs Jekyll 4 (Debian: jekyll, ruby-kramdown-parser-gfm).

require 'fileutils'
require 'jekyll'
require 'rouge'
require 'tmpdir'

FOLDER = File.expand_path('../tests/fixtures/liquid', __dir__)
# 2015-01-01T00:00:00Z
NOW = 1_420_070_400
ENV['TZ'] = 'UTC'
Jekyll.logger = Logger.new(File::NULL)

# The clock of the build.
module Still
  def now(*)
    at(NOW)
  end
end
Time.singleton_class.prepend(Still)

# A lexer that makes one token of everything, for every language that Rouge knows.
class Bare < Rouge::Lexers::PlainText
  tag 'bare'
end

module WithoutTokens
  def find_fancy(*)
    lexer = super
    lexer.nil? || lexer.tag == 'plaintext' ? lexer : Bare.new
  end
end
Rouge::Lexer.singleton_class.prepend(WithoutTokens)

SOURCE = Dir.mktmpdir
SITE = {
  '_posts/2014-01-02-an-earlier-one.md' => "---\ntitle: Earlier\n---\nText.\n",
  '_posts/winter/2013-12-24-eve.md' => "---\ntitle: Eve\n---\nText.\n",
  'about.md' => "---\n---\nText.\n",
  'docs/index.md' => "---\n---\nText.\n",
  'docs/guide.html' => "---\n---\nText.\n",
  'assets/snow.png' => 'x'
}.freeze
POST = '_posts/2014-12-08-first-snow.md'
posts = Dir[File.join(FOLDER, 'posts/*.md')].sort.to_h { |path| ["_posts/#{File.basename(path)}", File.read(path)] }
SITE.merge(posts).merge(POST => File.read(File.join(FOLDER, 'post.txt'))).each do |path, text|
  FileUtils.mkdir_p(File.dirname(File.join(SOURCE, path)))
  File.write(File.join(SOURCE, path), text)
end

site = Jekyll::Site.new(
  Jekyll.configuration(
    'source' => SOURCE, 'destination' => File.join(SOURCE, '_site'), 'quiet' => true, 'disable_disk_cache' => true,
    'future' => true, 'time' => Time.at(NOW), 'url' => 'https://example.org', 'baseurl' => '/blog', 'title' => 'Small Words'
  )
)
site.reset
site.read

def save(path, text, check)
  return false if File.exist?(path) && File.read(path) == text

  File.write(path, text) unless check
  puts path
  true
end

check = ARGV == ['--check']
changed = false
post = site.posts.docs.find { |doc| doc.relative_path == POST }

Dir[File.join(FOLDER, '*.liquid')].sort.each do |path|
  cases = File.read(path).split(/^=== (.*)\n/).drop(1).each_slice(2)
  out = cases.map do |name, body|
    payload = site.site_payload
    payload['page'] = post.to_liquid
    # What the converter of Markdown asks for (converters/markdown.rb).
    payload['highlighter_prefix'] = payload['highlighter_suffix'] = "\n"
    begin
      template = Liquid::Template.parse(body.delete_suffix("\n"), :line_numbers => true, :error_mode => :warn)
      text = template.render!(payload, :registers => { :site => site, :page => payload['page'] })
      "=== #{name}\n#{text}\n"
    rescue StandardError, SyntaxError, SystemStackError
      "=== #{name} !\n\n"
    end
  end
  changed |= save(path.sub(/liquid\z/, 'out'), out.join, check)
end

site.render
posts.each_key do |relative|
  doc = site.posts.docs.find { |one| one.relative_path == relative }
  changed |= save(File.join(FOLDER, 'posts', "#{File.basename(relative, '.md')}.html"), doc.output, check)
end
FileUtils.remove_entry(SOURCE)
exit 1 if check && changed
