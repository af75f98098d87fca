import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Wire } from './platform';
import { sharing } from './shared_web_socket';
import { FakeWebSocket } from './testing/fake_web_socket';

const URL_A = 'ws://a/_ah/channel/ws';

/** Lanes of connections whose other side is the test, and what each lane was told. */
class Lanes {
  readonly sockets: FakeWebSocket[] = [];
  readonly told: string[] = [];
  readonly #connect = sharing((url, subprotocol) => {
    const socket = new FakeWebSocket(url, subprotocol);
    this.sockets.push(socket);
    return socket as unknown as WebSocket;
  });

  add(name: string, url = URL_A): Wire {
    const lane = this.#connect(url, 'tayori.v1');
    lane.onopen = () => this.told.push(`${name} opens`);
    lane.onmessage = ({ data }) => this.told.push(`${name}: ${data}`);
    lane.onclose = () => this.told.push(`${name} closes`);
    return lane;
  }
  get socket(): FakeWebSocket {
    assert.equal(this.sockets.length, 1);
    return this.sockets[0] as FakeWebSocket;
  }
}

test('lanes share one connection and hear their own', async () => {
  const lanes = new Lanes();
  const one = lanes.add('one');
  lanes.socket.accept();
  const two = lanes.add('two');
  assert.deepEqual(lanes.told, ['one opens'], 'the second hears of it later, as of any WebSocket');
  await Promise.resolve();
  await Promise.resolve();
  one.send('t1');
  two.send('t2');
  two.send('h');
  one.send('h');
  assert.deepEqual(lanes.socket.sent, ['t1', 'k1', 't2', 'h', 'k0', 'h']);
  assert.equal(lanes.socket.subprotocol, 'tayori.shared.v1');
  lanes.socket.receive('o1', 'k1', 'o2', 'm1\nkeyword', 'k0', 'm2\nx');
  assert.deepEqual(lanes.told, ['one opens', 'two opens', 'one: o1', 'two: o2', 'two: m1\nkeyword', 'one: m2\nx']);
});

test('a lane that leaves takes nobody along, and the last one the connection', () => {
  const lanes = new Lanes();
  const one = lanes.add('one');
  const two = lanes.add('two');
  lanes.socket.accept();
  one.close(1000);
  lanes.socket.receive('k0', 'm1\nlate', 'k1', 'm2\nx');
  assert.deepEqual(lanes.told, ['one opens', 'two opens', 'two: m2\nx']);
  assert.equal(lanes.socket.closedWith, undefined);
  two.close(1000);
  assert.equal(lanes.socket.closedWith, 1000);
});

test('a number is used once', () => {
  const lanes = new Lanes();
  lanes.add('one');
  const two = lanes.add('two');
  lanes.socket.accept();
  two.close(1000);
  lanes.add('three').send('t3');
  assert.deepEqual(lanes.socket.sent, ['k2', 't3']);
});

test('a connection that ends ends for every lane, and the next lane has a new one', () => {
  const lanes = new Lanes();
  lanes.add('one');
  lanes.add('two');
  lanes.socket.accept();
  lanes.socket.cut();
  assert.deepEqual(lanes.told.slice(2), ['one closes', 'two closes']);
  lanes.add('three');
  assert.equal(lanes.sockets.length, 2);
});

test('nobody comes in where someone gave the connection up', () => {
  const lanes = new Lanes();
  const one = lanes.add('one');
  lanes.add('two');
  lanes.socket.accept();
  one.close(4000);
  assert.equal(lanes.socket.closedWith, undefined, 'the other lane may still hear');
  lanes.add('one again');
  assert.equal(lanes.sockets.length, 2);
});

test('each address has a connection, and none has more than 64 lanes', () => {
  const lanes = new Lanes();
  for (let i = 0; i < 64; i += 1) lanes.add(`${i}`);
  assert.equal(lanes.sockets.length, 1);
  lanes.add('64');
  assert.equal(lanes.sockets.length, 2);
  lanes.add('elsewhere', 'ws://b/_ah/channel/ws');
  assert.equal(lanes.sockets.length, 3);
});
