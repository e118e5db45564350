// On narrow screens places and tools slide over the room; tools do so at any width below that of three columns.

import { byId } from "./elements.js";

const OPENERS = { places: "open-places", tools: "open-tools" };
const isOpen = (name) => byId("desk").classList.contains(`show-${name}`);

/** Open or close one of the two; the focus goes in, and back to the button that opened it. */
export function setDrawer(name, open) {
  if (open === isOpen(name)) return;
  byId("desk").classList.toggle(`show-${name}`, open);
  byId(OPENERS[name]).setAttribute("aria-expanded", String(open));
  if (open) (byId(name).querySelector("[aria-current=page]") ?? byId(name).querySelector("button"))?.focus();
  if (open && name === "tools") byId("violation-dot").hidden = true;
}

/** Close one by its own button or by a key. */
export function closeDrawer(name) {
  setDrawer(name, false);
  byId(OPENERS[name]).focus();
}

/** Wire the buttons, the Escape key and a press beside a drawer. */
export function startDrawers() {
  for (const [name, opener] of Object.entries(OPENERS)) {
    byId(opener).addEventListener("click", () => setDrawer(name, !isOpen(name)));
    byId("desk").addEventListener("pointerdown", (event) => {
      if (event.target === byId("desk")) setDrawer(name, false);
    });
    document.addEventListener("keydown", (event) => {
      if (
        event.key === "Escape" &&
        !event.defaultPrevented &&
        isOpen(name) &&
        byId(name).contains(document.activeElement)
      )
        closeDrawer(name);
    });
  }
}
