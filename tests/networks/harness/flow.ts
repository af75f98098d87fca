// Flow: one direction of a connection through the gate, and what befalls the bytes on it.

import type { Socket } from 'node:net';

const LONGEST_HEAD = 200;

export class Flow {
  readonly direction: 'up' | 'down';
  /** How much later the bytes come. */
  delayMs = 0;
  /** Upcall: the first line of a request has gone by. */
  onHead: (head: string) => void = () => undefined;
  /** The first line of the last request that has gone by. */
  lastHead = '';

  readonly #from: Socket;
  readonly #to: Socket;
  #held: Buffer[] | undefined;
  #left = Number.POSITIVE_INFINITY;
  #onStop: () => void = () => undefined;
  #lastDueAt = 0;
  readonly #underWay: Buffer[] = [];
  #stalled = false;
  #ended = false;
  #closed = false;

  constructor(direction: 'up' | 'down', from: Socket, to: Socket) {
    this.direction = direction;
    this.#from = from;
    this.#to = to;
    from.on('data', (bytes: Buffer) => {
      if (direction === 'up') this.#look(bytes);
      this.#take(bytes);
    });
    from.on('end', () => {
      this.#ended = true;
      this.#finish();
    });
    to.on('drain', () => this.#stalled || from.resume());
  }

  /** While on, nothing is read: the sender feels it once the kernel's buffers are full. */
  stall(on: boolean): void {
    this.#stalled = on;
    if (on) this.#from.pause();
    else this.#from.resume();
  }

  /** While on, what comes is kept; at its end all of it goes on. */
  hold(on: boolean): void {
    if (on) {
      this.#held ??= [];
      return;
    }
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const bytes of held) this.#take(bytes);
    this.#finish();
  }

  /** After so many more bytes nothing goes on, and `onStop` is called. */
  stopAfter(bytes: number, onStop: () => void): void {
    this.#left = bytes;
    this.#onStop = onStop;
  }

  /** Nothing goes on any more. */
  close(): void {
    this.#closed = true;
  }

  #take(bytes: Buffer): void {
    if (this.#held) {
      this.#held.push(bytes);
      return;
    }
    const now = performance.now();
    // Never before what is under way already, even when the delay has become shorter.
    const dueAt = Math.max(this.#lastDueAt, now + this.delayMs);
    if (dueAt <= now && this.#underWay.length === 0) {
      this.#pass(bytes);
      return;
    }
    this.#lastDueAt = dueAt;
    this.#underWay.push(bytes);
    // Timers may swap places by a millisecond; the bytes do not.
    setTimeout(() => {
      const next = this.#underWay.shift();
      if (next) this.#pass(next);
      this.#finish();
    }, dueAt - now);
  }

  #look(bytes: Buffer): void {
    const [head] = /^(GET|POST|OPTIONS) \S+ HTTP\/1\.1(?=\r\n)/.exec(bytes.toString('latin1', 0, LONGEST_HEAD)) ?? [];
    if (head === undefined) return;
    this.lastHead = head;
    this.onHead(head);
  }

  #pass(bytes: Buffer): void {
    if (this.#closed || this.#to.destroyed) return;
    const part = bytes.subarray(0, this.#left);
    this.#left -= part.length;
    if (part.length > 0 && !this.#to.write(part)) this.#from.pause();
    if (this.#left > 0) return;
    this.#closed = true;
    this.#onStop();
  }

  // An end in order goes on behind the bytes before it.
  #finish(): void {
    if (this.#ended && !this.#held && this.#underWay.length === 0 && !this.#to.destroyed) this.#to.end();
  }
}
