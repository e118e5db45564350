// Discord's Markdown as elements.

import { actions } from "./actions.js";
import { h } from "./elements.js";
import { parseInline } from "./inline.js";
import { parseMarkdown } from "./markdown.js";
import { toast } from "./notices.js";
import { isoOf, told } from "./times.js";
import { nameOfUser, world } from "./world.js";

// Names that are set aside for examples: the made-up outlets live there.
const NOWHERE = /(?:^|\.)(?:example|invalid|test|example\.(?:com|net|org))$/;
const SIMPLE = { strong: "strong", em: "em", under: "u", strike: "s" };

/** Return the elements of a whole text. */
export const prose = (source) => parseMarkdown(source ?? "").map(blockElement);

/** Return the elements of a text without line structure, such as the name of a field. */
export const inlineProse = (source) => parseInline(source ?? "").map(nodeElement);

function blockElement(block) {
  const inner = () => block.children.map(nodeElement);
  switch (block.kind) {
    case "heading":
      return h("p", { class: `md-heading md-h${block.level}`, role: "heading", "aria-level": "3" }, inner());
    case "small":
      return h("p", { class: "md-small" }, inner());
    case "blank":
      return h("p", { class: "md-blank" });
    case "quote":
      return h("blockquote", { class: "md-quote" }, block.children.map(blockElement));
    case "list":
      return listElement(block);
    case "fence":
      return nodeElement(block);
    default:
      return h("p", { class: "md-paragraph" }, inner());
  }
}

function listElement(list) {
  const items = list.items.map((item) => h("li", {}, item.children.map(nodeElement), item.lists.map(listElement)));
  return h(list.ordered ? "ol" : "ul", { class: "md-list", start: list.ordered ? String(list.start) : null }, items);
}

function nodeElement(node) {
  if (node.kind in SIMPLE) return h(SIMPLE[node.kind], {}, node.children.map(nodeElement));
  switch (node.kind) {
    case "text":
      return node.text.split("\n").flatMap((line, at) => (at ? [h("br"), line] : [line]));
    case "code":
      return h("code", { class: "md-code" }, node.text);
    case "fence":
      return h(
        "pre",
        {
          class: "md-fence",
          tabindex: "0",
          role: "region",
          "aria-label": node.language ? `Code, ${node.language}` : "Code",
        },
        h("code", {}, node.text),
      );
    case "spoiler":
      return spoiler(node.children.map(nodeElement));
    case "link":
      return linkElement(node.href, node.children.map(nodeElement), node);
    case "time":
      return timeElement(node.seconds * 1000, node.style);
    case "emoji":
      return h("span", { class: "md-emoji" }, `:${node.name}:`);
    default:
      return mention(node);
  }
}

function mention(node) {
  if (node.kind === "channel") return channelMention(node.id);
  if (node.kind === "command") {
    return h(
      "button",
      { class: "mention", type: "button", onclick: () => actions.insertCommand(node.path) },
      `/${node.path}`,
    );
  }
  const name = {
    user: () => `@${world.users.has(node.id) ? nameOfUser(world.users.get(node.id)) : "unknown-user"}`,
    role: () => `@${world.roles.get(node.id)?.name.replace(/^@/, "") ?? "deleted-role"}`,
  }[node.kind];
  return h("span", { class: "mention" }, name ? name() : node.text);
}

function channelMention(id) {
  const channel = world.channels.get(id);
  if (channel === undefined) return h("span", { class: "mention" }, "#no-access");
  return h("button", { class: "mention", type: "button", onclick: () => actions.openChannel(id) }, `#${channel.name}`);
}

/** Return a link that opens elsewhere; what is no web address becomes plain words. */
export function linkElement(href, children, { title, masked } = {}) {
  const address = URL.canParse(href) ? new URL(href) : null;
  if (address === null || !["https:", "http:"].includes(address.protocol)) return h("span", {}, children);
  const onclick = (event) => {
    if (!NOWHERE.test(address.hostname)) return;
    event.preventDefault();
    toast(`${address.hostname} is made up for the sandbox: the link leads nowhere.`);
  };
  const note = title ?? (masked ? address.host : null);
  return h(
    "a",
    { href: address.href, target: "_blank", rel: "noopener noreferrer nofollow", title: note, onclick },
    children,
  );
}

/** Return a time that stays right: see refreshTimes. */
export function timeElement(milliseconds, style, name = "md-time") {
  const data = { ms: milliseconds, style };
  const title = told(milliseconds, "F");
  return h("time", { class: name, datetime: isoOf(milliseconds), title, data }, told(milliseconds, style));
}

function spoiler(children) {
  const words = h("span", { class: "spoiler-words", inert: true }, children);
  const box = h(
    "span",
    { class: "spoiler", role: "button", tabindex: "0", "aria-label": "Spoiler, press to show" },
    words,
  );
  const show = (event) => {
    event.stopPropagation();
    words.inert = false;
    box.classList.add("shown");
    for (const name of ["role", "tabindex", "aria-label"]) box.removeAttribute(name);
  };
  box.addEventListener("click", show, { once: true });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    show(event);
  });
  return box;
}
