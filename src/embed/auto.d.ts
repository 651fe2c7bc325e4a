// The types of the package's entry "./auto", which registers the elements under their own names when it is imported.
import type { ApercuEditor, ApercuEventMap, ApercuPreview } from "./index.js";

declare global {
  interface HTMLElementTagNameMap {
    "apercu-editor": ApercuEditor;
    "apercu-preview": ApercuPreview;
  }
  interface HTMLElementEventMap extends ApercuEventMap {}
  interface DocumentEventMap extends ApercuEventMap {}
}

export {};
