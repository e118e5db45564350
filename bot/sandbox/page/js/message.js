// One message as an element: who, when, what, and what can be done with it.

import { actions } from "./actions.js";
import { component } from "./components.js";
import { byId, counted, h, icon, iconButton, newId, spoken } from "./elements.js";
import { attachmentElement, embedElement } from "./embed.js";
import { interact, send } from "./link.js";
import { parseMarkdown, plainText } from "./markdown.js";
import { avatar } from "./media.js";
import { place } from "./popup.js";
import { prose, timeElement } from "./prose.js";
import { dayOf, told } from "./times.js";
import { FLAG, nameOfUser, world } from "./world.js";

const REPLY = 19;
const LINES = {
  7: ["join", " joined the server."],
  18: ["thread", " started a thread: "],
  6: ["alert", " pinned a message."],
};
// A message that follows within so long needs no name of its own, as in Discord.
const GROUPED_MS = 7 * 60_000;
const EXCERPT = 120;

export const isEphemeral = (message) => Boolean(message.flags & FLAG.EPHEMERAL);
const isLine = (message) => message.type in LINES;

/** Return the element of *message*; `grouped` leaves out the name, because the message above has the same author. */
export function messageElement(message, { grouped }) {
  if (isLine(message)) return lineElement(message);
  const nameId = newId("by");
  const body = h(
    "div",
    { class: "body" },
    header(message, nameId, grouped),
    content(message),
    message.thread ? threadMarker(message.thread) : null,
    isEphemeral(message) ? onlyYou(message) : null,
  );
  const kinds = [
    "message",
    isEphemeral(message) && "ephemeral",
    grouped && "grouped",
    message.author.bot && "from-bot",
  ];
  return h(
    "article",
    {
      class: kinds.filter(Boolean).join(" "),
      tabindex: "-1",
      "aria-labelledby": nameId,
      data: { message: message.id },
    },
    lead(message),
    grouped ? h("span", { class: "avatar-space" }) : avatar(message.author),
    body,
    menu(message),
  );
}

/** Tell whether *message* goes on where *previous* ended: same author, same kind, minutes later, same day. */
export function continues(message, previous) {
  if (!previous || isLine(previous) || isLine(message) || hasLead(message)) return false;
  const sent = Date.parse(message.timestamp),
    before = Date.parse(previous.timestamp);
  const alike = previous.author.id === message.author.id && isEphemeral(previous) === isEphemeral(message);
  return alike && sent - before < GROUPED_MS && dayOf(sent) === dayOf(before);
}

/** Return the first words of a message, for replies and for screen readers. */
export function excerpt(message) {
  const first = message.content || firstText(message.components ?? []) || message.embeds?.[0]?.title || "an attachment";
  const words = plainText(parseMarkdown(first), (time) => told(time.seconds * 1000, time.style)).trim();
  return words.length > EXCERPT ? `${words.slice(0, EXCERPT - 1)}…` : words;
}

function firstText(parts) {
  for (const part of parts) {
    const found = part.content ?? firstText(part.components ?? []);
    if (found) return found;
  }
  return "";
}

function header(message, id, grouped) {
  const sent = Date.parse(message.timestamp);
  const silent =
    message.flags & FLAG.SILENT
      ? h("span", { class: "silent" }, icon("bell"), spoken("sent without a notification"))
      : null;
  return h(
    "p",
    { class: grouped ? "spoken" : "by", id },
    h("span", { class: "name" }, nameOfUser(message.author)),
    message.author.bot ? h("span", { class: "app-badge" }, "APP") : null,
    " ",
    timeElement(sent, "header", "sent"),
    silent,
  );
}

const usedCommand = (message) => (message.interaction_metadata?.type === 2 ? message.interaction_metadata : null);
const hasLead = (message) => usedCommand(message) !== null || message.type === REPLY;

/** Return the line above a message that says what it answers, or null. */
function lead(message) {
  const used = usedCommand(message);
  if (used) {
    const name = message.interaction?.name ?? used.name ?? "a command";
    const shown = /^[a-z]/.test(name) && message.interaction?.type !== 3 ? `/${name}` : name;
    return h(
      "p",
      { class: "lead" },
      icon("reply"),
      avatar(used.user, { small: true }),
      h("span", { class: "lead-name" }, nameOfUser(used.user)),
      " used ",
      h("span", { class: "lead-command" }, shown),
    );
  }
  if (message.type !== REPLY) return null;
  const target = message.referenced_message;
  if (!target) return h("p", { class: "lead" }, icon("reply"), "The message that this answers was deleted.");
  const words = h(
    "button",
    { class: "lead-words", type: "button", onclick: () => actions.showMessage(target.id) },
    excerpt(target),
  );
  return h(
    "p",
    { class: "lead" },
    icon("reply"),
    avatar(target.author, { small: true }),
    h("span", { class: "lead-name" }, nameOfUser(target.author)),
    words,
  );
}

function content(message) {
  if (message.flags & FLAG.LOADING) {
    const dots = h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i"));
    return h("p", { class: "thinking" }, dots, `${nameOfUser(message.author)} is thinking…`);
  }
  const shown = JSON.stringify(message.components ?? []);
  const loose = (message.attachments ?? []).filter((file) => !shown.includes(JSON.stringify(file.url)));
  const embeds = message.flags & FLAG.NO_EMBEDS ? [] : (message.embeds ?? []);
  const parts = [
    ...(message.content ? [h("div", { class: "content" }, prose(message.content))] : []),
    ...loose.map(attachmentElement),
    ...embeds.map(embedElement),
    ...(message.components ?? []).map((part) => component(part, message)),
    ...(message.sticker_items ?? []).map((sticker) => h("p", { class: "unknown" }, `Sticker: ${sticker.name}`)),
    ...(message.poll ? [h("p", { class: "unknown" }, `Poll: ${message.poll.question?.text ?? ""}`)] : []),
  ];
  return [...parts, ...remarks(message)];
}

function remarks(message) {
  const edited = message.edited_timestamp;
  return [
    ...(edited ? [h("p", { class: "remark" }, h("span", { title: told(Date.parse(edited), "F") }, "(edited)"))] : []),
    ...(message.flags & FLAG.CROSSPOSTED
      ? [h("p", { class: "remark" }, icon("mega"), "Published to following servers")]
      : []),
  ];
}

function onlyYou(message) {
  const dismiss = () => {
    send({ op: "dismiss", message_id: message.id });
    actions.dismissMessage(message);
  };
  return h(
    "p",
    { class: "only-you" },
    icon("eye"),
    "Only you can see this",
    h("span", { "aria-hidden": "true" }, " · "),
    h("button", { class: "text-button", type: "button", onclick: dismiss }, "Dismiss", spoken(" this message")),
  );
}

function threadMarker(thread) {
  return h(
    "button",
    { class: "thread-marker", type: "button", onclick: () => actions.openChannel(thread.id) },
    icon("thread"),
    h("strong", {}, thread.name),
    h("span", {}, counted(thread.message_count ?? 0, "message")),
    icon("arrow"),
  );
}

function lineElement(message) {
  const [sign, words] = LINES[message.type];
  return h(
    "article",
    { class: "message line", tabindex: "-1", data: { message: message.id } },
    icon(sign),
    h(
      "p",
      {},
      h("strong", {}, nameOfUser(message.author)),
      words,
      message.type === 18 ? h("strong", {}, message.content) : null,
      " ",
      timeElement(Date.parse(message.timestamp), "header", "sent"),
    ),
  );
}

/** Return the menu with the bot's message commands ("Apps" in Discord), or null where it has none. */
function menu(message) {
  const commands = world.commands.filter((command) => command.type === 3);
  if (commands.length === 0 || message.flags & FLAG.LOADING || message.local) return null;
  const list = h("div", { class: "menu", role: "menu", popover: "auto", "aria-label": "Apps" });
  const opener = iconButton("more", "Apps for this message", () => list.togglePopover(), {
    class: "icon-button message-more",
    "aria-haspopup": "menu",
    "aria-expanded": "false",
  });
  const use = (command) => {
    list.hidePopover();
    byId("command").focus();
    interact(
      2,
      { id: command.id, name: command.name, type: 3, target_id: message.id },
      { settle: (failed) => failed && actions.tellFailure(command.name, failed) },
    );
  };
  const items = commands.map((command) =>
    h(
      "button",
      { class: "menu-item", role: "menuitem", type: "button", tabindex: "-1", onclick: () => use(command) },
      avatar(world.bot, { small: true }),
      command.name,
    ),
  );
  list.append(...items);
  list.addEventListener("toggle", (event) => {
    opener.setAttribute("aria-expanded", String(event.newState === "open"));
    if (event.newState !== "open") return;
    place(list, opener);
    items[0].focus();
  });
  list.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    items.at((items.indexOf(document.activeElement) + step) % items.length).focus();
  });
  return h("div", { class: "message-tools" }, opener, list);
}
