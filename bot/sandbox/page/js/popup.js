// Where a list or a menu opens: under its opener, or above it where there is more room.

const EDGE = 8;
const LOWEST = 260;

/** Place *popup* beside *opener* by custom properties; the style sheet does the rest. */
export function place(popup, opener) {
  const box = opener.getBoundingClientRect();
  const below = innerHeight - box.bottom;
  const up = below < LOWEST && box.top > below;
  const left = Math.max(EDGE, Math.min(box.left, innerWidth - Math.max(popup.offsetWidth, box.width) - EDGE));
  const values = {
    "--pop-left": `${left}px`,
    "--pop-width": `${Math.min(box.width, innerWidth - 2 * EDGE)}px`,
    "--pop-top": up ? "auto" : `${box.bottom + 4}px`,
    "--pop-bottom": up ? `${innerHeight - box.top + 4}px` : "auto",
    "--pop-height": `${Math.max(up ? box.top : below, 160) - 2 * EDGE}px`,
  };
  for (const [name, value] of Object.entries(values)) popup.style.setProperty(name, value);
}
