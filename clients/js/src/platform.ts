// Platform: what the client takes from its surroundings: time, chance, connections, memory and news of the page's life.
// Tests give a manual one.

import { type Body, exchange, type OnEnd, type OnText } from './exchange';

/** The page's life, as far as a session has to follow it. */
export interface PageEvents {
  /** The network came back, or someone looks at the page again. */
  onWake(): void;
  /** The page is being left; it may come back from the browser's cache. */
  onHide(): void;
  onShow(): void;
}

/** What is used of a WebSocket. */
export type Wire = Pick<WebSocket, 'readyState' | 'onopen' | 'onmessage' | 'onclose' | 'send' | 'close'>;

export type Connect = (url: string, subprotocol: string) => Wire;

export interface Platform {
  /** Milliseconds of the wall clock: it goes on while the machine sleeps. */
  now(): number;
  /** Runs `task` in `delayMs` milliseconds; the answer cancels that. */
  after(delayMs: number, task: () => void): () => void;
  /** A number in [0, 1). */
  random(): number;
  connect: Connect;
  /** See exchange.ts. */
  exchange(url: string, body: Body, onText: OnText, onEnd: OnEnd): () => void;
  /** POSTs `body` as plain text, also while the page is going away. */
  beacon(url: string, body: string): void;
  /** POSTs nothing; answers with the text of whatever answer there is. */
  post(url: string): Promise<string>;
  /** Gives `got` what releases the lock `name` of this origin, or undefined, later, when someone else has it. */
  lock(name: string, got: (release: (() => void) | undefined) => void): void;
  /** What was kept under `key` by any page of this origin, if the browser allows that; else by this one. */
  recall(key: string): string | null | undefined;
  keep(key: string, value: string): void;
  /** Hands the page's events on until the answer is called. */
  watch(events: PageEvents): () => void;
}

const nothing = (): void => undefined;

const kept = new Map<string, string>();

export const browser: Platform = {
  now: () => Date.now(),
  after: (delayMs, task) => {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
  // Looked up each time: a page may put another in its place.
  random: () => Math.random(),
  connect: (url, subprotocol) => new WebSocket(url, subprotocol),
  exchange,
  beacon: (url, body) => {
    if (!navigator.sendBeacon?.(url, body)) fetch(url, { method: 'POST', body, keepalive: true }).catch(nothing);
  },
  post: async (url) => (await fetch(url, { method: 'POST' })).text(),
  lock: (name, got) => {
    const locks: LockManager | undefined = navigator.locks; // missing before Safari 15.4 and in insecure pages
    if (!locks) {
      got(nothing);
      return;
    }
    locks
      .request(name, { ifAvailable: true }, (lock) => (lock ? new Promise<void>(got) : got(undefined)))
      .catch(() => got(nothing)); // not allowed here, so nobody else has any either
  },
  // Storage may be missing, refuse, or be full.
  recall: (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return kept.get(key);
    }
  },
  keep: (key, value) => {
    kept.set(key, value);
    try {
      localStorage.setItem(key, value);
    } catch {}
  },
  watch: (events) => {
    const abort = new AbortController();
    const { signal } = abort;
    const wake = (): void => events.onWake();
    addEventListener('online', wake, { signal });
    document.addEventListener('visibilitychange', () => document.hidden || wake(), { signal });
    addEventListener('pagehide', () => events.onHide(), { signal });
    addEventListener('pageshow', () => events.onShow(), { signal });
    return () => abort.abort();
  },
};
