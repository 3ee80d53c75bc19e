// Drawing as the project's figures do: scales, ticks and shapes in pixels. Colours stand in
// style.css, as classes, and are those of the figures.

const SVG = "http://www.w3.org/2000/svg";

/** shape makes an element of SVG with attributes and children. */
export function shape(name, attributes = {}, ...children) {
  const e = document.createElementNS(SVG, name);
  for (const [k, v] of Object.entries(attributes)) if (v !== undefined) e.setAttribute(k, v);
  e.append(...children);
  return e;
}

/** scale places values between two positions; values outside stay at the edge. */
export function scale(lo, hi, from, to, log = false) {
  const at = log ? Math.log : (v) => v;
  const place = (v) => {
    const x = Math.min(Math.max(v, lo), hi);
    return hi > lo ? from + ((at(x) - at(lo)) / (at(hi) - at(lo))) * (to - from) : from;
  };
  place.lo = lo;
  place.hi = hi;
  return place;
}

/** niceStep is 1, 2, 2.5 or 5 times a power of ten, and at least span/n. */
function niceStep(span, n) {
  const raw = span / n;
  if (!(raw > 0) || !Number.isFinite(raw)) return 1;
  const power = 10 ** Math.floor(Math.log10(raw));
  return (([1, 2, 2.5, 5].find((m) => m * power >= raw * (1 - 1e-9))) ?? 10) * power;
}

/** steps are the multiples of a nice step in [lo, hi]; about n of them. */
export function steps(lo, hi, n) {
  const step = niceStep(hi - lo, n);
  const out = [];
  for (let i = Math.ceil(lo / step - 1e-9); i * step <= hi + 1e-9 * step && out.length < 50; i++) out.push(i * step);
  return out;
}

/** upTo is a nice number at or above v. */
export function upTo(v, n) {
  if (!(v > 0) || !Number.isFinite(v)) return 1;
  const step = niceStep(v, n);
  return step * Math.ceil(v / step - 1e-9);
}

/** axisNumber writes the number of a tick. */
export function axisNumber(v) {
  return String(Number(v.toPrecision(3))).replace("-", "−");
}

const DAY = 86400e3;

/** years are the ticks of a window: the first of each year, of each month where it is short. */
export function years(begin, horizon) {
  const start = new Date(begin + "T00:00:00Z");
  const months = horizon < 550;
  const out = [];
  for (let i = 0; i < 400; i++) {
    const at = new Date(Date.UTC(start.getUTCFullYear() + (months ? 0 : i), months ? i : 0, 1));
    const day = (at - start) / DAY;
    if (day > horizon) break;
    const label = months
      ? at.toLocaleDateString("en-GB", { month: "short", year: "2-digit", timeZone: "UTC" })
      : String(at.getUTCFullYear());
    if (day > -1) out.push({ at: Math.max(day, 0), label });
  }
  return out;
}

let pen;

/** widthOf is the width of a text at the size of pictures, in pixels. */
export function widthOf(text, bold = false) {
  pen ??= document.createElement("canvas").getContext("2d");
  pen.font = `${bold ? "bold " : ""}12px ${getComputedStyle(document.body).fontFamily}`;
  return pen.measureText(text).width;
}

/** line through points, as the d of a path. */
export function through(points) {
  return points.map(([x, y], i) => `${i ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
}

/** band between two lines of points, as the d of a path. */
export function between(low, high) {
  return through([...high, ...[...low].reverse()]) + "Z";
}

/** text in a picture. */
export function words(x, y, text, kind = "", anchor = "start") {
  return shape("text", { x: x.toFixed(1), y: y.toFixed(1), class: kind, "text-anchor": anchor }, text);
}

/** rule is a straight line. */
export function rule(x1, y1, x2, y2, kind) {
  return shape("line", { x1: x1.toFixed(1), y1: y1.toFixed(1), x2: x2.toFixed(1), y2: y2.toFixed(1), class: kind });
}

/** stack moves heights apart so that labels do not touch, within [top, bottom]. */
export function stack(want, height, top, bottom) {
  const order = want.map((y, i) => [y, i]).sort((a, b) => a[0] - b[0]);
  let last = top - height / 2;
  for (const o of order) last = o[0] = Math.max(o[0], last + (o === order[0] ? height / 2 : height));
  let next = bottom + height / 2;
  for (const o of [...order].reverse()) next = o[0] = Math.min(o[0], next - (o === order.at(-1) ? height / 2 : height));
  const out = [];
  for (const [y, i] of order) out[i] = y;
  return out;
}

/** alongX draws the axis below a plot; labels that would touch are left out. */
export function alongX(g, plot, x, ticks) {
  g.append(rule(plot.x, plot.bottom, plot.right, plot.bottom, "frame"));
  let end = -Infinity;
  for (const t of ticks) {
    const w = widthOf(t.label);
    const left = Math.min(Math.max(x(t.at) - w / 2, 0), plot.right + 14 - w);
    g.append(rule(x(t.at), plot.bottom, x(t.at), plot.bottom + 3, "frame"));
    if (left < end + 4) continue;
    end = left + w;
    g.append(words(left, plot.bottom + 15, t.label, "quiet"));
  }
}

/** alongY draws a line across the plot at each tick, and its label left of it. */
export function alongY(g, plot, y, ticks) {
  for (const t of ticks) {
    g.append(rule(plot.x, y(t.at), plot.right, y(t.at), t.at === 0 ? "zero" : "grid"),
      words(plot.x - 4, y(t.at) + 4, t.label, "quiet", "end"));
  }
}
