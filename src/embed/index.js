// The loader: registers the custom elements and keeps a form's field working before, without and after the program. In: a
// page's markup. Out: `<apercu-editor>`, `<apercu-preview>`, `render`. Neighbours: apercu.js (built from src/main.rs) draws and
// renders, panes.js has what stands in an element until then. Importing this does nothing: `define()` does, or the entry
// `apercu/auto`.

/** Where there are no elements (a worker, Node), the classes are there and cannot be made. */
const Base = globalThis.HTMLElement ?? class {};

let program;
/** The program, once for all. What failed on its way (the network) is tried again by the next call. */
const load = (part) => {
  program ??= fetched(part).catch((error) => {
    program = undefined;
    throw error;
  });
  return program;
};
const fetched = async (part) => {
  const url = new URL("./apercu_bg.wasm", import.meta.url);
  // All at once: on a slow line each step of its own costs the way there and back. Node's fetch reads no files.
  const bytes = url.protocol === "file:" ? undefined : fetch(url);
  const [module, { prefetch, read }] = await Promise.all([import("./apercu.js"), import("./split.js")]);
  if (part) prefetch(part);
  await module.default({ module_or_path: bytes ?? read(url) });
  // Tables for code in colours: their addresses come with the first that is needed.
  if ("{{tables}}") module.readTablesWith(async (name) => read((await import("./tables.js")).default[name]));
  globalThis.addEventListener?.("apercu-panic", stop);
  return module;
};
let asked = false;
/** What the first preview needs. The elements' own part comes after it, so that the two do not share a slow line. */
const loadForElements = async () => {
  const [module, { prefetch }] = await Promise.all([load(), import("./split.js")]);
  if (!asked) prefetch("element");
  asked = true;
  return module;
};

/** `render(text, options)`: see index.d.ts. Works in pages, workers and Node. */
export const render = async (text, options = {}) => {
  if (typeof text !== "string") throw new TypeError("apercu: render(text, options) wants a string");
  return (await load("tools")).render(text, options);
};
/** Loads what draws the elements now, and not when the first comes into view. */
export const preload = async () => void (await loadForElements());

/** The elements that are drawn. */
const drawn = new Set();
/** The program has stopped: every element becomes the plain field that it was, and so does what comes later. */
const stop = () => {
  const error = new Error("The program has stopped");
  program = Promise.reject(error);
  program.catch(() => {});
  for (const element of [...drawn]) element._fail(error);
};

/** Elements are drawn when they come near the view. */
let near;
const watch = (element) => {
  near ??= new IntersectionObserver((entries) => {
    for (const entry of entries) if (entry.isIntersecting) entry.target._mount();
  }, { rootMargin: "300px" });
  near.observe(element);
};
let widths;
const measure = (element) => {
  widths ??= new ResizeObserver((entries) => {
    for (const { target, contentRect } of entries) target._resize(contentRect.width);
  });
  widths.observe(element);
};

let sheet;
/** What stands there before the program has come: the field in its place. */
const plain = () => {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(":host{display:block}:host([data-preview-only]) #layout{height:var(--apercu-height,26em)}:host([hidden]){display:none}#editor,::slotted(textarea){box-sizing:border-box;width:100%;min-height:min(var(--apercu-height,26em),40vh)}");
  }
  return sheet;
};
const make = (name, id, ...children) => {
  const element = document.createElement(name);
  element.id = id;
  element.append(...children);
  return element;
};
const dispatch = (element, name, detail, cancelable = false) =>
  element.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable }));

/** What both elements share: a shadow tree, and an editor or a preview in it while they are in a page. */
class ApercuElement extends Base {
  static _attributes = ["theme", "lang", "front-matter", "dialect", "file-name", "for"];
  _engine = null;
  _width = Infinity;

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open", slotAssignment: "manual" });
    root.adoptedStyleSheets = [plain()];
    this._box = make("div", "editor-box");
    root.append(make("div", "layout", make("div", "workspace", make("section", "editor-pane", this._box))));
    // What happens in the bars is no change of the text.
    for (const name of ["input", "change"]) root.addEventListener(name, (event) => event.target.localName === "textarea" || event.stopPropagation());
    this._renew();
  }

  _renew() {
    this.ready = new Promise((resolve) => (this._drawn = resolve));
  }

  connectedCallback() {
    for (const name of this.constructor._late) this._upgrade(name);
    this._adopt();
    if (this._engine) return;
    // A copy of a drawn element is not drawn.
    this.removeAttribute("data-ready");
    watch(this);
    this.addEventListener("focusin", this._mount);
  }

  disconnectedCallback() {
    near?.unobserve(this);
    // Moved elements are back at once.
    setTimeout(() => this.isConnected || this._leave());
  }

  /** It is gone, and not only on its way. What could not be loaded is tried again when it comes back. */
  _leave() {
    this._failed = false;
    this._unmount();
  }

  attributeChangedCallback(name, old, value) {
    if (old === value) return;
    if (name === "for") {
      if (this.isConnected) this._rename();
    } else this._engine?.configure(name, value ?? undefined);
  }

  _rename() { this._adopt(); }

  /** A property that was set before the element was defined. */
  _upgrade(name) {
    if (Object.hasOwn(this, name)) {
      const value = this[name];
      delete this[name];
      this[name] = value;
    }
  }

  async _mount() {
    if (this._engine || this._mounting || this._failed || !this.isConnected) return;
    this._mounting = true;
    const { shadowRoot: root } = this;
    const drawing = new AbortController();
    const { signal } = drawing;
    try {
      const placed = import("./panes.js").then((panes) => {
        if (!signal.aborted) panes.place(root, this.mode ?? "preview");
        return panes;
      });
      const [{ fillFrame, follow }, module] = await Promise.all([placed, loadForElements()]);
      if (!this.isConnected) return;
      // Its field may have come after it.
      this._adopt();
      const area = this._area();
      const { scrollTop } = area;
      this._follow = follow(module, this, area, signal);
      this._engine = await module.mount(this, root, area, fillFrame, this._previewOnly ?? false);
      area.scrollTop = scrollTop;
      // The host may have done anything meanwhile.
      if (!this.isConnected || this._area() !== area) return;
      drawn.add(this);
      near?.unobserve(this);
      measure(this);
      this._resize(this.getBoundingClientRect().width);
      this.setAttribute("data-ready", "");
      this._drawn();
      dispatch(this, "apercu:ready");
    } catch (error) {
      this._fail(error);
    } finally {
      drawing.abort();
      this._follow = undefined;
      this._mounting = false;
      if (!drawn.has(this)) {
        this._unmount();
        this._plain();
        this._mount();
      }
    }
  }

  _unmount() {
    const engine = this._engine;
    if (!engine) return;
    this._engine = null;
    drawn.delete(this);
    widths?.unobserve(this);
    this.removeAttribute("data-ready");
    this._renew();
    try {
      engine.unmount();
    } catch {
      // It has stopped.
    }
    this._plain();
  }

  /** The text is another, and nothing has told so. */
  _refreshed() { this._engine ? this._engine.refresh() : this._follow?.(); }

  /** Back to the field alone, whatever the program left behind. */
  _plain() {
    const { shadowRoot, _box: box } = this;
    shadowRoot.adoptedStyleSheets = [plain()];
    const kept = new Set([shadowRoot.getElementById("layout"), shadowRoot.getElementById("workspace"), box.parentElement, box, ...box.querySelectorAll("slot, textarea")]);
    for (const element of shadowRoot.querySelectorAll("*")) if (!kept.has(element)) element.remove();
  }

  _fail(error) {
    const engine = this._engine;
    this._failed = true;
    this._engine = null;
    drawn.delete(this);
    near?.unobserve(this);
    widths?.unobserve(this);
    this.removeAttribute("data-ready");
    this._plain();
    // It still listens to the field. Not at once: the program may be in the middle of its last call.
    setTimeout(() => {
      try {
        engine?.unmount();
      } catch {
        // It has stopped.
      }
      if (!this._engine) this._plain();
    });
    dispatch(this, "apercu:error", { message: String(error?.message ?? error), error });
  }

  _resize(width) {
    const was = this._width < 600;
    this._width = width;
    if (width < 600 !== was || was) this._engine?.configure("narrow", width < 600 ? "" : undefined);
  }

  get html() { return this._engine?.html() ?? ""; }
  get frontMatter() { return this._engine?.frontMatter() ?? null; }
  get publication() { return this._engine?.publication() ?? null; }
  get diagnostics() { return this._engine?.diagnostics() ?? []; }
}

/** Properties that say what an attribute of that name says, and what holds where there is none. */
const reflect = (type, names, flags = []) => {
  for (const [property, attribute = property, usual = ""] of names.map((name) => [name].flat())) {
    Object.defineProperty(type.prototype, property, {
      configurable: true, enumerable: true,
      get() { return this.getAttribute(attribute) ?? usual; },
      set(value) { value == null ? this.removeAttribute(attribute) : this.setAttribute(attribute, value); },
    });
  }
  for (const [property, attribute = property] of flags.map((name) => [name].flat())) {
    Object.defineProperty(type.prototype, property, {
      configurable: true, enumerable: true,
      get() { return this.hasAttribute(attribute); },
      set(value) { this.toggleAttribute(attribute, !!value); },
    });
  }
};

export class ApercuEditor extends ApercuElement {
  static formAssociated = true;
  static observedAttributes = [...ApercuElement._attributes, "mode", "value", "required", "disabled", "readonly", "placeholder", "minlength", "maxlength", "label", "aria-label"];
  static _late = ["defaultValue", "value", "mode", "theme", "dialect", "fileName", "htmlFor", "name", "required", "disabled", "readOnly", "placeholder"];
  _custom = "";
  _theirs = undefined;

  constructor() {
    super();
    this._internals = this.attachInternals?.();
    const own = make("textarea", "editor");
    Object.assign(own, { autocomplete: "off", spellcheck: true });
    own.addEventListener("input", () => {
      this._dirty = true;
      this._tell();
    });
    // Told inside of a shadow tree only.
    own.addEventListener("change", () => this.dispatchEvent(new Event("change", { bubbles: true, composed: true })));
    this._own = own;
    // Its own textarea is what the slot shows while no other is put into it.
    this._slot = document.createElement("slot");
    this._slot.append(own);
    this._box.append(this._slot);
    this._children = new MutationObserver(() => this._adopt());
    // A form was stopped by it: the field has to be seen, and the browser looks at once.
    this.addEventListener("invalid", () => this._reveal(), true);
    // A script that writes into the field, and a form that is reset, say nothing to the field.
    this._refresh = () => setTimeout(() => this._refreshed());
    for (const name of ["focusin", "change"]) this.addEventListener(name, this._refresh);
    // A label was clicked.
    this.addEventListener("click", (event) => event.composedPath()[0] === this && this.focus());
    this.addEventListener("paste", (event) => this._files(event, event.clipboardData));
    this.addEventListener("drop", (event) => this._files(event, event.dataTransfer));
    this.addEventListener("dragover", (event) => event.dataTransfer?.types.includes("Files") && event.preventDefault());
  }

  /** The textarea that is written in: the form's where there is one, or else one of the element's own. */
  _area() { return this._theirs ?? this._own; }

  _adopt() {
    if (!this.isConnected) return;
    this._children.observe(this, { childList: true });
    const id = this.getAttribute("for");
    let theirs = this.querySelector("textarea");
    if (!theirs && id) {
      const named = this.getRootNode().getElementById?.(id);
      if (named?.localName === "textarea" && !named.parentElement.closest(this.localName)) theirs = named;
    }
    if (theirs && theirs.parentNode !== this) this._take(theirs);
    if (theirs && !theirs.labels.length && !theirs.matches("[aria-label], [aria-labelledby], [title]")) {
      // A label around both is the element's, which is the first control in it.
      const name = this._name();
      if (name) theirs.setAttribute("aria-label", name);
    }
    if (theirs === this._theirs) {
      this._slot.assign(...(theirs ? [theirs] : []));
      this._listen();
      return;
    }
    const mounted = this._engine !== null;
    this._unmount();
    this._theirs = theirs;
    this._slot.assign(...(theirs ? [theirs] : []));
    if (!theirs) {
      if (!this._dirty) this._own.value = this.defaultValue;
      for (const name of ["required", "disabled", "readonly", "placeholder", "minlength", "maxlength", "label"]) this._pass(name);
    }
    this._tell();
    this._listen();
    if (mounted) this._mount();
  }

  /** The form's own textarea comes in here; it leaves a mark where it stood, and stays in its form. */
  _take(area) {
    const form = area.form;
    this._place = document.createComment("apercu");
    area.replaceWith(this._place);
    this.append(area);
    if (form && area.form !== form) {
      form.id ||= `apercu-form-${Math.random().toString(36).slice(2)}`;
      area.setAttribute("form", form.id);
      this._formGiven = true;
    }
  }

  _leave() {
    super._leave();
    this._listen();
    this._return();
  }

  /** The textarea goes back to where it stood. */
  _return() {
    const { _place: place, _theirs: theirs } = this;
    this._place = null;
    if (!place?.isConnected || !theirs) return;
    place.replaceWith(theirs);
    if (this._formGiven) theirs.removeAttribute("form");
    this._formGiven = false;
    this._theirs = null;
    this._slot.assign();
  }

  _rename() {
    const mounted = this._engine !== null;
    this._unmount();
    this._return();
    this._adopt();
    if (mounted) this._mount();
  }

  /** Listens to the form that the textarea is in now. */
  _listen() {
    const form = this._theirs && this.isConnected ? this._theirs.form : null;
    this._form?.removeEventListener("reset", this._refresh);
    this._form = form;
    form?.addEventListener("reset", this._refresh);
  }

  _reveal() {
    const { dataset } = this._box.parentElement.parentElement;
    if (dataset.view === "preview") dataset.view = "both";
    dataset.pane = "write";
    this._engine?.configure("reveal");
  }

  attributeChangedCallback(name, old, value) {
    super.attributeChangedCallback(name, old, value);
    if (name === "value" && !this._theirs && !this._dirty) {
      this._own.value = this.defaultValue;
      this._refreshed();
    } else if (!this._theirs) this._pass(name);
    this._tell();
  }

  /** What it is called by its attributes, or by its label. */
  _name() {
    const words = (label) => [...label.childNodes].filter((node) => !node.contains(this)).map((node) => node.textContent).join("").trim();
    return this.getAttribute("aria-label") ?? this.getAttribute("label") ?? [...this._internals?.labels ?? []].map(words).join(" ");
  }

  /** Hands an attribute on to the element's own textarea. */
  _pass(name) {
    const own = this._own;
    if (name === "label" || name === "aria-label") {
      own.setAttribute("aria-label", this._name() || "Text");
    } else if (["required", "disabled", "readonly", "placeholder", "minlength", "maxlength"].includes(name)) {
      const value = this.getAttribute(name);
      if (name === "disabled") own.disabled = this._inert || value !== null;
      else value === null ? own.removeAttribute(name) : own.setAttribute(name, value);
    }
  }

  /** Tells the form its value, and whether it is valid. With a textarea of the form's own, that does. */
  _tell() {
    const internals = this._internals;
    if (!internals) return;
    if (this._theirs) {
      internals.setFormValue(null);
      internals.setValidity({});
      return;
    }
    const { value } = this._own;
    internals.setFormValue(value, value);
    const { validity } = this._own;
    const flags = { customError: !!this._custom };
    for (const flag of ["valueMissing", "tooLong", "tooShort"]) flags[flag] = validity[flag];
    const [minimum, maximum] = [this.getAttribute("minlength"), this.getAttribute("maxlength")].map((n) => (n === null ? NaN : Number(n)));
    // A textarea checks its length only after a person has typed.
    if (value && value.length < minimum) flags.tooShort = true;
    if (value.length > maximum) flags.tooLong = true;
    const wrong = Object.values(flags).some(Boolean);
    internals.setValidity(flags, wrong ? this._custom || this._own.validationMessage || "Please change the length of this text." : "", wrong && this._own.isConnected ? this._own : undefined);
  }

  formResetCallback() {
    this._dirty = false;
    this._own.value = this.defaultValue;
    this._refreshed();
    this._tell();
  }
  formDisabledCallback(disabled) {
    this._inert = disabled;
    this._pass("disabled");
  }
  formStateRestoreCallback(state) {
    if (typeof state === "string") this.value = state.replace(/\r\n/g, "\n");
  }

  get value() { return this._area().value; }
  set value(text) {
    text = String(text ?? "");
    const area = this._area();
    if (area.value === text) return;
    this._dirty = true;
    area.value = text;
    this._refreshed();
    this._tell();
  }
  get defaultValue() { return this._theirs ? this._theirs.defaultValue : this.getAttribute("value") ?? ""; }
  set defaultValue(text) { this._theirs ? (this._theirs.defaultValue = text) : this.setAttribute("value", text); }
  get type() { return "textarea"; }
  get textarea() { return this._area(); }
  get form() { return this._theirs ? this._theirs.form : this._internals?.form ?? null; }
  get labels() { return this._theirs ? this._theirs.labels : this._internals?.labels; }
  get validity() { return (this._theirs ?? this._internals).validity; }
  get validationMessage() { return (this._theirs ?? this._internals).validationMessage; }
  get willValidate() { return (this._theirs ?? this._internals).willValidate; }
  checkValidity() { return (this._theirs ?? this._internals).checkValidity(); }
  reportValidity() { return (this._theirs ?? this._internals).reportValidity(); }
  setCustomValidity(message) {
    if (this._theirs) return this._theirs.setCustomValidity(message);
    this._custom = String(message);
    this._tell();
  }
  get selectionStart() { return this._area().selectionStart; }
  set selectionStart(at) { this._area().selectionStart = at; }
  get selectionEnd() { return this._area().selectionEnd; }
  set selectionEnd(at) { this._area().selectionEnd = at; }
  setSelectionRange(...range) { this._area().setSelectionRange(...range); }
  focus(options) { this._area().focus(options); }
  blur() { this._area().blur(); }
  select() { this._area().select(); }

  /** Puts a text in the selection's place; undo takes it back. */
  insert(text) {
    if (!this._writable()) return;
    this._area().focus();
    this._insert(text);
  }
  _writable() {
    const area = this._area();
    return !area.readOnly && !area.matches(":disabled");
  }
  /** The same, and the focus stays where it is: undo is for the field that has it. */
  _insert(text) {
    const area = this._area();
    if (!this._writable()) return;
    if (!area.matches(":focus") || !document.execCommand("insertText", false, text)) {
      area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
      area.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true, inputType: "insertText", data: text }));
    }
  }
  command(name) { return this._engine?.command(name) ?? false; }
  format() { return this._engine?.format() ?? 0; }

  /** Files that are pasted or dropped: the host is asked, and says where they are. */
  _files(event, data) {
    const files = [...(data?.files ?? [])];
    if (!files.length || event.defaultPrevented) return;
    // An office program copies a text together with a picture of it.
    if (event.type === "paste" && data.getData("text/plain")) return;
    const answers = [];
    const wanted = this._writable() && !dispatch(this, "apercu:file", { files, respondWith: (answer) => answers.push(answer) }, true);
    // Without this the browser would open a dropped file in place of the page.
    if (wanted || event.type === "drop") event.preventDefault();
    if (!wanted) return;
    answers.forEach((answer, index) => this._await(answer, files[index] ?? files[0]));
  }

  async _await(answer, file) {
    const name = file.name.replace(/[[\]\\<>{}`|\r\n]/g, "");
    const link = (url) => `${file.type.startsWith("image/") ? "!" : ""}[${name.replace(/\.[^.]*$/, "")}](${url})`;
    const waiting = `${link("")}<!-- ${name.replace(/-{2,}/g, "-")} is on its way ${Math.random().toString(36).slice(2, 6)} -->`;
    this._insert(waiting);
    let done = "";
    try {
      const url = String(await answer);
      done = link(/[\s()<>]/.test(url) ? `<${url.replace(/[<>\n]/g, encodeURIComponent)}>` : url);
    } catch (error) {
      dispatch(this, "apercu:error", { message: `${file.name} could not be uploaded.`, error });
      this._engine?.tell(`${file.name} could not be uploaded.`);
    }
    const at = this.value.indexOf(waiting);
    if (at < 0) return;
    const { selectionStart, selectionEnd } = this;
    const moved = (place) => (place <= at ? place : Math.max(at, place - waiting.length) + done.length);
    this.setSelectionRange(at, at + waiting.length);
    this._insert(done);
    this.setSelectionRange(moved(selectionStart), moved(selectionEnd));
  }
}
const shared = [["theme", "theme", "auto"], ["dialect", "dialect", "jekyll"], ["fileName", "file-name"], ["htmlFor", "for"]];
reflect(ApercuEditor, ["name", "placeholder", ["mode", "mode", "both"], ...shared], ["required", "disabled", ["readOnly", "readonly"]]);

export class ApercuPreview extends ApercuElement {
  static observedAttributes = ApercuElement._attributes;
  static _late = ["value", "theme", "dialect", "fileName", "htmlFor"];
  _previewOnly = true;

  /** Holds the text; stands nowhere. */
  _area() { return (this._text ??= document.createElement("textarea")); }

  connectedCallback() {
    this.setAttribute("data-preview-only", "");
    super.connectedCallback();
  }

  /** Follows a field of the page, by what it tells. */
  _adopt() {
    const id = this.getAttribute("for");
    const source = id ? this.getRootNode().getElementById?.(id) ?? null : null;
    if (source === this._source) return;
    this._ears?.abort();
    this._source = source;
    if (!source) return;
    const { signal } = (this._ears = new AbortController());
    const follow = () => (this.value = source.value);
    for (const name of ["input", "change"]) source.addEventListener(name, follow, { signal });
    document.addEventListener("reset", (event) => event.target === source.form && setTimeout(follow), { signal });
    follow();
  }

  _leave() {
    super._leave();
    this._ears?.abort();
    this._source = null;
  }

  get value() { return this._area().value; }
  set value(text) {
    const area = this._area();
    text = String(text ?? "");
    if (area.value === text) return;
    area.value = text;
    this._refreshed();
  }
}
reflect(ApercuPreview, shared);

/** Registers the elements under their names; what is registered already stays. */
export const define = ({ editor = "apercu-editor", preview = "apercu-preview" } = {}) => {
  for (const [name, type] of [[editor, ApercuEditor], [preview, ApercuPreview]]) {
    if (!globalThis.customElements || customElements.get(name)) continue;
    try {
      customElements.define(name, type);
    } catch {
      // A class has one name: a second name is of another.
      customElements.define(name, class extends type {});
    }
  }
};
