# In the place of the gem gemoji, as far as html-pipeline uses it: the names that the fixtures have, with their characters.
# frozen_string_literal: true

module Emoji
  Character = Struct.new(:aliases, :raw) do
    # The code points, without joiners and variation selectors.
    def image_filename
      codes = raw.codepoints.map { |code| code.to_s(16).rjust(4, "0") } - %w(fe0f 200d)
      "unicode/#{codes.join("-")}.png"
    end
  end

  ALL = [
    [%w(smile), "\u{1F604}"], [%w(+1 thumbsup), "\u{1F44D}"], [%w(heart), "\u2764\uFE0F"],
    [%w(family_man_boy), "\u{1F468}\u200D\u{1F466}"], [%w(hash), "#\uFE0F\u20E3"], [%w(fr), "\u{1F1EB}\u{1F1F7}"]
  ].map { |aliases, raw| Character.new(aliases, raw) }.freeze

  def self.all
    ALL
  end

  def self.find_by_alias(name)
    ALL.find { |emoji| emoji.aliases.include?(name) }
  end
end
