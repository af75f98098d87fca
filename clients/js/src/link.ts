// Link: keeps a session connected, by whichever transport works.
//
// One attempt at a time is pending, until its first `o`; then it is the current one, and what was current before is
// dropped. So three things are the same: to connect, to climb to a better transport beside the one that runs, and to
// open a stream anew for a fresh token. An attempt that fails beside a running transport leaves that alone; one that
// fails alone is followed at once by the next rung below, and below the last by a wait and a new round.
//
// Nothing is lost or repeated when one takes over: it resumes from the session's cursor, the server fences off what the
// session had before, and what comes twice is dropped by its number.
//
// Source: spec/protocol.md section 2.1.

import { Backoff } from './backoff';
import { type Cursor, formatCursor } from './cursor';
import { EventStreamTransport } from './event_stream_transport';
import { firstRung, keepName, patienceMs } from './ladder';
import type { Platform } from './platform';
import { PollTransport } from './poll_transport';
import type { ErrorFrame, Frame, OpenedFrame, Opening } from './protocol';
import { Slot } from './slot';
import type { Access, Transport, TransportEvents, TransportName } from './transport';
import { WebSocketTransport } from './websocket_transport';

// A connection that held this long was a good one: the next loss is a new trouble, not the same again.
const SETTLED_MS = 10_000;
// A transport that is cut so often, each time so soon and before it brought anything, does not work here: some
// proxies let a stream begin that they do not let go on.
const CUTS = 3;
const CUT_MS = 5_000;
// When to try the better transports again: later after each time, until one of them has held.
const CLIMB_MS = 300_000;
const LONGEST_CLIMB_MS = 3_600_000;

const TRANSPORTS: Record<TransportName, new (access: Access, events: TransportEvents) => Transport> = {
  websocket: WebSocketTransport,
  sse: EventStreamTransport,
  poll: PollTransport,
};

export interface LinkEvents {
  /** What to open or resume with. */
  opening(): Opening;
  /** Opened, come back, taken over or renewed. */
  onOpened(frame: OpenedFrame): void;
  /** Whatever else came. */
  onNews(frame: Frame): void;
  /** `token` is the one that the server means. Answers whether to come back; otherwise has called leave(). */
  onRefused(frame: ErrorFrame, token: string): boolean;
  /** The connection is away; 1 for the first attempt since it was there. */
  onRetry(attempt: number, delayMs: number): void;
}

class Attempt {
  token = ''; // the one that was sent last, or answered by `o`
  openedAt = 0;
  hasBroughtNews = false;
  readonly transport: Transport;

  constructor(
    readonly rung: number,
    connect: (attempt: Attempt) => Transport,
  ) {
    this.transport = connect(this);
  }
}

export class Link {
  readonly #platform: Platform;
  readonly #base: string;
  readonly #names: readonly TransportName[];
  readonly #events: LinkEvents;
  readonly #slot: Slot;
  readonly #backoff: Backoff;
  #rung: number; // of what is or was open last
  #current: Attempt | undefined;
  #pending: Attempt | undefined;
  #waitingRung: number | undefined; // while a retry waits for its time
  #retries = 0;
  #cuts = 0;
  #climbMs = CLIMB_MS;
  #cancelTimer: () => void = () => undefined; // of the pending attempt's patience, or of the retry
  #cancelClimb: () => void = () => undefined;

  /** Does nothing before open() is called. `base` is the server's address, `names` its transports from the best down. */
  constructor(platform: Platform, base: string, names: readonly TransportName[], events: LinkEvents) {
    this.#platform = platform;
    this.#base = base;
    this.#events = events;
    this.#names = names;
    this.#slot = new Slot(platform);
    this.#backoff = new Backoff(platform.random);
    this.#rung = firstRung(platform, base, names);
  }

  get transport(): TransportName {
    return this.#nameOf(this.#rung);
  }

  open(): void {
    this.#try(this.#rung);
  }

  /** Opens again after leave(). */
  resume(): void {
    this.#retry(this.#rung, 0);
  }

  /** The session has a fresh token. */
  renew(): void {
    const { token } = this.#events.opening();
    if (this.#current?.transport.renew) this.#current.transport.renew(token);
    else if (this.#current) this.#try(this.#current.rung);
    else this.#hurry(); // it may be what was missing
  }

  /** The page has been told everything up to `seen`, and the server has asked. */
  answer(seen: Cursor): void {
    if (!this.#current) return;
    const { transport, token } = this.#current;
    if (transport.answer) transport.answer(seen.seq);
    else this.#post('ack', { token, cursor: formatCursor(seen) });
  }

  /** The network or the machine may have been away. */
  wake(): void {
    this.#current?.transport.suspect();
    this.#hurry();
  }

  /**
   * Ends the session. The server is told by the WebSocket, or else by a beacon: also while the connection is away, for a
   * page that is being left may have lost it first (Firefox ends streams before it says so).
   */
  leave(): void {
    const { token, session } = this.#events.opening();
    this.#stopTimer();
    this.#cancelClimb();
    if (session && !this.#current?.transport.leave) {
      this.#post('close', { token, session });
    }
    for (const attempt of [this.#current, this.#pending]) {
      attempt?.transport.leave?.();
      attempt?.transport.drop();
    }
    this.#current = this.#pending = undefined;
    this.#slot.give();
  }

  #post(route: string, members: object): void {
    this.#platform.beacon(this.#base + route, JSON.stringify(members));
  }

  #nameOf(rung: number): TransportName {
    return this.#names[rung] as TransportName;
  }

  #hurry(): void {
    if (this.#waitingRung !== undefined) this.#try(this.#waitingRung);
  }

  #stopTimer(): void {
    this.#cancelTimer();
    this.#waitingRung = undefined;
  }

  #try(rung: number): void {
    this.#stopTimer();
    this.#cancelClimb(); // it is put off until this attempt has come out
    this.#pending?.transport.drop();
    const attempt = new Attempt(rung, (made) => this.#connect(made));
    this.#pending = attempt;
    this.#cancelTimer = this.#platform.after(patienceMs(rung, this.#names), () => this.#onLost(attempt));
  }

  #connect(attempt: Attempt): Transport {
    const access: Access = {
      platform: this.#platform,
      base: this.#base,
      slot: this.#slot,
      hasSuccessor: () => attempt !== this.#pending && !!this.#pending?.token,
      opening: () => {
        const opening = this.#events.opening();
        attempt.token = opening.token;
        return opening;
      },
    };
    return new TRANSPORTS[this.#nameOf(attempt.rung)](access, {
      onFrame: (frame) => this.#onFrame(attempt, frame),
      onLost: () => this.#onLost(attempt),
    });
  }

  #onFrame(attempt: Attempt, frame: Frame | undefined): void {
    if (!frame) {
      this.#onLost(attempt);
    } else if (frame.kind === 'o') {
      this.#onOpened(attempt, frame);
    } else if (frame.kind === 'e') {
      this.#onRefused(attempt, frame);
    } else if (attempt === this.#current) {
      attempt.hasBroughtNews = true;
      this.#events.onNews(frame);
    }
  }

  #onOpened(attempt: Attempt, frame: OpenedFrame): void {
    const { token } = this.#events.opening();
    if (attempt === this.#pending) this.#takeOver(attempt);
    else attempt.token = token;
    this.#events.onOpened(frame);
    if (attempt.token !== token) this.renew(); // it has come while the older one was on its way
  }

  #takeOver(attempt: Attempt): void {
    this.#stopTimer();
    this.#pending = undefined;
    this.#current?.transport.drop();
    this.#current = attempt;
    this.#rung = attempt.rung;
    this.#retries = 0;
    attempt.openedAt = this.#platform.now();
    keepName(this.#platform, this.#base, this.transport);
    if (this.transport === 'websocket') this.#slot.give();
    this.#climbLater();
  }

  #climbLater(): void {
    this.#cancelClimb();
    if (this.#rung === 0) return;
    this.#cancelClimb = this.#platform.after(this.#climbMs, () => {
      this.#climbMs = Math.min(2 * this.#climbMs, LONGEST_CLIMB_MS);
      this.#try(0);
    });
  }

  #onRefused(attempt: Attempt, frame: ErrorFrame): void {
    const beside = attempt === this.#pending && this.#current;
    if (beside && (beside.rung !== attempt.rung || frame.reconnect)) {
      this.#onLost(attempt); // what runs is not concerned, unless its own renewal is refused for good
      return;
    }
    this.#forget(attempt);
    if (!this.#events.onRefused(frame, attempt.token)) return;
    if (frame.code === 503) this.#backoff.crowded();
    if (!this.#current && !this.#pending) this.#retry(attempt.rung);
  }

  #onLost(attempt: Attempt): void {
    const wasPending = attempt === this.#pending;
    this.#forget(attempt);
    if (wasPending) this.#step(attempt.rung + 1);
    else this.#onCut(attempt);
  }

  #forget(attempt: Attempt): void {
    attempt.transport.drop();
    if (attempt === this.#pending) {
      this.#stopTimer();
      this.#pending = undefined;
      return;
    }
    this.#cancelClimb();
    this.#current = undefined;
    if (this.#platform.now() - attempt.openedAt > SETTLED_MS) {
      this.#backoff.reset();
      if (attempt.rung === 0) this.#climbMs = CLIMB_MS;
    }
  }

  /** An attempt on the rung above has failed. */
  #step(rung: number): void {
    if (this.#current && rung >= this.#current.rung) this.#climbLater();
    else if (rung < this.#names.length) this.#try(rung);
    else this.#retry(0);
  }

  #onCut({ rung, openedAt, hasBroughtNews }: Attempt): void {
    this.#cuts = this.#platform.now() - openedAt < CUT_MS && !hasBroughtNews ? this.#cuts + 1 : 0;
    if (this.#pending) return; // it goes on from here, one way or the other
    if (this.#cuts < CUTS) {
      this.#retry(rung);
      return;
    }
    this.#cuts = 0;
    if (rung + 1 < this.#names.length) this.#retry(rung + 1, 0);
    else this.#retry(0);
  }

  #retry(rung: number, delayMs = this.#backoff.next()): void {
    this.#slot.give();
    this.#retries += 1;
    this.#waitingRung = rung;
    this.#cancelTimer = this.#platform.after(delayMs, () => this.#try(rung));
    this.#events.onRetry(this.#retries, delayMs);
  }
}
