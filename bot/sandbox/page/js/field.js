// One field of a form, by its component's number in Discord's API reference.

import { choicesOf } from "./components.js";
import { h, newId } from "./elements.js";
import { selectBox } from "./select.js";

const TEXT_INPUT = 4;
const FILE_UPLOAD = 19;
const RADIO_GROUP = 21;
const CHECKBOX_GROUP = 22;
const CHECKBOX = 23;
const PARAGRAPH = 2;
const LONGEST = 4000;

/**
 * Return the element of a labelled field and add it to *fields* as `{component, label, required, input, read}`;
 * `many` says that it has several values, `files` that these are files.
 */
export function fieldElement({ label, description, component }, fields) {
  const id = newId("field");
  const required = component.required !== false && component.type !== CHECKBOX;
  const note = description ? h("span", { class: "field-note", id: `${id}-note` }, description) : null;
  const name = [label, required ? h("span", { class: "field-needed" }, " required") : null];
  const frame = { id, name, note, describedby: description ? `${id}-note` : null, required, label };
  const made = (MAKERS[component.type] ?? menuField)(component, frame);
  fields.push({ component, label, required, many: false, files: false, ...made.field });
  return made.element;
}

function boxed({ id, name, note }, input) {
  return h("div", { class: "field" }, h("label", { for: id }, name), note, input);
}

function textField(component, frame) {
  const long = component.style === PARAGRAPH;
  const input = h(long ? "textarea" : "input", {
    id: frame.id,
    placeholder: component.placeholder,
    maxlength: String(component.max_length ?? LONGEST),
    rows: long ? "4" : null,
    "aria-required": frame.required ? "true" : null,
    "aria-describedby": frame.describedby,
    value: component.value ?? "",
  });
  return { field: { input, read: () => input.value }, element: boxed(frame, input) };
}

function fileField(component, frame) {
  const input = h("input", {
    id: frame.id,
    type: "file",
    multiple: (component.max_values ?? 1) > 1,
    "aria-describedby": frame.describedby,
  });
  return { field: { input, many: true, files: true, read: () => [...input.files] }, element: boxed(frame, input) };
}

function groupField(component, frame) {
  const one = component.type === RADIO_GROUP;
  const boxes = component.options.map((option) =>
    h("input", {
      type: one ? "radio" : "checkbox",
      name: frame.id,
      value: option.value,
      checked: Boolean(option.default),
    }),
  );
  const picked = () => boxes.filter((box) => box.checked).map((box) => box.value);
  const lines = component.options.map((option, at) =>
    h(
      "label",
      { class: "tick" },
      boxes[at],
      h("span", {}, option.label, option.description ? h("span", { class: "option-note" }, option.description) : null),
    ),
  );
  const element = h(
    "fieldset",
    { class: "field", "aria-describedby": frame.describedby },
    h("legend", {}, frame.name),
    frame.note,
    lines,
  );
  return { field: { input: boxes[0], many: !one, read: () => (one ? (picked()[0] ?? "") : picked()) }, element };
}

function tickField(component, frame) {
  const input = h("input", {
    type: "checkbox",
    checked: Boolean(component.default),
    "aria-describedby": frame.describedby,
  });
  const element = h(
    "div",
    { class: "field" },
    h("label", { class: "tick" }, input, h("span", {}, frame.name)),
    frame.note,
  );
  return { field: { input, read: () => input.checked }, element };
}

function menuField(component, frame) {
  const box = selectBox({
    id: frame.id,
    label: component.placeholder ?? frame.label,
    options: choicesOf(component),
    min: component.min_values ?? 1,
    max: component.max_values ?? 1,
  });
  return { field: { input: box.querySelector(".select"), many: true, read: box.values }, element: boxed(frame, box) };
}

const MAKERS = {
  [TEXT_INPUT]: textField,
  [FILE_UPLOAD]: fileField,
  [RADIO_GROUP]: groupField,
  [CHECKBOX_GROUP]: groupField,
  [CHECKBOX]: tickField,
};
