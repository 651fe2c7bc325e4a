/// <reference lib="dom" />
// The types of the package's entry ".". Every offset counts UTF-16 units from 0, as `selectionStart` of a textarea does;
// lines and columns count from 1, columns in characters (code points).

/** A value of YAML front matter. Dates are ISO 8601 texts, whole numbers beyond 2^53 - 1 are texts, keys are texts. */
export type FrontMatterValue = string | number | boolean | null | FrontMatterValue[] | FrontMatter;

/** The front matter of a post, as Jekyll reads it. `__proto__` and the like are keys as any other. */
export interface FrontMatter {
  [key: string]: FrontMatterValue;
}

/** A diagnostic: something worth telling about a text. */
export interface Diagnostic {
  /** What kind of diagnostic it is: `yaml-syntax`, `image-no-alt`, … These names stay. */
  code: string;
  /** `error`: Jekyll stops or drops something. `warning`: probably not what was meant. `note`: worth knowing. */
  severity: "error" | "warning" | "note";
  /** One or two sentences for the writer, as plain text. */
  message: string;
  /** The first UTF-16 unit. */
  start: number;
  /** One past the last UTF-16 unit. */
  end: number;
  /** The line of `start`, from 1. */
  line: number;
  /** The column of `start`, from 1, in characters. */
  column: number;
  /** A safe way to mend it: replace what stands from `start` to `end` by `text`. `label` is an imperative for a button. */
  fix: { label: string; start: number; end: number; text: string } | null;
}

/** A header of the body, in the order of the text. */
export interface Heading {
  /** 1 to 6. */
  level: number;
  /** Its text without markup; plain text. */
  text: string;
  /** The id that it has in the HTML. */
  id: string;
  /** Where it begins, in UTF-16 units of the whole text. */
  start: number;
}

/** A top-level piece of the page. */
export interface Block {
  /** Its sanitized HTML. */
  html: string;
  /** Where its source begins, in UTF-16 units of the whole text. */
  start: number;
  /** One past the end of its source. The block of footnotes reaches from the first definition to the last. */
  end: number;
}

/** What becomes of a post in `jekyll build`. All of it is plain text and not sanitized: never put it into markup. */
export interface Publication {
  /** What Jekyll does with it. `unreadable`: published without its front matter. */
  verdict: "published" | "draft" | "unpublished" | "future" | "not-a-post" | "unreadable" | "build-stops";
  /** Whether there will be a page. */
  published: boolean;
  /** Why, in a sentence. */
  reason: string;
  /** The path from the site's root, without `baseurl`, percent-encoded; null where the permalink is in error. */
  url: string | null;
  /** The same with the site's `url` and `baseurl`. */
  absoluteUrl: string | null;
  /** The file below the site's output folder. */
  output: string | null;
  /** The date on the site's clock, as RFC 3339 has it; null where the time of the build will be the date. */
  date: string | null;
  title: string;
  slug: string;
  tags: string[];
  /** Those of the folders first, then the front matter's. */
  categories: string[];
  /** null: the site's defaults decide. `none`: the post is published bare. */
  layout: string | null;
  /** Where the excerpt comes from, and its source: HTML as written (`front-matter`), or Markdown (`body`). */
  excerpt: { from: "front-matter" | "body"; source: string } | null;
  description: string | null;
  /** The picture of a social card, as it is written. */
  image: string | null;
  authors: string[];
  /** The post's language, or the site's. */
  lang: string | null;
}

/** Which Markdown is read: Jekyll's (kramdown, after Liquid) or GitHub's. */
export type Dialect = "jekyll" | "github";

export interface RenderOptions {
  /**
   * The file's name, with its folders from the site's root on if they matter: `_posts/2014-12-08-title.md`. Without it the
   * text is read as a post of today (or of the date in its front matter).
   */
  fileName?: string;
  /** The default is `jekyll`. */
  dialect?: Dialect;
  /** `false`: the whole text is the body, whatever it begins with. The default is `true`. */
  frontMatter?: boolean;
  /** The text of the site's `_config.yml`. */
  config?: string;
  /** `false`: only what keeps the text from being read is reported. The default is `true`. */
  checks?: boolean;
  /** The time of the build; the default is now. */
  now?: Date;
}

/** A text, rendered. */
export interface Rendered {
  /**
   * The body as sanitized HTML: safe to put into a page. It is all blocks, one after the other. Relative addresses stay as
   * they are written and lead to the page's own site.
   */
  html: string;
  /** null where there is none, or where it cannot be read: then a diagnostic says why. */
  frontMatter: FrontMatter | null;
  /** Where the body stands in the text, in UTF-16 units. */
  body: { start: number; end: number };
  /** In the order of the text. */
  diagnostics: Diagnostic[];
  outline: Heading[];
  blocks: Block[];
  publication: Publication;
}

/**
 * Renders a text. Works in pages, workers and Node; the first call loads the engine.
 *
 * Any string can be rendered. Rejects with a `TypeError` where `text` is no string, and with the error of the network or
 * of the Content-Security-Policy where the engine cannot be loaded; the next call tries again.
 */
export function render(text: string, options?: RenderOptions): Promise<Rendered>;

/** The names under which the elements are registered. */
export interface ElementNames {
  /** The default is `apercu-editor`. */
  editor?: string;
  /** The default is `apercu-preview`. */
  preview?: string;
}

/**
 * Registers the elements, `apercu-editor` and `apercu-preview` unless other names are given. A second call does nothing.
 * Throws a `SyntaxError` `DOMException` where a name is not a custom element's.
 */
export function define(names?: ElementNames): void;

/** Loads the editor's program now, rather than when the first element comes near the viewport. Rejects where it cannot. */
export function preload(): Promise<void>;

/** Which sides are shown. */
export type Mode = "write" | "both" | "preview";

/** `auto` follows the page's `color-scheme`. */
export type Theme = "light" | "dark" | "auto";

/** An editing command: those of the toolbar and the shortcuts. */
export type CommandName =
  | "bold"
  | "italic"
  | "strikethrough"
  | "code"
  | "link"
  | "image"
  | "heading-2"
  | "heading-3"
  | "bulleted-list"
  | "numbered-list"
  | "task-list"
  | "quote"
  | "code-block"
  | "outdent"
  | "indent"
  | "continue"
  | "lines-up"
  | "lines-down"
  | "duplicate-lines"
  | "delete-lines"
  | "join-lines"
  | "heading-up"
  | "heading-down"
  | "toggle-task"
  | "renumber-list"
  | "sort-list"
  | "footnote"
  | "next-cell"
  | "previous-cell"
  | "new-row"
  | "delete-row"
  | "new-column"
  | "delete-column"
  | "align-left"
  | "align-center"
  | "align-right"
  | "tidy-table"
  | "make-table"
  | "post-url"
  | "link-tag"
  | "include-tag"
  | "excerpt-separator"
  | "table-of-contents"
  | "attribute-list"
  | "date-now";

/** The detail of `apercu:file`. */
export interface FileRequest {
  /** What was pasted or dropped. */
  readonly files: File[];
  /**
   * Answers with the address of the file, or a promise of it, after `event.preventDefault()`: the element writes a
   * placeholder and, when the address is there, `![name](address)` in its place. Upload and CSRF token are the host's.
   */
  respondWith(address: string | PromiseLike<string>): void;
}

/** What the elements fire beside `input` and `change`. All of these bubble and are composed. */
export interface ApercuEventMap {
  /** The element is drawn and can be used. */
  "apercu:ready": CustomEvent<null>;
  /** The diagnostics changed, when typing has paused. */
  "apercu:diagnostics": CustomEvent<{ diagnostics: Diagnostic[] }>;
  /** Files were pasted or dropped; cancelable. */
  "apercu:file": CustomEvent<FileRequest>;
  /** Something failed: the program could not be loaded, or an upload was refused. The textarea goes on working. */
  "apercu:error": CustomEvent<{ message: string; error: unknown }>;
}

/**
 * `<apercu-editor>`: a textarea with toolbar, preview and diagnostics. HTML that is pasted becomes Markdown, unless the
 * attribute `paste` is `plain`.
 */
export class ApercuEditor extends HTMLElement {
  static readonly formAssociated: true;
  /** The text. */
  value: string;
  /** The text that a reset brings back. */
  defaultValue: string;
  /** The body as sanitized HTML. */
  readonly html: string;
  /** The front matter; null where there is none, or where it cannot be read. */
  readonly frontMatter: FrontMatter | null;
  /** What becomes of the text in `jekyll build`; null until the element is ready. */
  readonly publication: Publication | null;
  /** The diagnostics, in the order of the text. */
  readonly diagnostics: Diagnostic[];
  /** The first selected UTF-16 unit. */
  selectionStart: number;
  /** One past the last selected UTF-16 unit. */
  selectionEnd: number;
  name: string;
  required: boolean;
  disabled: boolean;
  readOnly: boolean;
  placeholder: string;
  theme: Theme;
  mode: Mode;
  /** `both`: one beside the other. */
  dialect: Dialect | "both";
  /** The name of the post's file, as the attribute `file-name`. */
  fileName: string;
  /** The id of the textarea to take, or to follow, as the attribute `for`. */
  htmlFor: string;
  /** The form that it belongs to. */
  readonly form: HTMLFormElement | null;
  readonly labels: NodeList;
  readonly validity: ValidityState;
  readonly validationMessage: string;
  readonly willValidate: boolean;
  /** `textarea`, as scripts expect that walk through a form's controls. */
  readonly type: string;
  /** The textarea that is typed into: the host's own where there is one. */
  readonly textarea: HTMLTextAreaElement | null;
  /** Fulfilled when the element is drawn. Where the program cannot be loaded it waits on, and `apercu:error` tells why. */
  readonly ready: Promise<void>;
  focus(options?: FocusOptions): void;
  blur(): void;
  select(): void;
  /** Selects from `start` to `end`, in UTF-16 units. */
  setSelectionRange(start: number, end: number): void;
  /** Puts `text` in place of the selection; undo takes it back. */
  insert(text: string): void;
  /** Carries out an editing command; false where there was nothing to do, and where the command is being loaded first. */
  command(name: CommandName): boolean;
  /** Applies every safe fix of the diagnostics; how many there were. */
  format(): number;
  checkValidity(): boolean;
  reportValidity(): boolean;
  /** As an input's: any text but the empty one makes the element invalid. */
  setCustomValidity(message: string): void;
  addEventListener<K extends keyof ApercuEventMap>(type: K, listener: (this: ApercuEditor, event: ApercuEventMap[K]) => unknown, options?: boolean | AddEventListenerOptions): void;
  addEventListener<K extends keyof HTMLElementEventMap>(type: K, listener: (this: ApercuEditor, event: HTMLElementEventMap[K]) => unknown, options?: boolean | AddEventListenerOptions): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
  removeEventListener<K extends keyof ApercuEventMap>(type: K, listener: (this: ApercuEditor, event: ApercuEventMap[K]) => unknown, options?: boolean | EventListenerOptions): void;
  removeEventListener<K extends keyof HTMLElementEventMap>(type: K, listener: (this: ApercuEditor, event: HTMLElementEventMap[K]) => unknown, options?: boolean | EventListenerOptions): void;
  removeEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | EventListenerOptions): void;
}

/** `<apercu-preview>`: the preview alone, of its `value` or of the textarea that `for` names. */
export class ApercuPreview extends HTMLElement {
  /** The text that is shown. */
  value: string;
  /** The body as sanitized HTML. */
  readonly html: string;
  /** The front matter; null where there is none, or where it cannot be read. */
  readonly frontMatter: FrontMatter | null;
  /** The diagnostics, in the order of the text. */
  readonly diagnostics: Diagnostic[];
  /** What becomes of the text in `jekyll build`; null until the element is ready. */
  readonly publication: Publication | null;
  theme: Theme;
  /** `both`: one beside the other. */
  dialect: Dialect | "both";
  /** The name of the post's file, as the attribute `file-name`. */
  fileName: string;
  /** The id of the field to follow, as the attribute `for`. */
  htmlFor: string;
  /** Fulfilled when the element is drawn. Where the program cannot be loaded it waits on, and `apercu:error` tells why. */
  readonly ready: Promise<void>;
}
