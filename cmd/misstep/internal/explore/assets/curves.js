// Escalation over time as the figure has it: cumulative probabilities, grey what ships, in colour
// what is asked; under them the paired difference with sampling error and range.

import {
  alongX, alongY, axisNumber, between, rule, scale, shape, stack, steps, through, upTo, widthOf, words, years,
} from "./svg.js";

const HEAD = 20; // above a plot: its title
const FOOT = 20; // below it: the labels of the axis
const WHISKERS = 5;

/** begun puts a start at 0 before a band, on its days. */
function begun(days, band) {
  const first = (list) => (list ? [0, ...list] : null);
  return { days: [0, ...(band.days ?? days)], value: first(band.value), mcLow: first(band.mc_low),
    mcHigh: first(band.mc_high), low: first(band.low), high: first(band.high) };
}

const points = (line, values, x, y) => line.days.map((d, i) => [x(d), y(values[i])]);

/** chance writes a probability as figures do. */
function chance(p) {
  if (p > 0 && p < 0.005) return "< 1 %";
  if (p < 1 && p > 0.995) return "> 99 %";
  return `${Math.round(100 * p)} %`;
}

/** turned draws the days that the scenario marks. */
function turned(g, plot, x, about) {
  for (const t of about.turns ?? []) g.append(rule(x(t.day), plot.y, x(t.day), plot.bottom, "turn"));
}

/** level draws one curve of both arms into a picture. */
function level(g, box, curve, was, about, named) {
  const lines = curve ? curve.arms.map((b) => begun(curve.days, b)) : [];
  const grey = was ? was.arms.map((b) => begun(was.days, b)) : [];
  const all = [...lines, ...grey];
  const top = Math.max(...all.flatMap((l) => [...l.value, ...(l.mcHigh ?? [])]), 0);
  const high = Math.min(upTo(top, 3), 1) || 0.01;
  const ticks = steps(0, high, 3).map((v) => ({ at: v, label: `${axisNumber(100 * v)} %` }));
  const gutter = Math.max(...ticks.map((t) => widthOf(t.label))) + 5;
  const names = lines.length ? about.names : about.was;
  const ends = (lines.length ? lines : grey).map((l, i) => ({ at: l.value.at(-1),
    text: chance(l.value.at(-1)), name: named ? names[i] : "", kind: lines.length ? `arm${i}` : "was" }));
  const room = Math.max(...ends.map((e) => widthOf(e.text) + (e.name ? widthOf(" " + e.name, true) : 0))) + 16;
  const plot = { x: box.x + gutter, y: box.y + HEAD, right: box.x + box.w - room, bottom: box.y + box.h - FOOT };
  const x = scale(0, about.horizon, plot.x, plot.right);
  const y = scale(0, high, plot.bottom, plot.y);
  g.append(words(box.x, box.y + 11, (curve ?? was).words, "title"));
  alongY(g, plot, y, ticks);
  alongX(g, plot, x, years(about.start, about.horizon));
  turned(g, plot, x, about);
  grey.forEach((l, i) => g.append(shape("path", { d: through(points(l, l.value, x, y)), class: `line was dash${i}` })));
  lines.forEach((l, i) => {
    if (l.mcLow) {
      const d = between(points(l, l.mcLow, x, y), points(l, l.mcHigh, x, y));
      g.append(shape("path", { d, class: `band arm${i}` }));
    }
  });
  [...lines].reverse().forEach((l, k) => g.append(shape("path",
    { d: through(points(l, l.value, x, y)), class: `line arm${1 - k} dash${1 - k}` })));
  const want = ends.map((e) => y(e.at));
  stack(want, 15, plot.y, plot.bottom).forEach((at, i) => {
    const e = ends[i];
    g.append(rule(plot.right + 1, want[i], plot.right + 10, at, `leader ${e.kind}`),
      words(plot.right + 12, at + 4, e.text, `label ${e.kind}`));
    if (e.name) g.append(words(plot.right + 12 + widthOf(e.text + " "), at + 4, e.name, `label bold ${e.kind}`));
  });
}

const LOOKS = { better: "help", worse: "harm" };

/** reach are the lowest and highest value that a difference shows, whiskers among them. */
function reach(lines) {
  const values = [0];
  for (const l of lines) {
    values.push(...l.value, ...(l.mcLow ?? []), ...(l.mcHigh ?? []));
    if (l.low) whisked(l).forEach((i) => values.push(l.low[i], l.high[i]));
  }
  const lo = Math.min(...values);
  const hi = Math.max(...values);
  const room = Math.max(0.22 * (hi - lo), 1e-3);
  return [lo - room, hi + room];
}

/** whisked are the moments whose range over assumptions is drawn. */
function whisked(line) {
  const n = line.value.length - 1;
  const every = Math.max(1, Math.floor(n / WHISKERS));
  return line.value.map((_, i) => i).filter((i) => i > 0 && (n - i) % every === 0 && line.low[i] < line.high[i]);
}

function percent(list) {
  return list ? list.map((v) => 100 * v) : null;
}

const inPoints = (l) => ({ ...l, value: percent(l.value), mcLow: percent(l.mcLow), mcHigh: percent(l.mcHigh),
  low: percent(l.low), high: percent(l.high) });

/** signed writes a difference in points. */
function signed(v) {
  const text = Math.abs(v) < 9.95 ? Math.abs(v).toFixed(1) : Math.abs(v).toFixed(0);
  return Number(text) === 0 ? "0.0" : (v > 0 ? "+" : "−") + text;
}

/** difference draws the paired difference around zero. */
function difference(g, box, curve, was, about) {
  const of = (c) => (c?.difference ? inPoints(begun(c.days, c.difference)) : null);
  const line = of(curve);
  const grey = of(was);
  const title = box.w < 500 ? "Paired difference in percentage points"
    : "Futures with a misstep: paired difference in percentage points";
  g.append(words(box.x, box.y + 11, title, "title"));
  const [lo, hi] = reach([line, grey].filter(Boolean));
  const ticks = steps(lo, hi, 4).map((v) => ({ at: v, label: (v > 0 ? "+" : "") + axisNumber(v) }));
  const gutter = Math.max(...ticks.map((t) => widthOf(t.label))) + 5;
  const plot = { x: box.x + gutter, y: box.y + HEAD, right: box.x + box.w - 52, bottom: box.y + box.h - FOOT };
  const x = scale(0, about.horizon, plot.x, plot.right);
  const y = scale(lo, hi, plot.bottom, plot.y);
  alongY(g, plot, y, ticks);
  alongX(g, plot, x, years(about.start, about.horizon));
  turned(g, plot, x, about);
  if (grey) g.append(shape("path", { d: through(points(grey, grey.value, x, y)), class: "line was shipped" }));
  if (line) drawn(g, plot, x, y, line, LOOKS[about.verdict] ?? "unclear");
  else g.append(words((plot.x + plot.right) / 2, plot.bottom - 10, "your difference: computing", "title", "middle"));
  const lever = (line ? about.names : about.was)[1];
  g.append(words(plot.x + 5, plot.y + 10, `↑ more ${lever}`, "quiet"),
    words(plot.x + 5, plot.bottom - 5, `↓ fewer ${lever}`, "quiet"));
}

function drawn(g, plot, x, y, line, look) {
  if (line.mcLow) {
    g.append(shape("path",
      { d: between(points(line, line.mcLow, x, y), points(line, line.mcHigh, x, y)), class: `band ${look}` }));
  }
  if (line.low) {
    for (const i of whisked(line)) {
      const [at, a, b] = [x(line.days[i]), y(line.low[i]), y(line.high[i])];
      g.append(rule(at, a, at, b, `whisker ${look}`), rule(at - 3, a, at + 3, a, `whisker ${look}`),
        rule(at - 3, b, at + 3, b, `whisker ${look}`));
    }
  }
  g.append(shape("path", { d: through(points(line, line.value, x, y)), class: `line ${look}` }));
  const end = [x(line.days.at(-1)), y(line.value.at(-1))];
  const ring = look === "unclear" ? "ring" : "dot";
  g.append(shape("circle", { cx: end[0], cy: end[1], r: 4, class: `${ring} ${look}` }),
    words(end[0] + 8, end[1] + 4, signed(line.value.at(-1)), `label bold ${look}`));
}

/**
 * curves draws the panels of an answer, and in grey those of the one that ships, as wide as their box.
 * @param {HTMLElement} box
 * @param {object[] | null} yours curves of the answer, null while it is computed
 * @param {object[] | null} shipped curves of the stored answer, null where it is the answer
 * @param {{start: string, horizon: number, names: [string, string], was: [string, string], verdict: string,
 *   turns?: object[]}} about names are the arms of yours, was those of the stored answer
 */
export function curves(box, yours, shipped, about, height) {
  const w = Math.max(box.clientWidth, 280);
  const narrow = w < 500;
  const ids = ["misstep", "public"];
  const panel = Math.round(height * 0.56);
  const total = narrow ? height + panel : height;
  const svg = shape("svg", { width: w, height: total, viewBox: `0 0 ${w} ${total}`, class: "picture", role: "img",
    "aria-label": about.says });
  const find = (list, id) => list?.find((c) => c.id === id) ?? null;
  ids.forEach((id, i) => {
    const [mine, was] = [find(yours, id), find(shipped, id)];
    if (!mine && !was) return;
    const first = Math.round(w * 0.56);
    const place = narrow ? { x: 0, y: i * panel, w, h: panel - 8 }
      : { x: i ? first + 12 : 0, y: 0, w: i ? w - first - 12 : first, h: panel - 8 };
    level(svg, place, mine, was, about, i === 0 || narrow);
  });
  const top = narrow ? 2 * panel : panel;
  const [mine, was] = [find(yours, "misstep"), find(shipped, "misstep")];
  if (mine?.difference || was?.difference) {
    difference(svg, { x: 0, y: top + 4, w, h: total - top - 6 }, mine, was, about);
  }
  box.replaceChildren(svg);
}
