// Session: one page on one channel, over as many connections as it takes.
//
// It knows what the page has had and drops what comes twice, goes on by cursor whenever the link has connected anew,
// and ends when the page closes it or the server says that coming back is useless. After its end it makes no upcall.
//
// Before the first `o` it gives up after a while, so that a page does not wait for ever on a server that is not there;
// afterwards it never gives up by itself.

import { watchClock } from './clock_watch';
import { type Cursor, formatCursor, isAbove } from './cursor';
import type { SocketEventMap } from './handlers';
import { Link, type LinkEvents } from './link';
import type { PageEvents, Platform } from './platform';
import type { ErrorFrame, Frame, OpenedFrame, Opening } from './protocol';
import { readClaims } from './token';
import { TokenRefresher, type TokenSource } from './token_refresher';
import type { TransportName } from './transport';

const OPENING_PATIENCE_MS = 30_000;

export interface SessionOptions {
  /** From the best down. */
  readonly transports: readonly TransportName[];
  readonly tokenSource: TokenSource | undefined;
}

export interface SessionError {
  readonly code: number;
  readonly description: string;
}

const UNREACHABLE: SessionError = { code: 503, description: 'The server could not be reached.' };
const INVALID_TOKEN: SessionError = { code: 401, description: 'Invalid+token.' };

export interface SessionEvents {
  onOpened(cursor: Cursor): void;
  /** What the page is to be told; news that move it on come with the cursor that holds once it has been. */
  onNews<Name extends keyof SocketEventMap>(name: Name, event: SocketEventMap[Name], seen?: Cursor): void;
  /** The server asks how far the page has come: see answer(). */
  onAsked(): void;
  /** The last upcall. */
  onError(error: SessionError): void;
}

export class Session implements PageEvents, LinkEvents {
  readonly #platform: Platform;
  readonly #events: SessionEvents;
  readonly #link: Link;
  readonly #refresher: TokenRefresher | undefined;
  readonly #watches: ReadonlyArray<() => void>;
  #token: string;
  #word: string | undefined; // the server's newest for this session
  #cursor: Cursor | undefined;
  #everOpened = false;
  #isAway = false; // and the page has been told
  #patienceEnds: number;
  #trouble = UNREACHABLE; // what to say when patience ends
  #hidden = false;

  /** Begins to connect below `base`; `cursor` is where to go on from, if not at the token's bookmark. */
  constructor(
    platform: Platform,
    base: string,
    { transports, tokenSource }: SessionOptions,
    token: string,
    cursor: Cursor | undefined,
    events: SessionEvents,
  ) {
    this.#platform = platform;
    this.#token = token;
    this.#cursor = cursor;
    this.#events = events;
    this.#patienceEnds = platform.now() + OPENING_PATIENCE_MS;
    this.#link = new Link(platform, base, transports, this);
    this.#refresher =
      tokenSource === undefined ? undefined : new TokenRefresher(platform, tokenSource, (fresh) => this.renew(fresh));
    this.#watches = [platform.watch(this), watchClock(platform, () => this.onWake())];
    this.#link.open();
  }

  get transport(): TransportName {
    return this.#link.transport;
  }

  /** The page has had enough: the server is told, and nothing is heard any more. */
  close(): void {
    for (const unwatch of this.#watches) unwatch();
    this.#refresher?.stop();
    this.#link.leave();
    this.#word = undefined; // so that nothing is told twice
  }

  /** The page has been told everything up to `seen`. */
  answer(seen: Cursor): void {
    this.#link.answer(seen);
  }

  /** Goes on under a fresh token of the same client id. */
  renew(token: string): void {
    const claims = readClaims(this.#token);
    if (readClaims(token)?.clientId !== claims?.clientId) {
      this.#fail(INVALID_TOKEN); // as the server would say, if there were a connection to ask it on
      return;
    }
    this.#cursor ??= claims?.bookmark; // what the first token stood for, if it was never opened with
    this.#token = token;
    this.#link.renew();
  }

  // Of the page's life.

  onWake(): void {
    this.#link.wake();
  }

  onHide(): void {
    this.#hidden = true;
    this.#link.leave();
  }

  onShow(): void {
    if (!this.#hidden) return;
    this.#hidden = false;
    this.#patienceEnds = this.#platform.now() + OPENING_PATIENCE_MS;
    this.#link.resume();
  }

  // Of the link.

  opening(): Opening {
    return { token: this.#token, cursor: this.#cursor && formatCursor(this.#cursor), session: this.#word };
  }

  onOpened({ cursor, recovered, session, expiresInSeconds }: OpenedFrame): void {
    this.#advance(cursor);
    this.#word = session;
    this.#refresher?.onLife(expiresInSeconds);
    if (!this.#everOpened) this.#events.onOpened(cursor);
    else if (this.#isAway) this.#events.onNews('onreconnected', { recovered });
    this.#everOpened = true;
    this.#isAway = false;
  }

  onNews(frame: Frame): void {
    const seen = this.#cursor;
    if (frame.kind === 'a') {
      this.#events.onAsked();
    } else if (frame.kind === 'g') {
      const { from, to } = frame;
      this.#cursor = to;
      this.#events.onNews('ongap', { from: formatCursor(from), to: formatCursor(to) }, to);
    } else if (frame.kind === 'm' && seen && isAbove(frame.seq, seen.seq)) {
      this.#cursor = { ...seen, seq: frame.seq };
      this.#events.onNews('onmessage', { data: frame.data }, this.#cursor);
    }
  }

  onRefused({ code, description, name, reconnect }: ErrorFrame, token: string): boolean {
    this.#trouble = { code, description };
    // A token that ran out while its successor was on the way is no reason to end. And where the page goes on over
    // another connection it is one of this session's own.
    if (reconnect || name === 'moved' || (code === 401 && token !== this.#token)) return true;
    if (name === 'token_timed_out' && this.#refresher) {
      this.#refresher.refresh();
      return true;
    }
    this.#word = undefined; // the server has ended the session itself
    this.#fail(this.#trouble);
    return false;
  }

  onRetry(attempt: number, delay_ms: number): void {
    if (this.#everOpened) {
      this.#isAway = true;
      this.#events.onNews('onreconnecting', { attempt, delay_ms });
    } else if (this.#platform.now() >= this.#patienceEnds) {
      this.#fail(this.#trouble);
    }
  }

  #fail(error: SessionError): void {
    this.close();
    this.#events.onError(error);
  }

  // What is opened or renewed stands at the session's place, which never lies before what has been received.
  #advance(cursor: Cursor): void {
    const behind = this.#cursor?.epoch === cursor.epoch && isAbove(this.#cursor.seq, cursor.seq);
    if (!behind) this.#cursor = cursor;
  }
}
