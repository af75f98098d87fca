// Socket: what a page holds of an open channel. The surface of 2010, and the newer callbacks beside it.
//
// Every callback runs by setTimeout, in order, and is looked up when it runs, so it may be assigned at any time. After
// close() nothing comes but one onclose; onerror is always followed by onclose; a closed socket cannot be opened again.
//
// While a lost connection is being brought back readyState stays OPEN: applications of 2010 know no other state in which
// the channel still works, and nothing is lost meanwhile. `onreconnecting` and `onreconnected` tell those that care.

import { type Cursor, formatCursor } from './cursor';
import { DispatchQueue } from './dispatch_queue';
import { HANDLER_NAMES, type Handlers, type SocketEventMap } from './handlers';
import type { Handoff } from './handoff';
import type { Platform } from './platform';
import { Session, type SessionError, type SessionOptions } from './session';
import { type Claims, readClaims, tidyToken } from './token';
import type { TransportName } from './transport';

/** What all sockets of a page share. */
export interface Page {
  readonly platform: Platform;
  readonly handoff: Handoff;
}

/** CLOSING is never entered; it is part of the surface of 2010. */
export const ReadyState = { CONNECTING: 0, OPEN: 1, CLOSING: 2, CLOSED: 3 } as const;

export class Socket implements Handlers {
  onopen: Handlers['onopen'];
  onmessage: Handlers['onmessage'];
  onerror: Handlers['onerror'];
  onclose: Handlers['onclose'];
  ongap: Handlers['ongap'];
  onreconnecting: Handlers['onreconnecting'];
  onreconnected: Handlers['onreconnected'];

  /** One of ReadyState, as of the callbacks that have run. */
  readyState: 0 | 1 | 2 | 3 = ReadyState.CONNECTING;

  readonly #page: Page;
  readonly #base: string;
  readonly #token: string;
  readonly #claims: Claims | undefined;
  readonly #queue: DispatchQueue;
  readonly #session: Session;
  #seen: Cursor | undefined;
  #handedOn = false;
  #finished = false;

  /** Begins to connect below the address `base`. Throws for text that cannot be a token: see tidyToken. */
  constructor(page: Page, base: string, options: SessionOptions, token: unknown, handlers: Handlers = {}) {
    for (const name of HANDLER_NAMES) this.#adopt(name, handlers);
    this.#page = page;
    this.#base = base;
    this.#token = tidyToken(token);
    this.#claims = readClaims(this.#token);
    this.#queue = new DispatchQueue(page.platform);
    this.#seen = this.#claims && page.handoff.take(this.#claims);
    this.#session = this.#openSession(options);
  }

  /** The place up to which the page has been given everything, as EPOCH-SEQ; empty before the first onopen. */
  get cursor(): string {
    return this.#seen ? formatCursor(this.#seen) : '';
  }

  /** How bytes reach the page, or did last. */
  get transport(): TransportName {
    return this.#session.transport;
  }

  /** Ends the channel, from any callback and at any time. Calling it again does nothing. */
  close(): void {
    if (this.#finished) return;
    this.#session.close();
    this.#queue.clear();
    this.#end();
    this.#queue.push(() => this.#finish());
  }

  /**
   * Posts `data` to the application's own `/_ah/channel/receive`, as form fields `key` (the client id) and `msg`. Answers
   * false unless the channel is open; true says that it was sent, not that it has arrived.
   */
  send(data: unknown): boolean {
    if (this.readyState !== ReadyState.OPEN) return false;
    const fields = { key: this.#claims?.clientId ?? this.#token, msg: String(data) };
    this.#page.platform.post(`${this.#base}receive`, fields).catch(() => undefined);
    return true;
  }

  /**
   * Goes on under a fresh token of the same client id, without closing. A token of another client id, or one the server
   * refuses, ends the channel with onerror 401. Throws as Channel.open() does.
   */
  renew(token: string): void {
    const tidy = tidyToken(token);
    if (this.readyState !== ReadyState.CLOSED) this.#session.renew(tidy);
  }

  #openSession(options: SessionOptions): Session {
    return new Session(this.#page.platform, this.#base, options, this.#token, this.#seen, {
      onOpened: (cursor) => {
        this.#queue.push(() => {
          this.readyState = ReadyState.OPEN;
        });
        this.#tell('onopen', {}, cursor);
      },
      onNews: (name, event, seen) => this.#tell(name, event, seen),
      onError: (error) => this.#fail(error),
    });
  }

  /** When the callback runs, the page has seen everything up to `seen`. */
  #tell<Name extends keyof SocketEventMap>(name: Name, event: SocketEventMap[Name], seen?: Cursor): void {
    this.#queue.push(() => {
      this.#seen = seen ?? this.#seen;
      this.#call(name, event);
    });
  }

  #fail(error: SessionError): void {
    this.#queue.push(() => {
      this.#end();
      this.#call('onerror', { ...error });
    });
    this.#queue.push(() => this.#finish());
  }

  // What the page has seen counts, not what has been received: what close() keeps from it comes on the next socket. So
  // does what a socket would have brought that never came to open: everything since its token was made.
  #end(): void {
    this.readyState = ReadyState.CLOSED;
    const place = this.#seen ?? this.#claims?.bookmark;
    if (this.#claims && place && !this.#handedOn) this.#page.handoff.put(this.#claims.clientId, place);
    this.#handedOn = true;
  }

  #finish(): void {
    this.#finished = true;
    this.#call('onclose', {});
  }

  #call<Name extends keyof SocketEventMap>(name: Name, event: SocketEventMap[Name]): void {
    const handler: unknown = this[name];
    if (typeof handler === 'function') handler.call(this, event);
  }

  #adopt<Name extends keyof SocketEventMap>(name: Name, handlers: Handlers): void {
    const handler = handlers[name];
    if (handler) (this as Handlers)[name] = handler;
  }
}
