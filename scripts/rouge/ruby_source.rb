# frozen_string_literal: true

# Finds the source of blocks and methods and reads it (Ripper, which every Ruby 3 has). In: a Proc or a Method.
# Out: its parameters and statements as Ripper's trees, and back from a tree to Ruby for what is evaluated.
# Neighbour: translator.rb, which turns the trees into operations.

require 'ripper'

# What the translator or this file does not know.
class Unsupported < StandardError; end

module RubySource
  # Ripper's trees, with the line on which a block or a method begins.
  class Reader < Ripper::SexpBuilderPP
    attr_reader :blocks, :methods

    def initialize(*)
      super
      @starts = { 'do' => [], '{' => [], '->' => [] }
      @quotes = []
      @blocks = {}
      @methods = {}
    end

    def on_kw(word)
      @starts['do'] << lineno if word == 'do'
      super
    end

    def on_lbrace(word)
      @starts['{'] << lineno
      super
    end

    def on_tstring_beg(quote)
      @quotes << quote
      super
    end

    # The tree does not say which quotes a string has, and so not what its backslashes mean.
    def on_string_literal(content) = [*super, @quotes.pop]

    def on_hash(*) = @starts['{'].pop && super

    def on_tlambda(word)
      @starts['->'] << lineno
      super
    end

    def on_lambda(parameters, body) = block(@starts['->'].pop, parameters, body) { super }
    def on_do_block(parameters, body) = block(@starts['do'].pop, parameters, body) { super }
    def on_brace_block(parameters, body) = block(@starts['{'].pop, parameters, body) { super }

    def on_def(name, parameters, body)
      @methods[name[2][0]] = [parameters, body]
      super
    end

    def on_defs(target, period, name, parameters, body)
      @methods[name[2][0]] = [parameters, body]
      super
    end

    private

    def block(line, parameters, body)
      (@blocks[line] ||= []) << [parameters, body]
      yield
    end
  end

  @files = {}

  module_function

  def file(path)
    @files[path] ||= Reader.new(File.read(path, encoding: 'UTF-8')).tap(&:parse)
  end

  # Names of parameters and the statements of a block.
  def of_block(callback)
    path, line = callback.source_location
    blocks = file(path).blocks
    # A block is said to begin where its call does; an expression of several lines may stand between.
    found = blocks.fetch(blocks.keys.select { |start| start >= line }.min, [])
    found = found.select { |parameters, _| names(parameters).size == callback.parameters.size } if found.size > 1
    raise Unsupported, "#{found.size} blocks from line #{line} on" unless found.size == 1

    parameters, body = found[0]
    [names(parameters), statements(body)]
  end

  # The same of a method.
  def of_method(method)
    path, line = method.source_location
    parameters, body = file(path).methods[line] if line
    raise Unsupported, "no source of #{method.name}" unless body

    [names(parameters), statements(body)]
  end

  def names(parameters)
    return [] unless parameters.is_a?(Array)

    parameters = parameters[1] if %i[block_var paren].include?(parameters[0])
    return [] unless parameters.is_a?(Array)

    (parameters[1] || []).map { |name| name[1] } + (parameters[2] || []).map { |name, _| name[1] }
  end

  def statements(body)
    return body unless body[0] == :bodystmt
    raise Unsupported, 'rescue' if body[2] || body[4]

    body[1]
  end

  # Receiver, name, arguments and block of a call, or nothing.
  def call(node)
    case node
    in [:vcall, [_, name, *]] then [nil, name, []]
    in [:fcall, [_, name, *]] then [nil, name, []]
    in [:command, [_, name, *], args] then [nil, name, arguments(args)]
    in [:call, receiver, _, [_, name, *]] then [receiver, name, []]
    in [:command_call, receiver, _, [_, name, *], args] then [receiver, name, arguments(args)]
    in [:method_add_arg, inner, args]
      receiver, name, = call(inner)
      name && [receiver, name, arguments(args)]
    in [:aref, receiver, args] then [receiver, '[]', arguments(args)]
    in [:binary, receiver, operator, argument] unless %i[&& || and or].include?(operator)
      [receiver, operator.to_s, [argument]]
    else nil
    end
  end

  def arguments(node)
    case node
    in nil | [] then []
    in [:arg_paren, inner] then arguments(inner)
    in [:args_add_block, list, false] then list
    in [[Symbol, *], *] then node
    else raise Unsupported, 'arguments'
    end
  end

  # All nodes of a tree.
  def each(node, &block)
    return unless node.is_a?(Array)

    block.call(node) if node[0].is_a?(Symbol)
    node.each { |child| each(child, &block) }
  end

  # A tree as Ruby again, for the forms that stand in expressions that are evaluated.
  def ruby(node)
    case node
    in [:var_ref | :const_ref | :vcall | :symbol | :top_const_ref => kind, [_, name, *]]
      (kind == :symbol ? ':' : '') + (kind == :top_const_ref ? '::' : '') + name
    in [:symbol_literal, inner] then ruby(inner).then { |name| name.start_with?(':') ? name : ":#{name}" }
    in [:dyna_symbol, content] then ":\"#{content(content)}\""
    in [:@int | :@float | :@CHAR | :@const | :@ident | :@kw, text, *] then text
    in [:const_path_ref, scope, [_, name, *]] then "#{ruby(scope)}::#{name}"
    in [:string_literal, [:string_content, *parts], quote] then string(content(parts), quote)
    in [:regexp_literal, parts, [_, ending, *]] then "%r\u0001#{content(parts)}\u0001#{ending[1..]}"
    in [:array, nil] then '[]'
    in [:array, [[:@tstring_content, *], *] => words] then words.map { |word| word[1] }.inspect
    in [:array, items] then "[#{arguments(items).map { |item| ruby(item) }.join(', ')}]"
    in [:paren, [inner]] then "(#{ruby(inner)})"
    in [:paren, inner] then "(#{ruby(inner)})"
    in [:ifop, condition, yes, no] then "(#{ruby(condition)} ? #{ruby(yes)} : #{ruby(no)})"
    in [:unary, operator, inner] then "(#{operator.to_s.delete_suffix('@')} #{ruby(inner)})"
    in [:binary, left, operator, right] then "(#{ruby(left)} #{operator} #{ruby(right)})"
    in [:dot2, left, right] then "(#{ruby(left)}..#{ruby(right)})"
    else
      receiver, name, args = call(node)
      raise Unsupported, "no Ruby for #{node[0]}" unless name

      args = args.map { |argument| ruby(argument) }.join(', ')
      return "#{ruby(receiver)}[#{args}]" if name == '[]'

      "#{receiver && "#{ruby(receiver)}."}#{name}#{"(#{args})" unless args.empty? && receiver.nil?}"
    end
  end

  def string(content, quote)
    raise Unsupported, "string in #{quote}" unless ['"', "'"].include?(quote)

    quote + content + quote
  end

  # What stands in a string or an expression, as it was written.
  def content(parts)
    parts = parts[1..] if parts[0] == :string_content
    parts.map do |part|
      case part
      in [:@tstring_content, text, *] then text
      in [:string_embexpr, [statement]] then "\#{#{ruby(statement)}}"
      end
    end.join
  end
end
