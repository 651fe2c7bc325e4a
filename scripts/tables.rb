# The tables of tests/fixtures/post: how cells are written, where they lie, when it is. In: rows. Out: *.tsv.
# Required by post-fixtures.rb, site-fixtures.rb, option-fixtures.rb and code-fixtures.rb.
# frozen_string_literal: true

require "fileutils"
require "jekyll"
require "time"
require "tmpdir"

OUT = File.expand_path("../tests/fixtures/post", __dir__)
# 2015-01-01T00:00:00Z
NOW = 1_420_070_400
ESCAPES = { "\t" => "\\t", "\n" => "\\n", "\r" => "\\r", "\f" => "\\f", "\v" => "\\v", "\\" => "\\\\" }.freeze
Jekyll.logger = Logger.new(File::NULL)

def cell(value)
  value.to_s.gsub(/[\t\n\r\f\v\\]/, ESCAPES)
end

def write(name, header, rows)
  FileUtils.mkdir_p(OUT)
  lines = [header, *rows].map { |row| row.map { |value| cell(value) }.join("\t") }
  File.write(File.join(OUT, name), "#{lines.join("\n")}\n")
  puts "#{name}: #{rows.size} rows"
end
