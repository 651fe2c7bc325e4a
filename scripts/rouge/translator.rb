# frozen_string_literal: true

# Turns the Ruby blocks of a lexer's rules into operations that are data. In: a block. Out: a list of operations, or
# Unsupported. Neighbours: ruby_source.rb reads the block; src/highlight/operations.rs is told what each operation is.

require 'set'
require_relative 'ruby_source'

class Translator
  # What changes while a text is read, and so has no value now.
  CHANGING = %w[state? in_state? state stack].freeze
  TOKEN = ->(value) { value.is_a?(Module) && value.respond_to?(:qualname) }

  def initialize(lexer, sets)
    @lexer = lexer
    @instance = lexer.new({})
    begin
      @instance.reset!
    rescue StandardError
      nil
    end
    @sets = sets
    @blocks = []
  end

  # States without a name, with the names that they get.
  attr_reader :blocks

  # A lexer's tag; one that another lexer has for itself has none.
  def self.name_of(lexer) = lexer.tag || lexer.name.delete_prefix('Rouge::Lexers::')

  # Rouge's lexers whose tables this one needs.
  def delegates = @delegates ||= Set.new

  def translate(callback)
    parameters, statements = RubySource.of_block(callback)
    @binding = callback.binding
    @callback = callback
    @match = parameters[0]
    @locals = {}
    @values = {}
    @choices = {}
    @depth = 0
    @assigned = assigned(statements)
    operations(statements)
  rescue NoMatchingPatternError => e
    raise Unsupported, e.message[0, 60]
  end

  def constant(value)
    case value
    when nil then ['nil']
    when true then ['true']
    when false then ['false']
    when Integer then value.negative? ? raise(Unsupported, 'negative number') : ['int', value]
    when String then ['text', value]
    when Symbol then ['text', ":#{value}"]
    else
      return ['class', value.shortname] if TOKEN.(value)
      raise Unsupported, "constant #{value.class}" unless value.is_a?(Class) && value < Rouge::Lexer

      delegates << value
      ['lexer', Translator.name_of(value)]
    end
  end

  def flags(regex)
    [[1, 'i'], [2, 'x'], [4, 'm']].filter_map { |bit, letter| letter if regex.options & bit != 0 }.join
  end

  private

  def assigned(statements)
    names = Set.new
    RubySource.each(statements) do |node|
      case node
      in [:assign | :opassign, [:var_field, [:@ident, name, _]], *] then names << name
      else nil
      end
    end
    names
  end

  def static(node)
    RubySource.each(node) do |part|
      case part
      in [:var_ref, [:@ivar | :@gvar, *]] | [:method_add_block, *] | [:opassign, *]
        raise Unsupported, 'not known now'
      in [:var_ref | :vcall, [:@ident, name, _]] if @values.key?(name) then nil
      in [:var_ref | :vcall, [:@ident, name, _]] if name == @match || @assigned.include?(name) || @locals.key?(name)
        raise Unsupported, "local #{name}"
      in [:vcall | :fcall | :command, [:@ident, name, _], *] if CHANGING.include?(name)
        raise Unsupported, name
      else nil
      end
    end
    source = RubySource.ruby(node)
    begin
      @instance.instance_exec(*@values.values, &@binding.eval("proc { |#{@values.keys.join(', ')}| (#{source}) }"))
    rescue StandardError, SyntaxError => e
      raise Unsupported, "#{source[0, 40]}: #{e.message[0, 40]}"
    end
  end

  def try_static(node)
    [true, static(node)]
  rescue Unsupported, NoMatchingPatternError
    [false, nil]
  end

  def operations(nodes) = nodes.flat_map { |node| operation(node) }

  def operation(node)
    case node
    in [:void_stmt] | [:var_ref, [:@kw, 'nil', _]] | [:symbol_literal, _] then []
    in [:begin, body] then operations(RubySource.statements(body))
    in [:paren, nodes] then operations(nodes)
    in [:next | :return, args] then [*operations(RubySource.arguments(args)), ['return']]
    in [:return0] then [['return']]
    in [:if | :elsif, [:var_ref, [:@ivar, '@debug', _]], *] | [:if_mod, [:var_ref, [:@ivar, '@debug', _]], _] then []
    in [:if | :elsif, test, yes, no] then [['if', condition(test), operations(yes), otherwise(no)]]
    in [:unless, test, yes, no] then [['if', ['not', condition(test)], operations(yes), otherwise(no)]]
    in [:if_mod, test, yes] then [['if', condition(test), operation(yes), []]]
    in [:unless_mod, test, yes] then [['if', ['not', condition(test)], operation(yes), []]]
    in [:ifop, test, yes, no] then [['if', condition(test), operation(yes), operation(no)]]
    in [:case, *] then choice(node) { |body| operations(body) }
    in [:assign, [:var_field, [:@ivar, name, _]], value] then [['set', name, value_of(value)]]
    in [:assign, [:var_field, [:@ident, name, _]], value] then local(name, value)
    in [:opassign, [:var_field, [:@ivar, name, _]], [_, '||=', _], value]
      [['if', ['true', ['iv', name]], [], [['set', name, value_of(value)]]]]
    in [:opassign, [:var_field, [:@ivar, name, _]], [_, '+=' | '-=' => operator, _], value]
      [['set', name, [operator == '+=' ? 'add' : 'subtract', ['iv', name], expression(value)]]]
    in [:until_mod, test, call] if RubySource.call(call)&.first(2) == [nil, 'pop!']
      [['pop_until', condition(test)]]
    # The two parts of a text before and behind another.
    in [:massign, [[:var_field, [_, before, _]], [:var_field, [_, behind, _]]], value]
      receiver, name, args = RubySource.call(value)
      raise Unsupported, 'statement massign' unless name == 'split' && args.size == 2 && static(args[1]) == 2

      @assigned += [before, behind]
      parts = [expression(receiver), static(args[0])]
      [['let', before, ['before', *parts]], ['let', behind, ['behind', *parts]]]
    # The same, with the other text between them.
    in [:massign, [[:var_field, [_, before, _]], [:var_field, [_, between, _]], [:var_field, [_, behind, _]]], value]
      receiver, name, args = RubySource.call(value)
      raise Unsupported, 'statement massign' unless name == 'partition'

      @assigned += [before, between, behind]
      text = expression(receiver)
      other = static(args[0])
      stands = ['match', Regexp.escape(other), '', text]
      [['let', before, ['before', text, other]], ['let', between, ['choose', stands, ['text', other], ['text', '']]],
       ['let', behind, ['choose', stands, ['behind', text, other], ['text', '']]]]
    in [:method_add_block, [:vcall | :method_add_arg, *], _] if RubySource.call(node[1])&.first(2) == [nil, 'push']
      [['push', state_of_block]]
    else statement(node)
    end
  end

  # A state that a rule's block makes. The block is carried out up to there, so nothing else may decide about it.
  def state_of_block
    probe = @lexer.new({})
    probe.define_singleton_method(:token) { |*| nil }
    probe.define_singleton_method(:push) { |*, &block| throw :state, block }
    block = catch(:state) { probe.instance_exec(&@callback) }
    raise Unsupported, 'a state in a block' unless block.is_a?(Proc) && @depth.zero?

    name = "block #{@blocks.size}"
    @blocks << [name, Rouge::RegexLexer::StateDSL.new(name, &block).to_state(@lexer)]
    name
  end

  # A local variable; one whose value is known now is not kept until later.
  def local(name, node)
    case node
    in [:if | :elsif, test, [*first, yes], no] if first.any?
      no = no[0] == :else ? no[1] : [no]
      return [['if', condition(test), operations(first) + local(name, yes), operations(no[..-2]) + local(name, no[-1])]]
    else nil
    end
    known, value = try_static(node)
    known &&= value.is_a?(Enumerable)
    return [] if !known && (@choices[name] = choices(node))
    return [['let', name, expression(node)]] unless known

    @values[name] = value
    []
  end

  # Of a variable that is one of several sets, or nil: the conditions and the sets.
  def choices(node)
    rest = []
    while node in [:if | :elsif, test, [value], no]
      known, set = try_static(value)
      return nil unless known && set.is_a?(Set)

      rest << [condition(test), set]
      node = no
    end
    rest if node.nil? && rest.any?
  end

  def otherwise(node)
    case node
    in nil then []
    in [:else, nodes] then operations(nodes)
    in [:elsif, *] then operation(node)
    end
  end

  # A call of one of Rouge's methods, or of one of the lexer's own.
  def statement(node)
    receiver, name, args = RubySource.call(node)
    raise Unsupported, "statement #{node[0]}" unless name
    return [['reset', lexer(receiver)]] if receiver && name == 'reset!'
    return [['pop_of', lexer(receiver)]] if receiver && name == 'pop!' && args.empty?
    raise Unsupported, "call of #{name}" if receiver

    given = args[1] ? [expression(args[1])] : []
    case name
    when 'token' then [['token', expression(args[0]), *given]]
    when 'groups' then [['groups', *args.map { |argument| expression(argument) }]]
    when 'push' then args.empty? ? [['push_top']] : to_state(name, args[0])
    when 'pop!' then [['pop', args.empty? ? 1 : static(args[0])]]
    when 'goto' then to_state(name, args[0])
    when 'reset_stack' then [['reset_stack']]
    when 'delegate' then [['delegate', lexer(args[0]), *given]]
    when 'recurse' then [['delegate', new_lexer(@lexer), *(args[0] ? [expression(args[0])] : [])]]
    when 'puts' then []
    when 'indentation', 'starts_block' then indentation(name, args)
    else inline(name, args) { |statements| operations(statements) }
    end
  end

  # Of lexers whose blocks are indented (Rouge::Indentation).
  def indentation(name, args)
    raise Unsupported, name unless @lexer.include?(Rouge::Indentation)

    [name == 'indentation' ? ['indentation', expression(args[0])] : ['starts_block', state(args[0])]]
  end

  # A state that is known now, or that a variable has.
  def to_state(operation, node)
    return [[operation, state(node)]] unless node in [:var_ref, [:@ivar, *]]

    value = expression(node)
    # Rouge fails where the variable has no state: so does a state without a name.
    @lexer.state_definitions.own_keys.sort.reduce([[operation, '']]) do |rest, name|
      [['if', ['equal', value, ['text', ":#{name}"]], [[operation, name.to_s]], rest]]
    end
  end

  # A method of the lexer in its place.
  def inline(name, args, &block)
    known = @lexer.method_defined?(name) || @lexer.private_method_defined?(name)
    raise Unsupported, "method #{name}" unless known

    method = @lexer.instance_method(name)
    raise Unsupported, "method #{name}" unless method.owner <= Rouge::RegexLexer && method.owner != Rouge::RegexLexer

    inline_method(method, args, &block)
  end

  # A method of the lexer's class in its place.
  def inline_of_class(name, args, &block)
    instance = @instance
    @instance = @lexer
    inline_method(@lexer.method(name), args, &block)
  ensure
    @instance = instance
  end

  # The parameters of a method stand for what is given.
  def inline_method(method, args)
    name = method.name
    raise Unsupported, "method #{name}" unless @depth < 5

    parameters, statements = RubySource.of_method(method)
    raise Unsupported, "arguments of #{name}" unless parameters.size == args.size

    values = args.map { |argument| expression(argument) }
    known = parameters.zip(args).filter_map { |parameter, node| [parameter, static(node)] if try_static(node)[0] }.to_h
    saved = [@match, @assigned, @locals, @values, @choices, @depth]
    begin
      @match = nil
      @choices = {}
      @values = known
      @assigned = assigned(statements)
      @locals = parameters.zip(values).to_h
      @depth += 1
      yield statements
    ensure
      @match, @assigned, @locals, @values, @choices, @depth = saved
    end
  end

  def state(node)
    known, value = try_static(node)
    raise Unsupported, 'state' unless known && (value.is_a?(Symbol) || value.is_a?(String))

    value.to_s
  end

  def new_lexer(lexer)
    delegates << lexer
    ['new', Translator.name_of(lexer)]
  end

  def lexer(node)
    case node
    in [:var_ref, [:@ivar, name, _]] then return ['iv', name]
    in [:var_ref, [:@kw, 'self', _]] then return ['self']
    in [:call, [:var_ref, [:@kw, 'self', _]], _, [_, 'clone', _]] then return ['self']
    else nil
    end
    known, value = try_static(node)
    raise Unsupported, 'lexer' unless known
    return new_lexer(value) if value.is_a?(Class) && value < Rouge::Lexer
    return ['self'] if value.equal?(@instance)
    raise Unsupported, 'lexer' unless value.is_a?(Rouge::Lexer)

    kept(value)
  end

  # A lexer that this one has for itself: the same one each time.
  def kept(lexer)
    delegates << lexer.class
    @kept ||= {}.compare_by_identity
    ['kept', "lexer #{@kept[lexer] ||= @kept.size}", Translator.name_of(lexer.class)]
  end

  # What an instance variable is set to: a lexer, too.
  def value_of(node)
    receiver, name, = RubySource.call(node)
    if name == 'new'
      known, value = try_static(receiver)
      return new_lexer(value) if known && value.is_a?(Class) && value < Rouge::Lexer
    end
    known, value = try_static(node)
    return constant(value) if known && value.is_a?(Class) && value < Rouge::Lexer

    expression(node)
  end

  def set(value)
    words = value.is_a?(Hash) ? value.keys : value.to_a
    raise Unsupported, 'set' unless words.all? { |word| word.is_a?(String) && !word.include?("\n") }

    words = words.uniq.sort
    @sets.index(words) || (@sets << words).size - 1
  end

  # `case` as conditions one in the other.
  def choice(node)
    _, subject, arm = node
    subject = expression(subject)
    arms = []
    while arm && arm[0] == :when
      tests = RubySource.arguments(arm[1]).map { |test| when_test(test, subject) }
      arms << [tests.reduce { |left, right| ['or', left, right] }, yield(arm[2])]
      arm = arm[3]
    end
    otherwise = arm ? yield(arm[1]) : []
    arms.reverse.reduce(otherwise) { |rest, (test, body)| [['if', test, body, rest]] }
  end

  def when_test(node, subject)
    known, value = try_static(node)
    raise Unsupported, 'when' unless known
    return matches(value, subject) if value.is_a?(Regexp)
    return ['in', set(value), subject] if value.is_a?(Set)

    ['equal', constant(value), subject]
  end

  def matches(regex, subject) = ['match', regex.source, flags(regex), subject]

  def expression(node)
    case node
    in nil then return ['nil']
    in [:paren, [inner]] then return expression(inner)
    in [:var_ref, [:@ivar, name, _]] then return ['iv', name]
    in [:var_ref, [:@ident, name, _]] if @locals.key?(name) then return @locals[name]
    in [:var_ref, [:@ident, name, _]] if @assigned.include?(name) then return ['local', name]
    in [:var_ref, [:@ident, name, _]] if name == @match then raise Unsupported, 'the whole match'
    in [:if | :elsif, test, [yes], no]
      no = no && (no[0] == :else ? only(no[1]) : no)
      return ['choose', condition(test), expression(yes), expression(no)]
    in [:ifop, test, yes, no] then return ['choose', condition(test), expression(yes), expression(no)]
    in [:case, *] then return chosen(choice(node) { |body| [['value', expression(only(body))]] })
    in [:binary, left, :'||' | :or, right]
      left = expression(left)
      return ['choose', ['true', left], left, expression(right)]
    in [:string_literal, [:string_content, *parts], _] if parts.any? { |part| part[0] == :string_embexpr }
      return parts.map { |part| part_of_string(part) }.reduce { |left, right| ['add', left, right] }
    else nil
    end
    known, value = try_static(node)
    return constant(value) if known

    receiver, name, args = RubySource.call(node)
    return called(receiver, name, args) if name

    raise Unsupported, "expression #{node[0]}"
  end

  def part_of_string(part)
    case part
    in [:@tstring_content, text, _] if !text.include?('\\') then ['text', text]
    in [:string_embexpr, [inner]] then expression(inner)
    else raise Unsupported, 'string'
    end
  end

  # The value of a method.
  def returned(statements)
    first, *rest = statements
    case first
    in [:if_mod, test, [:return, args]]
      ['choose', condition(test), expression(only(RubySource.arguments(args))), returned(rest)]
    in [:return, args] then expression(only(RubySource.arguments(args)))
    in [:call, [:var_ref, [:@ident, name, _]], _, [_, 'downcase!', _]] if @locals.key?(name)
      @locals[name] = ['downcase', @locals[name]]
      returned(rest)
    in [:assign, [:var_field, [:@ident, name, _]], value] if rest.any?
      @locals[name] = expression(value)
      returned(rest)
    in [:if, test, yes, [:else, no]] if rest.empty? then ['choose', condition(test), returned(yes), returned(no)]
    in [:if, test, yes, [:elsif, *] => no] if rest.empty?
      ['choose', condition(test), returned(yes), returned([[:if, *no[1..]]])]
    else expression(only(statements))
    end
  end

  def only(nodes)
    raise Unsupported, "#{nodes.size} statements" unless nodes.size == 1

    nodes[0]
  end

  def chosen(arms)
    case arms
    in [] then ['nil']
    in [['value', value]] then value
    in [['if', test, yes, no]] then ['choose', test, chosen(yes), chosen(no)]
    end
  end

  def called(receiver, name, args)
    if receiver.nil?
      return inline(name, args) { |statements| returned(statements) } unless CHANGING.include?(name)

      raise Unsupported, name
    end
    case [receiver, name]
    in [[:var_ref, [:@ident, match, _]], '[]'] if match == @match then return ['group', static(args[0])]
    in [[:vcall, [_, 'stack', _]], 'size' | 'length'] then return ['stack_size']
    in [[:vcall, [_, 'state', _]], 'name'] then return ['state_name']
    in [_, 'downcase' | 'upcase' | 'strip' | 'rstrip'] if args.empty? then return [name, expression(receiver)]
    in [_, 'size' | 'length'] then return ['size', expression(receiver)]
    # Of a number that may be nil.
    in [[:var_ref, [:@ivar, *]], 'to_i']
      number = expression(receiver)
      return ['choose', ['true', number], number, ['int', 0]]
    in [_, 'gsub']
      characters = static(args[0]).source[/\A\[([^\\\]^-]+)\]\*\z/, 1]
      raise Unsupported, 'gsub' unless characters && static(args[1]).empty?

      return ['without', expression(receiver), characters]
    in [_, 'to_i'] then return ['number', expression(receiver)]
    in [_, 'chomp'] if args.size == 1 then return ['chomp', expression(receiver), static(args[0])]
    in [[:call, [:var_ref, [:@kw, 'self', _]], _, [_, 'class', _]], _] if @lexer.singleton_methods(false).include?(name.to_sym)
      return inline_of_class(name, args) { |statements| returned(statements) }
    in [[:var_ref, [:@const, *]], 'primitive'] then return tabulated(static(receiver), name, args)
    in [_, 'to_sym' | 'to_s'] then return expression(receiver)
    in [_, '+'] then return ['add', expression(receiver), expression(args[0])]
    in [_, '-'] then return ['subtract', expression(receiver), expression(args[0])]
    in [[:method_add_arg, [:call, text, _, [_, 'split', _]], separator], '[]'] if static(args[0]).zero?
      return ['before', expression(text), static(RubySource.arguments(separator)[0])]
    in [_, '[]'] then return looked_up(static(receiver), expression(args[0]))
    # Of a captured name that is then compared with words only.
    in [[:var_ref, [_, 'Regexp', _]], 'escape'] then return expression(args[0])
    else raise Unsupported, "call of .#{name}"
    end
  end

  # A method of J that is given a character and its inflection; with any other inflection it answers the same.
  def tabulated(receiver, name, args)
    other = receiver.public_send(name, 'a', 'none')
    words = ('!'..'~').to_a.product(receiver.inflection_list)
    map = words.to_h { |character, inflection| [character + inflection, receiver.public_send(name, character, inflection)] }
    map = map.reject { |_, value| value == other }.map { |word, value| [word, constant(value)] }
    ['map', map, ['add', expression(args[0]), expression(args[1])], constant(other)]
  end

  def looked_up(map, key)
    usable = map.is_a?(Hash) && map.all? { |word, _| word.is_a?(String) || word.is_a?(Symbol) }
    raise Unsupported, 'map' unless usable

    if map.any? && map.values.all?(Rouge::Lexer)
      return map.reverse_each.reduce(['nil']) do |rest, (word, lexer)|
        ['choose', ['equal', key, ['text', word]], kept(lexer), rest]
      end
    end
    # What a map has for all other words.
    other = map["\0"]
    ['map', map.map { |word, value| [word.to_s, constant(value)] }, key, *(other.nil? ? [] : [constant(other)])]
  end

  def condition(node)
    case node
    in [:paren, [inner]] then return condition(inner)
    in [:binary, left, :'&&' | :and, right] then return ['and', condition(left), condition(right)]
    in [:binary, left, :'||' | :or, right] then return ['or', condition(left), condition(right)]
    in [:unary, :! | :not, inner] then return ['not', condition(inner)]
    in [:var_ref, [:@ident, name, _]] if @choices[name] then return any_of(@choices[name].map(&:first))
    in [:method_add_block, [:call, list, _, [_, 'any?', _]], [_, parameters, body]]
      return any(static(list), RubySource.names(parameters)[0], RubySource.statements(body))
    else nil
    end
    receiver, name, args = RubySource.call(node)
    test(receiver, name, args) || ['true', expression(node)]
  end

  def any_of(conditions) = conditions.reduce { |left, right| ['or', left, right] }

  # Whether something holds for one of the values of a list that is known now.
  def any(list, name, statements)
    list.map do |value|
      @values[name] = value
      condition(only(statements))
    end.reduce { |left, right| ['or', left, right] }
  ensure
    @values.delete(name)
  end

  def test(receiver, name, args)
    case [name, receiver]
    in ['state?', Array] then ['state_of', lexer(receiver), state(args[0])]
    in ['zero?', [:method_add_arg, [:call, text, _, [_, 'casecmp', _]], other]]
      ['equal', ['downcase', expression(text)], ['text', static(RubySource.arguments(other)[0]).downcase]]
    # Without `zero?` it is a number, which is true.
    in ['casecmp', _] then ['not', ['equal', expression(args[0]), ['nil']]]
    in ['state?', nil] then ['state', state(args[0])]
    in ['in_state?', nil] then ['in_state', state(args[0])]
    in ['==', _] then ['equal', expression(receiver), expression(args[0])]
    in ['!=', _] then ['not', ['equal', expression(receiver), expression(args[0])]]
    in ['<=', _] then within(expression(receiver), static(args[0]))
    in ['<', _] then ['less', expression(receiver), expression(args[0])]
    in ['>', _] then ['less', expression(args[0]), expression(receiver)]
    in ['cover?', [:paren, [range]]] then covers(static(range), args[0])
    in ['nil?', Array] then ['equal', expression(receiver), ['nil']]
    in ['empty?', Array] then ['equal', expression(receiver), ['text', '']]
    in ['=~' | '===' | 'match?' | 'match', Array] then matching(receiver, args[0])
    in ['include?' | 'key?' | 'has_key?' | 'member?', Array] then member(receiver, args[0])
    in ['start_with?', Array]
      known, value = try_static(args[0])
      known && value.is_a?(String) ? ['match', "\\A#{Regexp.escape(value)}", '', expression(receiver)] : nil
    else nil
    end
  end

  # Whether a number is in a range, or the first character of a text is a letter of one.
  def covers(range, node)
    if range.first.is_a?(Integer)
      value = expression(node)
      return ['and', ['less', ['int', range.first - 1], value], ['less', value, ['int', range.last + 1]]]
    end
    raise Unsupported, 'range'
  end

  # Whether it is in the set that a map has for a word.
  def member_of_one(receiver, argument)
    map, name, args = RubySource.call(receiver)
    known, sets = try_static(map) if name == '[]'
    return nil unless known && sets.is_a?(Hash) && sets.values.all?(Enumerable)

    key = expression(args[0])
    value = expression(argument)
    tests = sets.map { |word, words| ['and', ['equal', key, ['text', word]], ['in', set(words), value]] }
    tests.reduce { |left, right| ['or', left, right] }
  end

  # Whether a class of tokens is another or one below it.
  def within(value, token)
    raise Unsupported, 'comparison' unless TOKEN.(token)

    names = Rouge::Token.cache.values.select { |other| other <= token }.map(&:shortname)
    names.map { |name| ['equal', value, ['class', name]] }.reduce { |left, right| ['or', left, right] }
  end

  def matching(left, right)
    [[left, right], [right, left]].each do |regex, subject|
      known, value = try_static(regex)
      return matches(value, expression(subject)) if known && value.is_a?(Regexp)
    end
    nil
  end

  def member(receiver, argument)
    if receiver in [:var_ref, [:@ident, name, _]] and @choices[name]
      before = nil
      return any_of(@choices[name].map do |test, words|
        test_now = before ? ['and', ['not', before], test] : test
        before = before ? ['or', before, test] : test
        ['and', test_now, ['in', set(words), expression(argument)]]
      end)
    end
    known, value = try_static(receiver)
    return member_of_one(receiver, argument) unless known
    if value.is_a?(Array) && value.any? && value.all?(Integer)
      return any_of(value.map { |number| ['equal', expression(argument), constant(number)] })
    end
    return ['part_of', value, expression(argument)] if value.is_a?(String)

    ['in', set(value), expression(argument)] if [Set, Array, Hash].any? { |kind| value.is_a?(kind) }
  end
end
