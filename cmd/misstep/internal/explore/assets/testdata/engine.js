// An engine for tests of the page, in place of the real one: it answers at once, and the first
// number of its answers is the sum of all that the state sets, so that a stale one is seen.
class Go {
  importObject = {};

  async run() {
    let source = null;
    let folded = null;
    const sum = (state) => state.sets.reduce((s, set) => s + Number(set.slice(set.indexOf("=") + 1)), Number(state.seed));
    const totalOf = (pieces) => pieces.reduce((s, p) => s + new Float64Array(p)[0], 0) / 21;
    const calls = {
      open: (text) => {
        source = JSON.parse(text);
        if (source.text.includes("bad")) throw [{ message: "unknown key bad", path: "bad", line: 3, column: 1 },
          { message: "no arms", path: "", line: 0, column: 0 }];
        if (!source.stored && (source.levers || source.deciding)) throw [{ message: "levers of another scenario" }];
        return null;
      },
      describe: () => ({ ...source.described, title: source.described?.title ?? source.name }),
      plan: (text) => {
        const wrong = JSON.parse(text).sets.find((s) => !/=-?[\d.]+$/.test(s) || Number(s.split("=")[1]) > 10);
        if (wrong) throw [{ message: `${wrong} lies outside its domain, 0 to 10`, path: wrong.split("=")[0], line: 0, column: 0 }];
        return { pieces: 6, size: { draws: 1, replicates: 6 } };
      },
      piece: (text, level, i) => {
        const until = performance.now() + 2;
        while (performance.now() < until);
        if (source.text.includes("endless")) throw [{ message: "a replicate does not end", path: "", line: 0, column: 0 }];
        if (source.crash === i) throw new Error("crash");
        return new Float64Array([sum(JSON.parse(text)) * (i + 1)]).buffer;
      },
      fold: (text, level, pieces) => {
        const state = JSON.parse(text);
        const total = totalOf(pieces);
        if (Math.abs(total - sum(state)) > 1e-9) throw new Error("pieces of another state");
        const answer = structuredClone(source.stored ?? source.like);
        Object.assign(answer, { level, state });
        answer.rows[0].baseline.text = total.toFixed(3);
        if (level === "draft") {
          for (const r of answer.rows) r.difference = null;
          for (const c of answer.curves) c.difference = null;
          Object.assign(answer, { finding: "", verdict: "", futures: null, decision: null, notes: null, beliefs: null });
        } else folded = total;
        return answer;
      },
      check: (pieces) => String(Math.round(21 * totalOf(pieces))),
      summary: () => `{"total": ${folded}}`,
      files: (text) => ({ scenario: "# changed\n", rows: folded ? `total,${folded}\n` : "" }),
      story: (text, draw, replicate) => ({ ...source.story, draw, replicate }),
      command: (text) => ["misstep run", ...JSON.parse(text).sets.map((s) => `--set ${s}`)].join(" "),
    };
    const slow = new Set(); // pieces that are played until nobody waits for them
    onmessage = ({ data: { id, call, args, drop } }) => {
      if (slow.delete(drop)) postMessage({ id: drop, problems: JSON.stringify([{ message: "dropped" }]) });
      if (drop) return;
      if (call === "piece" && args[0].includes("skill=9\"")) return void slow.add(id);
      let out;
      try {
        out = calls[call](...args);
      } catch (e) {
        if (!Array.isArray(e)) throw e;
        return postMessage({ id, problems: JSON.stringify(e) });
      }
      const raw = out instanceof ArrayBuffer || ["command", "summary", "check"].includes(call);
      postMessage({ id, value: raw ? out : JSON.stringify(out) });
    };
    postMessage({ id: 0, value: "ready" });
    await new Promise(() => {});
  }
}
