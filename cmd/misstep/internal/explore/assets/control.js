// One control of a rack: a slider over the density of its prior, a choice, or flags; its source
// one tap away, and a way back to what ships.

import { make } from "./dom.js";
import { shape, through } from "./svg.js";
import { valueAt } from "./state.js";

const STEPS = 1000; // of a slider
const NEAR = STEPS / 100; // around the tick, where a drag snaps back to what ships

/** valueOf is the number at a place of a slider, with as many digits as mean something. */
function valueOf(c, step) {
  const p = step / STEPS;
  const v = c.log ? c.low * (c.high / c.low) ** p : c.low + p * (c.high - c.low);
  return c.whole ? Math.round(v) : Number(v.toPrecision(3));
}

/** stepOf is the place of a number on a slider. */
function stepOf(c, v) {
  const p = c.log ? Math.log(v / c.low) / Math.log(c.high / c.low) : (v - c.low) / (c.high - c.low);
  return Math.round(STEPS * Math.min(Math.max(p || 0, 0), 1));
}

/** density draws what is believed of a number before the record, and after it. */
function density(c) {
  const W = 100;
  const H = 20;
  const outline = (list) => through(list.map((p) => [W * p.at, H * (1 - p.high)]));
  const svg = shape("svg", { viewBox: `0 0 ${W} ${H}`, preserveAspectRatio: "none", class: "density picture",
    "aria-hidden": "true" });
  if (c.prior) svg.append(shape("path", { d: outline(c.prior) + `L${W} ${H}L0 ${H}Z`, class: "prior" }));
  const line = (d, kind) => svg.append(shape("path", { d, class: kind, "vector-effect": "non-scaling-stroke" }));
  if (c.learned) line(outline(c.learned), "learned");
  line(`M${(W * stepOf(c, c.at)) / STEPS} 0V${H}`, "tick");
  return svg;
}

const rounded = (v) => Number(v.toPrecision(3));

/** turn says where the headline turns, if the stored run knows. */
function turn(c, outcome) {
  if (!c.turns) return "";
  const { low, high, changes } = c.turns;
  return `Held at ${rounded(low.at)}: ${outcome} ${low.baseline.text}, difference ${low.difference.text}. ` +
    `At ${rounded(high.at)}: ${high.baseline.text} and ${high.difference.text}` +
    `${changes ? "; the difference changes sign in between" : ""}.`;
}

/** ships is what a control holds as shipped; what the record has updated only begins there. */
const ships = (c) => (c.shipped || c.options.find((o) => o.on)?.words || "") + (c.learned ? " before the record" : "");

/** held says what a moved number, which stands above it, gives up; "A to B" holds most of a distribution, not all. */
function held(c, value) {
  const drawn = (text) => !Number.isFinite(Number.parseFloat(text)) || text.includes(" to ");
  const from = c.shipped.includes(" to ") ? `mostly ${ships(c)}` : (drawn(c.shipped) ? "drawn from " : "") + ships(c);
  return `${drawn(value) ? "drawn" : "held"}; as shipped ${from}`;
}

let count = 0;

export class Control {
  #c;
  #changed;
  #outcome;
  #parts = {};

  /** changed(values) is called with paths and values, undefined for what ships; outcome is the headline's in words. */
  constructor(c, changed, outcome) {
    this.#c = c;
    this.#outcome = outcome;
    this.#changed = changed;
    this.id = `control-${++count}`;
    this.element = make("div", { className: `control ${c.kind}` });
    this.element.dataset.path = c.path;
    this.#parts.back = make("button", { type: "button", className: "back", textContent: "↺",
      title: "As shipped", "aria-label": `${c.words}: as shipped`, onclick: () => this.#set(undefined) });
    const body = { number: () => this.#number(), choice: () => this.#choice(), flags: () => this.#flags() }[c.kind];
    body();
    this.#explain();
  }

  /** paths are those that the control sets: its own, and what an option takes along. */
  get paths() {
    const along = (this.#c.options ?? []).flatMap((o) => o.also ?? []).map((s) => parted(s)[0]);
    return [...new Set([this.#c.path, ...along])];
  }

  /** set has a value, undefined for what ships, and takes further sets along. */
  #set(value, along = []) {
    this.#changed({ ...Object.fromEntries(this.paths.map((p) => [p, undefined])), [this.#c.path]: value,
      ...Object.fromEntries(along.map(parted)) });
  }

  /** explain puts the source behind a button. */
  #explain() {
    const c = this.#c;
    const says = [c.source && `Source: ${c.source}`, `Ships as: ${ships(c)}`, turn(c, this.#outcome), c.path]
      .filter(Boolean);
    const box = make("div", { id: `${this.id}-source`, className: "source", hidden: true },
      ...says.map((s, i) => make(i === says.length - 1 ? "code" : "p", { textContent: s })));
    const button = make("button", { type: "button", className: "why", textContent: "i", title: "Source",
      "aria-label": `${c.words}: source`, "aria-expanded": "false", "aria-controls": box.id });
    button.onclick = () => {
      box.hidden = !box.hidden;
      button.setAttribute("aria-expanded", String(!box.hidden));
    };
    this.#parts.head.append(this.#parts.back, button);
    this.element.append(box);
  }

  #number() {
    const c = this.#c;
    const slider = make("input", { type: "range", id: this.id, min: "0", max: String(STEPS), step: "1" });
    const value = make("input", { type: "text", className: "value", autocomplete: "off", spellcheck: false,
      "aria-label": `${c.words}, value or range` });
    let dragged = false; // keys go step by step, and would never leave the tick
    slider.onpointerdown = () => { dragged = true; };
    slider.onpointerup = slider.onpointercancel = () => { dragged = false; };
    slider.oninput = () => {
      const near = dragged && Math.abs(slider.value - stepOf(c, c.at)) <= NEAR;
      this.#set(near ? undefined : valueOf(c, slider.value) + c.suffix);
    };
    slider.ondblclick = () => this.#set(undefined);
    slider.onkeydown = (e) => {
      dragged = false;
      if (e.key === "Escape" || e.key === "Backspace" || e.key === "Delete") this.#set(undefined);
    };
    value.onchange = () => this.#set(value.value.trim() === "" ? undefined : value.value.trim());
    this.#parts.slider = slider;
    this.#parts.value = value;
    this.#parts.head = make("div", { className: "head" }, make("label", { for: this.id, textContent: c.words }));
    const unit = make("span", { className: "unit", textContent: c.suffix ? "" : c.unit }); // a suffix says it
    const slide = make("div", { className: "slide" }, density(c), slider);
    this.#parts.held = make("p", { className: "held", hidden: true });
    this.element.append(this.#parts.head, make("div", { className: "line" }, slide, value, unit), this.#parts.held);
  }

  #choice() {
    const c = this.#c;
    const select = make("select", { id: this.id },
      ...c.options.map((o, i) => make("option", { value: String(i), textContent: o.words })));
    select.onchange = () => {
      const o = c.options[select.selectedIndex];
      this.#set(o.on || o.value === "" ? undefined : o.value, o.also ?? []);
    };
    this.#parts.select = select;
    const name = make("label", { for: this.id, textContent: c.words });
    this.#parts.head = make("div", { className: "head" }, name, select);
    this.element.append(this.#parts.head);
  }

  #flags() {
    const c = this.#c;
    this.#parts.head = make("div", { className: "head" }, make("span", { id: this.id, className: "name",
      textContent: c.words }));
    this.#parts.flags = c.options.map((o) => make("input", { type: "checkbox", value: o.value,
      disabled: o.fixed && o.on }));
    const listOf = (values) => `[${values.join(", ")}]`;
    const shipped = listOf(c.options.filter((o) => o.on).map((o) => o.value));
    const changed = () => {
      const list = listOf(this.#parts.flags.filter((f) => f.checked).map((f) => f.value));
      this.#set(list === shipped ? undefined : list);
    };
    for (const f of this.#parts.flags) f.onchange = changed;
    const group = { className: "options", role: "group", "aria-labelledby": this.id };
    const items = c.options.map((o, i) => make("label", { title: o.says }, this.#parts.flags[i],
      make("span", { textContent: o.words })));
    this.element.append(this.#parts.head, make("div", group, ...items));
  }

  /** chosen shows the option of a state; what is none of them is shown as it is written. */
  #chosen(state, set) {
    const { options } = this.#c;
    const select = this.#parts.select;
    while (select.options.length > options.length) select.options[options.length].remove();
    const along = (o) => (o.also ?? []).every((s) => state.sets.includes(s));
    const fits = (o) => (set === undefined ? o.on : o.value === set) && along(o);
    const fitting = options.filter(fits).sort((a, b) => (b.also ?? []).length - (a.also ?? []).length);
    if (!fitting.length) select.append(make("option", { textContent: set ?? this.#c.shipped }));
    select.selectedIndex = fitting.length ? options.indexOf(fitting[0]) : options.length;
  }

  /** show the value of a state. */
  show(state) {
    const c = this.#c;
    const set = valueAt(state, c.path);
    const parts = this.#parts;
    this.element.classList.toggle("moved", set !== undefined);
    parts.back.disabled = set === undefined;
    const value = set ?? c.shipped;
    if (c.kind === "choice") this.#chosen(state, set);
    if (c.kind === "flags") {
      const on = set === undefined ? c.options.filter((o) => o.on).map((o) => o.value)
        : set.replace(/^\[|\]$/g, "").split(",").map((s) => s.trim());
      for (const f of parts.flags) f.checked = on.includes(f.value);
    }
    if (c.kind !== "number") return;
    const n = Number(c.suffix && value.endsWith(c.suffix) ? value.slice(0, -c.suffix.length) : value);
    const at = Number.isFinite(n) ? n : middle(value) ?? c.at;
    parts.value.value = value;
    const place = set === undefined ? c.at : at;
    if (valueOf(c, parts.slider.value) !== place) parts.slider.value = String(stepOf(c, place));
    const says = c.unit && !c.suffix ? `${value} ${c.unit}` : value;
    parts.held.hidden = set === undefined;
    parts.held.textContent = set === undefined ? "" : held(c, value);
    parts.slider.setAttribute("aria-valuetext", set === undefined ? `drawn from ${says}, as shipped` : says);
  }
}

/** parted are path and value of a set. */
const parted = (set) => [set.slice(0, set.indexOf("=")), set.slice(set.indexOf("=") + 1)];

/** middle is the geometric middle of a range "0.1 to 0.4"; null for other texts. */
function middle(text) {
  const m = /^\s*([-+.\de]+)\S* to ([-+.\de]+)\S*\s*$/.exec(text);
  if (!m) return null;
  const [a, b] = [Number(m[1]), Number(m[2])];
  return a > 0 && b > 0 ? Math.sqrt(a * b) : (a + b) / 2;
}
