// What can be typed after a slash. Pure: commands as Discord defines them in, entries, matches and checks out.

export const OPTION = {
  SUBCOMMAND: 1,
  GROUP: 2,
  STRING: 3,
  INTEGER: 4,
  BOOLEAN: 5,
  USER: 6,
  CHANNEL: 7,
  ROLE: 8,
  MENTIONABLE: 9,
  NUMBER: 10,
  FILE: 11,
};
export const OPTION_WORDS = {
  3: "text",
  4: "whole number",
  5: "yes or no",
  6: "member",
  7: "channel",
  8: "role",
  9: "member or role",
  10: "number",
  11: "file",
};
const FROM_A_LIST = new Set([OPTION.BOOLEAN, OPTION.USER, OPTION.CHANNEL, OPTION.ROLE, OPTION.MENTIONABLE]);

/** Tell whether a value of *option* must be one of a list. */
export const isChosen = (option) => Boolean(option.choices?.length) || FROM_A_LIST.has(option.type);

/** Return one entry for each way to call a chat command: `{command, path, description, options}`. */
export function entriesOf(commands) {
  const chat = commands.filter((command) => (command.type ?? 1) === 1);
  return chat.flatMap((command) => leaves(command, [command.name], command));
}

function leaves(command, path, node) {
  const options = node.options ?? [];
  const inner = options.filter((option) => option.type === OPTION.SUBCOMMAND || option.type === OPTION.GROUP);
  if (inner.length === 0) return [{ command, path, description: node.description, options }];
  return inner.flatMap((option) => leaves(command, [...path, option.name], option));
}

export const nameOf = (entry) => entry.path.join(" ");

/** Return the entries that fit what was *typed* (without the slash), the likeliest first. */
export function rank(entries, typed) {
  const wanted = typed.toLowerCase().trim();
  const points = (entry) => {
    const name = nameOf(entry);
    if (name === wanted) return 0;
    if (name.startsWith(wanted)) return 1;
    if (wanted.startsWith(`${name} `)) return 2;
    if (name.includes(wanted)) return 3;
    return entry.description.toLowerCase().includes(wanted) ? 4 : 9;
  };
  const scored = entries.map((entry) => [points(entry), entry]).filter(([score]) => score < 9);
  return scored.sort(([a], [b]) => a - b).map(([, entry]) => entry);
}

/**
 * Read a whole line such as `/actor Vasarik` or `/schedule add time:07:00`.
 *
 * Returns `{entry, values}` with the values as typed by option name, or null where no command begins the line.
 * Words before the first `option:` go to the first option.
 */
export function readLine(entries, line) {
  const words = line.replace(/^\//, "");
  const fits = entries.filter((entry) => `${words} `.toLowerCase().startsWith(`${nameOf(entry)} `));
  const entry = fits.sort((a, b) => b.path.length - a.path.length)[0];
  if (entry === undefined) return null;
  return { entry, values: readValues(entry.options, words.slice(nameOf(entry).length).trim()) };
}

function readValues(options, rest) {
  const values = {};
  const names = options.map((option) => option.name).join("|");
  const parts = names && rest ? rest.split(new RegExp(`(?:^|\\s)(${names}):\\s?`, "u")) : [rest];
  if (parts[0].trim() && options.length) values[options[0].name] = parts[0].trim();
  for (let at = 1; at < parts.length; at += 2) values[parts[at]] = parts[at + 1].trim();
  return values;
}

/** Return the `data` of a command's interaction, its *values* nested as Discord nests subcommands. */
export function commandData(entry, values) {
  const kinds = entry.path.length === 3 ? [OPTION.GROUP, OPTION.SUBCOMMAND] : [OPTION.SUBCOMMAND];
  const options = entry.path
    .slice(1)
    .reduceRight((inner, name, at) => [{ type: kinds[at], name, options: inner }], values);
  return { id: entry.command.id, name: entry.command.name, type: 1, options };
}

/** Return the choice that *typed* names, with or without the sign before a channel's or a person's name, or null. */
export function choiceNamed(choices, typed) {
  const bare = (name) => name.toLowerCase().replace(/^[#@]/, "");
  return choices.find((choice) => bare(choice.name) === bare(typed)) ?? null;
}

/**
 * Return `{value}` for what was typed into *option*, or `{problem}` with the sentence to show.
 *
 * *choices* are what the option's list offers; typed words may name one of them.
 */
export function valueOf(option, typed, choices) {
  const named = choiceNamed(choices, typed);
  if (named) return { value: named.value };
  if (isChosen(option)) return { problem: `Choose one of the suggestions for “${option.name}”.` };
  if (option.type === OPTION.INTEGER || option.type === OPTION.NUMBER) return number(option, typed);
  const { length } = [...typed];
  if (length < (option.min_length ?? 0))
    return { problem: `“${option.name}” has at least ${option.min_length} characters.` };
  if (length > (option.max_length ?? 6000))
    return { problem: `“${option.name}” has at most ${option.max_length} characters.` };
  return { value: typed };
}

function number(option, typed) {
  const whole = option.type === OPTION.INTEGER;
  const fits = whole ? /^[-+]?\d+$/.test(typed) : typed !== "" && Number.isFinite(Number(typed));
  if (!fits) return { problem: `“${option.name}” is a ${whole ? "whole " : ""}number.` };
  const value = Number(typed);
  const least = option.min_value ?? -Infinity,
    most = option.max_value ?? Infinity;
  if (value < least) return { problem: `“${option.name}” is at least ${least}.` };
  return value > most ? { problem: `“${option.name}” is at most ${most}.` } : { value };
}
