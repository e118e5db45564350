// Forms that the bot opens: it sends their parts, we send back what was filled in.

import { byId, h, iconButton } from "./elements.js";
import { fieldElement } from "./field.js";
import { interact, upload } from "./link.js";
import { avatar } from "./media.js";
import { prose } from "./prose.js";
import { nameOfUser, world } from "./world.js";

const ACTION_ROW = 1;
const TEXT_DISPLAY = 10;
const LABEL = 18;

/** Open the form of a `modal` frame. */
export function openModal({ nonce, data }) {
  const fields = [];
  const parts = data.components.flatMap((part) => partElements(part, fields));
  const error = h("p", { class: "modal-error", role: "alert" });
  const submit = h("button", { class: "button primary", type: "submit" }, "Submit");
  const close = () => byId("modal").close();
  const onsubmit = (event) => {
    event.preventDefault();
    sendForm({ nonce, data, fields, error, submit });
  };
  byId("modal").replaceChildren(
    h(
      "form",
      { method: "dialog", novalidate: true, onsubmit },
      h(
        "header",
        { class: "modal-head" },
        h("h2", { id: "modal-title" }, data.title),
        iconButton("close", "Close", close),
      ),
      h(
        "p",
        { class: "modal-note" },
        avatar(world.bot, { small: true }),
        `This form goes to ${nameOfUser(world.bot)}.`,
      ),
      h("div", { class: "modal-body" }, parts),
      error,
      h(
        "footer",
        { class: "modal-foot" },
        h("button", { class: "button secondary", type: "button", onclick: close }, "Cancel"),
        submit,
      ),
    ),
  );
  byId("modal").addEventListener("close", giveCaret, { once: true });
  byId("modal").showModal();
  byId("modal").querySelector(".modal-body :is(input, textarea, .select)")?.focus();
}

/** Chromium gives the focus back to an input, but not the caret: what is typed then would go nowhere. */
function giveCaret() {
  const here = document.activeElement;
  here?.blur();
  here?.focus();
}

function partElements(part, fields) {
  if (part.type === TEXT_DISPLAY) return [h("div", { class: "text-display" }, prose(part.content))];
  if (part.type === LABEL) return [fieldElement(part, fields)];
  if (part.type === ACTION_ROW)
    return part.components.map((inner) => fieldElement({ label: inner.label, component: inner }, fields));
  return [h("p", { class: "unknown" }, `The sandbox does not know component type ${part.type}.`)];
}

async function sendForm({ nonce, data, fields, error, submit }) {
  error.textContent = "";
  const wrong = fields
    .map((field) => [field, problemOf(field)])
    .find(([field, problem]) => {
      field.input.removeAttribute("aria-invalid");
      return problem;
    });
  if (wrong) {
    const [field, problem] = wrong;
    error.textContent = `“${field.label}” ${problem}`;
    field.input.setAttribute("aria-invalid", "true");
    return field.input.focus();
  }
  const wait = (on) => {
    submit.disabled = on;
    submit.classList.toggle("waiting", on);
  };
  wait(true);
  const components = await Promise.all(fields.map(answerOf));
  const settle = (failed) => {
    wait(false);
    if (failed) error.textContent = `${failed}. Nothing that you typed is lost: try again.`;
    else byId("modal").close();
  };
  interact(5, { custom_id: data.custom_id, components }, { answers: nonce, settle });
}

function problemOf(field) {
  const value = field.read();
  const length = typeof value === "string" ? [...value].length : (value?.length ?? 1);
  if (field.required && length === 0) return "is required.";
  const least = field.component.min_length ?? 0;
  return typeof value === "string" && length > 0 && length < least ? `has at least ${least} characters.` : "";
}

async function answerOf(field) {
  const { type, custom_id: customId } = field.component;
  const value = field.files ? await Promise.all(field.read().map(upload)) : field.read();
  return { type: LABEL, component: { type, custom_id: customId, [field.many ? "values" : "value"]: value } };
}
