// Heartbeat: keeps one open connection alive and notices when the other side has gone silent. Before start() it does
// neither.
//
// A beat goes out when nothing was sent for half of the heartbeat; silence of a whole one means the connection is lost.
// After a sleep or a change of network three quarters have to do, since the server's own beat is overdue by then.
//
// Background tabs get their timers once a minute at best, later than the server's patience. Frames still come on time
// there, so the server's beat is what answers are timed by, and the timer only catches its absence.
//
// Source: spec/protocol.md section 2.2.

import type { Platform } from './platform';

const LONGEST_CHECK_MS = 5_000;
// Parts of the heartbeat: when to beat, when the other side's beat is overdue with room for a slow network.
const BEAT = 0.5;
const OVERDUE = 0.75;
const LOST = 1;

export class Heartbeat {
  readonly #platform: Platform;
  readonly #onSilence: () => void;
  readonly #onBeat: () => void;
  #heartbeatMs = Infinity;
  #heardAt = 0;
  #sentAt = 0;
  #cancel: () => void = () => undefined;

  /** `onBeat` is when to send one, for a side that can. */
  constructor(platform: Platform, onSilence: () => void, onBeat: () => void = () => undefined) {
    this.#platform = platform;
    this.#onSilence = onSilence;
    this.#onBeat = onBeat;
  }

  /** The server has named its heartbeat, for the first time or anew. */
  start(seconds: number): void {
    this.stop();
    this.#heartbeatMs = seconds * 1000;
    this.#heardAt = this.#sentAt = this.#platform.now();
    this.#schedule();
  }

  sent(): void {
    this.#sentAt = this.#platform.now();
  }

  heard(): void {
    this.#heardAt = this.#platform.now();
    if (this.#heardAt - this.#sentAt >= (BEAT / 2) * this.#heartbeatMs) this.#onBeat();
  }

  /** The network or the machine may have been away: waits no longer for what is overdue. */
  suspect(): void {
    this.#judge(OVERDUE);
  }

  stop(): void {
    this.#cancel();
  }

  #schedule(): void {
    this.#cancel = this.#platform.after(Math.min(this.#heartbeatMs / 8, LONGEST_CHECK_MS), () => {
      this.#schedule();
      this.#judge(LOST);
    });
  }

  #judge(patience: number): void {
    const now = this.#platform.now();
    if (now < this.#heardAt) this.#heardAt = this.#sentAt = now; // someone has set the clock back
    if (now - this.#heardAt > patience * this.#heartbeatMs) this.#onSilence();
    else if (now - this.#sentAt >= BEAT * this.#heartbeatMs) this.#onBeat();
  }
}
