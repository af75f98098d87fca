// Heartbeat: keeps one open connection alive and notices when the other side has gone silent.
//
// A beat goes out when nothing was sent for one interval; silence of two intervals means the connection is lost. A
// machine that wakes from sleep shows as a check that comes late: then an interval and a half has to do, since the server's own beat
// is overdue.
//
// Background tabs get their timers once a minute at best, later than the server's patience. Frames still come on time
// there, so the server's beat is what answers are timed by, and the timer only catches its absence.

import type { Platform } from './platform';

const LONGEST_CHECK_MS = 5_000;
// Intervals of silence: the protocol's limit, and when its beat is overdue with room for a slow network.
const LOST = 2;
const OVERDUE = 1.5;

export interface HeartbeatEvents {
  onBeat(): void;
  onSilence(): void;
}

export class Heartbeat {
  readonly #platform: Platform;
  readonly #intervalMs: number;
  readonly #checkMs: number;
  readonly #events: HeartbeatEvents;
  #heardAt: number;
  #sentAt: number;
  #checkedAt: number;
  #cancel: () => void = () => undefined;

  constructor(platform: Platform, intervalMs: number, events: HeartbeatEvents) {
    this.#platform = platform;
    this.#intervalMs = intervalMs;
    this.#checkMs = Math.min(intervalMs / 4, LONGEST_CHECK_MS);
    this.#events = events;
    this.#heardAt = this.#sentAt = this.#checkedAt = platform.now();
    this.#schedule();
  }

  sent(): void {
    this.#sentAt = this.#platform.now();
  }

  heard(): void {
    this.#heardAt = this.#platform.now();
    if (this.#heardAt - this.#sentAt >= this.#intervalMs / 2) this.#events.onBeat();
  }

  /** The network or the machine may have been away: waits no longer for what is overdue. */
  suspect(): void {
    this.#judge(OVERDUE);
  }

  stop(): void {
    this.#cancel();
  }

  #schedule(): void {
    this.#cancel = this.#platform.after(this.#checkMs, () => {
      this.#schedule();
      this.#check();
    });
  }

  #check(): void {
    const now = this.#platform.now();
    const passed = now - this.#checkedAt;
    this.#checkedAt = now;
    if (passed < 0) this.#heardAt = this.#sentAt = now; // someone has set the clock back
    this.#judge(passed > 2 * this.#checkMs ? OVERDUE : LOST);
  }

  #judge(patience: number): void {
    const now = this.#platform.now();
    if (now - this.#heardAt > patience * this.#intervalMs) this.#events.onSilence();
    else if (now - this.#sentAt >= this.#intervalMs) this.#events.onBeat();
  }
}
