// The only way to make an element. Strings become text nodes; nothing on this page reads HTML.

import { ICONS } from "./icons.js";

const SVG = "http://www.w3.org/2000/svg";
const PROPERTIES = new Set([
  "value",
  "checked",
  "disabled",
  "hidden",
  "required",
  "selected",
  "inert",
  "multiple",
  "readOnly",
]);
let made = 0;

export const byId = (id) => document.getElementById(id);

/** Return an id that no other element has. */
export const newId = (prefix) => `${prefix}-${++made}`;

/**
 * Make an element. `on…` props are listeners, `data` and `vars` are data attributes and custom properties; a prop that
 * is null, undefined or false is left out. Children may be nested lists; empty ones are left out.
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value !== null && value !== undefined && value !== false) give(element, name, value);
  }
  element.append(...children.flat(Infinity).filter((child) => child || child === 0));
  return element;
}

function give(element, name, value) {
  if (typeof value === "function") element.addEventListener(name.slice(2), value);
  else if (name === "data") Object.assign(element.dataset, value);
  else if (name === "vars") for (const [key, text] of Object.entries(value)) element.style.setProperty(key, text);
  else if (PROPERTIES.has(name)) element[name] = value;
  else element.setAttribute(name, value === true ? "" : value);
}

/** Return a line drawing that no reader speaks. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/** Return words that only a screen reader speaks. */
export const spoken = (words) => h("span", { class: "spoken" }, words);

/** Return a square button that shows a drawing and speaks *label*. */
export const iconButton = (name, label, onclick, props = {}) =>
  h("button", { class: "icon-button", type: "button", title: label, onclick, ...props }, icon(name), spoken(label));

/** Return "1 message" or "3 messages". */
export const counted = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;
