#!/usr/bin/env ruby
# frozen_string_literal: true

# The tables for code in colours, from the installed Rouge 3.30.0: a file for each lexer, one with Unicode's properties,
# an index of names, and the notices of Rouge and Pygments. Nothing of them is ever committed.
#
#   scripts/rouge-tables.rb FOLDER           writes FOLDER anew
#   scripts/rouge-tables.rb --hooks [NAME]   says which rules need code in src/highlight/hooks (of one lexer, with Ruby's)
#
# A rule of Rouge is an expression and a token, or an expression and a Ruby block. Most blocks become operations
# (rouge/translator.rb). The others are hooks, by the file of Rouge, the state and a hash of the expression; this script
# fails if one has no code in src/highlight/hooks.

require 'digest'
require 'fileutils'
begin
  gem 'rouge', '3.30.0'
rescue Gem::LoadError
  nil
end
require 'rouge'
require_relative 'rouge/translator'

VERSION = '3.30.0'
TABLE_FORMAT = 'apercu rouge table 1'
INDEX_FORMAT = 'apercu rouge index 1'
HOOKS = Dir[File.expand_path('../src/highlight/hooks/*.rs', __dir__)].sort.flat_map do |path|
  File.read(path, encoding: 'UTF-8').scan(%r{"(\w+/\w+/[0-9a-f]{8})"}).flatten
end.uniq
# Lexers that are no tables in Rouge either: src/highlight has code for them.
PROGRAMS = {
  'console' => %w[shell], 'irb' => %w[ruby irb_output], 'escape' => %w[], 'plaintext' => %w[]
}.freeze

# The form of the files: src/highlight/tree.rs.
def encode(value)
  case value
  when Array then head(value.size, 0) + value.map { |item| encode(item) }.join
  when String then head(value.bytesize, 1) + value.b
  when Integer then head(value, 2)
  else raise "no form for #{value.inspect}"
  end
end

def head(number, kind)
  number = number << 2 | kind
  bytes = []
  loop do
    bytes << ((number & 0x7f) | (number > 0x7f ? 0x80 : 0))
    number >>= 7
    return bytes.pack('C*') if number.zero?
  end
end

# One lexer of Rouge as data.
class Table
  attr_reader :hooks, :delegates, :expressions

  def initialize(lexer)
    @lexer = lexer
    @sets = []
    @hooks = []
    @expressions = []
    @translator = Translator.new(lexer, @sets)
    @states = state_names.filter_map { |name| [name.to_s, rules(name, @lexer.get_state(name))] if defined_state?(name) }
    @start = lexer.start_procs.flat_map { |callback| operations(callback, 'start', '') }
    # A state in a rule's block may have further ones in its rules.
    @translator.blocks.each { |name, state| @states << [name, rules(name, state)] }
    @variables = variables
    @delegates = @translator.delegates.to_a - [lexer]
  end

  def data
    sets = @sets.map { |words| words.join("\n") }
    [TABLE_FORMAT, Translator.name_of(@lexer), @variables, @start, sets, @states]
  end

  private

  def state_names
    names = []
    lexer = @lexer
    while lexer.respond_to?(:state_definitions)
      names |= lexer.state_definitions.own_keys.map(&:to_sym)
      lexer = lexer.superclass
      break if lexer == Rouge::RegexLexer
    end
    names
  end

  # Rouge itself has states that cannot be loaded; a text that reaches one fails there.
  def defined_state?(name)
    @lexer.get_state(name)
  rescue StandardError
    false
  end

  def rules(name, state)
    state.rules.map do |rule|
      next rule.name.to_s if rule.is_a?(Rouge::RegexLexer::State)

      @expressions << rule.re.source
      flags = @translator.flags(rule.re)
      [rule.re.source, flags, operations(rule.callback, name, flags + rule.re.source)]
    end
  end

  def operations(callback, state, expression)
    return plain(callback.binding) if callback.source_location[0].end_with?('/regex_lexer.rb')

    begin
      key = "#{File.basename(callback.source_location[0], '.rb')}/#{state}/#{Digest::SHA256.hexdigest(expression)[0, 8]}"
      return hook(key) if HOOKS.include?(key)

      @translator.translate(callback)
    rescue Unsupported => e
      @hooks << [key, e.message, callback]
      hook(key)
    end
  end

  def hook(key) = [['hook', key]]

  # A rule with a token and the next state.
  def plain(binding)
    token = ['token', ['class', binding.local_variable_get(:tok).shortname]]
    case binding.local_variable_get(:next_state)
    in nil then [token]
    in :pop! then [token, ['pop', 1]]
    in :push then [token, ['push_top']]
    in Symbol => state then [token, ['push', state.to_s]]
    end
  end

  # The instance variables of a new lexer that are simple values or lexers.
  def variables
    lexer = @lexer.new({})
    lexer.instance_variables.sort.filter_map do |name|
      value = lexer.instance_variable_get(name)
      if value.is_a?(Rouge::Lexer)
        @translator.delegates << value.class
        [name.to_s, ['new', Translator.name_of(value.class)]]
      else
        [name.to_s, @translator.constant(value)] unless value.is_a?(Hash) || value.is_a?(Array)
      end
    rescue Unsupported
      nil
    end
  end
end

# Properties of characters as this Ruby knows them.
module Unicode
  # Every character; the halves of UTF-16's pairs are none.
  ALL = [*0..0xd7ff, *0xe000..0x10ffff].pack('U*')

  module_function

  # The names in expressions, and `word`, which `\b` needs.
  def names(expressions)
    found = expressions.flat_map { |source| source.scan(/\\[pP]\{\^?(\w+)\}|\[:\^?(\w+):\]/).flatten.compact }
    (found + ['word']).map { |name| name.downcase.delete('_') }.uniq.sort
  end

  # By turns how many characters do not have the property, and how many do.
  def lengths(name)
    last = 0
    ALL.scan(/\p{#{name}}+/).flat_map do |run|
      pair = [run[0].ord - last, run[-1].ord - run[0].ord + 1]
      last = run[-1].ord + 1
      pair
    end
  end

  def data(expressions) = [TABLE_FORMAT, 'unicode', names(expressions).map { |name| [name, lengths(name)] }]
end

def say(text) = $stderr.puts("rouge-tables: #{text}")

# Tables by the names of their lexers, with the lexers that others have for themselves.
def tables
  found = {}
  waiting = Rouge::Lexer.all
  until waiting.empty?
    lexer = waiting.shift
    name = Translator.name_of(lexer)
    next if found.key?(name) || !(lexer < Rouge::RegexLexer)

    found[name] = Table.new(lexer)
    waiting += found[name].delegates
  end
  found
end

# The files of a folder. What is there already is not written again, so that nothing is built again for it.
class Output
  def initialize(folder)
    @folder = folder
    @files = []
    FileUtils.mkdir_p(folder)
  end

  def write(file, content)
    @files << file
    path = File.join(@folder, file)
    File.binwrite(path, content) unless File.exist?(path) && File.binread(path) == content.b
  end

  # With a hash of its content in its name; gives that name.
  def write_hashed(name, content)
    file = "#{name.gsub(/[^\w-]/, '_')}-#{Digest::SHA256.hexdigest(content)[0, 12]}"
    write(file, content)
    file
  end

  def remove_others
    (Dir.children(@folder) - @files).each { |file| FileUtils.rm_rf(File.join(@folder, file)) }
  end
end

# Name, file, numbers of the lexers it delegates to, and aliases of each lexer.
def index(tables, files, unicode)
  aliases = Rouge::Lexer.all.to_h { |lexer| [lexer.tag, lexer.aliases.uniq.sort] }
  names = (aliases.keys + tables.keys).uniq.sort
  numbers = names.each_with_index.to_h
  rows = names.map do |name|
    delegates = tables[name]&.delegates&.map { |lexer| Translator.name_of(lexer) } || PROGRAMS.fetch(name, [])
    [name, files.fetch(name, ''), delegates.filter_map { |delegate| numbers[delegate] }.sort, aliases.fetch(name, [])]
  end
  [INDEX_FORMAT, Rouge.version, unicode, rows]
end

def notices
  rouge = Gem.loaded_specs['rouge']
  places = [rouge && File.join(rouge.full_gem_path, 'LICENSE'), '/usr/share/doc/ruby-rouge/copyright']
  license = places.compact.find { |path| File.exist?(path) } or abort 'the licence of Rouge is not there'
  "The tables for code in colours are made from Rouge #{Rouge.version}, which is derived from Pygments in part.\n\n" +
    "#{File.read(license, encoding: 'UTF-8')}\n#{File.read(File.join(__dir__, 'rouge/PYGMENTS'))}"
end

def generate(folder)
  all = tables
  unknown = all.select { |_, table| table.hooks.any? }
  unknown.each { |tag, table| table.hooks.each { |key, reason, _| say "#{tag}: no code for #{key} (#{reason})" } }
  abort 'rouge-tables: a block of Rouge is neither translated nor known' unless unknown.empty?

  output = Output.new(folder)
  files = all.to_h { |name, table| [name, output.write_hashed(name, encode(table.data))] }
  unicode = output.write_hashed('unicode', encode(Unicode.data(all.values.flat_map(&:expressions).uniq)))
  output.write('index', encode(index(all, files, unicode)))
  output.write('NOTICES', notices)
  output.remove_others
  say "#{files.size} tables of Rouge #{Rouge.version} in #{folder}"
end

def list_hooks(wanted)
  tables.each do |tag, table|
    next if wanted && tag != wanted

    table.hooks.each do |key, reason, callback|
      puts "#{tag}: #{key} (#{reason})"
      next unless wanted

      path, line = callback.source_location
      puts "  #{path}:#{line}"
    end
  end
end

abort "rouge-tables: Rouge #{Rouge.version} is installed; #{VERSION} is needed" unless Rouge.version == VERSION

case ARGV
in ['--hooks', *name] if name.size < 2 then list_hooks(name[0])
in [folder] unless folder.start_with?('-') then generate(folder)
else abort 'usage: rouge-tables.rb FOLDER | --hooks [NAME]'
end
