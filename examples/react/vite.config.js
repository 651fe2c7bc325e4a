import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  base: "./",
  plugins: [react()],
  // The package brings its WebAssembly by `new URL(…, import.meta.url)`, which the development server's
  // pre-bundling would move away from.
  optimizeDeps: { exclude: ["apercu"] },
  // `file:` is a link out of this folder: the development server has to be let there.
  server: { fs: { allow: [".", "../../pkg"] } },
});
