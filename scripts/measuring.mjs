// How a key is measured in a page. In: nothing. Out: `measuring`, to be evaluated there (from keydown to the frame that
// follows the input, into `window.times`), and `quantile`. Neighbours: keystroke.mjs, elements.mjs.
export const measuring = () => {
  window.times = [];
  let start = 0;
  addEventListener("keydown", () => { start = performance.now(); }, true);
  addEventListener("input", () => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => window.times.push(performance.now() - start);
    channel.port2.postMessage(0);
  }), true);
};

export const quantile = (list, q) => [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * q))];
