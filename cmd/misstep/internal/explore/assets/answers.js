// From a state to its answers: a draft at once, then the fine one. A number guards every result:
// what belongs to an older question is never shown.

import { keyOf } from "./state.js";
import { Superseded } from "./pool.js";

const KEPT = 24; // answers, and drafts that others count from, that are not played again

/** baseOf is the group of the jobs of a base. */
const baseOf = (key) => `base ${key}`;

export class Answers {
  #pool;
  #on;
  #turn = 0;
  #scene = 0; // counts scenarios
  #shipped; // the state
  #stored; // its answer; null of a scenario that was not played yet
  #fine = new Map(); // by key
  #bases = new Map(); // drafts of the shipped state, by arms and seed
  #last = null; // what the last fine answer was folded from
  #again = null; // the pieces of one that is played again

  /**
   * @param {{waits: (level: string, share: number) => void, shows: (answer: object) => void,
   *   fails: (error: Error) => void}} on
   */
  constructor(pool, on) {
    this.#pool = pool;
    this.#on = on;
  }

  /** about begins with another scenario. */
  about(shipped, stored) {
    this.#turn++;
    this.#scene++;
    this.#shipped = shipped;
    this.#stored = stored;
    this.#fine.clear();
    this.#bases.clear();
    this.#last = this.#again = null;
  }

  /** ask answers a state; an older question is given up. */
  async ask(state) {
    const turn = ++this.#turn;
    const now = () => {
      if (turn !== this.#turn) throw new Superseded();
    };
    this.#pool.drop("answer");
    const home = baseOf(keyOf({ ...state, sets: [] }));
    for (const k of this.#bases.keys()) if (baseOf(k) !== home) this.#pool.drop(baseOf(k));
    const key = keyOf(state);
    const known = this.#fine.get(key) ?? (key === keyOf(this.#shipped) ? this.#stored : null);
    if (known) return this.#on.shows(known);
    this.#on.waits("draft", 0);
    try {
      const moved = this.#stored && state.sets.length > 0;
      if (moved) {
        const base = await this.base(state);
        now();
        const answer = await this.#play(state, "draft", base, now);
        this.#on.shows(answer);
      }
      this.#on.waits("fine", 0);
      const answer = await this.#play(state, "fine", [], now);
      this.#fine.set(key, answer);
      if (this.#fine.size > KEPT) this.#fine.delete(this.#fine.keys().next().value);
      this.#on.shows(answer);
    } catch (e) {
      if (turn === this.#turn && !(e instanceof Superseded)) this.#on.fails(e);
    }
  }

  /** stop gives up what is being asked. */
  stop() {
    this.#turn++;
    this.#pool.drop("answer");
  }

  /** base is the draft of the shipped state with the arms and the seed of a state; it is kept. */
  base(state) {
    const of = { ...state, sets: [] };
    const key = keyOf(of);
    if (!this.#bases.has(key)) {
      const pieces = this.#pieces(of, "draft", baseOf(key), () => {});
      pieces.catch(() => {
        if (this.#bases.get(key) === pieces) this.#bases.delete(key);
      });
      if (this.#bases.size >= KEPT) this.#bases.clear();
      this.#bases.set(key, pieces);
    }
    return this.#bases.get(key);
  }

  /** check is the digest of the first piece of the shipped state's draft, which an engine has to reproduce. */
  async check() {
    const first = ["piece", JSON.stringify(this.#shipped), "draft", 0];
    const [piece] = await this.#pool.run([first]);
    const [digest] = await this.#pool.run([["check", [piece]]], { urgent: true });
    this.#warm().catch(() => {});
    return digest;
  }

  /** warm plays and folds the draft from which moves are counted, so that the first finds it, and compiled code. */
  async #warm() {
    const pieces = await this.base(this.#shipped);
    await this.#pool.run([["fold", JSON.stringify(this.#shipped), "draft", pieces, pieces]]);
  }

  async #play(state, level, base, now) {
    const pieces = await this.#pieces(state, level, "answer", (share) => {
      now();
      this.#on.waits(level, share);
    });
    now();
    const fold = ["fold", JSON.stringify(state), level, pieces, base];
    const [answer] = await this.#pool.run([fold], { group: "answer", urgent: true });
    now();
    if (level === "fine") this.#last = { key: keyOf(state), pieces };
    return answer;
  }

  /** pieces plays a level of a state on all workers. */
  async #pieces(state, level, group, step) {
    const text = JSON.stringify(state);
    const [plan] = await this.#pool.run([["plan", text, level]], { group, urgent: true });
    step(0);
    let done = 0;
    return Promise.all(Array.from({ length: plan.pieces }, async (_, i) => {
      const [piece] = await this.#pool.run([["piece", text, level, i]], { group });
      step(++done / plan.pieces);
      return piece;
    }));
  }

  /** after a fine answer of the state, what other calls of the engine say of it. */
  async after(state, ...calls) {
    const scene = this.#scene;
    const last = await this.#played(state);
    if (scene !== this.#scene) throw new Error("another scenario is on the page by now: ask again");
    this.#last = last;
    const fold = ["fold", JSON.stringify(state), "fine", last.pieces, []];
    return (await this.#pool.run([fold, ...calls], { urgent: true })).slice(1);
  }

  /** played has the pieces of a fine answer, played again where they are no longer there. */
  #played(state) {
    const key = keyOf(state);
    if (this.#last?.key === key) return this.#last;
    if (this.#again?.key !== key) {
      const again = { key };
      const step = (share) => this.#again === again && this.#on.waits("fine", share);
      again.result = this.#pieces(state, "fine", "file", step).then((pieces) => ({ key, pieces }));
      this.#again = again;
      const over = () => {
        if (this.#again === again) this.#again = null;
      };
      again.result.then(over, over);
    }
    return this.#again.result;
  }
}
