// Session: one page on one channel, over as many connections as it takes.
//
// It opens, comes back by cursor whenever a connection is lost, drops what it has had already, and ends when the page
// closes it or the server says that coming back is useless. After its end it makes no upcall.
//
// Before the first `o` it gives up after a while, so that a page does not wait for ever on a server that is not there;
// afterwards it never gives up by itself.

import { Backoff } from './backoff';
import { type Cursor, compareSeq } from './cursor';
import type { PageEvents, Platform } from './platform';
import {
  type ErrorFrame,
  type Frame,
  formatToken,
  type GapFrame,
  type MessageFrame,
  type OpenedFrame,
} from './protocol';
import { readClaims } from './token';
import { WebSocketTransport } from './websocket_transport';

const OPENING_PATIENCE_MS = 30_000;
// A connection that held this long was a good one: the next loss is a new trouble, not the same again.
const SETTLED_MS = 10_000;

export interface SessionError {
  readonly code: number;
  readonly description: string;
}

const UNREACHABLE: SessionError = { code: 503, description: 'The server could not be reached.' };
const INVALID_TOKEN: SessionError = { code: 401, description: 'Invalid+token.' };

/** News that moves the page on come with the cursor that holds once it has seen them. */
export interface SessionEvents {
  onOpened(cursor: Cursor): void;
  onMessage(data: string, cursor: Cursor): void;
  /** Messages after `from` up to and including `to` are no longer held. */
  onGap(from: Cursor, to: Cursor): void;
  onReconnecting(attempt: number, delayMs: number): void;
  onReconnected(recovered: boolean): void;
  /** The last upcall. */
  onError(error: SessionError): void;
}

export class Session implements PageEvents {
  readonly #platform: Platform;
  readonly #url: string;
  readonly #events: SessionEvents;
  readonly #backoff: Backoff;
  readonly #unwatch: () => void;
  #token: string;
  #judged = ''; // the token that the server's next 401 on this connection is about
  #cursor: Cursor | undefined;
  #transport: WebSocketTransport | undefined;
  #openedAt: number | undefined; // on this connection
  #everOpened = false;
  #patienceEnds: number;
  #trouble = UNREACHABLE; // what to say when patience ends
  #attempt = 0;
  #cancelRetry: (() => void) | undefined;
  #hidden = false;

  /** Begins to connect; `cursor` is where to go on from, if not at the token's bookmark. */
  constructor(platform: Platform, url: string, token: string, cursor: Cursor | undefined, events: SessionEvents) {
    this.#platform = platform;
    this.#url = url;
    this.#token = token;
    this.#cursor = cursor;
    this.#events = events;
    this.#backoff = new Backoff(platform.random);
    this.#patienceEnds = platform.now() + OPENING_PATIENCE_MS;
    this.#unwatch = platform.watch(this);
    this.#connect();
  }

  /** The page has had enough: the server is told, and nothing is heard any more. */
  close(): void {
    this.#unwatch();
    this.#pause();
  }

  /** Goes on under a fresh token of the same client id. */
  renew(token: string): void {
    if (readClaims(token)?.clientId !== readClaims(this.#token)?.clientId) {
      this.#fail(INVALID_TOKEN); // as the server would say, if there were a connection to ask it on
      return;
    }
    this.#token = token;
    if (this.#openedAt !== undefined) this.#sendToken();
  }

  onWake(): void {
    if (this.#cancelRetry) this.#connect();
    else this.#transport?.suspect();
  }

  onHide(): void {
    this.#hidden = true;
    this.#pause();
  }

  onShow(): void {
    if (!this.#hidden) return;
    this.#hidden = false;
    this.#patienceEnds = this.#platform.now() + OPENING_PATIENCE_MS;
    this.#retry(0);
  }

  #connect(): void {
    this.#cancelRetry?.();
    this.#cancelRetry = undefined;
    this.#judged = this.#token;
    this.#transport = new WebSocketTransport(this.#platform, this.#url, formatToken(this.#token, this.#cursor), {
      onFrame: (frame) => this.#onFrame(frame),
      onLost: () => this.#onLost(),
    });
  }

  #pause(): void {
    this.#cancelRetry?.();
    this.#cancelRetry = undefined;
    this.#transport?.leave();
    this.#forgetTransport();
  }

  #forgetTransport(): void {
    this.#transport = undefined;
    this.#openedAt = undefined;
  }

  #onFrame(frame: Frame): void {
    if (frame.kind === 'o') this.#onOpened(frame);
    else if (frame.kind === 'e') this.#onError(frame);
    else if (this.#openedAt === undefined || !this.#cursor) return;
    else if (frame.kind === 'm') this.#onMessage(frame, this.#cursor);
    else if (frame.kind === 'g') this.#onGap(frame);
  }

  #onOpened({ cursor, recovered }: OpenedFrame): void {
    this.#advance(cursor);
    if (this.#openedAt !== undefined) {
      this.#judged = this.#token;
      return;
    }
    this.#openedAt = this.#platform.now();
    if (this.#token !== this.#judged) this.#sendToken(); // renewed while the older one was on its way
    this.#attempt = 0;
    if (this.#everOpened) this.#events.onReconnected(recovered);
    else this.#events.onOpened(cursor);
    this.#everOpened = true;
  }

  #onMessage({ seq, data }: MessageFrame, { epoch, seq: seen }: Cursor): void {
    if (compareSeq(seq, seen) <= 0) return;
    this.#cursor = { epoch, seq };
    this.#events.onMessage(data, this.#cursor);
  }

  #onGap({ from, to }: GapFrame): void {
    this.#cursor = to;
    this.#events.onGap(from, to);
  }

  #onError({ code, description, reconnect }: ErrorFrame): void {
    this.#trouble = { code, description };
    // A token that ran out while its successor was on the way is no reason to end.
    const superseded = code === 401 && this.#token !== this.#judged;
    if (reconnect || superseded) {
      if (code === 503) this.#backoff.crowded();
      this.#transport?.drop();
      this.#onLost();
    } else {
      this.#fail(this.#trouble);
    }
  }

  #onLost(): void {
    const { now } = this.#platform;
    if (this.#openedAt !== undefined && now() - this.#openedAt > SETTLED_MS) this.#backoff.reset();
    this.#forgetTransport();
    if (!this.#everOpened && now() >= this.#patienceEnds) this.#fail(this.#trouble);
    else this.#retry(this.#backoff.next());
  }

  #retry(delayMs: number): void {
    this.#attempt += 1;
    this.#cancelRetry = this.#platform.after(delayMs, () => this.#connect());
    if (this.#everOpened) this.#events.onReconnecting(this.#attempt, delayMs);
  }

  #fail(error: SessionError): void {
    this.close();
    this.#events.onError(error);
  }

  #sendToken(): void {
    this.#transport?.send(formatToken(this.#token));
  }

  // A renewal is answered with the session's place, which never lies before what has been received.
  #advance(cursor: Cursor): void {
    const behind = this.#cursor?.epoch === cursor.epoch && compareSeq(cursor.seq, this.#cursor.seq) < 0;
    if (!behind) this.#cursor = cursor;
  }
}
