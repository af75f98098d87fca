// The gate does what it says: a gate that let everything through would let every other test here pass.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, test } from 'node:test';
import { Gate } from './harness/gate';
import { Chance } from './harness/random';
import { pause, until } from './harness/until';

let echo: Server;
let gate: Gate;
let peers: Peer[];

/** A connection through the gate to someone who repeats everything. */
class Peer {
  readonly socket: Socket;
  heard = '';
  /** How it ended: `end` in order, or the error's code. */
  ended = '';

  constructor() {
    this.socket = connect(Number(new URL(gate.url).port), '127.0.0.1');
    this.socket.on('data', (bytes) => {
      this.heard += String(bytes);
    });
    this.socket.on('end', () => {
      this.ended ||= 'end';
    });
    this.socket.on('error', (error: NodeJS.ErrnoException) => {
      this.ended = String(error.code);
    });
    peers.push(this);
  }

  say(text: string): void {
    this.socket.write(text);
  }

  hears(text: string): Promise<boolean> {
    return until(`"${text}"`, () => this.heard === text);
  }

  ends(how: string): Promise<boolean> {
    return until(`its end by ${how}`, () => this.ended === how);
  }
}

/** One who is connected. */
async function greeted(): Promise<Peer> {
  const peer = new Peer();
  peer.say('hello ');
  await peer.hears('hello ');
  return peer;
}

beforeEach(async () => {
  peers = [];
  echo = createServer((socket) => socket.on('error', () => undefined).pipe(socket));
  echo.listen(0, '127.0.0.1');
  await once(echo, 'listening');
  const address = echo.address();
  assert.ok(typeof address === 'object' && address);
  gate = await Gate.start(`http://127.0.0.1:${address.port}/`);
});

afterEach(() => {
  for (const { socket } of peers) socket.destroy();
  gate.stop();
  echo.close();
});

test('passes bytes and ends on', async () => {
  const peer = await greeted();
  const text = 'x'.repeat(1_000_000);
  peer.say(text);
  await peer.hears(`hello ${text}`);
  peer.socket.end();
  await peer.ends('end');
  await until('no line', () => gate.lines === 0);
});

test('cut() ends in order', async () => {
  const peer = await greeted();
  gate.cut();
  await peer.ends('end');
  await greeted();
});

test('reset() breaks off', async () => {
  const peer = await greeted();
  gate.reset();
  await peer.ends('ECONNRESET');
  await greeted();
});

for (const direction of ['up', 'down', 'both'] as const) {
  test(`stall() ${direction} keeps everything back, new connections too`, async () => {
    const [old, fresh] = [await greeted(), new Peer()];
    gate.stall(direction, true);
    for (const peer of [old, fresh]) peer.say('world');
    await pause(100);
    assert.deepEqual([old.heard, fresh.heard], ['hello ', '']);
    gate.stall(direction, false);
    await old.hears('hello world');
    await fresh.hears('world');
  });
}

test('delay() makes everything late, and keeps the order when it is over', async () => {
  const peer = await greeted();
  gate.delay(200);
  const since = performance.now();
  peer.say('late ');
  await until('the first to be under way', async () => performance.now() - since > 50);
  gate.delay(0);
  for (const word of ['and ', 'then']) peer.say(word);
  await peer.hears('hello late and then');
  assert.ok(performance.now() - since >= 199);
});

test('hold() collects what the server says, and gives all of it out', async () => {
  const peer = await greeted();
  gate.hold(true);
  for (const word of ['one ', 'two ']) peer.say(word);
  await pause(100);
  assert.equal(peer.heard, 'hello ');
  gate.hold(false);
  await peer.hears('hello one two ');
});

test('truncate() ends after so many bytes', async () => {
  const peer = await greeted();
  gate.truncate(3);
  peer.say('world');
  await peer.ends('end');
  assert.equal(peer.heard, 'hello wor');
});

test('refuse() lets nobody in, and leaves who is in', async () => {
  const peer = await greeted();
  await gate.refuse(true);
  await new Peer().ends('ECONNREFUSED');
  peer.say('world');
  await peer.hears('hello world');
  await gate.refuse(false);
  await greeted();
});

test('shutOut() breaks off one kind of request', async () => {
  const line = (kind: string): string => `POST /_ah/channel/${kind} HTTP/1.1\r\n\r\n`;
  const [stream, poll] = [new Peer(), new Peer()];
  stream.say(line('sse'));
  poll.say(line('poll'));
  await stream.hears(line('sse'));
  await poll.hears(line('poll'));
  gate.shutOut(['sse', 'ws']);
  await stream.ends('ECONNRESET');
  const late = new Peer();
  late.say(line('ws'));
  await late.ends('ECONNRESET');
  poll.say('more');
  await poll.hears(`${line('poll')}more`);
});

test('chance repeats itself', () => {
  const draw = (name: string): number[] => {
    const chance = new Chance(name);
    return Array.from({ length: 20 }, () => chance.between(1, 1000));
  };
  assert.deepEqual(draw('one'), draw('one'));
  assert.notDeepEqual(draw('one'), draw('other'));
});
