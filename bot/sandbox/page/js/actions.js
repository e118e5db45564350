// What parts of the page ask of each other without knowing each other: `main.js` puts the functions in.

export const actions = {
  /** Put the command called *path* ("schedule add") into the command box, with *values* typed in by option name. */
  insertCommand(path, values) {
    throw new Error(`not wired: ${path} ${values}`);
  },
  /** Show another channel. */
  openChannel(id) {
    throw new Error(`not wired: ${id}`);
  },
  /** Bring a message of the shown channel into sight. */
  showMessage(id) {
    throw new Error(`not wired: ${id}`);
  },
  /** Take a message off this page. */
  dismissMessage(message) {
    throw new Error(`not wired: ${message}`);
  },
  /** Say in the channel that *command* got no answer. */
  tellFailure(command, words) {
    throw new Error(`not wired: ${command} ${words}`);
  },
  /** Put the cursor back where one types. */
  focusComposer() {
    throw new Error("not wired");
  },
  /** Draw the shown channel's messages anew, as after a change of time zone. */
  redrawMessages() {
    throw new Error("not wired");
  },
};
