// Commands: what can be typed after a slash, and what is sent.

import assert from "node:assert/strict";
import test from "node:test";

import { commandData, entriesOf, nameOf, rank, readLine, valueOf } from "../../../../bot/sandbox/page/js/commands.js";

const channel = { type: 7, name: "channel", description: "Where", required: true };
const time = { type: 3, name: "time", description: "When", required: true };
const name = { type: 3, name: "name", description: "Who", required: true, autocomplete: true };
const COMMANDS = [
  { id: "1", name: "schedule", description: "Plans", options: [
    { type: 1, name: "add", description: "Post a digest", options: [channel, time] },
    { type: 1, name: "list", description: "See what is planned" },
  ] },
  { id: "2", name: "desk", description: "A desk", options: [{ type: 2, name: "drawer", description: "Its drawer", options: [
    { type: 1, name: "open", description: "Open it", options: [] }] }] },
  { id: "3", name: "event", description: "One story", options: [name] },
  { id: "4", name: "events", description: "Stories", options: [] },
  { id: "5", name: "Find this", type: 3 },
];
const ENTRIES = entriesOf(COMMANDS);
const entry = (path) => ENTRIES.find((one) => nameOf(one) === path);

test("every way to call a command is one entry; menus of messages are none", () => {
  assert.deepEqual(ENTRIES.map(nameOf), ["schedule add", "schedule list", "desk drawer open", "event", "events"]);
});

test("what was typed exactly comes first, what only mentions it last", () => {
  assert.deepEqual(rank(ENTRIES, "event").map(nameOf), ["event", "events"]);
  assert.deepEqual(rank(ENTRIES, "planned").map(nameOf), ["schedule list"]);
  assert.deepEqual(rank(ENTRIES, "zzz"), []);
});

test("values are nested as Discord nests subcommands", () => {
  const value = { type: 3, name: "time", value: "07:00" };
  assert.deepEqual(commandData(entry("schedule add"), [value]).options, [{ type: 1, name: "add", options: [value] }]);
  assert.deepEqual(commandData(entry("desk drawer open"), []).options, [{ type: 2, name: "drawer", options: [{ type: 1, name: "open", options: [] }] }]);
  assert.deepEqual(commandData(entry("event"), [value]).options, [value]);
});

test("a whole typed line is understood, with and without the options' names", () => {
  assert.deepEqual(readLine(ENTRIES, "/event ferry off Skarn Head").values, { name: "ferry off Skarn Head" });
  assert.deepEqual(readLine(ENTRIES, "/schedule add channel:boats time:07:00").values, { channel: "boats", time: "07:00" });
  assert.equal(nameOf(readLine(ENTRIES, "/events").entry), "events");
  assert.equal(readLine(ENTRIES, "/eventsx"), null);
});

test("a value that does not fit is told in a sentence", () => {
  const count = { type: 4, name: "count", min_value: 1, max_value: 9 };
  assert.deepEqual(valueOf(count, "7", []), { value: 7 });
  assert.match(valueOf(count, "7.5", []).problem, /whole number/);
  assert.match(valueOf(count, "10", []).problem, /at most 9/);
  assert.match(valueOf({ type: 7, name: "channel" }, "nowhere", []).problem, /suggestions/);
  assert.deepEqual(valueOf({ type: 5, name: "flag" }, "yes", [{ name: "Yes", value: true }]), { value: true });
  assert.match(valueOf({ type: 3, name: "word", min_length: 2 }, "x", []).problem, /at least 2/);
});

test("a channel or a person may be typed with or without their sign", () => {
  const choices = [{ name: "#boats", value: "7" }, { name: "@Mira", value: "8" }];
  assert.deepEqual(valueOf({ type: 7, name: "channel" }, "boats", choices), { value: "7" });
  assert.deepEqual(valueOf({ type: 6, name: "who" }, "@mira", choices), { value: "8" });
});
