// Holds that the page is built whole where it cannot be parted: `node whole-test.mjs`. A copy of the tools' folder gets an
// `apercu-bind` that fails, and a Trunk that lays out a tiny program and runs the last step of the build, as the real one
// does. In: `./dev build` and the tools that it installs. Out: exit code 1 and words on what failed. Neighbours:
// ./dev decides, finish.mjs is the last step, test.sh calls this.
import { execSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { digest } from "./program.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const cache = process.env.APERCU_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(process.env.HOME, ".cache"), "apercu");
const scratch = mkdtempSync(join(tmpdir(), "apercu-whole-"));
const [tools, staging] = [join(scratch, "tools"), join(scratch, "dist")];
const check = (holds, what) => {
  if (!holds) throw new Error(what);
};

const trunk = `#!/usr/bin/env node
const { execFileSync } = require("node:child_process");
const { copyFileSync, mkdirSync, rmSync, writeFileSync } = require("node:fs");
if (process.argv[2] === "--version") console.log("trunk " + ${JSON.stringify(execSync("sed -n 's/^trunk-version = \"\\(.*\\)\"/\\1/p' Trunk.toml", { cwd: root, encoding: "utf8" }).trim())});
else {
  rmSync(${JSON.stringify(staging)}, { recursive: true, force: true });
  mkdirSync(${JSON.stringify(staging)});
  process.chdir(${JSON.stringify(staging)});
  copyFileSync(${JSON.stringify(join(root, "index.html"))}, "index.html");
  writeFileSync("apercu-0.js", "export default () => {};");
  writeFileSync("apercu-0_bg.wasm", Buffer.from([0, 97, 115, 109, 1, 0, 0, 0]));
  const env = { ...process.env, TRUNK_SOURCE_DIR: ${JSON.stringify(root)}, TRUNK_STAGING_DIR: ${JSON.stringify(staging)}, TRUNK_PROFILE: "release" };
  // What Cargo would have linked, for the tool that parts it.
  if (process.argv.includes("parts")) env.CARGO_TARGET_DIR = ${JSON.stringify(join(scratch, "target"))};
  execFileSync("node", [${JSON.stringify(join(root, "scripts/finish.mjs"))}], { env, stdio: "inherit" });
}
`;

try {
  mkdirSync(join(tools, "bin"), { recursive: true });
  mkdirSync(join(scratch, "target/wasm32-unknown-unknown/release"), { recursive: true });
  writeFileSync(join(scratch, "target/wasm32-unknown-unknown/release/apercu.wasm"), "");
  for (const [from, to] of [[cache, tools], [join(cache, "bin"), join(tools, "bin")]]) {
    const isOwn = (name) => ["bin", "trunk"].includes(name) || name.startsWith("apercu-bind-") || name.endsWith(".log");
    for (const name of readdirSync(from)) if (!isOwn(name)) symlinkSync(join(from, name), join(to, name));
  }
  writeFileSync(join(tools, "bin/trunk"), trunk, { mode: 0o755 });
  const sources = execSync("cat scripts/bind/Cargo.* scripts/bind/src/*.rs | cksum", { cwd: root, encoding: "utf8" }).trim();
  writeFileSync(join(tools, `bin/apercu-bind-${sources.replace(" ", "-")}`), `#!/bin/sh\ntouch "${scratch}/asked"\nexit 1\n`, { mode: 0o755 });

  const built = spawnSync(join(root, "dev"), ["build"], { env: { ...process.env, APERCU_CACHE: tools }, encoding: "utf8" });
  check(built.status === 0, `the build failed:\n${built.stderr}`);
  check(existsSync(join(scratch, "asked")), `the tool that parts the program was not called:\n${built.stderr}`);
  check(built.stderr.includes("building it whole"), `nothing was said of it:\n${built.stderr}`);

  const names = readdirSync(staging);
  check(!names.some((name) => name.startsWith("program-")), "parts were left behind");
  const page = readFileSync(join(staging, "index.html"), "utf8");
  check(!page.includes("<!--"), "something was not put into the page");
  const files = [...page.matchAll(/(?:href|src)="([^"]+)"[^>]*integrity="([^"]+)"/g)];
  check(files.length === 4, `the page loads ${files.map(([, name]) => name).join(", ")}`);
  for (const [, name, integrity] of files) {
    check(existsSync(join(staging, name)), `${name} is missing`);
    check(digest("sha256", readFileSync(join(staging, name))) === integrity, `${name} has another integrity`);
  }
  const start = readFileSync(join(staging, names.find((name) => name.startsWith("start-"))), "utf8");
  check(!start.includes("{{"), "the start script has an empty place");
  for (const name of ["apercu-0.js", "apercu-0_bg.wasm"]) check(start.includes(name), `the start script does not name ${name}`);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
