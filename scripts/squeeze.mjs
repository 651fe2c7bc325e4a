// What a reader of the source needs and a browser does not goes: comments on lines of their own and indentation.
// In: the text of a script or a style sheet. Out: the same with less. Neighbours: finish.mjs, package.mjs.

// Strings and values stay as they are.
export const squeeze = (css) => css.replace(/\/\*[^]*?\*\//g, "").replace(/^\s+/gm, "").replace(/\n+/g, "\n").trim();
export const squeezeScript = (js) => js.replace(/^\s*\/\*\*[^]*?\*\/\n/gm, "").replace(/^\s*\/\/.*\n/gm, "").replace(/^\s+/gm, "");
