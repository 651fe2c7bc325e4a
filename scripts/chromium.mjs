// Headless Chromium by playwright-core, which only speaks to the browser that is installed here. In: CHROMIUM,
// APERCU_PLAYWRIGHT. Out: a browser. Neighbours: everything that measures in a page.
import { createRequire } from "node:module";

const { chromium } = createRequire(`${process.env.APERCU_PLAYWRIGHT}/`)("playwright-core");

export const launch = () => chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
