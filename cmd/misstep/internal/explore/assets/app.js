// The page: what is asked, what is shown, and that both are the same.

import { Answers } from "./answers.js";
import { boot } from "./boot.js";
import { Decision, HEAVIEST } from "./decision.js";
import { at, copy, make, save } from "./dom.js";
import { files } from "./file.js";
import { Racks } from "./racks.js";
import { Superseded } from "./pool.js";
import { digestOf, fragmentOf, keyOf, otherChance, stateOf, weightsOf, withValues } from "./state.js";
import { tell } from "./story.js";
import { View } from "./view.js";

const PAUSE = 60; // [ms] after a move, so that a drag is one question
const SETTLE = 400; // [ms] before the link follows
const EARLY = "the engine is not ready yet: try again in a moment";

const payload = JSON.parse(at("payload").textContent);
const view = new View(story);
/**
 * scene is the scenario on the page: its source, what can be moved, what was answered before, and a check that
 * tells it from others of its name.
 */
let scene = { source: payload.source, description: payload.description, stored: payload.source.stored,
  check: payload.check };
let before = null; // the scene to go back to while a new one has no answer, with its last state and answer
let state = scene.description.shipped;
let good = state; // the last state with an answer of all futures
let shown = null; // that answer
let decided = state.arms; // whose decisions are in the rack
let pool = null;
let answers = null;
let dead = null; // why nothing can be asked any more
let timer = 0;
let settling = 0;
let opening = 0; // counts scenarios that are opened
let telling = 0; // and stories

const racks = new Racks({ decided: at("decided"), assumed: at("assumed"), others: at("others") },
  (values) => move(withValues(state, values)));
const decision = new Decision(at("weights"), settle);

/** put shows a state, with no answer yet. */
function put(next) {
  state = next;
  racks.show(state);
  view.stateOf(state, keyOf(state) === keyOf(scene.description.shipped));
}

/** move asks for another state. */
function move(next, pause = PAUSE) {
  if (dead) return view.problem(dead);
  put(next);
  view.clearProblem();
  view.waits();
  decision.show(null, view.names, true);
  clearTimeout(timer);
  answers?.stop();
  timer = setTimeout(ask, pause);
  settle();
}

/** settle has the link follow in a moment. */
function settle() {
  clearTimeout(settling);
  settling = setTimeout(link, SETTLE);
}

function link() {
  const { description, source, check } = scene;
  const fragment = fragmentOf(state, description.shipped, source.name, check, decision.moved);
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
  const draft = answer.level === "draft";
  if (!draft) {
    good = state;
    shown = answer;
    before = null;
    if (!dead && !scene.stored && keyOf(state) === keyOf(scene.description.shipped)) keep(answer);
  }
  view.answer(answer, scene.stored, scene.description);
  decision.show(answer.decision ?? null, view.names, draft);
}

/** keep has the first answer of a scenario stand for what ships from now on: drafts count from it. */
function keep(answer) {
  scene = { ...scene, stored: answer, source: { ...scene.source, stored: answer } };
  answers.about(scene.description.shipped, answer);
  pool.open(JSON.stringify(scene.source)).catch((e) => {
    if (!(e instanceof Superseded)) view.problem(e);
  });
}

/** failed says why there is no answer, and goes back to the last good one. */
async function failed(error) {
  if (dead) return;
  const lost = keyOf(state) === keyOf(good);
  if (before) {
    const turn = ++opening;
    await pool.open(JSON.stringify(before.scene.source)).catch(() => {});
    if (turn !== opening || dead) return;
    back();
  } else put(lost ? scene.description.shipped : good);
  if (scene.stored || !lost) ask();
  view.problem(error);
  link();
}

/** back puts the scene on the page that was there before one without an answer. */
function back() {
  const last = before;
  before = null;
  enact(last.scene, last.good);
  shown = last.shown;
}

/** die ends all asking: what was answered last stays, to be read. */
function die(error) {
  if (dead) return;
  dead = error;
  opening++;
  telling++;
  clearTimeout(timer);
  clearTimeout(settling);
  answers?.stop();
  if (before) back();
  answers = null;
  pool?.close();
  put(good);
  show(shown);
  view.disable();
  view.problem(error);
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
  answers?.about(scene.description.shipped, scene.stored);
  about();
  put(at_state);
}

/** enter reads the fragment. */
function enter() {
  if (dead) return view.problem(dead);
  const { description, source, check } = scene;
  const paths = [...(description.decided ?? []), ...(description.assumed ?? [])].map((c) => c.path);
  try {
    const next = stateOf(location.hash, description.shipped, source.name, check, paths);
    if (next.arms.some((a) => !description.arms.some((b) => b.name === a))) {
      throw new Error(`the link compares ${next.arms.join(" and ")}, which are no arms of this scenario`.slice(0, 300));
    }
    decision.weigh(weightsOf(location.hash, description.weighed ?? [], HEAVIEST));
    if (keyOf(next) !== keyOf(state)) move(next, 0);
  } catch (e) {
    view.problem(e);
  }
}

async function story(future) {
  if (!answers) return view.problem(dead ?? new Error(EARLY));
  const of = keyOf(state);
  const turn = ++telling;
  view.openStory("One future", make("p", { textContent: "Playing it again." }));
  try {
    const [told] = await pool.run([["story", JSON.stringify(state), future.draw, future.replicate]], { urgent: true });
    if (turn !== telling || !at("story").open) return;
    if (of !== keyOf(state)) return view.closeStory();
    const title = `One future (set of assumptions ${future.draw}, future ${future.replicate})`;
    view.openStory(title, (box) => tell(box, told, view.names));
  } catch (e) {
    if (turn !== telling) return;
    view.closeStory();
    view.problem(e);
  }
}

/** engine is the pool, or an error where none answers. */
function engine() {
  if (!answers) throw dead ?? new Error(EARLY);
  return pool;
}

async function command() {
  const { shipped, command: known } = scene.description;
  const [text] = keyOf(state) === keyOf(shipped) ? [known]
    : await engine().run([["command", JSON.stringify(state)]], { urgent: true });
  view.share("Its summary.json has the bytes of the full answer.", text, await copy(text));
}

/** audience says who sees what a link leads to. */
function audience() {
  const local = ["127.0.0.1", "localhost"].includes(location.hostname);
  const who = local ? "It works on this machine, while misstep explore runs."
    : location.protocol === "file:" ? "Whoever has this page as a file at the same place sees the same answer."
      : "Whoever opens it sees the same answer.";
  return scene.source.file === payload.source.file && scene.source.text === payload.source.text ? who
    : `${who} Send ${scene.source.file} along: the link opens once that file is chosen on the page.`;
}

async function open(name, text) {
  if (!answers) return view.problem(dead ?? new Error(EARLY), name);
  const source = { ...payload.source, name: name.replace(/\.ya?ml$/i, ""), file: name, text, layers: [], stored: null,
    levers: null, deciding: null };
  const turn = ++opening;
  view.says(`Reading ${name}`);
  try {
    const description = await pool.open(JSON.stringify(source));
    if (turn !== opening) return;
    before = before ?? { scene, good, shown };
    enact({ source, description, stored: null, check: digestOf(text) }, description.shipped);
    shown = null;
    move(state, 0);
    if (new URLSearchParams(location.hash.slice(1)).get("scenario") === source.name) enter();
  } catch (e) {
    if (turn !== opening) return;
    view.problem(e, name);
    pool.open(JSON.stringify(scene.source)).catch(() => {}); // a later call may have given that up
  } finally {
    if (turn === opening) view.says("");
  }
}

/** guarded shows what goes wrong in what a button starts. */
const guarded = (f) => async () => {
  try {
    await f();
  } catch (e) {
    if (!(e instanceof Superseded)) view.problem(e);
  }
};

function buttons() {
  at("chance").onclick = () => move(otherChance(state), 0);
  at("reset").onclick = () => move(scene.description.shipped, 0);
  at("link").onclick = guarded(async () => {
    view.share(audience(), link(), await copy(link()));
  });
  at("command").onclick = guarded(command);
  at("yaml").onclick = guarded(async () => {
    const [made] = await engine().run([["files", JSON.stringify(state)]], { urgent: true });
    save(`${scene.source.name}-changed.yaml`, "application/yaml", made.scenario);
  });
  at("csv").onclick = guarded(async () => {
    engine();
    const { name } = scene.source;
    try {
      const [made] = await answers.after(state, ["files", JSON.stringify(state)]);
      save(`${name}-summary.csv`, "text/csv", made.rows);
    } finally {
      if (["stored", "fine"].includes(at("level").dataset.level)) view.progressed();
    }
  });
  for (const [i, id] of ["baseline", "treatment"].entries()) {
    at(id).onchange = () => move({ ...state, arms: state.arms.map((a, k) => (k === i ? at(id).value : a)) }, 0);
  }
  files(at("file"), document.body, open, (e) => view.problem(e));
  addEventListener("hashchange", enter);
}

async function start() {
  const fails = (why) => die(new Error(`the engine does not run here: ${why}`));
  const starting = boot(JSON.stringify(scene.source), { failed: fails }); // while the page is filled
  about();
  put(state);
  show(scene.stored);
  buttons();
  enter();
  try {
    pool = await starting;
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
    die(e);
  }
}

// For the console and for tests: what is asked, and the workers.
globalThis.explorer = {
  get state() { return state; },
  get pool() { return pool; },
  get answers() { return answers; },
};

start();
