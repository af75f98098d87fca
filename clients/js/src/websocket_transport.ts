// WebSocketTransport: one connection of a session, from its opening to its end.
//
// It says at most once that it is lost, and nothing after leave() or drop(). Who reconnects is the session's affair.
//
// Source: spec/protocol.md section 2.

import { Heartbeat } from './heartbeat';
import type { Platform } from './platform';
import { type Frame, HEARTBEAT, LEAVE, parseFrame, SUBPROTOCOL } from './protocol';

// As long as the server waits for the first frame.
const OPEN_TIMEOUT_MS = 10_000;

const ORDERLY = 1000;
// Any code but 1000 and 1001 leaves the session alive on the server for its grace time.
const COMING_BACK = 4000;

export interface TransportEvents {
  onFrame(frame: Frame): void;
  /** The connection failed, ended or fell silent. */
  onLost(): void;
}

export class WebSocketTransport {
  readonly #events: TransportEvents;
  readonly #platform: Platform;
  readonly #socket: WebSocket | undefined;
  #heartbeat: Heartbeat | undefined;
  #cancelTimeout: () => void;

  /** Connects to `url` (http or https) and sends `first` as soon as it can. */
  constructor(platform: Platform, url: string, first: string, events: TransportEvents) {
    this.#platform = platform;
    this.#events = events;
    this.#cancelTimeout = platform.after(OPEN_TIMEOUT_MS, () => this.#lose());
    try {
      const socket = platform.connect(url.replace(/^http/, 'ws'), SUBPROTOCOL);
      socket.onopen = () => this.send(first);
      socket.onmessage = ({ data }) => this.#receive(data);
      socket.onclose = () => this.#lose();
      this.#socket = socket;
    } catch {
      // Some browsers throw where others report an error; the session has to hear of it after its own call.
      this.#cancelTimeout();
      this.#cancelTimeout = platform.after(0, () => this.#lose());
    }
  }

  /** REQUIRES: the handshake is done. A connection that is ending drops the frame. */
  send(frame: string): void {
    this.#socket?.send(frame);
    this.#heartbeat?.sent();
  }

  /** See Heartbeat.suspect. */
  suspect(): void {
    this.#heartbeat?.suspect();
  }

  /** Ends the session: the server knows at once that the page has gone. */
  leave(): void {
    if (this.#socket?.readyState === 1) this.#socket.send(LEAVE);
    this.#end(ORDERLY);
  }

  /** Gives the connection up; the session will come back on another. */
  drop(): void {
    this.#end(COMING_BACK);
  }

  #receive(data: unknown): void {
    const frame = typeof data === 'string' ? parseFrame(data) : undefined;
    if (!frame) {
      this.#lose(); // malformed: whatever garbled it may be gone on another connection
      return;
    }
    if (frame.kind === 'o') this.#opened(frame.heartbeatSeconds * 1000);
    this.#heartbeat?.heard();
    this.#events.onFrame(frame);
  }

  #opened(heartbeatMs: number): void {
    this.#cancelTimeout();
    this.#heartbeat?.stop();
    this.#heartbeat = new Heartbeat(this.#platform, heartbeatMs, {
      onBeat: () => this.send(HEARTBEAT),
      onSilence: () => this.#lose(),
    });
  }

  #lose(): void {
    this.drop();
    this.#events.onLost();
  }

  #end(code: number): void {
    this.#cancelTimeout();
    this.#heartbeat?.stop();
    const socket = this.#socket;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close(code);
  }
}
