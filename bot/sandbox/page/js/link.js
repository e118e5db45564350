// The line to the sandbox: one WebSocket that comes back by itself, and files over HTTP.

import { toast } from "./notices.js";
import { world } from "./world.js";

export const PROTOCOL = 1;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8_000;
const GONE = "The sandbox is not running. Start it again with: needtoknow demo";
const pending = new Map();
let socket = null;
let nonces = 0;

/** Connect for good: *receive* gets each frame; the server sends the whole state after each hello. */
export function connect(receive, wait = FIRST_WAIT_MS) {
  const address = new URL("sandbox/socket", location.href);
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  let next = wait;
  socket = new WebSocket(address);
  socket.addEventListener("open", () => {
    next = FIRST_WAIT_MS;
    document.body.classList.remove("cut-off");
    send({ op: "hello", protocol: PROTOCOL, viewer_id: world.viewer?.user.id ?? null });
  });
  socket.addEventListener("message", (event) => receive(JSON.parse(event.data)));
  socket.addEventListener("close", () => {
    document.body.classList.add("cut-off");
    for (const settle of pending.values()) settle(GONE);
    pending.clear();
    setTimeout(() => connect(receive, Math.min(next * 2, LONGEST_WAIT_MS)), next);
  });
}

/** Send one frame; without a connection the person is told, and nothing is kept. */
export function send(frame) {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame));
  else toast(GONE, true);
}

/**
 * Send an interaction and return its nonce. *settle* is called once: with null when the bot answered, else with the
 * sentence to show.
 */
export function interact(type, data, { settle, ...more } = {}) {
  const nonce = `${Date.now().toString(36)}-${++nonces}`;
  if (settle) pending.set(nonce, settle);
  send({ op: "interact", nonce, type, channel_id: world.current, data, ...more });
  return nonce;
}

/** Take the word that an interaction was answered, or not. */
export function settled({ nonce, ok, message }) {
  const settle = pending.get(nonce);
  pending.delete(nonce);
  settle?.(ok ? null : (message ?? "This interaction failed"));
}

/** Forget what would have been called for *nonce*. */
export const forget = (nonce) => pending.delete(nonce);

/** Bring a file to the sandbox and return the id by which options and forms name it. */
export async function upload(file) {
  const headers = {
    "X-Filename": encodeURIComponent(file.name),
    "Content-Type": file.type || "application/octet-stream",
  };
  const answer = await fetch("sandbox/files", { method: "POST", headers, body: file });
  if (!answer.ok) throw new Error(`The file was refused: ${await answer.text()}`);
  return (await answer.json()).id;
}
