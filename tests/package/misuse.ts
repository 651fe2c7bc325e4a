// Usage that must not compile: where a line is accepted, the comment above it is the error.
import "apercu/auto";
import { define, render } from "apercu";
import type { ApercuEditor, ApercuPreview } from "apercu";

declare const editor: ApercuEditor;
declare const preview: ApercuPreview;

// @ts-expect-error There may be no front matter.
editor.frontMatter.title;
// @ts-expect-error The text is a string.
editor.value = 1;
// @ts-expect-error There are three modes.
editor.mode = "split";
// @ts-expect-error There are three themes.
editor.theme = "solarized";
// @ts-expect-error There are two dialects.
editor.dialect = "gfm";
// @ts-expect-error What is rendered cannot be set.
editor.html = "";
// @ts-expect-error The front matter cannot be set.
editor.frontMatter = {};
// @ts-expect-error The diagnostics cannot be set.
editor.diagnostics = [];
// @ts-expect-error The property is readOnly.
editor.readonly = true;
// @ts-expect-error Commands have names.
editor.command("make-it-pretty");
// @ts-expect-error There is nothing before the element is ready.
editor.publication.url;
// @ts-expect-error A value of the front matter need not be a text.
editor.frontMatter?.title?.toUpperCase();
// @ts-expect-error The textarea may not be there yet.
editor.textarea.value;
// @ts-expect-error Both ends.
editor.setSelectionRange(1);
// @ts-expect-error A preview is no control.
preview.name;
// @ts-expect-error Severities are error, warning and note.
editor.diagnostics[0]?.severity === "fatal";
// @ts-expect-error The detail has diagnostics.
editor.addEventListener("apercu:diagnostics", (event) => event.detail.errors);
// @ts-expect-error An address is a text.
editor.addEventListener("apercu:file", (event) => event.detail.respondWith(1));
// @ts-expect-error There is no such option.
define({ toolbar: false });
// @ts-expect-error The text comes first.
render({ dialect: "github" });
// @ts-expect-error The time is a Date.
render("", { now: 0 });
// @ts-expect-error The answer is a promise.
render("").html;
// @ts-expect-error The element has another name.
document.createElement("apercu-editor").validate();
