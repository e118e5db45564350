// Faults on order: make Discord misbehave, and see that the bot copes.

import { byId, h, iconButton } from "./elements.js";
import { send } from "./link.js";
import { world } from "./world.js";

/** Draw the faults that can be armed and those that are; what was chosen stays chosen. */
export function drawFaults() {
  const panel = byId("faults");
  if (!panel) return;
  const { kinds, routes, armed, random } = world.faults;
  const held = Object.fromEntries(
    [...panel.querySelectorAll("select, input[type=number]")].map((box) => [box.id, box.value]),
  );
  const kind = menu("fault-kind", kinds, held);
  const route = menu("fault-route", routes, held);
  const count = number("fault-count", held["fault-count"] ?? 1, 1, 99);
  const note = h("p", { class: "panel-note", id: "fault-note" });
  const explain = () => {
    note.textContent = kinds.find((entry) => entry.id === kind.value)?.note ?? "";
  };
  const arm = () => send({ op: "fault", arm: { kind: kind.value, route: route.value, count: Number(count.value) } });
  kind.addEventListener("change", explain);
  explain();
  panel.replaceChildren(
    h("p", { class: "panel-note" }, "Make Discord misbehave, and see that the bot copes."),
    h(
      "div",
      { class: "fault-form" },
      labelled("fault-kind", "What"),
      kind,
      labelled("fault-route", "Where"),
      route,
      labelled("fault-count", "How often"),
      h(
        "span",
        { class: "panel-line" },
        count,
        h("button", { class: "button danger", type: "button", onclick: arm }, "Arm"),
      ),
    ),
    note,
    ...(armed.length ? [armedList(armed)] : []),
    dice(random),
  );
}

const labelled = (id, words) => h("label", { for: id }, words);
const nameIn = (list, id) => list.find((entry) => entry.id === id)?.label ?? id;

function menu(id, entries, held) {
  return h(
    "select",
    { id },
    entries.map((entry) => h("option", { value: entry.id, selected: entry.id === held[id] }, entry.label)),
  );
}

function number(id, value, min, max) {
  return h("input", { id, type: "number", min: String(min), max: String(max), value: String(value) });
}

function armedList(armed) {
  const { kinds, routes } = world.faults;
  return h(
    "ul",
    { class: "armed", "aria-label": "Armed faults" },
    armed.map((fault) =>
      h(
        "li",
        {},
        h("span", {}, `${nameIn(kinds, fault.kind)}: ${nameIn(routes, fault.route).toLowerCase()}`),
        h("b", {}, `× ${fault.left}`),
        iconButton("close", "Disarm", () => send({ op: "fault", disarm: fault.id })),
      ),
    ),
  );
}

function dice(random) {
  const seed = number("fault-seed", random?.seed ?? 7, 0, 999_999);
  const percent = number("fault-percent", random?.percent || 10, 1, 100);
  const onchange = (event) =>
    send({
      op: "fault",
      random: { on: event.target.checked, seed: Number(seed.value), percent: Number(percent.value) },
    });
  const tick = h("input", { type: "checkbox", checked: Boolean(random?.on), onchange });
  return h(
    "div",
    { class: "panel-line" },
    h("label", { class: "tick" }, tick, h("span", {}, "At random:")),
    h("span", { class: "dice" }, h("label", {}, percent, " percent,"), h("label", {}, "seed ", seed)),
  );
}
