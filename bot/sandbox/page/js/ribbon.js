// The strip on top: who one is, what time it is, light or dark.

import { byId, h, icon, spoken } from "./elements.js";
import { send } from "./link.js";
import { announce, toast } from "./notices.js";
import { inZone, sandboxNow } from "./times.js";
import { nameOfUser, world } from "./world.js";

const THEMES = { auto: ["auto", "as the system"], light: ["sun", "light"], dark: ["moon", "dark"] };
const THEME_KEY = "needtoknow-sandbox-theme";
export const MORNING = "07:00";

/** Draw the choice of who one is. */
export function drawViewers() {
  byId("viewer").replaceChildren(
    h("legend", {}, "You are"),
    ...world.viewers.map((viewer) => {
      const become = () => {
        send({ op: "view", viewer_id: viewer.user.id });
        announce(`You are now ${viewer.label}: ${viewer.note}`);
        toast(`You are ${nameOfUser(viewer.user)}: ${viewer.note}`);
      };
      const input = h("input", {
        type: "radio",
        name: "viewer",
        value: viewer.user.id,
        checked: viewer === world.viewer,
        onchange: become,
      });
      return h("label", { class: "viewer-choice", title: viewer.note }, input, viewer.label);
    }),
  );
}

/** Show the sandbox's present time. */
export function drawClock() {
  const { zone, moving } = world.clock;
  const now = sandboxNow();
  const day = inZone(now, { weekday: "short", day: "numeric", month: "short" }, zone);
  const time = inZone(now, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }, zone);
  const clock = byId("clock");
  const words = [h("span", { class: "clock-day" }, `${day} `), time, h("span", { class: "clock-zone" }, ` ${zone}`)];
  if (clock.textContent !== `${day} ${time} ${zone}`) clock.replaceChildren(...words);
  clock.setAttribute("datetime", new Date(now).toISOString());
  clock.title = `The sandbox's time, in ${zone}`;
  byId("clock-box").classList.toggle("moving", moving);
  for (const button of document.querySelectorAll("[data-moves-clock]")) button.disabled = moving;
}

/** Ask for the clock to be moved on: `{by_seconds}` or `{next: "07:00"}`. */
export function moveClock(how) {
  if (world.clock.moving) return toast("The clock is being moved already.");
  if (how.next) toast(`The hours pass until ${how.next}. The bot reads what is published meanwhile.`);
  send({ op: "clock", ...how });
}

/** Wire the strip's buttons. */
export function startRibbon() {
  byId("next-morning").addEventListener("click", () => moveClock({ next: MORNING }));
  setTheme(stored());
  byId("theme").addEventListener("click", () => {
    const names = Object.keys(THEMES);
    setTheme(names[(names.indexOf(document.documentElement.dataset.theme) + 1) % names.length]);
  });
}

function stored() {
  try {
    return localStorage.getItem(THEME_KEY);
  } catch {
    return null;
  } // private windows refuse storage: the system's colours then
}

function setTheme(wanted) {
  const theme = wanted in THEMES ? wanted : "auto";
  const [sign, words] = THEMES[theme];
  document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem(THEME_KEY, theme);
  } catch {
    /* the choice lasts for this page */
  }
  byId("theme").replaceChildren(icon(sign), spoken(`Colours: ${words}. Change`));
  byId("theme").title = `Colours: ${words}`;
}
