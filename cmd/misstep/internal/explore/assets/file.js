// A scenario from the reader's own disk. It does not leave the machine.

const LARGEST = 1 << 20; // bytes of a scenario, as the command takes them

/** read is the text of a file; it throws an Error with a sentence for one that is no scenario. */
async function read(file) {
  if (file.size > LARGEST) {
    const size = (Math.ceil(file.size / 1e5) / 10).toLocaleString("en-GB");
    throw new Error(`${file.name} has ${size} MB: a scenario has ${LARGEST >> 20} MB at most`);
  }
  const bytes = await file.arrayBuffer();
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Error(`${file.name} is no text in UTF-8: choose a scenario in YAML`);
  }
}

/** files has taken(name, text) called at each file that is chosen or dropped, failed(error) where it is none. */
export function files(input, target, taken, failed) {
  const take = async (file) => {
    if (!file) return;
    try {
      taken(file.name, await read(file));
    } catch (e) {
      failed(e);
    }
  };
  input.onchange = () => {
    take(input.files[0]);
    input.value = "";
  };
  target.ondragover = (e) => {
    e.preventDefault();
    target.classList.add("drop");
  };
  target.ondragleave = (e) => {
    if (!e.relatedTarget) target.classList.remove("drop");
  };
  target.ondrop = (e) => {
    e.preventDefault();
    target.classList.remove("drop");
    take(e.dataTransfer.files[0]);
  };
}
