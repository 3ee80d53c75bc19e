// From a state to its answers: a draft at once, then the fine one. A number guards every result:
// what belongs to an older question is never shown.

import { keyOf } from "./state.js";
import { Superseded } from "./pool.js";

const KEPT = 24; // fine answers that are not played again

export class Answers {
  #pool;
  #on;
  #turn = 0;
  #shipped; // key
  #stored;
  #fine = new Map(); // by key
  #bases = new Map(); // drafts of the shipped state, by arms and seed
  #last = null; // what the last fine answer was folded from

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
    this.#shipped = shipped;
    this.#stored = stored;
    this.#fine.clear();
    this.#bases.clear();
    this.#last = null;
  }

  /** ask answers a state; an older question is given up. */
  async ask(state) {
    const turn = ++this.#turn;
    const now = () => {
      if (turn !== this.#turn) throw new Superseded();
    };
    this.#pool.drop("answer");
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
      const pieces = this.#pieces(of, "draft", "base", () => {});
      pieces.catch(() => this.#bases.delete(key));
      this.#bases.set(key, pieces);
    }
    return this.#bases.get(key);
  }

  /** check is the digest of a draft of the shipped state, which an engine has to reproduce. */
  async check() {
    const pieces = await this.base(this.#shipped);
    const [answer] = await this.#pool.run([["fold", JSON.stringify(this.#shipped), "draft", pieces, pieces]]);
    return answer.check;
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
    const key = keyOf(state);
    if (this.#last?.key !== key) this.#last = { key, pieces: await this.#pieces(state, "fine", "file", () => {}) };
    const fold = ["fold", JSON.stringify(state), "fine", this.#last.pieces, []];
    return (await this.#pool.run([fold, ...calls], { urgent: true })).slice(1);
  }
}
