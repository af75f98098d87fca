// Platform: what the client takes from its surroundings: time, chance, connections, and news of the page's life.
// Tests give a manual one.

/** The page's life, as far as a session has to follow it. */
export interface PageEvents {
  /** The network came back, or someone looks at the page again. */
  onWake(): void;
  /** The page is being left; it may come back from the browser's cache. */
  onHide(): void;
  onShow(): void;
}

export interface Platform {
  /** Milliseconds of the wall clock: it goes on while the machine sleeps. */
  now(): number;
  /** Runs `task` in `delayMs` milliseconds; the answer cancels that. */
  after(delayMs: number, task: () => void): () => void;
  /** A number in [0, 1). */
  random(): number;
  connect(url: string, subprotocol: string): WebSocket;
  /** Sends a form without waiting for the answer. */
  post(url: string, fields: Record<string, string>): void;
  /** Hands the page's events on until the answer is called. */
  watch(events: PageEvents): () => void;
}

export const browser: Platform = {
  now: () => Date.now(),
  after: (delayMs, task) => {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
  connect: (url, subprotocol) => new WebSocket(url, subprotocol),
  post: (url, fields) => {
    fetch(url, { method: 'POST', body: new URLSearchParams(fields) }).catch(() => undefined);
  },
  watch: (events) => {
    const listeners: Array<[EventTarget | undefined, string, () => void]> = [
      [globalThis.window, 'online', () => events.onWake()],
      [globalThis.document, 'visibilitychange', () => document.hidden || events.onWake()],
      [globalThis.window, 'pagehide', () => events.onHide()],
      [globalThis.window, 'pageshow', () => events.onShow()],
    ];
    for (const [target, type, listener] of listeners) target?.addEventListener(type, listener);
    return () => {
      for (const [target, type, listener] of listeners) target?.removeEventListener(type, listener);
    };
  },
};
