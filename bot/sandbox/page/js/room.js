// The list of messages in the shown channel. Only what changed is drawn anew, so that focus and open menus stay.

import * as archive from "./archive.js";
import { byId, h } from "./elements.js";
import { send } from "./link.js";
import { continues, excerpt, isEphemeral, messageElement } from "./message.js";
import { announce, toast } from "./notices.js";
import { dayOf, inZone, sandboxNow } from "./times.js";
import { FLAG, nameOfUser, world } from "./world.js";

const NEAR_PX = 80;
const FLASH_MS = 1600;
let drawn = new Map();
let asked = null;

const list = () => byId("messages");
const rowOf = (id) => list().querySelector(`[data-message="${CSS.escape(id)}"]`);
const isAtEnd = () => list().scrollHeight - list().scrollTop - list().clientHeight < NEAR_PX;
const toEnd = () => {
  list().scrollTop = list().scrollHeight;
};
const showNewest = () => {
  byId("to-newest").hidden = isAtEnd();
};

/** Show the messages of the current channel from where the reader left off. */
export function openRoom() {
  drawn = new Map();
  list().replaceChildren();
  const entry = archive.known(world.current);
  if (entry === null || entry.partial) return ask({});
  draw();
  toUnread();
}

/** Draw every message anew, and stay where the reader is. */
export function redraw() {
  const top = list().scrollTop;
  drawn = new Map();
  draw();
  list().scrollTop = top;
}

/** Take a page of history that was asked for. */
export function takeHistory({ channel_id: channel, messages, before = null, more = false }) {
  archive.takeHistory(channel, messages, { before: before !== null, more });
  if (channel !== world.current) return;
  asked = null;
  const { scrollHeight, scrollTop } = list();
  draw();
  if (before === null) toUnread();
  else list().scrollTop = scrollTop + list().scrollHeight - scrollHeight;
}

/** Take a message that came or changed. */
export function takeMessage(incoming) {
  const { message, fresh } = archive.put(incoming);
  if (message.channel_id !== world.current) return fresh && !isEphemeral(message);
  const mine = message.interaction_metadata?.user?.id === world.viewer?.user.id;
  const follow = isAtEnd() || (fresh && mine);
  draw();
  if (follow) reveal(message.id);
  showNewest();
  speak(message, fresh);
  return false;
}

/** Take a message away. */
export function dropMessage(message) {
  archive.remove(message);
  if (message.channel_id === world.current) draw();
}

/** Forget all messages, as before a new state. */
export const forgetMessages = () => archive.forgetAll();

/** Scroll to a message and make it stand out for a moment. */
export function showMessage(id) {
  const row = rowOf(id);
  if (row === null) return toast("That message is not on this page.");
  row.scrollIntoView({ block: "start" });
  row.focus({ preventScroll: true });
  row.classList.add("flash");
  setTimeout(() => row.classList.remove("flash"), FLASH_MS);
}

/** Show a note of the page's own, as Discord does where a bot does not answer. */
export function tellFailure(command, words) {
  takeMessage({
    id: archive.idAfterLast(world.current),
    channel_id: world.current,
    type: 0,
    author: world.bot,
    local: true,
    content: `**${words}**\n-# ${command} · Tools shows what the bot sent`,
    flags: FLAG.EPHEMERAL,
    embeds: [],
    attachments: [],
    components: [],
    timestamp: new Date(sandboxNow()).toISOString(),
    interaction_metadata: { type: 2, user: world.viewer.user, name: command },
  });
}

/** Wire the list: keys walk it, scrolling up brings older messages. */
export function startRoom() {
  list().addEventListener(
    "scroll",
    () => {
      showNewest();
      if (list().scrollTop < NEAR_PX) askOlder();
    },
    { passive: true },
  );
  list().addEventListener("keydown", walk);
  byId("to-newest").addEventListener("click", () => {
    toEnd();
    byId("command").focus();
  });
}

function ask(more) {
  asked = world.current;
  send({ op: "history", channel_id: world.current, ...more });
}

function askOlder() {
  const entry = archive.known(world.current);
  if (!entry?.more || asked === world.current || entry.messages.length === 0) return;
  ask({ before: entry.messages.find((message) => !message.local)?.id });
}

function toUnread() {
  const first = archive.messagesOf(world.current).find(isNew);
  const mark = byId("new-mark") ?? (first && rowOf(first.id));
  if (mark) mark.scrollIntoView({ block: "start" });
  else toEnd();
  showNewest();
}

/** Tell whether a message came after the last one that was read here. */
function isNew(message) {
  const read = world.lastRead[message.channel_id];
  return Boolean(read) && BigInt(message.id) > BigInt(read) && !isEphemeral(message);
}

/** A long answer is shown from its head, a short one at the end. */
function reveal(id) {
  const row = rowOf(id);
  if (row && row.offsetHeight > list().clientHeight - NEAR_PX / 2) row.scrollIntoView({ block: "start" });
  else toEnd();
}

function speak(message, fresh) {
  const name = nameOfUser(message.author);
  if (message.flags & FLAG.LOADING) announce(`${name} is thinking`);
  else announce(`${name}${fresh ? "" : " changed a message"}: ${excerpt(message)}`);
}

/** Bring the list up to date, row by row. */
function draw() {
  const held = focusedControl();
  const rows = wantedRows();
  const next = new Map();
  for (const { key, stamp, make } of rows) {
    const old = drawn.get(key);
    next.set(key, old?.stamp === stamp ? old : { stamp, node: make() });
  }
  const nodes = [...next.values()].map((row) => row.node);
  for (const child of [...list().children]) if (!nodes.includes(child)) child.remove();
  nodes.forEach((node, at) => {
    if (list().children[at] !== node) list().insertBefore(node, list().children[at] ?? null);
  });
  drawn = next;
  restoreFocus(held);
}

function wantedRows() {
  const messages = archive.messagesOf(world.current);
  const rows = [];
  let previous = null,
    marked = false;
  for (const message of messages) {
    const day = dayOf(Date.parse(message.timestamp));
    if (previous === null || dayOf(Date.parse(previous.timestamp)) !== day) rows.push(dayRow(day, message));
    if (isNew(message) && !marked && previous !== null) rows.push(NEW_ROW);
    const grouped = rows.at(-1)?.key === "new" ? false : continues(message, previous);
    marked ||= isNew(message);
    const stamp = `${message.version} ${grouped}`;
    rows.push({ key: message.id, stamp, make: () => h("li", {}, messageElement(message, { grouped })) });
    previous = message;
  }
  if (messages.length === 0) rows.push(EMPTY_ROW);
  return rows;
}

const NEW_ROW = {
  key: "new",
  stamp: "",
  make: () => h("li", { class: "new-mark", id: "new-mark" }, h("span", {}, "New")),
};
const EMPTY_ROW = {
  key: "empty",
  stamp: "",
  make: () => h("li", { class: "nothing" }, "Nothing was written here yet. Type / to see what the bot can do."),
};

function dayRow(day, message) {
  const words = () => inZone(Date.parse(message.timestamp), { dateStyle: "full" });
  return { key: `day ${day}`, stamp: "", make: () => h("li", { class: "day" }, h("span", {}, words())) };
}

/** Remember which control of which message has the focus, since its message may be drawn anew. */
function focusedControl() {
  const here = document.activeElement;
  const message = list().contains(here) ? here.closest("[data-message]") : null;
  return message && { id: message.dataset.message, control: here.closest("[data-control]")?.dataset.control ?? null };
}

function restoreFocus(held) {
  if (held === null || list().contains(document.activeElement)) return;
  const row = rowOf(held.id);
  const control = held.control && row?.querySelector(`[data-control="${CSS.escape(held.control)}"]:not(:disabled)`);
  if (control || row) (control || row).focus({ preventScroll: true });
  else byId("command").focus();
}

function walk(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const here = document.activeElement;
  if (!step || !(here === list() || here.matches("article.message"))) return;
  const all = [...list().querySelectorAll("article.message")];
  const at = all.indexOf(here);
  const to = at < 0 ? all.at(step > 0 ? 0 : -1) : all[at + step];
  if (!to) return;
  event.preventDefault();
  to.focus({ preventScroll: true });
  to.scrollIntoView({ block: "nearest" });
}
