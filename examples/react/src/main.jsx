// The page's start: the elements are registered before React draws one.
import "apercu/auto";
import { createRoot } from "react-dom/client";
import { App } from "./App.jsx";
import "./app.css";

createRoot(document.getElementById("root")).render(<App />);
