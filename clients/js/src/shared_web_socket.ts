// SharedWebSocket: all channels of a page on one WebSocket a server.
//
//     import { Channel, shareWebSocket } from 'tayori';
//     shareWebSocket();
//
// Each channel is given a lane that looks like a WebSocket of its own. Frames `k` say which lane the following frames
// are of.
//
// Source: spec/protocol.md section 2.6.

import { browser, type Connect, type Wire } from './platform';

const SUBPROTOCOL = 'tayori.shared.v1';
// As many as the server takes.
const LANES = 64;
const ORDERLY = 1000;

class Lane implements Wire {
  onopen: Wire['onopen'] = null;
  onmessage: Wire['onmessage'] = null;
  onclose: Wire['onclose'] = null;

  constructor(
    readonly number: number,
    readonly shared: SharedWebSocket,
  ) {}

  get readyState(): Wire['readyState'] {
    return this.shared.readyState;
  }

  tell<Name extends 'onopen' | 'onmessage' | 'onclose'>(name: Name, event: Event): void {
    (this[name] as ((event: Event) => void) | null)?.(event);
  }

  send(text: string): void {
    this.shared.send(this, text);
  }

  close(code?: number): void {
    this.shared.leave(this, code);
  }
}

export class SharedWebSocket {
  readonly #socket: Wire;
  readonly #lanes = new Map<number, Lane>();
  #next = 0;
  #in = 0; // the lane of what the server says
  #out = 0; // the lane of what we say
  #isClosed = false;

  constructor(connect: Connect, url: string) {
    const socket = connect(url, SUBPROTOCOL);
    socket.onopen = (event) => this.#each((lane) => lane.tell('onopen', event));
    socket.onmessage = (event) => this.#receive(event);
    socket.onclose = (event) => {
      this.#isClosed = true;
      this.#each((lane) => lane.tell('onclose', event));
    };
    this.#socket = socket;
  }

  get readyState(): Wire['readyState'] {
    return this.#socket.readyState;
  }

  /** Whether another channel may come in. */
  get isOpenToMore(): boolean {
    return !this.#isClosed && this.#lanes.size < LANES;
  }

  add(): Lane {
    const lane = new Lane(this.#next, this);
    this.#next += 1;
    this.#lanes.set(lane.number, lane);
    // As with a WebSocket, what opens is told later.
    if (this.readyState === 1) Promise.resolve(new Event('open')).then((event) => lane.tell('onopen', event));
    return lane;
  }

  send(lane: Lane, text: string): void {
    if (this.#out !== lane.number) this.#socket.send(`k${lane.number.toString(36)}`);
    this.#out = lane.number;
    this.#socket.send(text);
  }

  /** A channel that gives its connection up may have found it dead, so nobody new comes in after that. */
  leave(lane: Lane, code = ORDERLY): void {
    if (!this.#lanes.delete(lane.number)) return;
    if (code !== ORDERLY) this.#isClosed = true;
    if (this.#lanes.size > 0) return;
    this.#isClosed = true;
    this.#socket.close(code);
  }

  #receive(event: MessageEvent<unknown>): void {
    const { data } = event;
    if (typeof data === 'string' && data[0] === 'k') this.#in = parseInt(data.slice(1), 36);
    else this.#lanes.get(this.#in)?.tell('onmessage', event);
  }

  #each(tell: (lane: Lane) => void): void {
    for (const lane of [...this.#lanes.values()]) tell(lane);
  }
}

/** Makes `connect` give lanes of one connection for each address. */
export function sharing(connect: Connect): Connect {
  const open = new Map<string, SharedWebSocket>();
  return (url) => {
    let shared = open.get(url);
    if (!shared?.isOpenToMore) {
      shared = new SharedWebSocket(connect, url);
      open.set(url, shared);
    }
    return shared.add();
  };
}

let isSharing = false;

/** From now on all channels that this page opens share one WebSocket a server. */
export function shareWebSocket(): void {
  if (isSharing) return;
  isSharing = true;
  browser.connect = sharing(browser.connect);
}
