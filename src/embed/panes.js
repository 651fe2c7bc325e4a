// The panes of an element until its editor is drawn: the textarea in its place, and beside it the first preview. In: a shadow
// tree as index.js makes it. Out: styles and a frame in it; the frame's document, made node by node, so that the page around
// may forbid inline styles and markup strings (for the page, preview.html is the same); the text there as soon as the main
// part of the program has come. Neighbours: index.js loads this with the program; src/embed/controller.rs draws the editor
// over what stands here; scripts/package.mjs writes the styles in.
const sheetOf = (view, styles) => {
  const sheet = new view.CSSStyleSheet();
  sheet.replaceSync(styles);
  return sheet;
};
const sheet = sheetOf(window, "{{element}}");
const previewStyles = "{{preview}}";
// What the frame may load, whatever the page around allows: pictures and sound, nothing else.
const POLICY = "default-src 'none'; img-src https: http: data: blob:; media-src https: http: data: blob:; style-src 'unsafe-inline'; font-src data:; form-action 'none'; base-uri 'none'";
// Colours and fonts of the host that the post takes over, and what the post's styles call them.
const TAKEN = { ink: "ink", paper: "paper", muted: "muted", accent: "link", serif: "serif", mono: "mono" };
// The browser's own size of text, in CSS pixels, and how many times larger the text of a post is than that of the page around.
const [USUAL, LARGER] = [16, 1.0625];

const make = (name, attributes, ...children) => {
  const element = document.createElement(name);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};

// The only markup there is: without it a browser falls back to its oldest rules of layout. Pages that list the policies they
// allow (`trusted-types`) know the name; where it is not allowed, the frame keeps the browser's blank document.
const MARKUP = "<!doctype html>";
let empty = MARKUP;
try {
  empty = trustedTypes.createPolicy("apercu", { createHTML: () => MARKUP }).createHTML("");
} catch {
  // No such policies here, or not this one.
}

/** Fills the frame's document where it is still empty, and brings it to the page around: direction, size, scheme, colours. */
export const fillFrame = (frame) => {
  const { contentDocument: page, contentWindow: view } = frame;
  if (!page?.body || view.location.href !== (frame.hasAttribute("srcdoc") ? "about:srcdoc" : "about:blank")) return;
  const { documentElement: root } = page;
  if (!page.body.childElementCount) {
    page.head.append(make("meta", { "http-equiv": "Content-Security-Policy", content: POLICY }), make("meta", { name: "referrer", content: "no-referrer" }));
    page.adoptedStyleSheets = [sheetOf(view, previewStyles)];
    page.body.append(make("main", { class: "post" }, make("header", { class: "post-header" }), make("article", { class: "post-body" })));
  }
  const around = getComputedStyle(frame);
  root.setAttribute("dir", around.direction);
  // A frame would ask the system, whatever scheme holds around it.
  root.setAttribute("data-theme", around.columnRuleColor.includes("255") ? "dark" : "light");
  const size = parseFloat(around.fontSize);
  if (Math.abs(size - USUAL) >= 0.5) root.style.setProperty("font-size", `${(size * LARGER).toFixed(1)}px`);
  for (const [name, own] of Object.entries(TAKEN)) root.style.setProperty(`--${own}`, around.getPropertyValue(`--apercu-${name}`).trim());
};

/** Puts the panes into a shadow tree. */
export const place = (root, mode) => {
  const frame = make("iframe", {
    id: "preview", title: "Preview of the post", referrerpolicy: "no-referrer",
    sandbox: "allow-same-origin allow-popups allow-popups-to-escape-sandbox",
  });
  try {
    frame.srcdoc = empty;
  } catch {
    // The page wants markup by a policy.
  }
  const workspace = root.getElementById("workspace");
  Object.assign(workspace.dataset, { view: mode, pane: "write" });
  workspace.append(make("div", { id: "divider" }), make("section", { id: "preview-pane" }, frame));
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  // Before there is a text for it.
  frame.addEventListener("load", () => fillFrame(frame), { once: true });
};

/** Shows the text in the frame, and follows it until `signal`. Gives what shows it again. */
export const follow = ({ InitialPreview }, element, area, signal) => {
  const frame = element.shadowRoot.getElementById("preview");
  let initial = new InitialPreview(area, frame, fillFrame, element.getAttribute("front-matter") === "off", element.lang || "en");
  const show = () => {
    // What stopped in the middle of this does not go on with it. GitHub's dialect comes later.
    try {
      if (!signal.aborted && element.dialect !== "github") initial?.show();
    } catch (error) {
      initial = undefined;
      console.warn(error);
    }
  };
  frame.addEventListener("load", show, { signal });
  area.addEventListener("input", show, { signal });
  signal.addEventListener("abort", () => initial?.free());
  show();
  return show;
};
