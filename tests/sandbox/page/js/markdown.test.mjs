// Markdown: what Discord would show, from any text, in little time.

import assert from "node:assert/strict";
import test from "node:test";

import { parseMarkdown, plainText } from "../../../../bot/sandbox/page/js/markdown.js";

const kinds = (text) => parseMarkdown(text).map((block) => block.kind);
const inline = (text) => parseMarkdown(text)[0].children;
const words = (text) => plainText(parseMarkdown(text), () => "");

test("an edition's blocks are told apart", () => {
  const text = "## What you need to know\n-# 7 stories\n1. **One** said.\n-# New\n\n> a word\nand on";
  assert.deepEqual(kinds(text), ["heading", "small", "list", "small", "blank", "quote", "paragraph"]);
});

test("a list goes on with its own number, and what is further in hangs under it", () => {
  const [list] = parseMarkdown("3. three\n4. four\n   - in\n   - in too");
  assert.equal(list.start, 3);
  assert.equal(list.items.length, 2);
  assert.equal(list.items[1].lists[0].items.length, 2);
});

test("marks nest, and those that no partner closes are text", () => {
  assert.deepEqual(inline("***both***")[0].kind, "strong");
  assert.deepEqual(inline("***both***")[0].children[0].kind, "em");
  for (const text of ["2 * 3 * 4", "snake_case_name", "**open", "a ~~ b", "`tick", "[no](target)", "[x] (y)"]) {
    assert.equal(words(text), text);
  }
});

test("an escaped mark is a letter", () => {
  assert.equal(words("\\*not\\* \\[2 Mar\\] \\\\"), "*not* [2 Mar] \\");
  assert.ok(inline("\\*not\\*").every((node) => node.kind === "text"));
});

test("links are web addresses only, and end before a sentence's own marks", () => {
  const [masked] = inline("[Tidewire](https://tidewire.example/a_(b) \"note\")");
  assert.deepEqual([masked.kind, masked.href, masked.title], ["link", "https://tidewire.example/a_(b)", "note"]);
  assert.equal(inline("see https://a.example/x).")[1].href, "https://a.example/x");
  for (const text of ["[a](javascript:alert)", "[a](data:text/html,x)", "<javascript:x>", "javascript:alert(1)"]) {
    assert.equal(words(text), text);
    assert.ok(inline(text).every((node) => node.kind === "text"));
  }
});

test("times, people, places, roles and commands are what Discord makes of them", () => {
  const found = inline("<t:1772434800:F> <@1> <@&2> <#3> </schedule add:4> <:gull:5> @here").filter((n) => n.kind !== "text");
  assert.deepEqual(found.map((node) => node.kind), ["time", "user", "role", "channel", "command", "emoji", "ping"]);
  assert.equal(found[0].seconds, 1772434800);
  assert.equal(found[4].path, "schedule add");
});

test("code is shown as written", () => {
  assert.deepEqual(inline("`` a ` **b** ``")[0], { kind: "code", text: " a ` **b** " });
  assert.deepEqual(parseMarkdown("```js\nx = 1\n```"), [{ kind: "fence", language: "js", text: "x = 1" }]);
});

// A random walk over everything that could make a parser lose its way, the same at every run.
const PARTS = ["*", "_", "**", "__", "~~", "||", "`", "```", "[", "](", ")", "<", ">", "\\", "a", " ", "\n", "> ", "- ", "1. ",
  "# ", "-# ", "https://a.example/", "<t:1:R>", "@everyone"];
function* texts(count, length) {
  let seed = 42;
  for (let at = 0; at < count; at += 1) {
    let text = "";
    while (text.length < length) {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      text += PARTS[seed % PARTS.length];
    }
    yield text;
  }
}

test("no text throws, and no letter is lost", () => {
  for (const text of texts(400, 120)) {
    const written = text.replace(/https:\/\/a\.example\/|@everyone|<t:1:R>/g, "");
    assert.equal(letters(parseMarkdown(text)), (written.match(/a/g) ?? []).length, text);
  }
});

function letters(nodes) {
  return nodes.reduce((sum, node) => {
    const own = (node.text ?? "").replace(/https:\/\/a\.example\/|@everyone/g, "");
    const inside = [...(node.children ?? []), ...(node.items ?? []), ...(node.lists ?? [])];
    return sum + (own.match(/a/g) ?? []).length + letters(inside);
  }, 0);
}

test("the worst 4,000 characters take less than half a second", () => {
  const worst = PARTS.flatMap((a) => PARTS.map((b) => (a + b).repeat(2000).slice(0, 4000)));
  for (const text of [...worst, ...texts(40, 4000)]) {
    const began = performance.now();
    parseMarkdown(text);
    assert.ok(performance.now() - began < 500, text.slice(0, 20));
  }
});
