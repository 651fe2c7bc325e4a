// Controlled usage: the state is the text, the element shows it and tells what is typed. React 19 sets `value` as a
// property of the element and listens to its native events; there is no wrapper.
import { useState } from "react";

const TEMPLATE = "# Notes\n\nWhat was **decided**:\n";

export function App() {
  const [text, setText] = useState("Some *Markdown* to begin with.\n");
  const [diagnostics, setDiagnostics] = useState([]);
  // JSX has no way to write a colon in the name of an event; a spread has.
  const listeners = { "onapercu:diagnostics": (event) => setDiagnostics(event.detail.diagnostics) };
  return (
    <main>
      <h1>Aperçu in React</h1>
      <p>
        <button id="template" onClick={() => setText(TEMPLATE)}>Start from the template</button>{" "}
        <button id="shout" onClick={() => setText((old) => old.toUpperCase())}>Shout</button>{" "}
        <button id="clear" onClick={() => setText("")}>Clear</button>
      </p>
      <apercu-editor
        label="Body"
        front-matter="off"
        value={text}
        onInput={(event) => setText(event.target.value)}
        {...listeners}
      />
      <p>
        <output id="length">{text.length}</output> units, <output id="diagnostics">{diagnostics.length}</output> diagnostics
      </p>
      <h2>The state</h2>
      <pre id="state">{text}</pre>
    </main>
  );
}
