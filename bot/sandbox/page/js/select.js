// A select menu as Discord has it: a button that opens a list box; several choices are sent when it closes.

import { h, icon, newId } from "./elements.js";
import { place } from "./popup.js";

// Letters typed within this time make one word to look for.
const ONE_WORD_MS = 800;

/**
 * Return the element of a menu. `options` are {value, label, description, default}; *commit* gets the chosen values:
 * at once where one is wanted, at closing where several may be.
 */
export function selectBox({ label, options, min = 1, max = 1, disabled = false, commit = () => {}, id = null }) {
  const listId = newId("list");
  const chosen = new Set(options.filter((option) => option.default).map((option) => option.value));
  const face = h("span", { class: "select-face" });
  const opener = h(
    "button",
    {
      class: "select",
      id,
      type: "button",
      disabled,
      "aria-haspopup": "listbox",
      "aria-expanded": "false",
      onclick: () => list.togglePopover(),
      onkeydown: (event) => openByKey(event, list),
    },
    face,
    icon("down"),
  );
  const rows = options.map((option, at) => optionRow(option, `${listId}-${at}`));
  const list = h(
    "div",
    {
      class: "select-list",
      id: listId,
      role: "listbox",
      tabindex: "0",
      popover: "auto",
      "aria-label": label,
      "aria-multiselectable": max > 1 ? "true" : null,
    },
    rows.length ? rows : h("p", { class: "select-empty" }, "Nothing to choose."),
  );

  const paint = () => {
    const names = options.filter((option) => chosen.has(option.value)).map((option) => option.label);
    face.textContent = names.join(", ") || label;
    face.classList.toggle("placeholder", names.length === 0);
    opener.setAttribute("aria-label", names.length ? `${label}: ${names.join(", ")}` : label);
    rows.forEach((row, at) => row.setAttribute("aria-selected", String(chosen.has(options[at].value))));
  };
  const take = (at) => {
    const { value } = options[at];
    if (max > 1) {
      if (!chosen.delete(value) && chosen.size < max) chosen.add(value);
      paint();
      return;
    }
    chosen.clear();
    chosen.add(value);
    paint();
    list.hidePopover();
    commit([...chosen]);
  };
  const cursor = listCursor(list, rows, options, take);
  rows.forEach((row, at) => {
    row.addEventListener("click", () => take(at));
    row.addEventListener("pointermove", () => cursor.point(at));
  });
  let before = "";
  list.addEventListener("toggle", (event) => {
    opener.setAttribute("aria-expanded", String(event.newState === "open"));
    if (event.newState === "open") {
      before = [...chosen].join();
      place(list, opener);
      list.focus();
      cursor.point(
        Math.max(
          0,
          options.findIndex((option) => chosen.has(option.value)),
        ),
      );
      return;
    }
    if (list.contains(document.activeElement) || document.activeElement === document.body) opener.focus();
    if (max > 1 && before !== [...chosen].join() && chosen.size >= min) commit([...chosen]);
  });
  paint();
  const wrap = h("div", { class: "select-wrap" }, opener, list);
  wrap.values = () => [...chosen];
  return wrap;
}

function optionRow(option, id) {
  const label = h("span", { class: "option-label" }, option.emoji?.name ? `${option.emoji.name} ` : null, option.label);
  const note = option.description ? h("span", { class: "option-note" }, option.description) : null;
  const mark = h("span", { class: "option-mark" }, icon("check"));
  return h(
    "div",
    { class: "option", role: "option", id, "aria-selected": "false" },
    h("span", { class: "option-words" }, label, note),
    mark,
  );
}

function openByKey(event, list) {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  event.preventDefault();
  list.showPopover();
}

/** Move through the rows of an open list by keys, and by the first letters of a label. */
function listCursor(list, rows, options, take) {
  let active = 0,
    word = "",
    typedAt = 0;
  const point = (at) => {
    if (rows.length === 0) return;
    active = (at + rows.length) % rows.length;
    rows.forEach((row, index) => row.classList.toggle("active", index === active));
    list.setAttribute("aria-activedescendant", rows[active].id);
    rows[active].scrollIntoView({ block: "nearest" });
  };
  const spell = (event) => {
    word = (event.timeStamp - typedAt < ONE_WORD_MS ? word : "") + event.key.toLowerCase();
    typedAt = event.timeStamp;
    const found = options.findIndex((option) => option.label.toLowerCase().startsWith(word));
    if (found >= 0) point(found);
  };
  list.addEventListener("keydown", (event) => {
    const moves = { ArrowDown: active + 1, ArrowUp: active - 1, Home: 0, End: rows.length - 1 };
    if (event.key in moves) {
      event.preventDefault();
      point(moves[event.key]);
    } else if ((event.key === "Enter" || event.key === " ") && rows.length) {
      event.preventDefault();
      take(active);
    } else if (event.key === "Tab") list.hidePopover();
    else if (event.key.length === 1) spell(event);
  });
  return { point };
}
