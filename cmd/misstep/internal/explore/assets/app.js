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
/** scene is the scenario on the page: its source, what can be moved, and what was answered before. */
let scene = { source: payload.source, description: payload.description, stored: payload.source.stored };
let before = null; // the scene to go back to while a new one has no answer
let state = scene.description.shipped;
let good = state; // the last state with an answer
let decided = state.arms; // whose decisions are in the rack
let pool = null;
let answers = null;
let timer = 0;
let settling = 0;

const racks = new Racks({ decided: at("decided"), assumed: at("assumed"), others: at("others") },
  (values) => move(withValues(state, values)));
const decision = new Decision(at("weights"));

/** put shows a state, with no answer yet. */
function put(next) {
  state = next;
  racks.show(state);
  view.stateOf(state, scene.description, keyOf(state) === keyOf(scene.description.shipped));
}

/** move asks for another state. */
function move(next, pause = PAUSE) {
  put(next);
  view.clearProblem();
  view.waits();
  decision.show(null);
  clearTimeout(timer);
  clearTimeout(settling);
  answers?.stop();
  timer = setTimeout(ask, pause);
  settling = setTimeout(link, SETTLE);
}

function link() {
  const fragment = fragmentOf(state, scene.description.shipped, scene.source.file);
  if (fragment !== location.hash) history.replaceState(null, "", fragment || location.pathname + location.search);
  return location.href;
}

function ask() {
  if (!answers) return;
  answers.ask(state);
  redecide();
}

/** redecide fills the rack of decisions where another treatment is asked. */
async function redecide() {
  const of = state;
  if (of.arms.join("\n") === decided.join("\n")) return;
  try {
    const [described] = await pool.run([["describe", JSON.stringify({ ...of, sets: [] })]], { urgent: true });
    if (of.arms !== state.arms) return;
    decided = of.arms;
    racks.about({ ...scene.description, decided: described.decided });
    racks.show(state);
  } catch {
    // what is wrong with these arms is said by their answer
  }
}

/** show an answer; it is always that of the state. */
function show(answer) {
  good = state;
  before = null;
  view.answer(answer, answer === scene.stored ? null : scene.stored, scene.description);
  decision.show(answer.decision ?? null, view.names);
}

/** failed says why there is no answer, and goes back to the last good one. */
async function failed(error) {
  const lost = keyOf(state) === keyOf(good);
  if (before) {
    const last = before;
    before = null;
    await pool.open(JSON.stringify(last.scene.source)).catch(() => {});
    enact(last.scene, last.good);
  } else put(lost ? scene.description.shipped : good);
  if (scene.stored || !lost) answers.ask(state);
  view.problem(error);
  link();
}

/** about shows the scene. */
function about() {
  const { description, stored } = scene;
  document.title = `${description.title}: misstep explore`;
  decided = description.shipped.arms;
  view.about(description, stored);
  racks.about(description);
  decision.about(description.weighed);
}

/** enact puts another scene on the page, at a state. */
function enact(next, at_state) {
  scene = next;
  good = at_state;
  answers.about(scene.description.shipped, scene.stored);
  about();
  put(at_state);
}

/** enter reads the fragment. */
function enter() {
  const { description, source } = scene;
  try {
    const next = stateOf(location.hash, description.shipped, source.file);
    if (next.arms.some((a) => !description.arms.some((b) => b.name === a))) {
      throw new Error(`the link compares ${next.arms.join(" and ")}, which are no arms of this scenario`.slice(0, 300));
    }
    if (keyOf(next) !== keyOf(state)) move(next, 0);
  } catch (e) {
    view.problem(e);
  }
}

async function story(future) {
  const of = keyOf(state);
  view.openStory("One future", make("p", { textContent: "Playing it again." }));
  try {
    const [told] = await pool.run([["story", JSON.stringify(state), future.draw, future.replicate]], { urgent: true });
    if (of !== keyOf(state)) return;
    const title = `One future: draw ${future.draw}, replicate ${future.replicate}`;
    view.openStory(title, (box) => tell(box, told, view.names));
  } catch (e) {
    view.closeStory();
    view.problem(e);
  }
}

async function command() {
  if (!pool) throw new Error(EARLY);
  const [text] = await pool.run([["command", JSON.stringify(state)]], { urgent: true });
  view.share("Its summary.json has the bytes of the fine answer.", text, await copy(text));
}

async function open(name, text) {
  const source = { ...payload.source, name: name.replace(/\.ya?ml$/i, ""), file: name, text, layers: [], stored: null };
  try {
    if (!pool) throw new Error(EARLY);
    const description = await pool.open(JSON.stringify(source));
    const last = { scene, good };
    enact({ source, description, stored: null }, description.shipped);
    before = last;
    move(state, 0);
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
  at("chance").onclick = () => move(otherChance(state), 0);
  at("reset").onclick = () => move(scene.description.shipped, 0);
  at("link").onclick = guarded(async () => {
    view.share("Whoever opens it sees the same answer.", link(), await copy(link()));
  });
  at("command").onclick = guarded(command);
  at("yaml").onclick = guarded(async () => {
    if (!pool) throw new Error(EARLY);
    const [made] = await pool.run([["files", JSON.stringify(state)]], { urgent: true });
    save(`${scene.source.name}-changed.yaml`, "application/yaml", made.scenario);
  });
  at("csv").onclick = guarded(async () => {
    if (!answers) throw new Error(EARLY);
    const [made] = await answers.after(state, ["files", JSON.stringify(state)]);
    save(`${scene.source.name}-summary.csv`, "text/csv", made.rows);
  });
  for (const [i, id] of ["baseline", "treatment"].entries()) {
    at(id).onchange = () => move({ ...state, arms: state.arms.map((a, k) => (k === i ? at(id).value : a)) }, 0);
  }
  files(at("file"), document.body, open, (e) => view.problem(e));
  addEventListener("hashchange", enter);
}

async function start() {
  about();
  put(state);
  show(scene.stored);
  buttons();
  enter();
  try {
    pool = await boot({ failed: (why) => view.problem(new Error(`the engine does not run here: ${why}`)) });
    await pool.open(JSON.stringify(scene.source));
    const waits = (level, share) => view.progress(level, share);
    const made = new Answers(pool, { shows: show, fails: failed, waits });
    made.about(scene.description.shipped, scene.stored);
    if ((await made.check()) !== payload.check) {
      throw new Error("this browser computes otherwise than the program that wrote the page: what is stored stands");
    }
    answers = made;
    view.ready();
    ask();
  } catch (e) {
    put(scene.description.shipped);
    show(scene.stored);
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
