// TokenRefresher: fetches a fresh token before the old one runs out, or when the server says that it has.
//
// Each question sets the time of the next one, later with each that brings nothing; an answer cancels it. So there is no
// failure to tell apart: no answer, a refusal, a page instead of a token and a question that hangs are all one.

import { Backoff } from './backoff';
import type { Platform } from './platform';
import { parseMembers } from './protocol';
import { readClaims, tidyToken } from './token';

/** Where fresh tokens come from: an address that answers a POST with the token, or with JSON {"token": ...}; or a call. */
export type TokenSource = string | (() => string | Promise<string>);

/** Never asks more often than this. */
const GAP_MS = 10_000;
// Timers take no more than this, and go off at once instead.
const LONGEST_MS = 2 ** 31 - 1;
// How long before its end a token is renewed: a tenth of its life, but so long at least; the half of it more at random.
const MARGIN = 0.1;
const LEAST_MARGIN_S = 30;

export class TokenRefresher {
  readonly #platform: Platform;
  readonly #source: TokenSource;
  readonly #onToken: (token: string) => void;
  readonly #backoff: Backoff;
  #isAsking = false;
  #hasEnded = false;
  #askedAt = 0; // long ago
  #cancel: () => void = () => undefined;

  constructor(platform: Platform, source: TokenSource, onToken: (token: string) => void) {
    this.#platform = platform;
    this.#source = source;
    this.#onToken = onToken;
    this.#backoff = new Backoff(platform.random);
  }

  /** The token in use is good for so long. */
  onLife(seconds: number): void {
    const margin = Math.max(LEAST_MARGIN_S, MARGIN * seconds) * (1 + this.#platform.random() / 2);
    this.#plan((seconds - margin) * 1000);
  }

  /** The token in use is good no longer. */
  refresh(): void {
    this.#plan(0);
  }

  stop(): void {
    this.#hasEnded = true;
    this.#cancel();
  }

  #plan(delayMs: number): void {
    const soonest = Math.min(GAP_MS, this.#askedAt + GAP_MS - this.#platform.now());
    if (!this.#isAsking) this.#askIn(Math.min(LONGEST_MS, Math.max(delayMs, soonest)));
  }

  #askIn(delayMs: number): void {
    this.#cancel();
    this.#cancel = this.#platform.after(delayMs, () => this.#ask());
  }

  async #ask(): Promise<void> {
    this.#isAsking = true;
    this.#askedAt = this.#platform.now();
    this.#askIn(GAP_MS + this.#backoff.next());
    const source = this.#source;
    try {
      this.#answered(await (typeof source === 'string' ? this.#platform.post(source) : source()));
    } catch {}
  }

  #answered(answer: unknown): void {
    const token = tidyToken(parseMembers(String(answer)).token ?? answer);
    if (this.#hasEnded || !readClaims(token)) return;
    this.#isAsking = false;
    this.#backoff.reset();
    this.#cancel();
    this.#onToken(token);
  }
}
