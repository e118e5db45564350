// The list above the command box: what could be typed next. It holds no cursor of its own: the focused input says
// by `aria-activedescendant` which row is meant.

import { byId, counted, h } from "./elements.js";
import { announce } from "./notices.js";

const STEPS = { ArrowDown: 1, ArrowUp: -1, PageDown: 6, PageUp: -6 };
let items = [];
let active = -1;
let input = null;

/**
 * Show *rows* ({face, take, starts}) under a *head*; *nothing* stands there where there are none. *box* is the input
 * that they belong to, null for a mere hint.
 */
export function showCompletion(rows, { head, nothing = "", box = null }) {
  items = rows;
  active = -1;
  release();
  input = box;
  byId("completion").hidden = false;
  byId("completion-head").replaceChildren(...head);
  byId("completion-nothing").textContent = rows.length ? "" : nothing;
  byId("completion-list").hidden = rows.length === 0;
  byId("completion-list").replaceChildren(...rows.map(rowElement));
  byId("completion-list").scrollTop = 0;
  box?.setAttribute("aria-expanded", String(rows.length > 0));
  if (rows.length === 0) return;
  point(0);
  announce(counted(rows.length, "suggestion"));
}

/** Put the list away. */
export function hideCompletion() {
  byId("completion").hidden = true;
  items = [];
  release();
}

/** Take the mark off the list: no row is meant until an arrow key says so. */
export function hideMark() {
  point(-1);
}

const isOpen = () => !byId("completion").hidden && items.length > 0;

/** Tell whether rows for the input *box* are in sight. */
export const isCompleting = (box) => isOpen() && input === box;

/** Use a key for the list; return whether it was used up. */
export function completionKey(event) {
  if (!isOpen()) return false;
  if (event.key in STEPS) step(STEPS[event.key]);
  else if ((event.key === "Enter" || (event.key === "Tab" && !event.shiftKey)) && active >= 0) items[active].take();
  else if (event.key === "Escape") hideCompletion();
  else return false;
  event.preventDefault();
  event.stopPropagation();
  return true;
}

function release() {
  input?.setAttribute("aria-expanded", "false");
  input?.removeAttribute("aria-activedescendant");
  input = null;
}

function rowElement(row, at) {
  return h(
    "div",
    {
      class: `item${row.starts && at > 0 ? " starts-group" : ""}`,
      role: "option",
      id: `item-${at}`,
      "aria-selected": "false",
      onpointermove: () => point(at),
      onclick: () => row.take(),
      // The cursor stays in the input while a row is pressed.
      onpointerdown: (event) => event.preventDefault(),
    },
    row.face,
  );
}

function step(by) {
  const from = active < 0 && by < 0 ? 0 : active;
  const far = Math.abs(by) > 1;
  point(far ? Math.max(0, Math.min(from + by, items.length - 1)) : (from + by + items.length) % items.length);
  byId(`item-${active}`).scrollIntoView({ block: "nearest" });
}

function point(at) {
  active = at;
  [...byId("completion-list").children].forEach((row, index) => {
    row.classList.toggle("active", index === at);
    row.setAttribute("aria-selected", String(index === at));
  });
  if (at < 0) input?.removeAttribute("aria-activedescendant");
  else input?.setAttribute("aria-activedescendant", `item-${at}`);
}
