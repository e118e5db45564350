// What could stand in an option: its own choices, or what the bot suggests while one types.

import { hideMark, isCompleting, showCompletion } from "./completion.js";
import { h } from "./elements.js";
import { forget, interact } from "./link.js";
import { choicesOfOption, optionHead } from "./pill.js";

const MOST = 25;
// Discord's clients wait a little too, so that a bot is not asked for every letter.
const ASK_AFTER_MS = 200;
const HINTS = {
  3: "Type it, then press Enter.",
  4: "Type a whole number.",
  10: "Type a number.",
  11: "Choose a file.",
};
let question = null;
let timer = 0;

/**
 * Show suggestions for *pill*. *goOn* is called when one is taken; *draftFor* gives the command as it stands, for the
 * bot to make suggestions by.
 */
export function suggest(pill, { typing, goOn, draftFor }) {
  const { option } = pill;
  stopAsking();
  if (option.autocomplete) return askBot(pill, { goOn, draftFor });
  const wanted = pill.chosen && !typing ? "" : pill.typed.toLowerCase();
  const all = choicesOfOption(option);
  const found = all.filter((choice) => choice.name.toLowerCase().includes(wanted)).slice(0, MOST);
  show(pill, goOn, found, all.length ? "Nothing matches." : (HINTS[option.type] ?? ""));
}

/** Ask no more: what still comes is late. */
export function stopAsking() {
  clearTimeout(timer);
  if (question) forget(question.nonce);
  question = null;
}

/** Take the bot's suggestions; those for something that is no longer typed are let go. */
export function takeChoices({ nonce, choices }) {
  forget(nonce);
  if (question?.nonce !== nonce || document.activeElement !== question.pill.input) return;
  show(question.pill, question.goOn, choices.slice(0, MOST), "Nothing matches. You can send it as typed.");
}

function askBot(pill, { goOn, draftFor }) {
  // Suggestions for the letters before stay in sight, but Enter must not take one of them.
  if (isCompleting(pill.input)) hideMark();
  else show(pill, goOn, [], "Asking the bot…");
  timer = setTimeout(() => {
    const settle = (failed) => {
      if (failed && question?.pill === pill) show(pill, goOn, [], "The bot sent no suggestions. You can type on.");
    };
    question = { pill, goOn, nonce: interact(4, draftFor(pill), { settle }) };
  }, ASK_AFTER_MS);
}

function show(pill, goOn, choices, nothing) {
  const rows = choices.map((choice) => ({
    face: [
      h("span", { class: "item-name plain" }, choice.name),
      choice.note ? h("span", { class: "item-words" }, choice.note) : null,
    ],
    take: () => {
      pill.take(choice);
      goOn(pill);
    },
  }));
  showCompletion(rows, { head: optionHead(pill.option), nothing, box: pill.input });
}
