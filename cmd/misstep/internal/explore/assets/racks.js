// The two racks, visibly apart: what somebody decides, and what nobody knows.

import { make } from "./dom.js";
import { Control } from "./control.js";
import { valueAt } from "./state.js";

export class Racks {
  #controls = [];
  #decided;
  #assumed;
  #others;
  #changed;

  /** changed(values) is called with paths and values, undefined for what ships. */
  constructor({ decided, assumed, others }, changed) {
    this.#decided = decided;
    this.#assumed = assumed;
    this.#others = others;
    this.#changed = changed;
  }

  /** about fills the racks of a description. */
  about(description) {
    this.#controls = [];
    const outcome = (description.weighed ?? []).find((o) => o.id === description.outcome)?.words ?? description.outcome;
    this.#fill(this.#decided, description.decided ?? [], true, outcome);
    this.#fill(this.#assumed, description.assumed ?? [], false, outcome);
  }

  #fill(rack, controls, grouped, outcome) {
    const out = [];
    let group = null;
    for (const c of controls) {
      if (grouped && c.group !== group && c.group) out.push(make("h3", { textContent: c.group }));
      group = c.group;
      const control = new Control(c, this.#changed, outcome);
      this.#controls.push(control);
      out.push(control.element);
    }
    if (!out.length) out.push(make("p", { className: "quiet", textContent: "Nothing of this kind in the scenario." }));
    rack.replaceChildren(...out);
  }

  /** show the values of a state; what a link sets beside the controls is listed, with a way back. */
  show(state) {
    for (const c of this.#controls) c.show(state);
    const known = new Set(this.#controls.flatMap((c) => c.paths));
    const more = state.sets.filter((s) => !known.has(s.slice(0, s.indexOf("="))));
    this.#others.replaceChildren(...more.map((s) => {
      const path = s.slice(0, s.indexOf("="));
      return make("li", {}, make("code", { textContent: `${path}=${valueAt(state, path)}` }),
        make("button", { type: "button", className: "back", textContent: "↺", "aria-label": `${path}: as shipped`,
          onclick: () => this.#changed({ [path]: undefined }) }));
    }));
    this.#others.parentElement.hidden = more.length === 0;
  }
}
