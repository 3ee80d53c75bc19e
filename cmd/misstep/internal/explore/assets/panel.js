// The answer in words: the sentence, the few rows with their errors, and why.

import { at, make } from "./dom.js";

const WAIT = "…";

function cell(head, v) {
  return make("td", { className: "number", "data-head": head, textContent: v.text },
    ...(v.error ? [make("small", { textContent: ` ${v.error}` })] : []));
}

/** rows fills the table; a difference that is being computed says so, and is no number. */
export function rows(answer, arms) {
  const heads = [answer.unit, arms[0], arms[1], "change", "95 % range"];
  at("rows-of").textContent = answer.unit;
  const head = make("tr", {}, ...heads.map((h) => make("th", { scope: "col", textContent: h })),
    make("th", { scope: "col" }, make("span", { className: "unseen", textContent: "clear or not" })));
  const body = (answer.rows ?? []).map((r) => make("tr", { className: r.key ? "leading" : "" },
    make("th", { scope: "row", textContent: r.label }), cell(heads[1], r.baseline), cell(heads[2], r.treatment),
    r.difference ? cell(heads[3], r.difference)
      : make("td", { className: "number wait", "data-head": heads[3], textContent: "computing" }),
    make("td", { className: "number range", "data-head": heads[4], textContent: r.difference?.range ?? "" }),
    make("td", { className: "mark", textContent: r.difference ? r.mark : "" })));
  at("rows-head").replaceChildren(head);
  at("rows").replaceChildren(...body);
}

/** blank takes the numbers away and leaves what they are of. */
export function blank() {
  for (const td of at("rows").querySelectorAll("td")) td.textContent = td.className === "mark" ? "" : WAIT;
  at("sentence").textContent = "Computing what your change brings.";
  at("shares").textContent = "";
}

/** sentence shows what is found. */
export function sentence(answer) {
  const [finding, ...rest] = answer.finding ? answer.says : ["", ...answer.says];
  at("sentence").replaceChildren(...(finding ? [make("strong", { textContent: finding })] : []),
    document.createTextNode(` ${rest.join(" ")}`));
  at("sentence").dataset.verdict = answer.verdict || "none";
  at("shares").textContent = [answer.shares].filter(Boolean).join(" ");
}

/** why fills the notes: who errs, what decides, what fails, about what the missteps were wrong. */
export function why(answer, heads) {
  const items = [];
  const add = (label, text) => items.push(make("dt", { textContent: label }), make("dd", { textContent: text }));
  for (const n of answer?.notes ?? []) add(n.label, n.text);
  if (answer?.keep) add("Weighs", answer.keep);
  if (answer?.not) add("Do not conclude", answer.not);
  for (const w of answer?.warnings ?? []) add("Warning", w);
  if (!answer) add("Computing", "who errs, and what decides.");
  at("notes").replaceChildren(...items);
  beliefs(answer ? answer.beliefs ?? [] : null, heads);
}

/** beliefs shows about what missteps were wrong, as bars of both arms. */
function beliefs(list, heads) {
  at("wrong-heads").textContent = list ? `missteps of 100 incidents, ${heads[0]} → ${heads[1]}` : "computing";
  const top = Math.max(...(list ?? []).flatMap((b) => b.arms.map((v) => v.value)), 1e-9);
  at("beliefs").replaceChildren(...(list ?? []).map((b) => {
    const bars = b.arms.map((v, i) => {
      const bar = make("span", { className: `share arm${i}` });
      bar.style.width = `${(100 * Math.max(v.value, 0)) / top}%`;
      return make("span", { className: "track" }, bar);
    });
    return make("li", {}, make("span", { className: "name", textContent: b.words }),
      make("span", { className: "bars", "aria-hidden": "true" }, ...bars),
      make("span", { className: "number", textContent: b.arms.map((v) => v.text).join(" → ") }));
  }));
}
