// Sender: posts what the page sends to its backend, one message after another, so that they arrive in order.
//
// Nothing is posted twice: that no answer came does not say that the message has not arrived, and only the application
// knows whether it may come again. So it is told of each failure, and the next message goes on its way.
//
// Source: spec/protocol.md section 3.5.

import type { SendFailedEvent } from './handlers';
import type { Platform } from './platform';
import { parseProblem } from './protocol';

export class Sender {
  readonly #platform: Platform;
  readonly #url: string;
  readonly #token: () => string;
  readonly #onFailed: (event: SendFailedEvent) => void;
  readonly #unanswered: string[] = []; // the first of them is on its way

  /** Posts to `receive` below the address `base`, under what `token` gives at the time. */
  constructor(platform: Platform, base: string, token: () => string, onFailed: (event: SendFailedEvent) => void) {
    this.#platform = platform;
    this.#url = `${base}receive`;
    this.#token = token;
    this.#onFailed = onFailed;
  }

  send(data: string): void {
    if (this.#unanswered.push(data) === 1) this.#post(data);
  }

  /** Begins nothing more and tells of nothing more. Gives out what has had no answer; the first of it may arrive yet. */
  stop(): string[] {
    return this.#unanswered.splice(0);
  }

  #post(data: string): void {
    let answer = '';
    this.#platform.exchange(
      this.#url,
      new URLSearchParams({ key: this.#token(), msg: data }),
      (text) => {
        answer += text;
      },
      (code) => {
        if (this.#unanswered.shift() === undefined) return; // stopped meanwhile
        if (code < 200 || code > 299) {
          this.#onFailed({ data, code, description: parseProblem(answer)?.description ?? '' });
        }
        const [next] = this.#unanswered;
        if (next !== undefined) this.#post(next);
      },
    );
  }
}
