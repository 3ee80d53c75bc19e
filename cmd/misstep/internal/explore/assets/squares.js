// A hundred futures as squares, as the figure has them: by in which arms a misstep happens. Each
// opens the story of one. Arrow keys go from square to square.

import { make } from "./dom.js";

const KINDS = ["only_baseline", "only_treatment", "both", "neither"];
const SIGNS = { only_baseline: "−", only_treatment: "+", both: "", neither: "" };
const ACROSS = 10;

/** counts are how many futures are of each kind, in the order of the squares. */
function counts(futures) {
  return KINDS.map((kind) => futures.filter((f) => f.class === kind).length);
}

/**
 * squares draws the futures of an answer; places without numbers while they are computed (null).
 * @param {(future: object) => void} open
 */
export function squares(box, legend, futures, names, open) {
  const kinds = { only_baseline: `only ${names[0]}`, only_treatment: `only ${names[1]}`, both: "in both",
    neither: "in neither" };
  const list = futures ? KINDS.flatMap((kind) => futures.filter((f) => f.class === kind)) : Array(100).fill(null);
  const focused = [...box.children].indexOf(document.activeElement);
  const cells = list.map((f, i) => {
    const b = make("button", { type: "button", className: `future ${f?.class ?? "none"}`, tabIndex: i ? -1 : 0,
      textContent: f ? SIGNS[f.class] : "", disabled: !f, "aria-label": f
        ? `Future ${i + 1} of ${list.length}: a misstep ${kinds[f.class]}` : `Future ${i + 1}: computing` });
    if (f) b.onclick = () => open(f);
    return b;
  });
  box.replaceChildren(...cells);
  if (focused >= 0) cells[Math.min(focused, cells.length - 1)].focus();
  box.onkeydown = (e) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -ACROSS, ArrowDown: ACROSS }[e.key];
    const from = cells.indexOf(document.activeElement);
    const to = cells[from + step];
    if (!step || !to) return;
    e.preventDefault();
    cells[from].tabIndex = -1;
    to.tabIndex = 0;
    to.focus();
  };
  const n = futures ? counts(futures) : KINDS.map(() => "…");
  legend.replaceChildren(...KINDS.map((kind, i) => make("li", { className: kind },
    make("span", { className: `future ${kind}`, textContent: SIGNS[kind], "aria-hidden": "true" }),
    make("strong", { textContent: String(n[i]) }), make("span", { textContent: kinds[kind] }))));
}
