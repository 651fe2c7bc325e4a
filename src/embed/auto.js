// Registers the elements. In: nothing. Out: `<apercu-editor>` and `<apercu-preview>`. Neighbours: index.js.
import { define } from "./index.js";
define();
