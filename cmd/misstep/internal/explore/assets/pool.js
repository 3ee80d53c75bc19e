// A pool of workers, each with an engine. A job is a list of calls that one worker answers in
// order. A worker that dies is replaced, and its job is played again: the same calls bring the
// same bytes on any worker.

/** Refused is what the engine says of what it was asked: problems in words. */
class Refused extends Error {
  /** @param {{message: string, path?: string, line?: number, column?: number}[]} problems */
  constructor(problems) {
    super(problems[0]?.message ?? "the engine refuses this");
    this.problems = problems;
  }
}

/** Superseded is the reason of a job that was dropped. */
export class Superseded extends Error {}

class Died extends Error {}

const PATIENCE = 60e3; // [ms] for one call; a piece takes some 100
const TRIES = 2; // of a job on workers that die
const STARTS = 3; // that fail in a row before the pool gives up

/** Engine is one worker. */
class Engine {
  constructor(worker, module, ready, died) {
    this.worker = worker;
    this.opened = null; // the source that its session holds
    this.tried = null; // the last one that it was given
    this.job = null; // what it works on
    this.pending = new Map();
    this.next = 1;
    const late = () => this.end(`no answer within ${PATIENCE / 1e3} seconds`);
    const starting = setTimeout(late, PATIENCE);
    this.end = (why, always = false) => {
      if (!this.worker) return;
      clearTimeout(starting);
      this.worker.terminate();
      this.worker = null;
      for (const p of this.pending.values()) {
        clearTimeout(p.timer);
        p.reject(new Died(why));
      }
      this.pending.clear();
      died(this, why, always);
    };
    worker.onerror = (e) => {
      e.preventDefault();
      this.end(e.message || "it does not start");
    };
    worker.onmessageerror = () => this.end("a message was lost");
    worker.onmessage = ({ data }) => {
      if (data.id === 0) {
        clearTimeout(starting);
        return data.problems ? this.end(JSON.parse(data.problems)[0]?.message ?? "it refuses", true) : ready(this);
      }
      const p = this.pending.get(data.id);
      this.pending.delete(data.id);
      clearTimeout(p?.timer);
      if (data.problems) p?.reject(new Refused(JSON.parse(data.problems)));
      else p?.resolve(typeof data.value === "string" ? parsed(data.call ?? p.call, data.value) : data.value);
    };
    module.then((m) => this.worker?.postMessage({ module: m }), (e) => this.end(e.message, true));
    this.late = late;
  }

  ask(call, args) {
    return new Promise((resolve, reject) => {
      const id = this.next++;
      const timer = setTimeout(this.late, PATIENCE);
      this.pending.set(id, { call, resolve, reject, timer });
      this.worker.postMessage({ id, call, args });
    });
  }

  /** drop tells the engine that nobody waits for what it was asked last; a piece ends within some 50 ms. */
  drop() {
    this.worker?.postMessage({ drop: this.next - 1 });
  }
}

/** parsed is the value of a call; what is no JSON is text itself. */
function parsed(call, text) {
  return ["command", "summary", "check"].includes(call) ? text : JSON.parse(text);
}

export class Pool {
  #url;
  #module;
  #count;
  #starting = new Set();
  #engines = new Set();
  #queue = [];
  #source;
  #opens = 0; // counts calls of open
  #failed = 0;
  #closed = false;
  #dead = null; // why there is no engine any more

  /** module is promised; failed(why) is called when no engine starts any more. */
  constructor(code, module, source, count, { failed }) {
    this.#url = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
    this.#module = module;
    this.#source = source;
    this.#count = count;
    this.failed = failed;
    for (let i = 0; i < count; i++) this.#start();
  }

  #start() {
    const ready = (engine) => {
      this.#starting.delete(engine);
      this.#engines.add(engine);
      this.#pump();
    };
    const died = (engine, why, always) => {
      this.#starting.delete(engine);
      this.#engines.delete(engine);
      if (this.#closed) return;
      if (!always && ++this.#failed <= STARTS * this.#count) return this.#start();
      if (this.#engines.size || this.#dead) return;
      this.#dead = new Refused([{ message: `the engine does not run here: ${why}` }]);
      for (const job of this.#queue.splice(0)) job.reject(this.#dead);
      this.failed(why);
    };
    this.#starting.add(new Engine(new Worker(this.#url), this.#module, ready, died));
  }

  /**
   * open has every engine hold another source from now on, if one engine takes it.
   * @param {string} source as JSON
   * @returns {Promise<object>} its description; a later call gives an earlier one up
   */
  async open(source) {
    const turn = ++this.#opens;
    const [description] = await new Promise((resolve, reject) =>
      this.#add({ calls: [["describe", ""]], source, resolve, reject }, true));
    if (turn !== this.#opens) throw new Superseded();
    this.#source = source;
    this.#pump();
    return description;
  }

  /**
   * run has one worker answer calls in order.
   * @param {[string, ...unknown[]][]} calls
   * @param {{group?: string, urgent?: boolean}} how a group can be dropped; what is urgent goes first
   * @returns {Promise<unknown[]>}
   */
  run(calls, { group = "", urgent = false } = {}) {
    return new Promise((resolve, reject) => this.#add({ calls, group, source: this.#source, resolve, reject }, urgent));
  }

  #add(job, urgent) {
    if (this.#dead) return job.reject(this.#dead);
    job.tries = 0;
    if (urgent) this.#queue.unshift(job);
    else this.#queue.push(job);
    this.#pump();
  }

  /** drop forgets the jobs of a group, of all groups without one. */
  drop(group) {
    const of = (j) => group === undefined || j.group === group;
    const gone = this.#queue.filter(of);
    this.#queue = this.#queue.filter((j) => !of(j));
    for (const e of this.#engines) {
      if (!e.job?.group || !of(e.job)) continue;
      e.job.dropped = true;
      gone.push(e.job);
      e.drop();
    }
    for (const j of gone) j.reject(new Superseded());
  }

  /** size is how many engines live. */
  get size() {
    return this.#engines.size;
  }

  /** kill ends one engine as a crash would. */
  kill() {
    [...this.#engines][0]?.end("killed");
  }

  /** close ends all engines. */
  close() {
    this.#closed = true;
    this.drop();
    this.#dead = new Refused([{ message: "the engine does not run any more" }]);
    for (const e of [...this.#starting, ...this.#engines]) e.end("closed");
    URL.revokeObjectURL(this.#url);
  }

  /** pump gives engines what waits; one that has nothing to do opens the source, since it will be asked. */
  #pump() {
    for (const e of this.#engines) {
      if (e.job) continue;
      if (this.#queue.length) this.#work(e, this.#queue.shift());
      else if (e.tried !== this.#source) {
        this.#work(e, { calls: [], source: this.#source, tries: TRIES, resolve() {}, reject() {} });
      }
    }
  }

  async #work(engine, job) {
    engine.job = job;
    try {
      if (engine.opened !== job.source) {
        engine.opened = null;
        engine.tried = job.source;
        await engine.ask("open", [job.source]);
        engine.opened = job.source;
      }
      const out = [];
      for (const [call, ...args] of job.calls) {
        if (job.dropped) throw new Superseded();
        out.push(await engine.ask(call, args));
      }
      if (out.length) this.#failed = 0;
      job.resolve(out);
    } catch (e) {
      if (this.#closed) job.reject(new Superseded());
      else if (!(e instanceof Died)) job.reject(e);
      else if (!job.dropped && ++job.tries < TRIES) this.#queue.unshift(job);
      else job.reject(new Refused([{ message: `the engine ends at this, twice: ${e.message}` }]));
    }
    engine.job = null;
    this.#pump();
  }
}
