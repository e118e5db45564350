// The tools at the side: the clock in steps, faults, traffic, keys.

import { actions } from "./actions.js";
import { byId, h, iconButton } from "./elements.js";
import { drawFaults } from "./faults.js";
import { MORNING, moveClock } from "./ribbon.js";
import { refreshTimes } from "./times.js";
import { drawTraffic } from "./traffic.js";
import { world } from "./world.js";

const KEYS = [
  ["/", "commands"],
  ["Alt ↑ ↓", "other channel"],
  ["↑ ↓", "message by message, when the list has the focus"],
  ["Esc", "back"],
];

/** Draw all tools. */
export function drawTools(close) {
  byId("tools").replaceChildren(
    h("header", { class: "tools-head" }, h("h2", {}, "Sandbox tools"), iconButton("close", "Close the tools", close)),
    panel("clock-panel", "Clock", clockTools()),
    panel("faults", "Faults"),
    panel("traffic", "Traffic"),
    panel("keys", "Keys", keyList()),
  );
  drawFaults();
  drawTraffic();
}

function panel(id, title, children = []) {
  return h(
    "section",
    { class: "panel", "aria-labelledby": `${id}-title` },
    h("h3", { id: `${id}-title` }, title),
    h("div", { class: "panel-body", id }, children),
  );
}

function clockTools() {
  const move = (label, how) =>
    h(
      "button",
      { class: "button secondary", type: "button", data: { movesClock: "" }, onclick: () => moveClock(how()) },
      label,
    );
  const at = h("input", { type: "time", value: MORNING, id: "clock-at" });
  return [
    h(
      "p",
      { class: "panel-note" },
      "The bot lives by this clock. Move it on: the feeds are read and what is due is posted.",
    ),
    h(
      "div",
      { class: "row" },
      move("+ 10 min", () => ({ by_seconds: 600 })),
      move("+ 1 hour", () => ({ by_seconds: 3600 })),
      move("+ 1 day", () => ({ by_seconds: 86_400 })),
    ),
    h(
      "div",
      { class: "panel-line" },
      h("label", { for: "clock-at" }, "Next"),
      at,
      move("Go there", () => ({ next: at.value || MORNING })),
    ),
    h("div", { class: "panel-line" }, h("label", { for: "reader-zone" }, "Read times in"), zoneMenu()),
  ];
}

function zoneMenu() {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const names = [...new Set([own, "UTC", world.clock.zone, "Europe/Kyiv", "America/New_York", "Asia/Tokyo"])];
  const menu = h(
    "select",
    {
      id: "reader-zone",
      onchange: () => {
        world.zone = menu.value;
        actions.redrawMessages();
        refreshTimes();
      },
    },
    names.map((name) => h("option", { value: name, selected: name === world.zone }, name)),
  );
  return menu;
}

function keyList() {
  return h(
    "dl",
    { class: "keys" },
    KEYS.map(([keys, what]) => h("div", {}, h("dt", {}, h("kbd", {}, keys)), h("dd", {}, what))),
  );
}
