#!/usr/bin/env ruby
# frozen_string_literal: true

# Code and what the installed Rouge makes of it, for the program `highlight` (examples/highlight.rs).
#
#   scripts/rouge-blocks.rb OUT [--count N] [--seed N] [--from DIR] [LEXER…]
#
# Writes OUT/LEXER.jsonl: Rouge's own demonstration of each lexer (all, if none is named), and N pieces of broken code, as
# it stands while it is typed: pieces cut from the demonstration, or from the blocks of DIR/LEXER.jsonl, with characters
# put in at random. Code on which Rouge itself fails, or of which it loses a part, is left out.

require 'fileutils'
require 'json'
require 'optparse'
require 'rouge'

options = { count: 0, seed: 1 }
parser = OptionParser.new('usage: rouge-blocks.rb OUT [options] [LEXER…]')
parser.on('--count N', Integer) { |count| options[:count] = count }
parser.on('--seed N', Integer) { |seed| options[:seed] = seed }
parser.on('--from DIR') { |folder| options[:from] = folder }
out, *names = parser.parse(ARGV)
abort parser.help unless out

FORMATTER = Rouge::Formatters::HTML.new
INSERTED = [*%w[" ' ` { } ( ) [ ] / \\ # < > : ; , . = & | $ @ é 語 % - + * ? ! _], "\n", ' ', "\t"].freeze

# Wollok remembers names from one piece of code to the next; each is to be as the first of a build.
def forget(lexer)
  rules = lexer == Rouge::Lexers::Wollok ? lexer.get_state(:foo).rules.grep(Rouge::RegexLexer::Rule) : []
  rules.map { |rule| rule.callback.binding }.each do |known|
    known.local_variable_get(:entities).clear if known.local_variable_defined?(:entities)
  end
end

def line(lexer, code)
  forget(lexer)
  tokens = lexer.new.lex(code).to_a
  return nil unless tokens.map(&:last).join == code

  JSON.generate({ lang: lexer.tag, code: code, html: FORMATTER.format(tokens) })
rescue StandardError
  nil
end

def broken(sources, random)
  code = Array.new(random.rand(1..4)) do
    source = sources[random.rand(sources.size)]
    source[random.rand(0..source.size), random.rand(1..160)] || ''
  end.join
  random.rand(0..3).times { code.insert(random.rand(0..code.size), INSERTED.sample(random: random)) }
  code
end

def sources(lexer, folder)
  blocks = folder && File.join(folder, "#{lexer.tag}.jsonl")
  return [lexer.demo] unless blocks && File.exist?(blocks)

  File.foreach(blocks, encoding: 'UTF-8').map { |row| JSON.parse(row)['code'] }
end

FileUtils.mkdir_p(out)
random = Random.new(options[:seed])
lexers = names.empty? ? Rouge::Lexer.all.sort_by(&:tag) : names.map { |name| Rouge::Lexer.find(name) || abort(name) }
lexers.each do |lexer|
  codes = begin
    sources(lexer, options[:from])
  rescue StandardError
    next # Not every lexer has a demonstration.
  end
  codes += Array.new(options[:count]) { broken(codes, random) }
  File.write(File.join(out, "#{lexer.tag}.jsonl"), codes.filter_map { |code| line(lexer, code) }.join("\n") + "\n")
end
