// TimeLimit: one signal for a call that ends with its time or with the caller's own signal, whichever is first.
//
// AbortSignal.any would do it; Node 18 has none.

import { TayoriError } from './error.js';

export class TimeLimit {
  readonly #controller = new AbortController();
  readonly #end: number;
  readonly #timer: NodeJS.Timeout;
  readonly #callers: AbortSignal | undefined;
  readonly #onAbort = (): void => this.#controller.abort(this.#callers?.reason);

  constructor(ms: number, callers: AbortSignal | undefined) {
    this.#callers = callers;
    this.#end = performance.now() + ms;
    this.#timer = setTimeout(() => this.#controller.abort(timedOut(ms)), ms);
    if (callers?.aborted) this.#onAbort();
    else callers?.addEventListener('abort', this.#onAbort, { once: true });
  }

  /** Its reason is a TayoriError `timed_out`, or that of the caller's signal. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get leftMs(): number {
    return this.#end - performance.now();
  }

  /** Lets go of the timer and of the caller's signal, which may live as long as the program. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#callers?.removeEventListener('abort', this.#onAbort);
  }
}

function timedOut(ms: number): TayoriError {
  return new TayoriError({ code: 'timed_out', status: 0, detail: `no answer within ${ms} ms`, mayHaveArrived: true });
}
