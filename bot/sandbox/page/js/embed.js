// Embeds and attachments: what a message may hold beside its text and its components.

import { accent } from "./components.js";
import { h } from "./elements.js";
import { fileCard, picture } from "./media.js";
import { inlineProse, linkElement, prose, timeElement } from "./prose.js";

const maybe = (value, made) => (value ? made(value) : null);
const linked = (words, url) => (url ? linkElement(url, [words]) : words);

/** Return the element of one embed. */
export function embedElement(embed) {
  const words = h(
    "div",
    { class: "embed-words" },
    maybe(embed.author, (author) => h("p", { class: "embed-author" }, linked(author.name, author.url))),
    maybe(embed.title, (title) =>
      h("p", { class: "embed-title" }, embed.url ? linked(title, embed.url) : inlineProse(title)),
    ),
    maybe(embed.description, (text) => h("div", {}, prose(text))),
    maybe(embed.fields?.length, () => fields(embed.fields)),
  );
  return h(
    "div",
    { class: "embed", vars: accent(embed.color) },
    words,
    maybe(embed.thumbnail, (media) => picture(media, { description: media.description, kind: "thumbnail" })),
    maybe(embed.image, (media) => picture(media, { description: media.description, kind: "embed-image" })),
    footer(embed),
  );
}

function fields(list) {
  return h(
    "dl",
    { class: "embed-fields" },
    list.map((field) =>
      h(
        "div",
        { class: field.inline ? "inline" : "block" },
        h("dt", {}, inlineProse(field.name)),
        h("dd", {}, prose(field.value)),
      ),
    ),
  );
}

function footer({ footer: foot, timestamp }) {
  if (!foot && !timestamp) return null;
  const time = timestamp ? timeElement(Date.parse(timestamp), "f", "plain-time") : null;
  return h("p", { class: "embed-footer" }, foot?.text, foot && time ? " · " : null, time);
}

/** Return the element of one attached file: a picture where it is one. */
export function attachmentElement(file) {
  if (!file.content_type?.startsWith("image/")) return fileCard(file);
  const hidden = file.filename.startsWith("SPOILER_");
  return picture(file, { description: file.description, kind: "attachment-image", hidden });
}
