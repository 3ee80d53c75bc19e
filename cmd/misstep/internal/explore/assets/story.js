// The story of one future: what happens alike, then what happens in each arm, side by side, with
// the mistake, the belief behind it and what parted the arms.

import { make } from "./dom.js";

function event(l) {
  return make("li", { className: [l.mistake && "mistake", l.parts && "parts"].filter(Boolean).join(" ") },
    l.parts ? make("strong", { className: "flag", textContent: "Here the arms part" }) : "",
    l.mistake ? make("strong", { className: "flag", textContent: "◆ Misstep" }) : "",
    make("time", { textContent: l.date }), make("span", { textContent: ` ${l.text}` }),
    l.belief ? make("p", { className: "belief", textContent: `The belief that made it: ${l.belief}` }) : "",
    ...(l.notes ?? []).map((n) => make("p", { className: "note", textContent: n })));
}

function events(lines) {
  return make("ol", { className: "events" }, ...lines.map(event));
}

/** side is what an arm has of its own. */
function side(c, i, names) {
  const own = c.own[i] ?? [];
  const column = make("div", { className: `side arm${i}` }, make("h4", { textContent: names[i] }));
  if (!c.found[i]) column.append(make("p", { className: "quiet", textContent: "The incident is not discovered." }));
  else if (own.length) column.append(events(own));
  else column.append(make("p", { className: "quiet", textContent: "Nothing more." }));
  if (c.errors[i]) column.append(make("p", { className: "belief", textContent: `Wrong about ${c.errors[i]}.` }));
  return column;
}

function incident(c, names) {
  const apart = c.own.some((own) => own?.length) || c.found.includes(false);
  const box = make("section", { className: "case" }, make("h3", { textContent: c.title }),
    make("p", { className: "truth", textContent: `In truth: ${c.truth}` }));
  if (c.shared?.length) {
    box.append(make("p", { className: "quiet", textContent: apart ? "In both arms, first:" : "In both arms alike:" }),
      events(c.shared));
  }
  if (apart) box.append(make("div", { className: "sides" }, side(c, 0, names), side(c, 1, names)));
  return box;
}

/** tell fills the dialogue with a story; names are those of the arms as people read them. */
export function tell(box, story, names) {
  const cases = [...(story.cases ?? [])].sort((a, b) => Number(b.parts) - Number(a.parts));
  box.replaceChildren(
    make("p", { className: "lead", textContent: [story.sides, story.why].filter(Boolean).join(" ") ||
      "The two arms do not part in this future." }),
    ...cases.map((c) => incident(c, names)),
    ...(cases.length ? [] : [make("p", { textContent: "No incident of this future leads to a public step." })]));
}
