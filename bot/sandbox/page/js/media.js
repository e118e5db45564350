// Pictures, files, and covers over what should not be seen at once.

import { h, icon } from "./elements.js";
import { nameOfUser } from "./world.js";

/** Return *address* where it lies on this very server; the page's policy shows no other picture. */
const ownAddress = (address) => (typeof address === "string" && /^(?:\/|https?:)/i.test(address) ? address : "");

/** Return a picture with its words; without a description it says so to a screen reader. */
export function picture(media, { description = "", kind, hidden = false }) {
  const words = description ?? "";
  const image = h("img", {
    src: ownAddress(media.proxy_url ?? media.url),
    alt: words || "Picture without a description",
    loading: "lazy",
    width: media.width ?? null,
    height: media.height ?? null,
    onerror: () =>
      image.replaceWith(h("span", { class: "picture-missing" }, words || "This picture could not be loaded.")),
  });
  const mark =
    words && kind !== "thumbnail"
      ? h("figcaption", { class: "alt-mark", title: words, "aria-hidden": "true" }, "ALT")
      : null;
  const frame = h("figure", { class: kind }, image, mark);
  return hidden ? cover(frame) : frame;
}

/** Lay a lid over *content* that one press takes away. */
export function cover(content) {
  content.inert = true;
  const lid = h("button", { class: "cover-lid", type: "button" }, "Spoiler: show");
  const box = h("div", { class: "cover" }, content, lid);
  lid.addEventListener("click", () => {
    content.inert = false;
    lid.remove();
    box.classList.add("shown");
  });
  return box;
}

/** Return an attached file as a line with its size. */
export function fileCard({ filename, size, url }) {
  const words = h(
    "span",
    {},
    h("a", { href: ownAddress(url), download: filename }, filename),
    h("span", { class: "file-size" }, sizeWords(size)),
  );
  return h("p", { class: "file" }, icon("file"), words);
}

function sizeWords(bytes) {
  if (bytes === null || bytes === undefined) return "";
  if (bytes < 1024) return `${bytes} bytes`;
  return bytes < 1 << 20 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / (1 << 20)).toFixed(1)} MB`;
}

/** Return a user's picture, or the first letter of their name on a colour of its own. */
export function avatar(user, { small = false } = {}) {
  const size = small ? " small" : "";
  if (user?.bot) return h("span", { class: `avatar bot${size}`, "aria-hidden": "true" }, icon("news"));
  const name = nameOfUser(user);
  const hue = [...name].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 360, 7);
  return h(
    "span",
    { class: `avatar${size}`, "aria-hidden": "true", vars: { "--hue": String(hue) } },
    name.slice(0, 1).toUpperCase(),
  );
}
