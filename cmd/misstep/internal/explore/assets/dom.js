// Elements of the page. What comes from a scenario becomes text and nothing else.

/** at is the element with an id. */
export const at = (id) => document.getElementById(id);

/** make makes an element: properties of the element, attributes where their name has a dash or is role. */
export function make(name, properties = {}, ...children) {
  const e = document.createElement(name);
  for (const [k, v] of Object.entries(properties)) {
    if (k.includes("-") || k === "role" || k === "for") e.setAttribute(k, v);
    else e[k] = v;
  }
  e.append(...children.filter((c) => c !== null && c !== undefined && c !== ""));
  return e;
}

/** save offers a text as a file, and forgets it. */
export function save(name, type, text) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  make("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

/** copy puts a text into the clipboard, and reports whether it is there. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // no permission: the text is shown instead
  }
}
