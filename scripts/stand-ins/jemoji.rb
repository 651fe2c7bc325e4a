# In the place of the gem jemoji: html-pipeline's filter of emoji over finished pages, by the rules of jemoji 0.13.
# frozen_string_literal: true

require "html/pipeline"

# Which folder the pictures are in: `emoji.src`, and in it `emoji.asset`.
def emoji_place(config)
  own = config["emoji"] || {}
  return ["https://github.githubassets.com", "/images/icons/emoji/:file_name"] unless own.key?("src")

  [own["src"], "#{own.fetch("asset", "/emoji").chomp("/")}/:file_name"]
end

def with_emoji(html, config)
  root, path = emoji_place(config)
  context = { :asset_root => root, :asset_path => path, :img_attrs => { :align => nil } }
  HTML::Pipeline.new([HTML::Pipeline::EmojiFilter], context).call(html)[:output].to_s
end

Jekyll::Hooks.register([:pages, :documents], :post_render) do |item|
  is_page = (item.is_a?(Jekyll::Page) || item.write?) && item.output_ext == ".html" || item.permalink&.end_with?("/")
  if is_page && item.output.match?(HTML::Pipeline::EmojiFilter.emoji_pattern)
    head, opening, rest = item.output.partition(%r!<body(.*?)>\s*!m)
    if opening.empty?
      item.output = with_emoji(item.output, item.site.config)
    else
      body, closing, after = rest.partition("</body>")
      item.output = [head, opening, with_emoji(body, item.site.config), closing, after].join
    end
  end
end
