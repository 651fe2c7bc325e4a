#!/usr/bin/env ruby
# frozen_string_literal: true

# What real Jekyll makes of texts: the only source of what the fixtures expect.
#
#   scripts/fixtures.rb             writes tests/fixtures/kramdown/CONSTRUCT/NAME.html for every NAME.md
#   scripts/fixtures.rb --check     only says which of them would change
#   scripts/fixtures.rb --stream    texts from standard input, each ended by a NUL byte, to HTML ended the same way
#
# It needs Jekyll 4 with kramdown 2.4 and kramdown-parser-gfm 1.1 (Debian: jekyll, ruby-kramdown-parser-gfm).

require 'jekyll'
require 'tmpdir'

module Oracle
  CONFIG = { 'quiet' => true, 'disable_disk_cache' => true, 'source' => Dir.mktmpdir }.freeze
  MARKDOWN = Jekyll::Site.new(Jekyll.configuration(CONFIG)).find_converter_instance(Jekyll::Converters::Markdown)

  def self.html(text)
    MARKDOWN.convert(text)
  rescue StandardError, SystemStackError => e
    "ORACLE FAILED: #{e.class}: #{e.message}"
  end
end

def stream
  [$stdin, $stdout].each(&:binmode)
  while (text = $stdin.gets("\0"))
    $stdout.write(Oracle.html(text.delete_suffix("\0").force_encoding('UTF-8')), "\0")
    $stdout.flush
  end
end

def fixtures(check:)
  changed = Dir[File.expand_path('../tests/fixtures/kramdown/*/*.md', __dir__)].sort.reject do |source|
    target = source.delete_suffix('.md') + '.html'
    html = Oracle.html(File.read(source, encoding: 'UTF-8'))
    next true if File.exist?(target) && File.read(target, encoding: 'UTF-8') == html

    File.write(target, html) unless check
    puts target
    false
  end
  exit 1 if check && changed.empty? == false
end

case ARGV
when [] then fixtures(check: false)
when ['--check'] then fixtures(check: true)
when ['--stream'] then stream
else abort 'usage: fixtures.rb [--check | --stream]'
end
