// What the page shows of an answer, and that it says which one it is.

import { curves } from "./curves.js";
import { at, make } from "./dom.js";
import { blank, rows, sentence, why } from "./panel.js";
import { squares } from "./squares.js";

const LEVELS = { stored: "As run", draft: "Quick estimate", fine: "Full answer" };

/** futuresOf says how many are played. */
const futuresOf = (size) => `${(size.draws * size.replicates).toLocaleString("en-GB")} futures`;

/** heightOf the curves leaves the rest of the answer on the same screen. */
const heightOf = () => (innerWidth < 1100 ? 330 : Math.min(Math.max(innerHeight - 586, 316), 560));

export class View {
  names = ["", ""];
  #story;
  #shown = null; // the answer that is drawn, to draw it again at another width
  #stored = null; // the one that ships, and its arms in words
  #description = null;

  /** story(future) is called where a square is opened. */
  constructor(story) {
    this.#story = story;
    new ResizeObserver(() => this.#draw()).observe(at("curves"));
    at("close").onclick = () => this.closeStory();
    at("share-close").onclick = () => at("share").close();
    at("dismiss").onclick = () => this.clearProblem();
  }

  /** about shows what a scenario is. */
  about(description, stored) {
    this.#description = description;
    at("title").textContent = description.title;
    at("question").textContent = description.question;
    at("limits").textContent = description.limits || "The scenario names none.";
    const { guessed, numbers } = description;
    at("rests").textContent = `${guessed} of ${numbers} numbers are assumptions; a model, no forecast.`;
    for (const id of ["baseline", "treatment"]) {
      at(id).replaceChildren(...description.arms.map((a) => make("option", { value: a.name, textContent: a.words })));
    }
    this.#shown = null;
    this.#keep(stored);
  }

  #keep(stored) {
    this.#stored = stored && { answer: stored, names: stored.arms.map((a) => this.#words(a)) };
  }

  /** words of an arm, as people read them. */
  #words(name) {
    return (this.#description.arms.find((a) => a.name === name)?.words ?? name).replaceAll("\u00a0", " ");
  }

  /** stateOf shows what is asked: arms and seed. */
  stateOf(state, shipped) {
    this.names = state.arms.map((a) => this.#words(a));
    at("baseline").value = state.arms[0];
    at("treatment").value = state.arms[1];
    at("seed").textContent = state.seed;
    at("reset").disabled = shipped;
  }

  /** waits takes away what is no longer the answer. */
  waits() {
    at("answer").setAttribute("aria-busy", "true");
    blank();
    this.#says("wait", "Computing", "no number on screen is older than your change");
    at("doing").textContent = "";
    at("now").textContent = "Computing what your change brings.";
    this.#shown = null;
    this.#draw();
    why(null, this.names);
    squares(at("squares"), at("kinds"), null, this.names, this.#story);
  }

  /** progress says how far an answer is. */
  progress(level, share) {
    at("progress").value = share;
    at("progress").hidden = false;
    const d = this.#description;
    const of = futuresOf(level === "fine" ? d.fine : d.draft);
    at("doing").textContent = `${LEVELS[level]}, ${of}: ${Math.round(100 * share)} %`;
  }

  /** answer shows one, and in grey what ships where that is another. */
  answer(answer, stored, description) {
    const draft = answer.level === "draft";
    at("answer").setAttribute("aria-busy", String(draft));
    at("asked").textContent = answer.asked;
    sentence(answer);
    const heads = answer.heads.some((h) => h.includes("…") || h.includes("...")) ? this.names : answer.heads;
    rows(answer, heads);
    const error = answer.rows?.[0];
    const size = draft ? futuresOf(description.draft) : answer.sample;
    const chance = draft ? error?.baseline.error : error?.difference?.error;
    const others = draft || !answer.others ? "" : `, with other sets ${answer.others}`;
    this.#says(answer.level, LEVELS[answer.level], size + (chance ? `; first row: chance ${chance}${others}` : ""));
    this.#shown = answer;
    this.#keep(stored);
    this.#draw();
    why(draft ? null : answer, heads);
    squares(at("squares"), at("kinds"), answer.futures ?? null, this.names, this.#story);
    at("said").textContent = at("now").textContent = `${LEVELS[answer.level]}. ${answer.last}`;
    if (!draft) this.progressed();
  }

  /** progressed says that nothing is played any more. */
  progressed() {
    at("progress").hidden = true;
    at("doing").textContent = "";
  }

  #says(level, name, text) {
    at("level").dataset.level = level;
    at("badge").textContent = name;
    at("error").textContent = text;
  }

  #draw() {
    const box = at("curves");
    const answer = this.#shown;
    const grey = this.#stored?.answer === answer ? null : this.#stored;
    const d = this.#description;
    at("grey").hidden = !grey;
    if (!d || (!answer && !grey)) {
      box.style.minHeight = `${box.clientHeight}px`; // what stands below stays where it is
      return box.replaceChildren();
    }
    const about = { start: d.start, horizon: d.horizon_days, turns: d.turns, names: this.names,
      was: grey?.names ?? this.names, verdict: answer?.verdict ?? "",
      says: answer ? `Curves over time. ${answer.last}` : "What ships, in grey." };
    curves(box, answer?.curves ?? null, grey?.answer.curves ?? null, about, heightOf());
    box.style.minHeight = "";
  }

  /** openStory shows a story: a node, or what fills the box. */
  openStory(title, content) {
    at("story-title").textContent = title;
    if (typeof content === "function") content(at("story-body"));
    else at("story-body").replaceChildren(content);
    if (!at("story").open) at("story").showModal();
    at("story-body").scrollTop = 0;
  }

  closeStory() {
    at("story").close();
  }

  /** share shows a text that was copied, or has to be copied by hand. */
  share(about, text, copied) {
    at("share-about").textContent = `${copied ? "Copied." : "Copy it from here."} ${about}`;
    at("share-text").value = text;
    at("share").showModal();
    at("share-text").select();
  }

  /** problem is one sentence; a file's messages have their lines. */
  problem(error, name = "") {
    const list = error.problems ?? [{ message: error.message }];
    const of = (p) => (p.line ? `line ${p.line}${p.column ? `:${p.column}` : ""}: ` : "") +
      (p.path && !p.message.includes(p.path) ? `${p.path}: ` : "") + p.message;
    at("problem-text").textContent = list.length > 1
      ? `${name || "This"} has ${list.length} problems; the last good answer stays.`
      : `${name && `${name}: `}${of(list[0])}${/[.?!]$/.test(list[0].message) ? "" : "."}`;
    at("problem-list").replaceChildren(...(list.length > 1 ? list : []).map((p) => make("li", { textContent: of(p) })));
    at("problem").hidden = false;
  }

  clearProblem() {
    at("problem").hidden = true;
  }

  /** says what the engine does beside answers. */
  says(text) {
    at("engine").textContent = text;
  }

  /** ready says that things can be moved. */
  ready() {
    this.says("");
    document.body.dataset.engine = "ready";
  }

  /** disable leaves the page as something to read. */
  disable() {
    this.says("Only the stored answer can be read.");
    document.body.dataset.engine = "none";
    const asking = "#racks input, #racks select, .back, #reset, #chance, #yaml, #csv, #baseline, #treatment, #file, " +
      "#squares button";
    for (const e of document.querySelectorAll(asking)) e.disabled = true;
  }
}
