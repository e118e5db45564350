// The components of a message, each by its number in Discord's API reference, "Component Reference".

import { h, icon } from "./elements.js";
import { interact } from "./link.js";
import { cover, fileCard, picture } from "./media.js";
import { linkElement, prose } from "./prose.js";
import { selectBox } from "./select.js";
import { CATEGORY, nameOfUser, world } from "./world.js";

const BUTTON_STYLES = { 1: "primary", 2: "secondary", 3: "success", 4: "danger", 6: "premium" };
const LINK_STYLE = 5;
const SHAPES = {
  1: row,
  2: button,
  3: menu,
  5: menu,
  6: menu,
  7: menu,
  8: menu,
  9: section,
  10: textDisplay,
  11: thumbnail,
  12: gallery,
  13: file,
  14: separator,
  17: container,
};

/** Return the element of one component of *message*. */
export function component(part, message) {
  const shape = SHAPES[part.type];
  return shape
    ? shape(part, message)
    : h("p", { class: "unknown" }, `The sandbox does not know component type ${part.type}.`);
}

/** Return a colour of the API as CSS. */
export const colour = (number) => `#${(number >>> 0).toString(16).padStart(6, "0").slice(-6)}`;

/** Return a bar's colour as custom properties; none where there is no colour. */
export const accent = (number) => (number === null || number === undefined ? {} : { "--accent-bar": colour(number) });

function children(part, message) {
  return part.components.map((child) => component(child, message));
}

function row(part, message) {
  return h("div", { class: "row" }, children(part, message));
}

function textDisplay(part) {
  return h("div", { class: "text-display" }, prose(part.content));
}

function section(part, message) {
  const words = h("div", { class: "section-text" }, children(part, message));
  return h("div", { class: "section" }, words, h("div", { class: "section-side" }, component(part.accessory, message)));
}

function thumbnail(part) {
  return picture(part.media, { description: part.description, kind: "thumbnail", hidden: part.spoiler });
}

function gallery(part) {
  const items = part.items.map((item) =>
    picture(item.media, { description: item.description, kind: "gallery-item", hidden: item.spoiler }),
  );
  return h("div", { class: "gallery", data: { count: String(Math.min(items.length, 4)) } }, items);
}

function file(part) {
  const { url } = part.file;
  const card = fileCard({ filename: part.name ?? url.split("/").pop(), size: part.size, url });
  return part.spoiler ? cover(card) : card;
}

function separator(part) {
  const size = `gap-${part.spacing ?? 1}`;
  return part.divider === false ? h("div", { class: size }) : h("hr", { class: `separator ${size}` });
}

function container(part, message) {
  const vars = accent(part.accent_color);
  const box = h(
    "div",
    { class: `container${"--accent-bar" in vars ? " accented" : ""}`, vars },
    children(part, message),
  );
  return part.spoiler ? cover(box) : box;
}

function button(part, message) {
  const face = part.emoji?.name ? h("span", { "aria-hidden": part.label ? "true" : null }, part.emoji.name) : null;
  const label = [face, part.label ? h("span", {}, part.label) : null];
  if (part.style === LINK_STYLE) {
    const anchor = linkElement(part.url ?? "", [...label, icon("link")]);
    anchor.classList.add("button", "secondary");
    return anchor;
  }
  const element = h(
    "button",
    {
      class: `button ${BUTTON_STYLES[part.style] ?? "secondary"}`,
      type: "button",
      disabled: Boolean(part.disabled),
      data: { control: part.custom_id },
      onclick: () => press(element, message, { component_type: 2, custom_id: part.custom_id }),
    },
    label,
  );
  return element;
}

function menu(part, message) {
  const box = selectBox({
    label: part.placeholder ?? "Choose",
    options: choicesOf(part),
    min: part.min_values ?? 1,
    max: part.max_values ?? 1,
    disabled: Boolean(part.disabled),
    commit: (values) => press(box, message, { component_type: part.type, custom_id: part.custom_id, values }),
  });
  box.querySelector(".select").dataset.control = part.custom_id;
  return box;
}

/** Return what a select offers: its own options, or the users, roles and channels that this viewer may see. */
export function choicesOf(part) {
  if (part.type === 3) return part.options;
  const users = () =>
    [...world.users.values()].map((user) => ({
      value: user.id,
      label: nameOfUser(user),
      description: `@${user.username}`,
    }));
  const roles = () =>
    [...world.roles.values()].map((role) => ({ value: role.id, label: `@${role.name.replace(/^@/, "")}` }));
  const all = { 5: users, 6: roles, 7: () => [...users(), ...roles()], 8: () => channelChoices(part.channel_types) }[
    part.type
  ]();
  const chosen = new Set((part.default_values ?? []).map((entry) => entry.id));
  return all.map((choice) => ({ ...choice, default: chosen.has(choice.value) }));
}

/** Return the channels of *types* (all, where none is named) as choices. */
export function channelChoices(types) {
  const fits = (channel) => channel.type !== CATEGORY && (!types?.length || types.includes(channel.type));
  return [...world.channels.values()]
    .filter(fits)
    .map((channel) => ({ value: channel.id, label: `#${channel.name}`, description: channel.topic?.slice(0, 60) }));
}

function press(element, message, data) {
  element.classList.add("waiting");
  element.setAttribute("aria-busy", "true");
  const settle = (failed) => {
    element.classList.remove("waiting");
    element.removeAttribute("aria-busy");
    if (failed) complain(message, failed);
  };
  interact(3, data, { message_id: message.id, settle });
}

function complain(message, words) {
  const body = document.querySelector(`[data-message="${CSS.escape(message.id)}"] .body`);
  body?.querySelector(".interaction-failed")?.remove();
  body?.append(h("p", { class: "interaction-failed", role: "alert" }, icon("alert"), words));
}
