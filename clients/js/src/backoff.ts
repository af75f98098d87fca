// Backoff: how long to wait before the next attempt to reconnect.
//
// Exponential with full jitter: the first retry is quick, and the pages that one server's end has cut off at the same
// moment come back spread over the whole interval instead of in waves.

const BASE_MS = 250;
const CAP_MS = 30_000;
const CROWDED_EXPONENT = 4; // spreads the first retries over 4 s

export class Backoff {
  readonly #random: () => number;
  #exponent = 0;

  /** `random` yields numbers in [0, 1). */
  constructor(random: () => number) {
    this.#random = random;
  }

  /** Milliseconds to wait; the range doubles with each call up to its cap. */
  next(): number {
    const range = Math.min(CAP_MS, BASE_MS * 2 ** this.#exponent);
    this.#exponent += 1;
    return Math.floor(range * this.#random());
  }

  /** The server has said that many are coming at once: even the first retry takes its time. */
  crowded(): void {
    this.#exponent = Math.max(this.#exponent, CROWDED_EXPONENT);
  }

  reset(): void {
    this.#exponent = 0;
  }
}
