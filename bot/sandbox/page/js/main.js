// The sandbox page: shows a Discord server that lives on this machine. This file wires the parts and hands out frames.

import { actions } from "./actions.js";
import { insertCommand, openCommands, resetComposer, startComposer } from "./composer.js";
import { closeDrawer, setDrawer, startDrawers } from "./drawers.js";
import { byId, icon } from "./elements.js";
import { drawFaults } from "./faults.js";
import { drawGuide, startGuide, takeDone } from "./guide.js";
import { PROTOCOL, connect, settled } from "./link.js";
import { openModal } from "./modal.js";
import { toast } from "./notices.js";
import { drawChannels, drawPlaces, markUnread, openChannel, stepChannel } from "./places.js";
import { drawClock, drawViewers, startRibbon } from "./ribbon.js";
import {
  dropMessage,
  forgetMessages,
  redraw,
  showMessage,
  startRoom,
  takeHistory,
  takeMessage,
  tellFailure,
} from "./room.js";
import { takeChoices } from "./suggestions.js";
import { refreshTimes, setClock } from "./times.js";
import { drawTools } from "./tools.js";
import { takeRequest, takeViolation } from "./traffic.js";
import { firstChannel, takeState, world } from "./world.js";

const EDITABLE = "input, textarea, select, dialog, [role=listbox], [role=menu]";
const EVERY_SECOND_MS = 1000;

function show(id) {
  openChannel(id);
  resetComposer();
  setDrawer("places", false);
}

Object.assign(actions, {
  insertCommand,
  showMessage,
  tellFailure,
  openChannel: show,
  redrawMessages: redraw,
  focusComposer: () => byId("command").focus(),
  dismissMessage: (message) => {
    dropMessage(message);
    byId("command").focus();
  },
});

const CHANGES = {
  MESSAGE_CREATE: (message) => {
    if (takeMessage(message)) markUnread(message);
  },
  MESSAGE_UPDATE: takeMessage,
  MESSAGE_DELETE: dropMessage,
};

function takeChannel(kind, channel) {
  if (kind.endsWith("_DELETE")) world.channels.delete(channel.id);
  else world.channels.set(channel.id, { ...world.channels.get(channel.id), ...channel });
  drawChannels();
  if (!world.channels.has(world.current)) show(firstChannel(null));
}

const TAKERS = {
  hello({ protocol }) {
    if (protocol !== PROTOCOL)
      toast(`This page speaks protocol ${PROTOCOL}, the sandbox ${protocol}: reload it.`, true);
  },
  state(frame) {
    takeState(frame);
    setClock(frame.clock);
    drawClock();
    drawGuide();
    drawPlaces();
    if (frame.keep && world.channels.has(world.current)) return redraw();
    forgetMessages();
    drawViewers();
    drawTools(() => closeDrawer("tools"));
    show(firstChannel(frame.open_channel_id));
  },
  history: takeHistory,
  dispatch({ t: kind, d: data }) {
    if (kind in CHANGES) CHANGES[kind](data);
    else if (/^(?:CHANNEL|THREAD)_(?:CREATE|UPDATE|DELETE)$/.test(kind)) takeChannel(kind, data);
  },
  settled,
  choices: takeChoices,
  modal: openModal,
  commands({ commands }) {
    world.commands = commands;
  },
  presence({ bot_state: state }) {
    world.botState = state;
    drawPlaces();
  },
  clock({ clock }) {
    setClock(clock);
    drawClock();
    refreshTimes();
  },
  faults({ faults }) {
    world.faults = faults;
    drawFaults();
  },
  request: takeRequest,
  violation(frame) {
    takeViolation(frame);
    byId("violation-dot").hidden = byId("desk").classList.contains("show-tools");
    toast(`The bot broke a rule of Discord's: ${frame.method} ${frame.path}`, true);
  },
  note({ text, level }) {
    toast(text, level === "error");
  },
  guide({ done }) {
    takeDone(done);
  },
};

function keys(event) {
  if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
    event.preventDefault();
    stepChannel(event.key === "ArrowDown" ? 1 : -1);
  }
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
  if (event.key === "/" && plain && !event.target.closest?.(EDITABLE)) {
    event.preventDefault();
    openCommands();
  }
}

function start() {
  byId("open-places").append(icon("menu"));
  byId("open-tools").prepend(icon("tools"));
  byId("send").append(icon("send"));
  byId("to-newest").prepend(icon("down"));
  document.addEventListener("keydown", keys);
  for (const begin of [startRibbon, startDrawers, startGuide, startRoom, startComposer]) begin();
  setInterval(() => {
    drawClock();
    refreshTimes();
  }, EVERY_SECOND_MS);
  connect((frame) => TAKERS[frame.op]?.(frame));
}

start();
