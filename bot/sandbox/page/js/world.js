// What the page knows of the sandbox. The server has already cut it to what the present viewer may see and use.

export const FLAG = { CROSSPOSTED: 1 << 0, NO_EMBEDS: 1 << 2, EPHEMERAL: 1 << 6, LOADING: 1 << 7, SILENT: 1 << 12 };
export const CATEGORY = 4;
const THREADS = new Set([10, 11, 12]);

export const world = {
  guilds: [],
  guild: null,
  channels: new Map(),
  roles: new Map(),
  users: new Map(),
  bot: null,
  botState: "offline",
  commands: [],
  viewers: [],
  viewer: null,
  current: null,
  lastRead: {},
  unread: new Set(),
  clock: { now: Date.now(), at: performance.now(), speed: 1, zone: "UTC", moving: false },
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  faults: { kinds: [], routes: [], armed: [], random: null },
  traffic: [],
  violations: [],
  guide: null,
  done: new Set(),
};

const byId = (list) => new Map((list ?? []).map((entry) => [entry.id, entry]));

/** Put a whole `state` frame in the place of what was known. */
export function takeState(frame) {
  for (const key of ["guilds", "guild", "commands", "viewers", "bot", "faults", "guide"])
    world[key] = frame[key] ?? world[key];
  world.botState = frame.bot_state ?? "online";
  world.viewer = world.viewers.find((viewer) => viewer.user.id === frame.viewer_id) ?? null;
  world.channels = byId(frame.channels);
  world.roles = byId(frame.roles);
  world.users = byId([...(frame.members ?? []).map((member) => member.user), frame.bot]);
  if (!frame.keep) world.lastRead = { ...frame.last_read };
  world.done = new Set([...world.done, ...(frame.guide?.done ?? [])]);
  world.unread = new Set([...world.unread].filter((id) => world.channels.has(id)));
}

export const isThread = (channel) => THREADS.has(channel.type);
export const nameOfUser = (user) => user?.global_name ?? user?.username ?? "somebody";
export const commandNamed = (path) => world.commands.find((command) => command.name === path.split(" ")[0]);

/** Return the channels in the order in which they are shown, categories included. */
export const sortedChannels = () => [...world.channels.values()].sort((a, b) => (a.position ?? 0) - (b.position ?? 0));

/** Return the channel to open at first: the one that was open, else the one the server names, else the first. */
export function firstChannel(named) {
  const known = [world.current, named].find((id) => world.channels.has(id));
  return known ?? sortedChannels().find((channel) => channel.type !== CATEGORY)?.id ?? null;
}
