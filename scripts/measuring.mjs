// What measurements in a page share. `slowPhone` makes a page of playwright slow. In: nothing. Out: `measuring`, to be evaluated there: it writes into `window.times` how
// many milliseconds pass from keydown to the end of the frame that shows what was typed; `quantile`.
// Neighbours: keystroke.mjs, elements.mjs, load.mjs.
//
// Without a preview that is the first frame after the input. `window.watch(node)` names a preview: then it is the frame in
// which something below the node changes; `window.touched` counts the nodes that changed.
export const measuring = () => {
  window.times = [];
  window.touched = 0;
  let start = 0, isWatching = false, hasChanged = false;
  const channel = new MessageChannel();
  const frame = () => requestAnimationFrame(() => channel.port2.postMessage(0));
  // The message arrives when the frame has been laid out and painted.
  channel.port1.onmessage = () => {
    if (isWatching && !hasChanged) return frame();
    window.times.push(performance.now() - start);
  };
  addEventListener("keydown", () => { start = performance.now(); hasChanged = false; }, true);
  addEventListener("input", frame, true);
  window.watch = (node) => {
    isWatching = true;
    new MutationObserver((records) => {
      hasChanged = true;
      for (const { type, addedNodes, removedNodes } of records) window.touched += type === "characterData" ? 1 : addedNodes.length + removedNodes.length;
    }).observe(node, { childList: true, subtree: true, characterData: true });
  };
};

export const quantile = (list, q) => [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * q))];

export const SLOW_PHONE = "1.6 Mbit/s, 150 ms, CPU ÷ 4, an empty cache";
/** From now on a page of playwright is as slow as on a phone with a bad line. */
export const slowPhone = async (page) => {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.clearBrowserCache");
  await session.send("Network.setCacheDisabled", { cacheDisabled: false });
  await session.send("Network.emulateNetworkConditions", { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 });
  await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
};
