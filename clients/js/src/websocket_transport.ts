// WebSocketTransport: a session's frames over one WebSocket.
//
// Source: spec/protocol.md section 2.

import { Heartbeat } from './heartbeat';
import type { Wire } from './platform';
import { ASK, formatToken, HEARTBEAT, LEAVE, parseFrame, SUBPROTOCOL } from './protocol';
import type { Access, Transport, TransportEvents } from './transport';

const ORDERLY = 1000;
// Any code but 1000 and 1001 leaves the session alive on the server for its grace time.
const COMING_BACK = 4000;

export class WebSocketTransport implements Transport {
  readonly #events: TransportEvents;
  readonly #socket: Wire | undefined;
  readonly #heartbeat: Heartbeat;
  #cancelLoss: () => void = () => undefined;

  constructor(access: Access, events: TransportEvents) {
    const { platform, base } = access;
    const lost = (): void => events.onLost();
    this.#events = events;
    this.#heartbeat = new Heartbeat(platform, lost, () => this.#send(HEARTBEAT));
    try {
      const socket = platform.connect(`${base.replace(/^http/, 'ws')}ws`, SUBPROTOCOL);
      socket.onopen = () => this.#send(formatToken(access.opening()));
      socket.onmessage = ({ data }) => this.#receive(data);
      socket.onclose = lost;
      this.#socket = socket;
    } catch {
      // Some browsers throw where others report an error; the link has to hear of it after its own call.
      this.#cancelLoss = platform.after(0, lost);
    }
  }

  renew(token: string): void {
    this.#send(formatToken({ token }));
  }

  answer(seq: string): void {
    this.#send(ASK + seq);
  }

  suspect(): void {
    this.#heartbeat.suspect();
  }

  leave(): void {
    if (this.#socket?.readyState === 1) this.#socket.send(LEAVE);
    this.#end(ORDERLY);
  }

  drop(): void {
    this.#end(COMING_BACK);
  }

  // REQUIRES: the handshake is done. A connection that is ending drops the frame.
  #send(frame: string): void {
    this.#socket?.send(frame);
    this.#heartbeat.sent();
  }

  #receive(data: unknown): void {
    const frame = parseFrame(data);
    if (frame?.kind === 'o') this.#heartbeat.start(frame.heartbeatSeconds);
    this.#heartbeat.heard();
    this.#events.onFrame(frame);
  }

  #end(code: number): void {
    this.#cancelLoss();
    this.#heartbeat.stop();
    const socket = this.#socket;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close(code);
  }
}
