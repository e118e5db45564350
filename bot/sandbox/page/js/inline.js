// Discord's Markdown inside a line: text in, a list of nodes out. Pure: it knows no page, throws for no text and
// loses no character but the marks themselves.

/** How deep marks may stand in marks; what lies deeper is shown as it was written. */
const DEEPEST = 10;
const LETTER = /[\p{L}\p{N}]/u;
const MARKS = [
  ["||", "spoiler"],
  ["**", "strong"],
  ["__", "under"],
  ["~~", "strike"],
  ["*", "em"],
  ["_", "em"],
];
const ANGLES = [
  [/<t:(-?\d{1,15})(?::([tTdDfFRsS]))?>/y, (m) => ({ kind: "time", seconds: Number(m[1]), style: m[2] ?? "f" })],
  [/<@!?(\d{1,20})>/y, (m) => ({ kind: "user", id: m[1] })],
  [/<@&(\d{1,20})>/y, (m) => ({ kind: "role", id: m[1] })],
  [/<#(\d{1,20})>/y, (m) => ({ kind: "channel", id: m[1] })],
  [/<\/([-_'\p{L}\p{N}]{1,32}(?: [-_'\p{L}\p{N}]{1,32}){0,2}):\d{1,20}>/uy, (m) => ({ kind: "command", path: m[1] })],
  [/<a?:(\w{2,32}):\d{1,20}>/y, (m) => ({ kind: "emoji", name: m[1] })],
  [/<(https?:\/\/[^\s<>]{1,2000})>/y, (m) => ({ kind: "link", href: m[1], children: [text(m[1])] })],
];
const READERS = {
  "\\": readEscape,
  "`": readCode,
  "<": readAngle,
  "[": readMasked,
  "@": readPing,
  h: readAddress,
  "*": readMark,
  _: readMark,
  "~": readMark,
  "|": readMark,
};

/** Return the nodes of *source*: `{kind: "text", text}` and, for marks, `{kind, children}` and the like. */
export function parseInline(source, depth = 0) {
  const nodes = [];
  const run = { source, depth, hopeless: new Set() };
  let from = 0;
  for (let at = 0; at < source.length && depth < DEEPEST;) {
    const found = READERS[source[at]]?.(run, at) ?? null;
    if (found === null) {
      at += 1;
      continue;
    }
    if (at > from) nodes.push(text(source.slice(from, at)));
    nodes.push(found.node);
    at = from = found.end;
  }
  if (from < source.length) nodes.push(text(source.slice(from)));
  return nodes;
}

function text(words) {
  return { kind: "text", text: words };
}

function match(pattern, source, at) {
  pattern.lastIndex = at;
  return pattern.exec(source);
}

function readEscape({ source }, at) {
  const next = String.fromCodePoint(source.codePointAt(at + 1) ?? 32);
  return /[\p{L}\p{N}\s]/u.test(next) ? null : { node: text(next), end: at + 1 + next.length };
}

function readAngle({ source }, at) {
  for (const [pattern, made] of ANGLES) {
    const found = match(pattern, source, at);
    if (found) return { node: made(found), end: at + found[0].length };
  }
  return null;
}

function readPing({ source }, at) {
  const found = match(/@(?:everyone|here)\b/y, source, at);
  return found && { node: { kind: "ping", text: found[0] }, end: at + found[0].length };
}

function readAddress({ source }, at) {
  const found = match(/https?:\/\/[^\s<>]+/y, source, at);
  if (found === null) return null;
  const href = withoutTail(found[0]);
  return { node: { kind: "link", href, children: [text(href)] }, end: at + href.length };
}

/** A sentence's own end marks, and a bracket that was opened before it, are no part of an address. */
function withoutTail(address) {
  let end = address.replace(/[.,:;"'!?\]*_~|]+$/u, "");
  while (end.endsWith(")") && count(end, ")") > count(end, "(")) end = end.slice(0, -1);
  return end;
}

function count(words, letter) {
  return words.split(letter).length - 1;
}

/** Code ends at the next run of as many backticks as began it; a run that finds no partner is text. */
function readCode(run, at) {
  const { source } = run;
  const {
    0: { length },
  } = match(/`+/y, source, at);
  if (length === 3) {
    const block = match(/```(?:([\w+.#-]{1,20})\n)?\n?((?:(?!```)[\s\S])+?)\n?```/y, source, at);
    if (block) return { node: { kind: "fence", language: block[1] ?? "", text: block[2] }, end: at + block[0].length };
  }
  const rest = run.hopeless.has(`\`${length}`) ? [] : source.slice(at + length).matchAll(/`+/g);
  for (const other of rest) {
    if (other[0].length !== length) continue;
    const words = source.slice(at + length, at + length + other.index);
    return { node: { kind: "code", text: words.replace(/^ (`)|(`) $/g, "$1$2") }, end: at + 2 * length + other.index };
  }
  run.hopeless.add(`\`${length}`);
  return { node: text(source.slice(at, at + length)), end: at + length };
}

function readMasked(run, at) {
  const { source, depth } = run;
  if (run.hopeless.has("[") || source.indexOf("](", at) < 0) {
    run.hopeless.add("[");
    return null;
  }
  const end = labelEnd(source, at);
  const target = end < 0 ? null : match(MASKED_TARGET, source, end);
  if (target === null || end === at + 1) return null;
  const children = parseInline(source.slice(at + 1, end), depth + 1);
  return {
    node: { kind: "link", href: target[1], title: target[2], masked: true, children },
    end: end + target[0].length,
  };
}

const MASKED_TARGET = /\]\(<?(https?:\/\/(?:[^\s()<>]|\([^\s()<>]*\))+)>?(?:\s+"([^"]*)")?\)/y;

/** Return where the label that begins at *at* is closed, or -1; one pair of brackets may stand inside it. */
function labelEnd(source, at) {
  let inside = 0;
  for (let here = at + 1; here < source.length; here += 1) {
    const letter = source[here];
    if (letter === "\\") here += 1;
    else if (letter === "[" && inside++ > 0) return -1;
    else if (letter === "]" && inside-- === 0) return here;
  }
  return -1;
}

function readMark(run, at) {
  for (const [mark, kind] of MARKS) {
    if (!run.source.startsWith(mark, at) || run.hopeless.has(mark) || !mayOpen(run.source, at, mark)) continue;
    const end = closing(run, at, mark);
    if (end < 0) continue;
    const children = parseInline(run.source.slice(at + mark.length, end), run.depth + 1);
    return { node: { kind, children }, end: end + mark.length };
  }
  return null;
}

function mayOpen(source, at, mark) {
  const next = source[at + mark.length];
  if (next === undefined) return false;
  if (mark === "*") return !/[\s*]/.test(next);
  return mark !== "_" || !LETTER.test(source[at - 1] ?? "");
}

/** Return where *mark*, opened at *at*, is closed, or -1. What no later place can close is not looked for again. */
function closing(run, at, mark) {
  const { source } = run;
  for (let here = at + mark.length; here < source.length; here += 1) {
    if (source[here] === "\\" && mark !== "||") {
      here += 1;
      continue;
    }
    if (!source.startsWith(mark, here)) continue;
    if (mark.length === 1 && source[here + 1] === mark) {
      here += 1;
      continue;
    }
    if (here === at + mark.length) continue;
    if (mayClose(source, here, mark)) return here;
  }
  run.hopeless.add(mark);
  return -1;
}

function mayClose(source, at, mark) {
  if (mark === "_") return !LETTER.test(source[at + 1] ?? "");
  return mark === "||" || mark === "~~" || source[at + mark.length] !== mark[0];
}
