// The command box: choose a command, fill in its options, send; or write a message.

import { commandData, entriesOf, nameOf, rank, readLine } from "./commands.js";
import { completionKey, hideCompletion, showCompletion } from "./completion.js";
import { byId, counted, h, icon } from "./elements.js";
import { interact, send } from "./link.js";
import { announce, toast } from "./notices.js";
import { OptionError, Pill, optionHead } from "./pill.js";
import { tellFailure } from "./room.js";
import { stopAsking, suggest } from "./suggestions.js";
import { nameOfUser, world } from "./world.js";

const NARROW_PX = 700;
let entry = null;
let pills = [];

const input = () => byId("command");
const form = () => byId("command-form");
const fail = (words) => {
  byId("composer-error").textContent = words;
};
const entries = () => entriesOf(world.commands);

/** Wire the box. */
export function startComposer() {
  input().addEventListener("input", suggestCommands);
  input().addEventListener("focus", () => {
    if (input().value.startsWith("/")) suggestCommands();
  });
  input().addEventListener("keydown", (event) => {
    if (completionKey(event)) return;
    if (event.key === "Enter") {
      event.preventDefault();
      say();
    }
    if (event.key === "Escape" && input().value) {
      event.preventDefault();
      resetComposer();
    }
  });
  byId("browse").addEventListener("click", openCommands);
  byId("send").addEventListener("click", () => (entry ? submit() : say()));
  form().addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  document.addEventListener("pointerdown", (event) => {
    if (!byId("composer").contains(event.target)) hideCompletion();
  });
}

/** Open the list of commands, as the key / does anywhere on the page. */
export function openCommands() {
  if (input().disabled) return;
  resetComposer();
  input().value = "/";
  input().focus();
  suggestCommands();
}

/** Empty the box, and say whom it writes to. */
export function resetComposer() {
  const channel = world.channels.get(world.current);
  const mute = world.viewer?.silent_reason ?? channel?.silent_reason ?? null;
  entry = null;
  pills = [];
  stopAsking();
  form().hidden = true;
  form().replaceChildren();
  input().hidden = false;
  input().value = "";
  for (const element of [input(), byId("browse"), byId("send")]) element.disabled = mute !== null;
  input().placeholder =
    mute ??
    (innerWidth < NARROW_PX ? "Type / for commands" : `Type / for commands, or write in #${channel?.name ?? ""}`);
  input().setAttribute("aria-label", mute ?? `Message #${channel?.name ?? ""}, or type a slash for commands`);
  fail("");
  hideCompletion();
}

/** Put the command called *path* into the box, with *values* typed in by option name. */
export function insertCommand(path, values = {}) {
  const all = entries();
  const found = all.find((one) => nameOf(one) === path) ?? all.find((one) => one.path[0] === path.split(" ")[0]);
  if (!found) return toast(`As ${world.viewer?.label ?? "this member"} you can't use /${path}.`);
  resetComposer();
  choose(found, values);
}

// ---- choosing a command

function suggestCommands() {
  const typed = input().value;
  fail("");
  if (!typed.startsWith("/")) return hideCompletion();
  const all = entries();
  const exact = all.find((one) => typed.toLowerCase() === `/${nameOf(one)} `);
  if (exact) return choose(exact);
  const found = rank(all, typed.slice(1));
  const rows = found.map((one, at) => ({
    face: commandFace(one),
    starts: one.command !== found[at - 1]?.command,
    take: () => choose(one, readLine([one], typed)?.values),
  }));
  const head = [
    h("strong", {}, world.bot ? nameOfUser(world.bot) : "Commands"),
    h("span", { class: "hint" }, found.length ? counted(found.length, "command") : ""),
  ];
  const nothing = all.length ? `No command matches “${typed}”.` : "The bot has not told its commands yet.";
  showCompletion(rows, { head, nothing, box: input() });
}

function commandFace(one) {
  const options = one.options.map((option) => h("span", { class: option.required ? "needed" : "" }, option.name));
  return [
    h("span", { class: "item-name" }, `/${nameOf(one)}`, h("span", { class: "item-options" }, options)),
    h("span", { class: "item-words" }, one.description),
  ];
}

function choose(chosen, values = {}) {
  entry = chosen;
  hideCompletion();
  input().hidden = true;
  form().hidden = false;
  pills = entry.options.filter((option) => option.required || option.name in values).map(makePill);
  for (const pill of pills) if (pill.option.name in values) pill.fill(values[pill.option.name]);
  layOut();
  announce(`${nameOf(entry)}. ${entry.description}. ${counted(pills.length, "option")} to fill in.`);
  const first = pills.find((pill) => pill.isEmpty) ?? pills.at(-1);
  (first?.input ?? form().querySelector(".command-name")).focus();
}

function layOut() {
  const used = new Set(pills.map((pill) => pill.option.name));
  const rest = entry.options.filter((option) => !used.has(option.name));
  const name = h(
    "button",
    {
      class: "command-name",
      type: "button",
      title: "Leave this command",
      "aria-label": `Command ${nameOf(entry)}: Enter sends, Escape leaves`,
      onclick: (event) => (event.detail > 0 ? leave() : submit()),
      onfocus: () => hintAtSending(rest),
      onkeydown: (event) => {
        if (event.key === "Escape" || event.key === "Backspace") {
          event.preventDefault();
          leave();
        }
      },
    },
    `/${nameOf(entry)}`,
  );
  const more = rest.map((option) =>
    h(
      "button",
      {
        class: "option-add",
        type: "button",
        title: option.description,
        "aria-label": `Add option ${option.name}: ${option.description}`,
        onclick: () => add(option),
        onfocus: () => showCompletion([], { head: optionHead(option), nothing: "Press Enter to add it." }),
        onkeydown: (event) => {
          if (event.key === "Escape") {
            event.preventDefault();
            leave();
          }
        },
      },
      icon("plus"),
      option.name,
    ),
  );
  form().replaceChildren(
    name,
    ...pills.map((pill) => pill.element),
    ...more,
    h("button", { type: "submit", class: "spoken", tabindex: "-1" }, "Send command"),
  );
}

function makePill(option) {
  const help = { goOn, draftFor };
  return new Pill(option, {
    focus: (pill) => suggest(pill, { typing: false, ...help }),
    type: (pill) => {
      fail("");
      suggest(pill, { typing: true, ...help });
    },
    key: pillKey,
  });
}

function add(option) {
  pills.push(makePill(option));
  layOut();
  pills.at(-1).input.focus();
}

function leave() {
  const path = nameOf(entry);
  resetComposer();
  input().value = `/${path}`;
  input().focus();
  suggestCommands();
}

function hintAtSending(rest) {
  const more = rest.map((option) => option.name).join(", ");
  const nothing = more ? `Press Enter to send, or Tab to add: ${more}.` : "Press Enter to send.";
  showCompletion([], {
    head: [h("strong", {}, `/${nameOf(entry)}`), h("span", { class: "hint" }, entry.description)],
    nothing,
  });
}

// ---- filling in an option

function pillKey(pill, event) {
  if (completionKey(event)) return;
  if (event.key === "Enter") {
    event.preventDefault();
    submit();
  } else if (event.key === "Escape") {
    event.preventDefault();
    leave();
  } else if (event.key === "Backspace" && pill.input.value === "") {
    event.preventDefault();
    stepBack(pill);
  }
}

function stepBack(pill) {
  const at = pills.indexOf(pill);
  if (!pill.option.required) {
    pills.splice(at, 1);
    layOut();
  }
  (pills[at - 1]?.input ?? form().querySelector(".command-name")).focus();
}

function goOn(pill) {
  const next =
    pills.slice(pills.indexOf(pill) + 1).find((other) => other.isEmpty) ?? pills.find((other) => other.isEmpty);
  if (next) return next.input.focus();
  showCompletion([], { head: optionHead(pill.option), nothing: "Ready: press Enter to send." });
}

/** Return the command as it stands, for the bot to suggest something for *pill*. */
function draftFor(pill) {
  const others = pills.filter((other) => other !== pill && !other.isEmpty).map((other) => other.draft());
  return commandData(entry, [...others.filter((value) => value !== null), { ...pill.draft(), focused: true }]);
}

// ---- sending

async function submit() {
  let values = [];
  try {
    const missing = pills.find((pill) => pill.option.required && pill.isEmpty);
    if (missing) throw new OptionError(missing, `“${missing.option.name}” is required: ${missing.option.description}.`);
    for (const pill of pills.filter((one) => !one.isEmpty)) values = [...values, await pill.finished()];
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    error.pill.blame();
    return fail(error.message);
  }
  const sent = entry;
  resetComposer();
  input().focus();
  interact(2, commandData(sent, values), { settle: (failed) => failed && tellFailure(`/${nameOf(sent)}`, failed) });
}

function say() {
  const text = input().value.trim();
  if (text === "") return;
  if (!text.startsWith("/")) {
    send({ op: "say", channel_id: world.current, content: text });
    return resetComposer();
  }
  const read = readLine(entries(), text);
  if (read) choose(read.entry, read.values);
  else fail(`There is no command ${text.split(" ")[0]}. Pick one from the list.`);
}
