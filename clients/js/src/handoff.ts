// Handoff: how far a page had read on the sockets it closed, for the next socket of the same client id.
//
// A page may close its socket and open another with a fresh token at any time. The token's bookmark is where the
// backend stood when it made the token: that may lie before what the page has already seen (so messages would come
// twice) or after it (so messages sent in between would never come). The closed socket's cursor is neither.
//
// Bounded: the last `limit` client ids are kept; a forgotten one is opened from its token's bookmark.
//
// Source: docs/adr/0009, spec/vectors/cursors.json

import type { Cursor } from './cursor';
import type { Claims } from './token';

export class Handoff {
  readonly #limit: number;
  // A Map iterates in the order of insertion, so its first key is the oldest.
  readonly #cursors = new Map<string, Cursor>();

  constructor(limit = 64) {
    this.#limit = limit;
  }

  /** Keeps `cursor` for the next socket of the client id. */
  put(clientId: string, cursor: Cursor): void {
    this.#cursors.delete(clientId);
    this.#cursors.set(clientId, cursor);
    const [oldest = ''] = this.#cursors.keys();
    if (this.#cursors.size > this.#limit) this.#cursors.delete(oldest);
  }

  /** Takes out the cursor to open with; undefined: the token's bookmark counts. */
  take({ clientId, bookmark }: Claims): Cursor | undefined {
    const cursor = this.#cursors.get(clientId);
    this.#cursors.delete(clientId);
    // In another epoch the log has started anew, and the bookmark alone names a place in it.
    return cursor && bookmark && cursor.epoch !== bookmark.epoch ? undefined : cursor;
  }
}
