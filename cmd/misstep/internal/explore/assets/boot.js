// The engine as it stands in the page: base64 of gzip of WebAssembly.

import { at } from "./dom.js";
import { Pool } from "./pool.js";

const MOST_WORKERS = 4;

/** bytesOf decodes base64 without one large string of letters a byte. */
function bytesOf(base64) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
  const text = atob(base64);
  const out = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) out[i] = text.charCodeAt(i);
  return out;
}

/** boot starts workers, and compiles the engine for them while it is unpacked; they open a source, as JSON. */
export async function boot(source, on) {
  const element = at("module");
  const stream = new Blob([bytesOf(element.textContent.trim())]).stream().pipeThrough(new DecompressionStream("gzip"));
  const module = WebAssembly.compileStreaming(new Response(stream, { headers: { "Content-Type": "application/wasm" } }));
  element.textContent = ""; // megabytes that nobody reads again
  const count = Math.min(Math.max(navigator.hardwareConcurrency || 1, 1), MOST_WORKERS);
  return new Pool(at("worker").textContent, module, source, count, on);
}
