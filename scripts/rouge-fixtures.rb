#!/usr/bin/env ruby
# frozen_string_literal: true

# What Ruby's expressions match and what the installed Rouge makes of code: the only source of what the fixtures of
# tests/fixtures/highlight expect.
#
#   scripts/rouge-fixtures.rb            expressions.txt to expressions.json; code/LEXER.* to code/LEXER.*.json
#   scripts/rouge-fixtures.rb --check    only says which of them would change
#
# It needs Rouge 3.30.0 (Debian: ruby-rouge).

require 'json'
require 'rouge'
require 'strscan'

abort "Rouge #{Rouge.version} is installed; the fixtures are of 3.30.0" unless Rouge.version == '3.30.0'

FOLDER = File.expand_path('../tests/fixtures/highlight', __dir__)

# One line of expressions.txt: an expression as in Ruby, a tab, a string as in Ruby.
def expression(line)
  regex, text = line.chomp.split("\t").map { |part| eval(part) } # rubocop:disable Security/Eval
  scanner = StringScanner.new(text)
  length = scanner.skip(regex)
  letters = { 'i' => Regexp::IGNORECASE, 'x' => Regexp::EXTENDED, 'm' => Regexp::MULTILINE }
  groups = length && (0..(scanner.captures.size)).map { |number| scanner[number] }
  { expression: regex.source, flags: letters.filter_map { |letter, bit| letter if regex.options & bit != 0 }.join,
    text: text, groups: groups }
end

# The runs of code as Rouge's HTML formatter sees them: [class, text], neighbours of one class joined.
def runs(lexer, code)
  lexer.new.lex(code).slice_when { |(a, _), (b, _)| a != b }.map { |run| [run[0][0].shortname, run.map(&:last).join] }
end

outputs = { "#{FOLDER}/expressions.json" => File.readlines("#{FOLDER}/expressions.txt", encoding: 'UTF-8')
                                                .reject { |line| line.start_with?('#') || line.strip.empty? }
                                                .map { |line| expression(line) } }
Dir["#{FOLDER}/code/*"].reject { |path| path.end_with?('.json') }.sort.each do |path|
  lexer = Rouge::Lexer.find(File.basename(path)[/\A[^.]+/]) or abort "no lexer for #{path}"
  outputs["#{path}.json"] = runs(lexer, File.read(path, encoding: 'UTF-8'))
end

changed = outputs.reject do |path, rows|
  json = "[\n#{rows.map { |row| JSON.generate(row) }.join(",\n")}\n]\n"
  next true if File.exist?(path) && File.read(path, encoding: 'UTF-8') == json

  File.write(path, json) unless ARGV == ['--check']
  puts path
  false
end
exit 1 if ARGV == ['--check'] && !changed.empty?
