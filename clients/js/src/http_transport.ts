// HttpTransport: what event streams and polls have in common: their requests and their end.
//
// Of an answer other than 200 only a problem document is the server's own word. Anything else, a proxy's page or half
// an answer, comes from something in between and means no more than a connection that was lost.
//
// Source: spec/protocol.md section 3.

import { parseProblem } from './protocol';
import type { Access, TransportEvents } from './transport';

export class HttpTransport {
  protected readonly access: Access;
  protected readonly events: TransportEvents;
  protected hasEnded = false;
  #cancel: () => void = () => undefined;

  constructor(access: Access, events: TransportEvents) {
    this.access = access;
    this.events = events;
  }

  drop(): void {
    this.hasEnded = true;
    this.#cancel();
  }

  /** Sends a request in place of the one before. `onText` has the pieces of a good answer's body. */
  protected ask(route: string, members: object, onText: (text: string) => void, onEnd: () => void): void {
    this.#cancel();
    let other = '';
    this.#cancel = this.access.platform.exchange(
      this.access.base + route,
      JSON.stringify(members),
      (text, status) => {
        if (status === 200) onText(text);
        else other += text;
      },
      () => {
        const problem = parseProblem(other);
        if (problem) this.events.onFrame(problem);
        else onEnd();
      },
    );
  }

  /** Calls `then` with whether a connection may be held, unless the transport is over by then. */
  protected withSlot(then: (free: boolean) => void): void {
    this.access.slot.take((free) => {
      if (!this.hasEnded) then(free);
    });
  }
}
