// EventStreamTransport: a session's frames as server-sent events, in one answer without end.
//
// Read by fetch and not by EventSource, which could send neither token nor session but in the address. The server's
// comments keep the stream alive, and whatever comes counts as heard. The page has no way to answer: a fresh token takes
// another stream.
//
// Source: spec/protocol.md section 3.1.

import { parseCursor } from './cursor';
import { EventStreamParser, type ServerSentEvent } from './event_stream';
import { Heartbeat } from './heartbeat';
import { HttpTransport } from './http_transport';
import { type Frame, parseFrame } from './protocol';
import type { Access, Transport, TransportEvents } from './transport';

export class EventStreamTransport extends HttpTransport implements Transport {
  readonly #parser = new EventStreamParser();
  readonly #heartbeat: Heartbeat;

  constructor(access: Access, events: TransportEvents) {
    super(access, events);
    const lost = (): void => events.onLost();
    this.#heartbeat = new Heartbeat(access.platform, lost);
    this.withSlot((free) => {
      if (free) this.ask('sse', access.opening(), (text) => this.#read(text), lost);
      else lost();
    });
  }

  suspect(): void {
    this.#heartbeat.suspect();
  }

  override drop(): void {
    this.#heartbeat.stop();
    super.drop();
  }

  #read(text: string): void {
    this.#heartbeat.heard();
    for (const event of this.#parser.read(text)) {
      if (this.hasEnded) return;
      const frame = frameOf(event);
      if (frame?.kind === 'o') this.#heartbeat.start(frame.heartbeatSeconds);
      this.events.onFrame(frame);
    }
  }
}

/** The frame that an event carries; undefined when it is malformed. */
function frameOf({ event, id, data }: ServerSentEvent): Frame | undefined {
  if (event === 'message') return parseFrame(`m${parseCursor(id)?.seq ?? ''}\n${data}`);
  // Their names begin with the letters of their frames.
  return /^(opened|gap|error|ask)$/.test(event) ? parseFrame(event.charAt(0) + data.trim()) : { kind: 'unknown' };
}
