// PollTransport: a session's frames in the answers to one request after another.
//
// The first request asks to be answered at once, since only its answer shows that polling works; those after it are
// held by the server until there is something to say. A page without a slot may not hold any: it asks every two
// seconds, and each time for a slot too.
//
// Source: spec/protocol.md section 3.2.

import { HttpTransport } from './http_transport';
import { type Frame, parseFrames } from './protocol';
import type { Access, Transport, TransportEvents } from './transport';

const HOLD_S = 25;
// How long an answer may take beyond the time it is held for.
const PATIENCE_MS = 10_000;
const IDLE_MS = 2_000;
// An empty answer sooner than this was not held at all: to ask again at once would go round and round.
const LEAST_HOLD_MS = 1_000;

export class PollTransport extends HttpTransport implements Transport {
  #isHeld = false;
  #cancelTimer: () => void = () => undefined;

  constructor(access: Access, events: TransportEvents) {
    super(access, events);
    this.#poll(0);
  }

  /** Every request carries the newest token, so only one that is being held has to be given up for it. */
  renew(): void {
    this.suspect();
  }

  /** A held poll gives no sign of life: only another one does. */
  suspect(): void {
    if (this.#isHeld && !this.access.hasSuccessor()) this.#poll(0);
  }

  override drop(): void {
    this.#cancelTimer();
    super.drop();
  }

  #poll(wait_s: number): void {
    const { platform } = this.access;
    const askedAt = platform.now();
    const opening = this.access.opening();
    let body = '';
    this.#cancelTimer();
    this.#isHeld = wait_s > 0;
    this.ask(
      'poll',
      { ...opening, session: opening.session ?? '', wait_s },
      (text) => {
        body += text;
      },
      () => this.#answered(parseFrames(body), askedAt),
    );
    this.#cancelTimer = platform.after(wait_s * 1000 + PATIENCE_MS, () => this.events.onLost());
  }

  #answered(frames: Frame[], askedAt: number): void {
    if (frames[0]?.kind !== 'o') {
      this.events.onLost();
      return;
    }
    const { platform } = this.access;
    const isEmpty = frames.length < 2 && this.#isHeld && platform.now() - askedAt < LEAST_HOLD_MS;
    this.#isHeld = false;
    this.#cancelTimer();
    for (const frame of frames) if (!this.hasEnded) this.events.onFrame(frame);
    if (!this.hasEnded) this.#next(isEmpty);
  }

  // Without a slot, or while there is no answer about one, the timer goes on polling.
  #next(isEarly: boolean): void {
    const { platform, hasSuccessor } = this.access;
    let wait_s = 0;
    this.#cancelTimer = platform.after(IDLE_MS, () => (hasSuccessor() ? this.#next(true) : this.#poll(wait_s)));
    this.withSlot((free) => {
      if (free) wait_s = HOLD_S;
      if (free && !isEarly && !hasSuccessor()) this.#poll(wait_s);
    });
  }
}
