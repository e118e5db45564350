// The messages that the page was told of, by channel and in order. Pure: it draws nothing.

const channels = new Map();

const older = (a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1);

/** Return what is known of a channel: `{messages, more}`, or null where its history was never told. */
export const known = (channel) => channels.get(channel) ?? null;

/** Return the messages of a channel, oldest first. */
export const messagesOf = (channel) => channels.get(channel)?.messages ?? [];

/** Forget everything, as before a new state. */
export const forgetAll = () => channels.clear();

/** Take a page of history; `before` is true for one that lies before what is known. */
export function takeHistory(channel, messages, { before, more }) {
  const stamped = messages.map((message) => ({ ...message, version: 0 }));
  const kept = before ? messagesOf(channel) : [];
  const ids = new Set(kept.map((message) => message.id));
  channels.set(channel, {
    messages: [...stamped.filter((message) => !ids.has(message.id)), ...kept].sort(older),
    more,
  });
}

/** Add a message, or put it in the place of what it was; return it and whether it is new. */
export function put(message) {
  if (!channels.has(message.channel_id)) channels.set(message.channel_id, { messages: [], more: true, partial: true });
  const { messages } = channels.get(message.channel_id);
  const at = messages.findIndex((entry) => entry.id === message.id);
  if (at >= 0) {
    messages[at] = { ...messages[at], ...message, version: messages[at].version + 1 };
    return { message: messages[at], fresh: false };
  }
  const added = { ...message, version: 0 };
  messages.push(added);
  messages.sort(older);
  return { message: added, fresh: true };
}

/** Take a message away; nothing happens where it is not known. */
export function remove({ id, channel_id: channel }) {
  const entry = channels.get(channel);
  if (entry) entry.messages = entry.messages.filter((message) => message.id !== id);
}

/** Return an id that sorts after the last message of a channel, for a message that is the page's own. */
export function idAfterLast(channel) {
  return String(BigInt(messagesOf(channel).at(-1)?.id ?? 1) + 1n);
}
