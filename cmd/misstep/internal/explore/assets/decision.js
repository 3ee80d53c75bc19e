// The decision under weights: what a case of each outcome counts, and where that turns the answer.

import { make } from "./dom.js";
import { alongX, alongY, axisNumber, between, scale, shape, steps, through, words } from "./svg.js";

/** benefit is the net benefit at weights with the half-width of its 95 % interval, per 100 incidents. */
function benefit(d, weights) {
  const value = d.gain.reduce((sum, g, i) => sum + weights[i] * g, 0);
  const row = (list, i) => list.reduce((sum, v, j) => sum + weights[i] * weights[j] * v, 0);
  const square = d.square.reduce((sum, list, i) => sum + row(list, i), 0);
  return { value, half: Math.sqrt(Math.max(square, 0)) };
}

const number = (v) => (v <= -0.005 ? "−" : "") + Math.abs(v).toFixed(2);

/** verdict says which arm pays at these weights, as far as chance lets one say. */
function verdict(b, names) {
  const range = `${number(b.value - b.half)} to ${number(b.value + b.half)}, by chance`;
  const who = names[1].replace(/^(with|in) /, "").replace(/^without /, "doing without ");
  const what = Math.abs(b.value) <= b.half ? `chance leaves open whether ${who} pays`
    : b.value > 0 ? `${who} pays` : `${who} costs more than it brings`;
  return `At these weights ${what}: net benefit ${number(b.value)} per 100 incidents (${range}).`;
}

export const HEAVIEST = 2; // weight of a case
/** shares says in how many sets of assumptions it pays and costs, at weights of which that is known. */
function shares(d, weights) {
  const rest = d.outcomes.slice(0, -1).every((o, i) => o.default === weights[i]);
  const at = rest && d.shares?.find((s) => s.weight === weights.at(-1));
  if (!at) return "";
  const [pays, costs] = [at.pays, at.costs].map((x) => Math.round(100 * x));
  return ` In ${pays} of 100 sets of assumptions it pays, in ${costs} it costs.`;
}

const VARIED = 200; // places on the line

/** picture draws the net benefit over the weight of the last outcome. */
function picture(box, d, weights, top, height) {
  const w = Math.max(box.clientWidth, 240);
  const last = weights.length - 1;
  const at = Array.from({ length: VARIED + 1 }, (_, i) => (top * i) / VARIED);
  const line = at.map((v) => benefit(d, [...weights.slice(0, last), v]));
  const low = Math.min(0, ...line.map((b) => b.value - b.half));
  const high = Math.max(0, ...line.map((b) => b.value + b.half));
  const room = 0.08 * (high - low) || 1;
  const plot = { x: 40, y: 6, right: w - 10, bottom: height - 20 };
  const x = scale(0, top, plot.x, plot.right);
  const y = scale(low - room, high + room, plot.bottom, plot.y);
  const of = (f) => line.map((b, i) => [x(at[i]), y(f(b))]);
  const now = benefit(d, weights);
  const svg = shape("svg", { width: w, height, viewBox: `0 0 ${w} ${height}`, class: "picture", role: "img",
    "aria-label": `Net benefit over what ${d.outcomes[last].words} counts, from ${number(line[0].value)} at 0 to ` +
      `${number(line.at(-1).value)} at ${axisNumber(top)}` });
  alongY(svg, plot, y, steps(low - room, high + room, 4).map((v) => ({ at: v, label: axisNumber(v) })));
  alongX(svg, plot, x, steps(0, top, 5).map((v) => ({ at: v, label: axisNumber(v) })));
  const band = between(of((b) => b.value - b.half), of((b) => b.value + b.half));
  svg.append(shape("path", { d: band, class: "band pays" }),
    shape("path", { d: through(of((b) => b.value)), class: "line pays" }),
    shape("circle", { cx: x(weights[last]), cy: y(now.value), r: 4.5, class: "dot pays" }),
    words(plot.right - 4, plot.y + 10, "pays", "help", "end"), words(plot.x + 5, plot.bottom - 5, "costs", "harm"));
  const turn = crossing(at, line);
  if (turn) {
    const [tx, ty] = [x(turn.at), y(0)];
    const diamond = [[tx - 6, ty], [tx, ty - 6], [tx + 6, ty], [tx, ty + 6]];
    svg.append(shape("path", { d: through(diamond) + "Z", class: "turns" }));
  }
  box.replaceChildren(svg);
  return turn;
}

/** crossing is where the line is zero, and where chance leaves it open; null where chance tells no end. */
function crossing(at, line) {
  const open = (b) => Math.abs(b.value) <= b.half;
  const [first, last] = [line[0], line.at(-1)];
  if (first.value * last.value >= 0 || open(first) || open(last)) return null;
  const zero = (at.at(-1) * first.value) / (first.value - last.value);
  const within = at.filter((_, i) => open(line[i])); // none where chance leaves less open than two places
  return { at: zero, from: within[0] ?? zero, to: within.at(-1) ?? zero };
}

export class Decision {
  #box;
  #changed;
  #weighed = [];
  #inputs = [];
  #weights = [];
  #answer = null;
  #names = ["", ""];
  #waits = true;

  /** changed() is called where a hand moves a weight. */
  constructor(box, changed) {
    this.#box = box;
    this.#changed = changed;
  }

  /** about begins with what outcomes count by default. */
  about(weighed) {
    this.#weighed = weighed ?? [];
    this.#weights = this.#weighed.map((o) => o.default);
    this.#inputs = [];
    const inputs = this.#weighed.map((o, i) => {
      const id = `weight-${i}`;
      const slider = make("input", { type: "range", id, min: "0", max: String(HEAVIEST), step: "0.05",
        value: String(o.default) });
      const out = make("output", { for: id, textContent: o.default.toFixed(2) });
      slider.oninput = () => {
        this.#weights[i] = Number(slider.value);
        out.textContent = this.#weights[i].toFixed(2);
        this.draw();
        this.#changed();
      };
      this.#inputs.push([slider, out]);
      return make("div", { className: "weight" }, make("label", { for: id, textContent: o.words }), slider, out);
    });
    const parts = { says: make("p", { className: "says" }), picture: make("div", { className: "plot" }),
      turn: make("p", { className: "quiet" }) };
    this.parts = parts;
    const more = inputs.filter((_, i) => !this.#weights[i]);
    const rest = make("details", { hidden: !more.length },
      make("summary", { textContent: "What counts nothing so far" }), ...more);
    const counted = inputs.filter((_, i) => this.#weights[i]);
    this.#box.replaceChildren(parts.says, ...counted, rest, parts.picture, parts.turn);
  }

  /** moved are the weights that are not the default, "ID=WEIGHT". */
  get moved() {
    return this.#weighed.map((o, i) => `${o.id}=${this.#weights[i]}`)
      .filter((_, i) => this.#weights[i] !== this.#weighed[i].default);
  }

  /** weigh has outcomes count what is given by their id, the others their default. */
  weigh(byID) {
    this.#weights = this.#weighed.map((o) => byID[o.id] ?? o.default);
    this.#inputs.forEach(([slider, out], i) => {
      slider.value = String(this.#weights[i]);
      out.textContent = this.#weights[i].toFixed(2);
    });
    this.draw();
  }

  /** show the decision of an answer; null while it is computed (waits), and where the answer has none. */
  show(decision, names, waits) {
    this.#answer = decision;
    this.#names = names;
    this.#waits = waits;
    this.draw();
  }

  draw() {
    const d = this.#answer;
    const { says, picture: box, turn } = this.parts;
    if (!d) {
      says.textContent = this.#waits ? "Computing: a decision needs the full answer."
        : "So few futures cannot be weighed; explore with more draws.";
      turn.textContent = "";
      box.replaceChildren();
      return;
    }
    says.textContent = verdict(benefit(d, this.#weights), this.#names) + shares(d, this.#weights);
    const last = this.#weights.length - 1;
    const at = picture(box, d, this.#weights, Math.max(1, this.#weights[last]), 116);
    turn.textContent = `→ what one case of ${d.outcomes[last].words} counts` +
      (at ? `; it turns at ${at.at.toFixed(2)} (chance: ${at.from.toFixed(2)} to ${at.to.toFixed(2)})` : "") +
      ". Band: chance, 95 %.";
  }
}
