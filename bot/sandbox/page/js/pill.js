// One option of a command while it is filled in: a name and an input side by side.

import { OPTION, OPTION_WORDS, choiceNamed, isChosen, valueOf } from "./commands.js";
import { channelChoices } from "./components.js";
import { h, newId } from "./elements.js";
import { upload } from "./link.js";
import { nameOfUser, world } from "./world.js";

const NARROWEST = 4;
const WIDEST = 28;

/** What a person has to mend in one option before the command can be sent. */
export class OptionError extends Error {
  constructor(pill, message) {
    super(message);
    this.pill = pill;
  }
}

/** Return the choices that an option offers by itself: its own, or what there is of its type. */
export function choicesOfOption(option) {
  if (option.choices?.length) return option.choices;
  const users = () =>
    [...world.users.values()].map((user) => ({ name: `@${nameOfUser(user)}`, value: user.id, note: user.username }));
  const roles = () =>
    [...world.roles.values()].map((role) => ({
      name: `@${role.name.replace(/^@/, "")}`,
      value: role.id,
      note: "role",
    }));
  const channels = () =>
    channelChoices(option.channel_types).map((choice) => ({
      name: choice.label,
      value: choice.value,
      note: choice.description,
    }));
  const made = {
    [OPTION.BOOLEAN]: () => [
      { name: "Yes", value: true },
      { name: "No", value: false },
    ],
    [OPTION.USER]: users,
    [OPTION.CHANNEL]: channels,
    [OPTION.ROLE]: roles,
    [OPTION.MENTIONABLE]: () => [...users(), ...roles()],
  };
  return made[option.type]?.() ?? [];
}

/** Return the line that explains an option. */
export function optionHead(option) {
  const tag = (words, kind = "") => h("span", { class: `tag${kind}` }, words);
  return [
    h("strong", {}, option.name),
    option.required ? tag("required", " needed") : tag("optional"),
    tag(OPTION_WORDS[option.type] ?? "value"),
    h("span", { class: "hint" }, option.description),
  ];
}

export class Pill {
  /** `on` holds what happens at focus, at typing and at a key; each gets this pill. */
  constructor(option, on) {
    this.option = option;
    this.chosen = null;
    const lists = option.autocomplete || isChosen(option);
    const id = newId("option");
    this.input = h("input", {
      id,
      type: option.type === OPTION.FILE ? "file" : "text",
      autocomplete: "off",
      spellcheck: "false",
      size: String(NARROWEST),
      inputmode: { [OPTION.INTEGER]: "numeric", [OPTION.NUMBER]: "decimal" }[option.type] ?? null,
      "aria-required": option.required ? "true" : null,
      "aria-describedby": "completion-head",
      ...(lists
        ? {
            role: "combobox",
            "aria-expanded": "false",
            "aria-controls": "completion-list",
            "aria-autocomplete": "list",
          }
        : {}),
      onfocus: () => on.focus(this),
      oninput: () => {
        this.chosen = null;
        this.mend();
        this.fit();
        on.type(this);
      },
      onkeydown: (event) => on.key(this, event),
    });
    const label = h("label", { for: id }, option.name);
    this.element = h("span", { class: `pill${option.required ? " needed" : ""}` }, label, this.input);
  }

  get typed() {
    return this.input.value.trim();
  }

  get isEmpty() {
    return this.typed === "";
  }

  /** Take one of the suggestions. */
  take(choice) {
    this.chosen = choice;
    this.input.value = choice.name;
    this.mend();
    this.fit();
  }

  /** Type *words* in, as if by hand. */
  fill(words) {
    this.input.value = words;
    this.chosen = choiceNamed(choicesOfOption(this.option), words);
    this.fit();
  }

  fit() {
    this.input.size = Math.max(NARROWEST, Math.min(WIDEST, this.input.value.length + 1));
  }

  mend() {
    this.element.classList.remove("bad");
    this.input.removeAttribute("aria-invalid");
  }

  /** Mark the option as wrong and put the cursor there. */
  blame() {
    this.element.classList.add("bad");
    this.input.setAttribute("aria-invalid", "true");
    this.input.focus();
  }

  /** Return the option with what stands in it, unfinished as it may be; null where that would mean nothing. */
  draft() {
    const { option, chosen } = this;
    if (chosen === null && (isChosen(option) || option.type === OPTION.FILE)) return null;
    return { type: option.type, name: option.name, value: chosen ? chosen.value : this.input.value };
  }

  /** Return the option with its value, or throw an OptionError. A file is brought to the sandbox first. */
  async finished() {
    const { option, chosen } = this;
    if (option.type === OPTION.FILE) return { type: option.type, name: option.name, value: await this.sent() };
    if (chosen) return { type: option.type, name: option.name, value: chosen.value };
    const { value, problem } = valueOf(option, this.typed, choicesOfOption(option));
    if (problem) throw new OptionError(this, problem);
    return { type: option.type, name: option.name, value };
  }

  async sent() {
    try {
      return await upload(this.input.files[0]);
    } catch (error) {
      throw new OptionError(this, error.message);
    }
  }
}
