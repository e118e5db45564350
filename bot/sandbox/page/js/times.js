// Times in the reader's own zone, told by the sandbox's clock and not by the machine's.

import { world } from "./world.js";

const STYLES = {
  t: { timeStyle: "short" },
  T: { timeStyle: "medium" },
  d: { dateStyle: "short" },
  D: { dateStyle: "long" },
  f: { dateStyle: "long", timeStyle: "short" },
  F: { dateStyle: "full", timeStyle: "short" },
  s: { dateStyle: "short", timeStyle: "short" },
  S: { dateStyle: "short", timeStyle: "medium" },
};
const UNITS = [
  ["year", 31_557_600],
  ["month", 2_629_800],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];
const LAST_INSTANT = 8.64e15;
const formats = new Map();

/** Return the sandbox's present instant in milliseconds. */
export const sandboxNow = () => world.clock.now + (performance.now() - world.clock.at) * world.clock.speed;

/** Set the sandbox's clock by a frame of the server; between frames it runs on by itself. */
export function setClock(clock) {
  const { speed = 1, zone = "UTC", moving = false } = clock;
  world.clock = { now: Date.parse(clock.now), at: performance.now(), speed, zone, moving };
}

/** Return *milliseconds* written with *options* of Intl in *zone*, the reader's where none is named. */
export function inZone(milliseconds, options, zone = world.zone) {
  const key = JSON.stringify([options, zone]);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(undefined, { ...options, timeZone: zone }));
  return formats.get(key).format(milliseconds);
}

/** Return an instant in one of Discord's styles; `header` is the form beside an author's name. */
export function told(milliseconds, style) {
  if (!(Math.abs(milliseconds) <= LAST_INSTANT)) return "an impossible time";
  if (style === "R") return relative((milliseconds - sandboxNow()) / 1000);
  return style === "header" ? headed(milliseconds) : inZone(milliseconds, STYLES[style] ?? STYLES.f);
}

/** Return an instant for a `datetime` attribute, or null for an impossible one. */
export const isoOf = (milliseconds) =>
  Math.abs(milliseconds) <= LAST_INSTANT ? new Date(milliseconds).toISOString() : null;

/** Return the reader's calendar day of an instant, as 2026-03-04. */
export const dayOf = (milliseconds) =>
  new Intl.DateTimeFormat("en-CA", { timeZone: world.zone, year: "numeric", month: "2-digit", day: "2-digit" }).format(
    milliseconds,
  );

/** Write every shown time anew: zones change, and "in 5 minutes" does not stay true. */
export function refreshTimes(root = document) {
  for (const element of root.querySelectorAll("time[data-ms]")) {
    const words = told(Number(element.dataset.ms), element.dataset.style);
    if (element.textContent !== words) element.textContent = words;
  }
}

function relative(seconds) {
  const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? ["second", 1];
  return new Intl.RelativeTimeFormat(undefined, { numeric: "auto" }).format(Math.round(seconds / size), unit);
}

function headed(milliseconds) {
  const days = Math.round((Date.parse(dayOf(sandboxNow())) - Date.parse(dayOf(milliseconds))) / 86_400_000);
  const clock = inZone(milliseconds, STYLES.t);
  if (days === 0) return `Today at ${clock}`;
  return days === 1 ? `Yesterday at ${clock}` : inZone(milliseconds, STYLES.s);
}
