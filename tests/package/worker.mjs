// Renders in a worker thread what it is sent, and answers with what came of it.
import { parentPort } from "node:worker_threads";
import { render } from "apercu";

parentPort.on("message", async ({ text, options }) => parentPort.postMessage(await render(text, options)));
