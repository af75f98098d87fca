// DispatchQueue: runs callbacks of the page later, in order, each exactly once.
//
// As in the service of 2010 a callback never runs inside the call that caused it. What that service got wrong is mended:
// a callback that throws neither stops nor repeats the others, and its exception still reaches window.onerror.

import type { Platform } from './platform';

export class DispatchQueue {
  readonly #platform: Platform;
  #waiting: Array<() => void> = [];
  #running: Array<() => void> = [];

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  push(task: () => void): void {
    if (this.#waiting.push(task) === 1) this.#platform.after(0, () => this.#run());
  }

  /** Forgets every task that has not begun. */
  clear(): void {
    this.#waiting.length = 0;
    this.#running.length = 0;
  }

  // Tasks pushed meanwhile wait for a turn of their own, so a callback that causes another cannot block the page.
  #run(): void {
    const batch = this.#waiting;
    this.#waiting = [];
    this.#running = batch;
    for (let task = batch.shift(); task; task = batch.shift()) {
      try {
        task();
      } catch (error) {
        this.#platform.after(0, () => {
          throw error;
        });
      }
    }
  }
}
