// First steps for a newcomer. The server says what was done; the page only shows it.

import { actions } from "./actions.js";
import { byId, h, icon, iconButton, spoken } from "./elements.js";
import { announce } from "./notices.js";
import { moveClock } from "./ribbon.js";
import { world } from "./world.js";

const CLOSED_KEY = "needtoknow-sandbox-guide";
let closed = false;

/** Draw the steps; the first that is not done stands out. */
export function drawGuide() {
  const { guide } = world;
  byId("show-guide").hidden = !guide || !closed;
  byId("guide").hidden = !guide || closed;
  if (!guide) return;
  const now = guide.steps.findIndex((step) => !world.done.has(step.id));
  const title = now < 0 ? guide.finished : guide.title;
  byId("guide").replaceChildren(
    h(
      "header",
      {},
      h("h2", { id: "guide-title" }, title),
      h("p", { class: "guide-count" }, now < 0 ? "" : `${now + 1} of ${guide.steps.length}`),
      iconButton("close", "Close the first steps", close),
    ),
    h(
      "ol",
      { class: "steps" },
      guide.steps.map((step, at) => stepElement(step, at, now)),
    ),
  );
  byId("guide").classList.toggle("finished", now < 0);
  // Once it is clear how this works, the steps make room: one at a time.
  byId("guide").classList.toggle("compact", now > 0);
}

/** Note what the server saw done. */
export function takeDone(ids) {
  const fresh = ids.filter((id) => !world.done.has(id));
  for (const id of fresh) world.done.add(id);
  if (fresh.length === 0) return;
  drawGuide();
  const step = world.guide?.steps.find((entry) => fresh.includes(entry.id));
  if (step) announce(`Done: ${step.title}`);
}

/** Wire the button that brings the steps back. */
export function startGuide() {
  try {
    closed = localStorage.getItem(CLOSED_KEY) === "closed";
  } catch {
    /* shown again next time */
  }
  byId("show-guide").addEventListener("click", () => {
    setClosed(false);
    byId("guide").querySelector("button")?.focus();
  });
}

function close() {
  setClosed(true);
  byId("show-guide").focus();
}

function setClosed(value) {
  closed = value;
  try {
    localStorage.setItem(CLOSED_KEY, value ? "closed" : "open");
  } catch {
    /* for this page only */
  }
  drawGuide();
}

function stepElement(step, at, now) {
  const done = world.done.has(step.id);
  const kinds = ["step", done && "done", at === now && "now"].filter(Boolean).join(" ");
  return h(
    "li",
    { class: kinds, "aria-current": at === now ? "step" : null },
    h("span", { class: "step-number", "aria-hidden": "true" }, done ? icon("check") : String(at + 1)),
    h(
      "div",
      { class: "step-body" },
      h("p", { class: "step-title" }, step.title, done ? spoken(" (done)") : null),
      h("p", { class: "step-words" }, step.words),
      h(
        "div",
        { class: "step-actions" },
        step.actions.map((action) => actionButton(action, step)),
      ),
    ),
  );
}

function actionButton(action, step) {
  const done = action.id !== undefined && world.done.has(action.id);
  const next = !done && action === step.actions.find((other) => !world.done.has(other.id));
  const moves = action.next ? { movesClock: "" } : {};
  return h(
    "button",
    {
      class: `step-button${next ? " next" : ""}`,
      type: "button",
      data: moves,
      disabled: Boolean(action.next) && world.clock.moving,
      onclick: () => act(action),
    },
    done ? icon("check") : null,
    action.label,
  );
}

function act(action) {
  if (action.channel_id && action.channel_id !== world.current) actions.openChannel(action.channel_id);
  if (action.message_id) actions.showMessage(action.message_id);
  if (action.command) actions.insertCommand(action.command, action.values);
  if (action.next) moveClock({ next: action.next });
}
