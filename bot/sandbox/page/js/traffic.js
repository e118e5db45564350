// What the bot asked of Discord, and what of it broke a rule.

import { byId, counted, h, icon } from "./elements.js";
import { world } from "./world.js";

const KEPT = 200;
const SHOWN = 14;
const SHOWN_VIOLATIONS = 5;

/** Remember a request of the bot. */
export function takeRequest(frame) {
  world.traffic = [...world.traffic, frame].slice(-KEPT);
  drawTraffic();
}

/** Remember a request that broke a rule. */
export function takeViolation(frame) {
  world.violations = [...world.violations, frame].slice(-KEPT);
  drawTraffic();
}

/** Draw the latest requests, the newest first. */
export function drawTraffic() {
  const panel = byId("traffic");
  if (!panel) return;
  const bad = world.violations.length;
  const words = bad
    ? `${counted(bad, "request")} broke a rule of Discord's.`
    : "Each request of the bot is checked against Discord's own rules. None broke one.";
  panel.replaceChildren(
    h("p", { class: `panel-note${bad ? " bad" : ""}` }, words),
    ...(bad
      ? [h("ul", { class: "violations" }, world.violations.slice(-SHOWN_VIOLATIONS).reverse().map(violationLine))]
      : []),
    h(
      "ol",
      { class: "requests", tabindex: "0", "aria-label": "Latest requests of the bot" },
      world.traffic.slice(-SHOWN).reverse().map(requestLine),
    ),
  );
}

function requestLine({ method, path, status, ms }) {
  const lost = status === null;
  return h(
    "li",
    { class: lost || status >= 400 ? "bad" : "" },
    h("span", { class: "status" }, lost ? "lost" : String(status)),
    h("code", { title: path }, `${method} ${path}`),
    h("span", { class: "ms" }, `${Math.round(ms)} ms`),
  );
}

function violationLine({ method, path, errors }) {
  return h(
    "li",
    {},
    h("p", {}, icon("alert"), h("code", {}, `${method} ${path}`)),
    h(
      "ul",
      {},
      errors.map((error) => h("li", {}, h("code", {}, error.at), " ", error.text)),
    ),
  );
}
