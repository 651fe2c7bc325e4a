// A static file server for the built page: `node serve.mjs FOLDER PORT [QUALITY]`. Compresses with brotli: quickly, as a
// CDN would, or with another quality, 11 for as well as files are that were compressed ahead.
// In: the folder. Out: http://127.0.0.1:PORT. Neighbours: ./dev serve.
import { createReadStream, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const [folder, port, quality = "9"] = process.argv.slice(2);
const types = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".wasm": "application/wasm", ".css": "text/css", ".svg": "image/svg+xml", ".png": "image/png" };
const compressed = new Map();

createServer((request, response) => {
  let path = normalize(decodeURIComponent(new URL(request.url, "http://localhost").pathname));
  if (path.endsWith("/")) path += "index.html";
  const file = join(folder, path);
  let status;
  try {
    status = statSync(file);
  } catch {
    response.writeHead(404, { "content-type": "text/plain" }).end("not found");
    return;
  }
  const headers = { "content-type": types[extname(file)] ?? "application/octet-stream", "cache-control": "no-cache" };
  if (!(request.headers["accept-encoding"] ?? "").includes("br")) {
    response.writeHead(200, headers);
    createReadStream(file).pipe(response);
    return;
  }
  const key = `${file} ${status.mtimeMs}`;
  if (!compressed.has(key)) {
    const params = { [constants.BROTLI_PARAM_QUALITY]: Number(quality), [constants.BROTLI_PARAM_LGWIN]: 24 };
    compressed.set(key, brotliCompressSync(readFileSync(file), { params }));
  }
  response.writeHead(200, { ...headers, "content-encoding": "br" }).end(compressed.get(key));
}).listen(Number(port), "127.0.0.1", () => console.log(`http://127.0.0.1:${port}`))
  .on("error", (error) => {
    console.error(error.code === "EADDRINUSE" ? `port ${port} is taken: try --port` : error.message);
    process.exit(1);
  });
