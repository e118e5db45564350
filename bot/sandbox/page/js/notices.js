// Short notices: seen at the edge of the page, or spoken only.

import { byId, h } from "./elements.js";

const SHOWN_MS = 5_000;
const BAD_SHOWN_MS = 9_000;
// One sentence at a time: the live region would read out a whole burst otherwise.
const QUIET_MS = 150;
let speaking = 0;

/** Show a notice for some seconds; a *bad* one longer and in red. */
export function toast(text, bad = false) {
  const note = h("p", { class: `toast${bad ? " bad" : ""}`, role: bad ? "alert" : "status" }, text);
  byId("toasts").append(note);
  setTimeout(() => note.remove(), bad ? BAD_SHOWN_MS : SHOWN_MS);
}

/** Let a screen reader speak one sentence; the latest of several wins. */
export function announce(text) {
  clearTimeout(speaking);
  speaking = setTimeout(() => {
    byId("announcer").textContent = text;
  }, QUIET_MS);
}
