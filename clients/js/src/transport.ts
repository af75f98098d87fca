// Transport: how bytes reach a session, whichever way it is.
//
// A transport begins to open when it is made, and says nothing any more after leave() or drop(). How long to wait for its first `o`, and what to do without it, is the link's affair (link.ts).

import type { Platform } from './platform';
import type { Frame, Opening } from './protocol';
import type { Slot } from './slot';

export type TransportName = 'websocket' | 'sse' | 'poll';

/** What a transport opens with. */
export interface Access {
  readonly platform: Platform;
  /** The address that the server's routes lie below; ends in a slash. */
  readonly base: string;
  /** For a connection that the browser counts. */
  readonly slot: Slot;
  /**
   * Whether another transport has set out to take over. To resume now, by one request more, would take the session back
   * from it.
   */
  hasSuccessor(): boolean;
  /** What to say when opening or resuming, as of now. To be asked only for saying it at once. */
  opening(): Opening;
}

/** What is told while a transport is being made has to wait until it is. Either may drop it. */
export interface TransportEvents {
  /** Without a frame: what came was malformed, and whatever garbled it may be gone on another connection. */
  onFrame(frame: Frame | undefined): void;
  /** The connection failed, ended or fell silent. Drops the transport. */
  onLost(): void;
}

export interface Transport {
  /** Goes on under this fresh token. Missing where only another connection can carry it. REQUIRES: `o` has come. */
  renew?(token: string): void;
  /**
   * Tells the server, who has asked, that the page has been told everything up to `seen`; `token` is the one in use here.
   * Missing where nobody asks.
   */
  answer?(seq: string): void;
  /** The network or the machine may have been away: finds out at once whether the connection is still there. */
  suspect(): void;
  /** Tells the server that the session is over. Missing where that takes a request of its own. */
  leave?(): void;
  /** Gives the connection up; the session goes on by another. */
  drop(): void;
}
