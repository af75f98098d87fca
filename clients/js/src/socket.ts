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
import { Sender } from './sender';
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
  declare onopen: Handlers['onopen'];
  declare onmessage: Handlers['onmessage'];
  declare onerror: Handlers['onerror'];
  declare onclose: Handlers['onclose'];
  declare ongap: Handlers['ongap'];
  declare onreconnecting: Handlers['onreconnecting'];
  declare onreconnected: Handlers['onreconnected'];
  declare onsendfailed: Handlers['onsendfailed'];

  /** One of ReadyState, as of the callbacks that have run. */
  readyState: 0 | 1 | 2 | 3 = ReadyState.CONNECTING;

  readonly #handoff: Handoff;
  readonly #claims: Claims | undefined;
  readonly #queue: DispatchQueue;
  readonly #session: Session;
  readonly #sender: Sender;
  #seen: Cursor | undefined;
  #asked = 0; // questions that are not answered yet
  #finished = false;

  /** Begins to connect below the address `base`. Throws for text that cannot be a token: see tidyToken. */
  constructor(
    { platform, handoff }: Page,
    base: string,
    options: SessionOptions,
    token: unknown,
    handlers: Handlers = {},
  ) {
    for (const name of HANDLER_NAMES) Object.assign(this, { [name]: handlers[name] });
    const tidy = tidyToken(token);
    this.#handoff = handoff;
    this.#claims = readClaims(tidy);
    this.#queue = new DispatchQueue(platform);
    this.#seen = this.#claims && handoff.take(this.#claims);
    this.#session = new Session(platform, base, options, tidy, this.#seen, {
      onOpened: (cursor) => {
        this.#queue.push(() => {
          this.readyState = ReadyState.OPEN;
        });
        this.#tell('onopen', {}, cursor);
      },
      onNews: (name, event, seen) => this.#tell(name, event, seen),
      onAsked: () => this.#answer(),
      onError: (error) => this.#fail(error),
    });
    this.#sender = new Sender(
      platform,
      base,
      () => this.#session.opening().token,
      (event) => this.#tell('onsendfailed', event),
    );
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
    this.#finish();
  }

  /**
   * Sends `data` to the backend, behind what was sent before. Answers false unless the channel is open; true says that it
   * goes on its way, and `onsendfailed` when it is not known to have arrived. close() leaves what still waits unsent.
   */
  send(data: unknown): boolean {
    if (this.readyState !== ReadyState.OPEN) return false;
    this.#sender.send(String(data));
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

  /** When the callback runs, the page has seen everything up to `seen`. */
  #tell<Name extends keyof SocketEventMap>(name: Name, event: SocketEventMap[Name], seen?: Cursor): void {
    this.#queue.push(() => {
      this.#seen = seen ?? this.#seen;
      const handler: unknown = this[name];
      if (typeof handler === 'function') handler.call(this, event);
    });
  }

  // Of several questions the last one's answer is that of all.
  #answer(): void {
    this.#asked += 1;
    this.#queue.push(() => {
      this.#asked -= 1;
      if (this.#asked === 0 && this.#seen) this.#session.answer(this.#seen);
    });
  }

  #fail(error: SessionError): void {
    this.#queue.push(() => {
      if (this.readyState === ReadyState.CLOSED) return; // it has failed twice
      for (const data of this.#end()) this.#tell('onsendfailed', { data, ...error });
      this.#tell('onerror', { ...error });
      this.#finish();
    });
  }

  /** Answers with what the page has sent and had no answer to. */
  // What the page has seen counts, not what has been received: what close() keeps from it comes on the next socket. So
  // does what a socket would have brought that never came to open: everything since its token was made.
  #end(): string[] {
    const place = this.#seen ?? this.#claims?.bookmark;
    if (this.#claims && place && this.readyState !== ReadyState.CLOSED) this.#handoff.put(this.#claims.clientId, place);
    this.readyState = ReadyState.CLOSED;
    return this.#sender.stop();
  }

  #finish(): void {
    this.#queue.push(() => {
      this.#finished = true;
    });
    this.#tell('onclose', {});
  }
}
