// Made-up Markdown to measure with, mixed as posts are. In: a size in bytes. Out: a text of about it, always the same.
// Neighbours: keystroke.mjs and engines.mjs measure with it.

const WORDS = "the post before one writes été où garçon a line with *some* emphasis and `code` in it, a [link](https://example.org/page) and no end of words to read".split(" ");

/** The front matter of a post. */
export const FRONT_MATTER = "---\ntitle: A long post\ndate: 2014-12-08\n---\n";

/** The body of a post: headings, lists, code and paragraphs. */
export const body = (bytes) => {
  let out = "", n = 0;
  const sentence = (k) => Array.from({ length: k }, (_, i) => WORDS[(n * 7 + i * 3) % WORDS.length]).join(" ") + ".";
  while (out.length < bytes) {
    n += 1;
    if (n % 9 === 0) out += `\n## Section ${n}\n`;
    else if (n % 7 === 0) out += `\n- ${sentence(8)}\n- ${sentence(9)}\n- ${sentence(7)}\n`;
    else if (n % 11 === 0) out += `\n\`\`\`ruby\nputs ${n}\n\`\`\`\n`;
    else out += `\n${sentence(60)}\n`;
  }
  return out;
};
