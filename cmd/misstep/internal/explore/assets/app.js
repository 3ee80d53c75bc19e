// The page: what is asked, what is shown, and that both are the same.

import { Answers } from "./answers.js";
import { boot } from "./boot.js";
import { Decision } from "./decision.js";
import { at, copy, make, save } from "./dom.js";
import { files } from "./file.js";
import { Racks } from "./racks.js";
import { fragmentOf, keyOf, otherChance, stateOf, withValues } from "./state.js";
import { tell } from "./story.js";
import { View } from "./view.js";

const PAUSE = 60; // [ms] after a move, so that a drag is one question
const SETTLE = 400; // [ms] before the link follows
const EARLY = "the engine is not ready yet: try again in a moment";

const payload = JSON.parse(at("payload").textContent);
const view = new View(story);
let source = payload.source;
let description = payload.description;
let stored = source.stored;
let state = description.shipped;
let good = state; // the last state with an answer
let pool = null;
let answers = null;
let timer = 0;
let settling = 0;

const racks = new Racks({ decided: at("decided"), assumed: at("assumed"), others: at("others") },
  (values) => move(withValues(state, values)));
const decision = new Decision(at("weights"), () => {});

/** move asks for another state. */
function move(next, at_once = false) {
  state = next;
  racks.show(state);
  view.clearProblem();
  view.stateOf(state, description, keyOf(state) === keyOf(description.shipped));
  view.waits();
  decision.show(null);
  clearTimeout(timer);
  clearTimeout(settling);
  answers?.stop();
  timer = setTimeout(ask, at_once ? 0 : PAUSE);
  settling = setTimeout(link, SETTLE);
}

function link() {
  const fragment = fragmentOf(state, description.shipped, source.file);
  if (fragment !== location.hash) history.replaceState(null, "", fragment || location.pathname + location.search);
  return location.href;
}

function ask() {
  if (answers) answers.ask(state);
  else if (stored && keyOf(state) === keyOf(description.shipped)) show(stored);
}

/** show an answer; it is always that of the state. */
function show(answer) {
  good = state;
  view.answer(answer, answer === stored ? null : stored, description);
  decision.show(answer.decision ?? null, view.names);
}

/** failed says why there is no answer, and goes back to the last good state. */
function failed(error) {
  state = good;
  racks.show(state);
  view.stateOf(state, description, keyOf(state) === keyOf(description.shipped));
  answers.ask(state);
  view.problem(error);
  link();
}

/** about begins with a scenario. */
function about() {
  document.title = `${description.title}: misstep explore`;
  view.about(description, stored);
  racks.about(description);
  decision.about(description.weighed);
}

/** enter reads the fragment. */
function enter() {
  try {
    const next = stateOf(location.hash, description.shipped, source.file);
    if (next.arms.some((a) => !description.arms.some((b) => b.name === a))) {
      throw new Error(`the link compares ${next.arms.join(" and ")}, which are no arms of this scenario`.slice(0, 300));
    }
    if (keyOf(next) !== keyOf(state)) move(next, true);
  } catch (e) {
    view.problem(e);
  }
}

async function story(future) {
  const of = keyOf(state);
  view.openStory("One future", make("p", { textContent: "Playing it again." }));
  try {
    const [told] = await pool.run([["story", JSON.stringify(state), future.draw, future.replicate]], { urgent: true });
    if (of === keyOf(state)) view.openStory(`One future: draw ${future.draw}, replicate ${future.replicate}`, (box) => tell(box, told, view.names));
  } catch (e) {
    view.closeStory();
    view.problem(e);
  }
}

async function command() {
  const text = pool ? (await pool.run([["command", JSON.stringify(state)]], { urgent: true }))[0] : stored.command;
  view.share("Its summary.json has the bytes of the fine answer.", text, await copy(text));
}

async function open(name, text) {
  const next = { ...payload.source, name: name.replace(/\.ya?ml$/i, ""), file: name, text, layers: [], stored: null };
  try {
    if (!pool) throw new Error(EARLY);
    const described = await pool.open(JSON.stringify(next));
    [source, description, stored, state] = [next, described, null, described.shipped];
    good = state;
    answers.about(state, stored);
    about();
    move(state, true);
  } catch (e) {
    view.problem(e, name);
  }
}

/** guarded shows what goes wrong in what a button starts. */
const guarded = (f) => async () => {
  try {
    await f();
  } catch (e) {
    view.problem(e);
  }
};

function buttons() {
  at("chance").onclick = () => move(otherChance(state), true);
  at("reset").onclick = () => move(description.shipped, true);
  at("link").onclick = guarded(async () => {
    view.share("Whoever opens it sees the same answer.", link(), await copy(link()));
  });
  at("command").onclick = guarded(command);
  at("yaml").onclick = guarded(async () => {
    if (!pool) throw new Error(EARLY);
    const [made] = await pool.run([["files", JSON.stringify(state)]], { urgent: true });
    save(`${source.name}-changed.yaml`, "application/yaml", made.scenario);
  });
  at("csv").onclick = guarded(async () => {
    if (!answers) throw new Error(EARLY);
    const [made] = await answers.after(state, ["files", JSON.stringify(state)]);
    save(`${source.name}-summary.csv`, "text/csv", made.rows);
  });
  for (const [i, id] of ["baseline", "treatment"].entries()) {
    at(id).onchange = guarded(async () => {
      const next = { ...state, arms: state.arms.with(i, at(id).value) };
      move(next, true);
      if (!pool) return;
      const [described] = await pool.run([["describe", JSON.stringify(next)]], { urgent: true });
      if (keyOf(next) !== keyOf(state)) return;
      racks.about({ ...description, decided: described.decided });
      racks.show(state);
    });
  }
  files(at("file"), document.body, open, (e) => view.problem(e));
  addEventListener("hashchange", enter);
}

async function start() {
  about();
  racks.show(state);
  view.stateOf(state, description, true);
  if (stored) show(stored);
  buttons();
  enter();
  try {
    pool = await boot({ ready: () => view.engine(pool?.size ?? 1),
      failed: (why) => view.problem(new Error(`the engine does not run here: ${why}; what is stored stands`)) });
    await pool.open(JSON.stringify(source));
    const waits = (level, share) => view.progress(level, share);
    const made = new Answers(pool, { shows: show, fails: failed, waits });
    made.about(description.shipped, stored);
    if (stored && payload.check && (await made.check()) !== payload.check) {
      throw new Error("this browser computes otherwise than the program that wrote the page: what is stored stands");
    }
    answers = made;
    view.ready();
    ask();
  } catch (e) {
    view.disable();
    view.problem(e);
  }
}

// For the console and for tests: what is asked, and the workers.
globalThis.explorer = {
  get state() { return state; },
  get pool() { return pool; },
  get answers() { return answers; },
};

start();
