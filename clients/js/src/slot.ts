// Slot: the right of one session to hold an HTTP connection open, of which all pages of an origin share a few.
//
// A browser makes six HTTP/1.1 connections to a host, for all its tabs together. Were each tab to hold one, the seventh
// could load nothing any more, so no more than SLOTS are held and the tabs beyond ask in short polls.
//
// A session's transports share its slot: one that takes over from another needs none of its own. Without Web Locks
// (insecure pages, Safari before 15.4) every slot is free.

import type { Platform } from './platform';

const SLOTS = 4;

export class Slot {
  readonly #platform: Platform;
  #isWanted = false;
  #release: (() => void) | undefined;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /** Calls `got` with whether a connection may be held from now on; with false only later, never inside the call. */
  take(got: (free: boolean) => void): void {
    this.#isWanted = true;
    if (this.#release) got(true);
    else this.#try(1, got);
  }

  /** Nothing is held any more. */
  give(): void {
    this.#isWanted = false;
    this.#release?.();
    this.#release = undefined;
  }

  #try(number: number, got: (free: boolean) => void): void {
    this.#platform.lock(`tayori-slot-${number}`, (release) => {
      if (!release && number < SLOTS) {
        this.#try(number + 1, got);
        return;
      }
      // Meanwhile another of the session's transports may have got one, or the session may have no use for it any more.
      if (this.#release || !this.#isWanted) release?.();
      else this.#release = release;
      got(!!this.#release);
    });
  }
}
