// Discord's Markdown: a whole text in, a list of blocks out. Pure, as inline.js is.

import { parseInline } from "./inline.js";

const ITEM = /^( *)(?:[-*]|(\d{1,9})\.) +(\S.*)$/;
const FENCE = /^```(?:([\w+.#-]{1,20})\n)?\n?((?:(?!```)[\s\S])+?)\n?```[ \t]*(?=\n|$)/;

/**
 * Return the blocks of *source*: heading (with level), small, quote, list, fence, paragraph, and blank for an empty
 * line. Quotes hold blocks, lists hold items, all others hold inline nodes in `children`.
 */
export function parseMarkdown(source) {
  return parseLines(source.replace(/\r\n?/g, "\n").split("\n"), true);
}

/** Return the words of *nodes* without their marks; `spoken` says how a time is read out. */
export function plainText(nodes, spoken = () => "") {
  return nodes
    .map((node) => {
      if (node.kind === "time") return spoken(node);
      if (node.kind === "blank") return " ";
      return node.text ?? plainText([...(node.children ?? []), ...(node.items ?? []), ...(node.lists ?? [])], spoken);
    })
    .join("");
}

function parseLines(lines, mayQuote) {
  const blocks = [];
  let open = [];
  const close = () => {
    if (open.length) blocks.push({ kind: "paragraph", children: parseInline(open.join("\n")) });
    open = [];
  };
  for (let at = 0; at < lines.length;) {
    const found = blockAt(lines, at, mayQuote);
    if (found === null) {
      open.push(lines[at]);
      at += 1;
      continue;
    }
    close();
    blocks.push(...found.blocks);
    at = found.next;
  }
  close();
  return blocks;
}

function blockAt(lines, at, mayQuote) {
  const line = lines[at];
  const one = (block) => ({ blocks: [block], next: at + 1 });
  const heading = /^(#{1,3}) +(\S.*)$/.exec(line);
  if (heading) return one({ kind: "heading", level: heading[1].length, children: parseInline(heading[2]) });
  const small = /^-# +(\S.*)$/.exec(line);
  if (small) return one({ kind: "small", children: parseInline(small[1]) });
  if (line.trim() === "") return one({ kind: "blank" });
  if (line.startsWith("```")) return fenceAt(lines, at);
  if (mayQuote && line.startsWith(">>> ")) return quote([line.slice(4), ...lines.slice(at + 1)], lines.length);
  if (mayQuote && line.startsWith("> ")) return quoteAt(lines, at);
  return ITEM.test(line) ? listAt(lines, at) : null;
}

function fenceAt(lines, at) {
  const found = FENCE.exec(lines.slice(at).join("\n"));
  if (found === null) return null;
  const block = { kind: "fence", language: found[1] ?? "", text: found[2] };
  return { blocks: [block], next: at + found[0].split("\n").length };
}

function quoteAt(lines, at) {
  let next = at;
  while (next < lines.length && lines[next].startsWith("> ")) next += 1;
  return quote(
    lines.slice(at, next).map((line) => line.slice(2)),
    next,
  );
}

function quote(lines, next) {
  return { blocks: [{ kind: "quote", children: parseLines(lines, false) }], next };
}

function listAt(lines, at) {
  const items = [];
  let next = at;
  for (let found; next < lines.length && (found = ITEM.exec(lines[next])); next += 1) {
    const number = found[2] === undefined ? null : Number(found[2]);
    items.push({ indent: found[1].length, number, children: parseInline(found[3]) });
  }
  return { blocks: nested(items), next };
}

/** Hang items that are further in under the item before them; a change of kind begins a list of its own. */
function nested(items) {
  const roots = [];
  const open = [];
  for (const { indent, number, children } of items) {
    const ordered = number !== null;
    while (open.length && open.at(-1).indent > indent) open.pop();
    if (open.length && open.at(-1).indent === indent && open.at(-1).ordered !== ordered) open.pop();
    if (open.length === 0 || open.at(-1).indent < indent) {
      const list = { kind: "list", ordered, start: number ?? 1, indent, items: [] };
      (open.at(-1)?.items.at(-1).lists ?? roots).push(list);
      open.push(list);
    }
    open.at(-1).items.push({ children, lists: [] });
  }
  return roots;
}
