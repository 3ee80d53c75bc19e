// Runs the engine as a worker of a page would: node engine.mjs WASM_EXEC ENGINE < steps.json. Steps are [call, arguments],
// where an argument {"pieces": LEVEL, "of": STATE} is played first, and the call "dropped" is a piece that is taken back at
// once; it prints a JSON list of answers, with how long each took, to standard output.
import { readFileSync } from "node:fs";

const [, , exec, engine] = process.argv;
globalThis.require = undefined;
(0, eval)(readFileSync(exec, "utf8"));

const waiting = new Map();
const ready = new Promise((resolve) => waiting.set(0, resolve));
globalThis.postMessage = (message) => waiting.get(message.id)(message);

let last = 0;
function ask(call, ...args) {
  return new Promise((resolve, reject) => {
    const id = ++last;
    waiting.set(id, (m) => (m.problems ? reject(new Error(m.problems)) : resolve(m.value)));
    globalThis.onmessage({ data: { id, call, args } });
  });
}

const began = performance.now();
const go = new Go();
const { instance } = await WebAssembly.instantiate(readFileSync(engine), go.importObject);
go.run(instance);
await ready;
const started = performance.now() - began;

/** dropped asks for a piece and takes it back at once: what the engine says to that. */
function dropped(...args) {
  const answer = ask("piece", ...args);
  globalThis.onmessage({ data: { drop: last } });
  return answer.then(() => "played", (e) => e.message);
}

async function play(state, level) {
  const { pieces } = JSON.parse(await ask("plan", state, level));
  const out = [];
  let longest = 0;
  for (let i = 0; i < pieces; i++) {
    const from = performance.now();
    out.push(await ask("piece", state, level, i));
    longest = Math.max(longest, performance.now() - from);
  }
  return { out, longest };
}

const answers = [];
for (const [call, ...args] of JSON.parse(readFileSync(0, "utf8"))) {
  const from = performance.now();
  let longest = 0;
  try {
    for (let i = 0; i < args.length; i++) {
      if (args[i] && args[i].pieces) {
        const played = await play(args[i].of, args[i].pieces);
        args[i] = played.out;
        longest = Math.max(longest, played.longest);
      }
    }
    const at = performance.now();
    const value = await (call === "dropped" ? dropped(...args) : ask(call, ...args));
    answers.push({ value, took: performance.now() - from, answered: performance.now() - at, longest });
  } catch (error) {
    answers.push({ problems: error.message });
  }
}
process.stdout.write(JSON.stringify({ started, memory: process.memoryUsage().rss, answers }), () => process.exit(0));
