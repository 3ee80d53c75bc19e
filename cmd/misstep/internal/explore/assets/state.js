// What the page is asked: a state, which a link holds in its fragment.

/**
 * @typedef {{format: number, sets: string[], arms: [string, string], seed: string}} State
 * sets are "PATH=VALUE" as `misstep run --set` takes them, one a path, by path; seed is a whole number as text.
 */

const FORMAT = 1;
const LONGEST = 16000; // letters of a fragment
const DIGITS = 12; // of a check
const SEED = /^(0|[1-9][0-9]{0,19})$/;

const pathOf = (set) => set.slice(0, set.indexOf("="));

/** normal has each path once, with its last value, by path. */
function normal(state) {
  const byPath = new Map(state.sets.map((s) => [pathOf(s), s]));
  return { ...state, sets: [...byPath.keys()].sort().map((p) => byPath.get(p)) };
}

/** keyOf names a state: equal states have equal keys. */
export function keyOf(state) {
  return JSON.stringify([state.sets, state.arms, state.seed]);
}

/** valueAt is what a state sets at a path; undefined where it stands as shipped. */
export function valueAt(state, path) {
  return state.sets.find((s) => pathOf(s) === path)?.slice(path.length + 1);
}

/** withValues sets paths, and leaves those whose value is undefined as shipped. */
export function withValues(state, values) {
  const sets = state.sets.filter((s) => !(pathOf(s) in values));
  for (const [path, value] of Object.entries(values)) if (value !== undefined) sets.push(`${path}=${value}`);
  return normal({ ...state, sets });
}

/**
 * fragmentOf is a state as the fragment of a link, with a check of what answers and weights of outcomes, "ID=WEIGHT";
 * "" for the shipped state and weights.
 */
export function fragmentOf(state, shipped, scenario, check, weights) {
  if (keyOf(state) === keyOf(shipped) && !weights.length) return "";
  const q = new URLSearchParams({ v: String(FORMAT), scenario });
  if (check) q.append("check", check.slice(0, DIGITS));
  state.arms.forEach((a) => q.append("arm", a));
  q.append("seed", state.seed);
  state.sets.forEach((s) => q.append("set", s));
  weights.forEach((w) => q.append("weigh", w));
  return "#" + q;
}

/**
 * stateOf reads a fragment. It throws an Error with a sentence where the fragment is none of this
 * version, of this scenario or of what this page answers; paths and values are judged by the engine. A path is
 * written as paths have it, which may leave its first part out.
 */
export function stateOf(fragment, shipped, scenario, check, paths) {
  if (fragment.length < 2) return shipped;
  if (fragment.length > LONGEST) throw new Error(`the link is longer than ${LONGEST} letters`);
  const q = new URLSearchParams(fragment.slice(1));
  if (q.get("v") !== String(FORMAT)) {
    const other = (q.get("v") ?? "none").slice(0, 20);
    throw new Error(`the link is of version ${other}, and this page reads version ${FORMAT}`);
  }
  const of = q.get("scenario");
  if (of !== scenario) {
    throw new Error(`the link is of scenario ${(of ?? "none").slice(0, 80)}, and this page has ${scenario}`);
  }
  if (check && q.has("check") && q.get("check") !== check.slice(0, DIGITS)) {
    throw new Error("the link was made with another run, version or file, whose answers differ: " +
      "open it there, or set the same here");
  }
  const arms = q.getAll("arm");
  const seed = q.get("seed") ?? shipped.seed;
  const sets = q.getAll("set").map((s) => {
    const short = s.replace(/^(assumptions|model)\./, "");
    return paths.includes(pathOf(short)) && !paths.includes(pathOf(s)) ? short : s;
  });
  if (arms.length !== 0 && arms.length !== 2) throw new Error("the link names one arm: an answer compares two");
  if (!SEED.test(seed)) throw new Error(`the link has the seed ${seed.slice(0, 40)}, which is no whole number`);
  const odd = sets.find((s) => s.indexOf("=") < 1);
  if (odd !== undefined) throw new Error(`the link sets ${odd.slice(0, 80)}, which is no PATH=VALUE`);
  return normal({ format: shipped.format, sets, arms: arms.length ? arms : shipped.arms, seed });
}

/** digestOf tells one text from another by 32 bits: by mistake, not by malice. */
export function digestOf(text) {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return (h >>> 0).toString(16);
}

/** weightsOf has the weights of a fragment by id, for outcomes that weigh from 0 to most; it throws as stateOf. */
export function weightsOf(fragment, weighed, most) {
  const list = new URLSearchParams(fragment.slice(1)).getAll("weigh").map((w) => {
    const [id, text] = [pathOf(w), w.slice(w.indexOf("=") + 1)];
    const v = Number(text || NaN);
    if (!weighed.some((o) => o.id === id) || !(v >= 0 && v <= most)) {
      throw new Error(`the link weighs ${w.slice(0, 80)}, which is no outcome here with a weight from 0 to ${most}`);
    }
    return [id, v];
  });
  return Object.fromEntries(list);
}

/** otherChance is the state with the next seed. */
export function otherChance(state) {
  return { ...state, seed: String(BigInt.asUintN(64, BigInt(state.seed) + 1n)) };
}
