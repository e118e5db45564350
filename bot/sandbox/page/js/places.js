// Servers and channels, and which of them is shown.

import { actions } from "./actions.js";
import { messagesOf } from "./archive.js";
import { byId, h, icon, spoken } from "./elements.js";
import { send } from "./link.js";
import { avatar } from "./media.js";
import { toast } from "./notices.js";
import { openRoom } from "./room.js";
import { CATEGORY, isThread, nameOfUser, sortedChannels, world } from "./world.js";

const SIGNS = { 0: "hash", 1: "at", 5: "mega", 10: "thread", 11: "thread", 12: "thread", 15: "forum", 16: "forum" };
const sign = (channel) => icon(channel.private ? "lock" : (SIGNS[channel.type] ?? "hash"));

/** Draw servers, channels and the bot's line. */
export function drawPlaces() {
  byId("rail").replaceChildren(...world.guilds.map(guildButton));
  drawChannels();
  byId("bot-line").replaceChildren(
    ...(world.bot
      ? [
          avatar(world.bot, { small: true }),
          h("span", { class: "bot-name" }, nameOfUser(world.bot)),
          h("span", { class: "bot-state", data: { state: world.botState } }, world.botState),
        ]
      : []),
  );
}

/** Draw the channels alone, as after one of them got a message. */
export function drawChannels() {
  byId("guild-name").textContent = world.guild?.name ?? "";
  const all = sortedChannels();
  const under = (parent) =>
    all.filter((channel) => (channel.parent_id ?? null) === parent && channel.type !== CATEGORY && !isThread(channel));
  const lines = (parent) =>
    under(parent).flatMap((channel) => [
      channelLine(channel),
      ...all.filter((thread) => isThread(thread) && thread.parent_id === channel.id).map(channelLine),
    ]);
  const categories = all.filter((channel) => channel.type === CATEGORY && under(channel.id).length > 0);
  byId("channel-list").replaceChildren(
    h("ul", {}, lines(null)),
    ...categories.flatMap((category) => [
      h("h3", { class: "category" }, category.name),
      h("ul", {}, lines(category.id)),
    ]),
  );
}

/** Show another channel. */
export function openChannel(id) {
  const channel = world.channels.get(id);
  if (channel === undefined) return toast("You can't see that channel as this member.");
  const last = messagesOf(world.current).findLast((message) => !message.local);
  if (last && world.current !== id) world.lastRead[world.current] = last.id;
  world.current = id;
  world.unread.delete(id);
  byId("room-name").replaceChildren(
    sign(channel),
    h("span", {}, channel.name),
    channel.private ? spoken(" (private)") : "",
  );
  byId("room-topic").textContent = channel.topic ?? "";
  byId("messages").setAttribute("aria-label", `Messages in ${channel.name}`);
  document.title = `#${channel.name} · Sandbox`;
  drawChannels();
  openRoom();
}

/** Note that *message* came into a channel that is not shown. */
export function markUnread({ id, channel_id: channel }) {
  if (!world.unread.has(channel)) world.lastRead[channel] = String(BigInt(id) - 1n);
  world.unread.add(channel);
  drawChannels();
}

/** Show the channel *step* places further down the list. */
export function stepChannel(step) {
  const lines = [...byId("channel-list").querySelectorAll(".channel")];
  const at = lines.findIndex((line) => line.getAttribute("aria-current") === "page");
  lines.at((at + step) % lines.length)?.click();
}

function guildButton(guild) {
  const initials = guild.name
    .split(/\s+/)
    .map((word) => word[0])
    .join("")
    .slice(0, 2)
    .toUpperCase();
  const here = guild.id === world.guild?.id ? "true" : null;
  return h(
    "button",
    {
      class: "guild",
      type: "button",
      "aria-current": here,
      title: guild.name,
      onclick: () => send({ op: "guild", guild_id: guild.id }),
    },
    h("span", { "aria-hidden": "true" }, initials),
    spoken(guild.name),
  );
}

function channelLine(channel) {
  const isUnread = world.unread.has(channel.id);
  const kinds = ["channel", isThread(channel) && "in-thread", isUnread && "unread"].filter(Boolean).join(" ");
  const here = channel.id === world.current ? "page" : null;
  return h(
    "li",
    {},
    h(
      "button",
      {
        class: kinds,
        type: "button",
        "aria-current": here,
        data: { channel: channel.id },
        onclick: () => actions.openChannel(channel.id),
      },
      sign(channel),
      h("span", { class: "channel-name" }, channel.name),
      isUnread ? spoken(", unread") : null,
    ),
  );
}
