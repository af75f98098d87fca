// A channel over WebSocket with nothing around it: what a page's client does while all is well, on a bare socket, so that
// two hundred of them take little from the machine that is measured.
//
// It opens with a token, keeps the heartbeat, answers pings and the question how far it has come, and hands messages on. It does not
// come back: a connection that ends is told.

import { createHash, randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

const ACCEPT_SALT = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const OPENING_TIMEOUT_MS = 20_000;
const TEXT = 1;
const CLOSE = 8;
const PING = 9;
const PONG = 10;

export interface Frame {
  readonly opcode: number;
  readonly payload: Buffer;
}

/** Takes one whole frame of a server from the beginning of `bytes`; undefined when it is not all there yet. */
export function takeFrame(bytes: Buffer): { frame: Frame; size: number } | undefined {
  if (bytes.length < 2) return undefined;
  const first = bytes.readUInt8(0);
  const short = bytes.readUInt8(1);
  if ((first & 0xf0) !== 0x80 || short > 127) throw new Error('a frame in parts, or masked, or with an extension');
  const head = short === 126 ? 4 : short === 127 ? 10 : 2;
  if (bytes.length < head) return undefined;
  const length = short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
  if (bytes.length < head + length) return undefined;
  return { frame: { opcode: first & 0x0f, payload: bytes.subarray(head, head + length) }, size: head + length };
}

/** A frame as a browser sends it. */
export function maskedFrame(opcode: number, payload: Buffer): Buffer {
  const mask = randomBytes(4);
  const head =
    payload.length < 126
      ? Buffer.from([0x80 | opcode, 0x80 | payload.length])
      : Buffer.from([0x80 | opcode, 0x80 | 126, payload.length >> 8, payload.length & 0xff]);
  const masked = Buffer.from(payload.map((byte, at) => byte ^ (mask[at & 3] ?? 0)));
  return Buffer.concat([head, mask, masked]);
}

export interface ChannelEvents {
  onmessage(text: string): void;
  /** It ended without having been closed from here. */
  onend(why: string): void;
}

export class Channel {
  private pending: Buffer = Buffer.alloc(0);
  private seq = '0';
  private closed = false;
  private opened: (() => void) | undefined;
  private beating: NodeJS.Timeout | undefined;

  private constructor(
    private readonly socket: Socket,
    private readonly events: ChannelEvents,
  ) {
    socket.setNoDelay(true);
    socket.on('error', () => undefined); // 'close' follows.
    socket.on('close', () => this.end('the connection was lost'));
  }

  /** `address` is that of the WebSocket, http://HOST:PORT/… */
  static async open(address: string, token: string, events: ChannelEvents): Promise<Channel> {
    const { hostname, port, host, pathname } = new URL(address);
    const channel = new Channel(connect({ host: hostname, port: Number(port) }), events);
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('a channel did not open')), OPENING_TIMEOUT_MS);
      channel.opened = () => {
        clearTimeout(timer);
        resolve();
      };
      channel.shakeHands(host, pathname, () => channel.send(`t${JSON.stringify({ token })}`), reject);
    });
    return channel;
  }

  close(): void {
    this.closed = true;
    clearInterval(this.beating);
    this.send('c');
    this.socket.end();
  }

  private shakeHands(host: string, path: string, done: () => void, fail: (why: Error) => void): void {
    const key = randomBytes(16).toString('base64');
    const accept = createHash('sha1')
      .update(key + ACCEPT_SALT)
      .digest('base64');
    this.socket.write(
      `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\nSec-WebSocket-Protocol: tayori.v1\r\n\r\n`,
    );
    const read = (bytes: Buffer) => {
      this.pending = Buffer.concat([this.pending, bytes]);
      const end = this.pending.indexOf('\r\n\r\n');
      if (end < 0) return;
      const head = this.pending.subarray(0, end).toString('latin1');
      if (!head.startsWith('HTTP/1.1 101 ') || !head.includes(accept)) {
        fail(new Error(`a channel was not let in: ${head}`));
        return;
      }
      this.socket.off('data', read);
      this.socket.on('data', (more: Buffer) => this.read(more));
      this.pending = this.pending.subarray(end + 4);
      done();
      this.read(Buffer.alloc(0));
    };
    this.socket.on('data', read);
  }

  private read(bytes: Buffer): void {
    let rest = this.pending.length > 0 ? Buffer.concat([this.pending, bytes]) : bytes;
    for (let taken = takeFrame(rest); taken; taken = takeFrame(rest)) {
      rest = rest.subarray(taken.size);
      this.heard(taken.frame);
    }
    this.pending = rest;
  }

  private heard({ opcode, payload }: Frame): void {
    if (opcode === PING) this.socket.write(maskedFrame(PONG, payload));
    if (opcode === CLOSE) this.end('the server closed it');
    if (opcode === TEXT) this.told(payload.toString('utf8'));
  }

  private told(text: string): void {
    const rest = text.slice(1);
    if (text.startsWith('m')) {
      const line = rest.indexOf('\n');
      this.seq = rest.slice(0, line);
      this.events.onmessage(rest.slice(line + 1));
    } else if (text === 'a') {
      this.send(`a${this.seq}`);
    } else if (text.startsWith('o')) {
      this.beat(Number((JSON.parse(rest) as { heartbeat_s: number }).heartbeat_s));
      this.opened?.();
    } else if (text.startsWith('g') || text.startsWith('e')) {
      this.end(text);
    }
  }

  /** A page says `h` when it has said nothing else for half the heartbeat; this one says hardly anything else. */
  private beat(heartbeatS: number): void {
    this.beating = setInterval(() => this.send('h'), heartbeatS * 500);
  }

  private send(text: string): void {
    this.socket.write(maskedFrame(TEXT, Buffer.from(text)));
  }

  private end(why: string): void {
    if (this.closed) return;
    this.closed = true;
    clearInterval(this.beating);
    this.socket.destroy();
    this.events.onend(why);
  }
}
