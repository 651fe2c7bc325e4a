// Usage that has to compile under `strict`: what the README shows, and every type once.
import "apercu/auto";
import { ApercuEditor, ApercuPreview, define, preload, render } from "apercu";
import type { ApercuEventMap, Block, CommandName, Diagnostic, Dialect, ElementNames, FileRequest, FrontMatter, FrontMatterValue, Heading, Mode, Publication, Rendered, RenderOptions, Theme } from "apercu";

define();
define({ editor: "my-editor" } satisfies ElementNames);
const loaded: Promise<void> = preload();

const editor: ApercuEditor = document.createElement("apercu-editor");
const found: ApercuEditor | null = document.querySelector("apercu-editor");
const preview: ApercuPreview = document.createElement("apercu-preview");
const made = new ApercuEditor();
const formAssociated: true = ApercuEditor.formAssociated;

editor.value = "# Title";
editor.defaultValue = editor.value.toUpperCase();
editor.name = "body";
editor.required = editor.disabled = editor.readOnly = false;
editor.placeholder = "Write here…";
const theme: Theme = (editor.theme = "auto");
const mode: Mode = (editor.mode = "write");
const dialect: Dialect = (editor.dialect = "github");
editor.selectionStart = editor.selectionEnd = 0;
editor.setSelectionRange(0, 2);
editor.focus({ preventScroll: true });
editor.blur();
editor.select();
editor.insert("text");
const done: boolean = editor.command("bold" satisfies CommandName);
const fixes: number = editor.format();
const valid: boolean = editor.checkValidity() && editor.reportValidity() && editor.willValidate && editor.validity.valid;
editor.setCustomValidity(editor.validationMessage);
const form: HTMLFormElement | null = editor.form;
const type: string = editor.type;
const length: number | undefined = editor.textarea?.value.length;
const title: FrontMatterValue | undefined = editor.frontMatter?.title;
const url: string | null | undefined = editor.publication?.url;
const first: Diagnostic | undefined = editor.diagnostics[0];
const mended: string | undefined = first?.fix?.text;
const html: string = editor.html + preview.html;
preview.value = editor.value;
const all: Promise<void[]> = Promise.all([editor.ready, preview.ready]);

async function upload(file: File): Promise<string> {
  return `/media/${file.name}`;
}
editor.addEventListener("apercu:file", (event) => {
  event.preventDefault();
  const request: FileRequest = event.detail;
  for (const file of request.files) request.respondWith(upload(file));
});
editor.addEventListener("apercu:diagnostics", function (event) {
  this.title = event.detail.diagnostics.map(({ line, column, severity, message }) => `${line}:${column} ${severity} ${message}`).join("\n");
});
editor.addEventListener("keydown", (event) => event.isComposing);
const onError = ({ detail }: ApercuEventMap["apercu:error"]): void => console.error(detail.message, detail.error);
editor.addEventListener("apercu:error", onError, { once: true });
editor.removeEventListener("apercu:error", onError);
document.addEventListener("apercu:ready", (event) => event.target);
document.querySelector("form")?.addEventListener("apercu:diagnostics", (event) => event.detail.diagnostics.length);

const options: RenderOptions = { fileName: "_posts/2014-12-08-a.md", dialect: "jekyll", frontMatter: true, config: "url: https://example.org", checks: false, now: new Date(0) };
const rendered: Rendered = await render("# Title", options);
const data: FrontMatter | null = rendered.frontMatter;
const headings: Heading[] = rendered.outline;
const block: Block | undefined = rendered.blocks.find(({ start, end }) => start < end && end <= rendered.body.end);
const { verdict, published, excerpt }: Publication = rendered.publication;
const from: "front-matter" | "body" | undefined = verdict === "future" || published ? excerpt?.from : undefined;

export { all, block, data, dialect, done, first, fixes, form, formAssociated, found, from, headings, html, length, loaded, made, mended, mode, theme, title, type, url, valid };
