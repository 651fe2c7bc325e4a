// What a page does with both entries; a bundler's output of this is a page that a browser can open.
import "apercu/auto";
import { render } from "apercu";

render("Text with *words*.").then(({ html }) => {
  document.querySelector("output").textContent = html;
});
