// How a link goes back up its ladder, beside the transport that runs.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorFrame, openedFrame } from './testing/fake_web_socket';
import { polling, SECOND, streaming, TOKEN } from './testing/lower_rungs';
import type { ManualPlatform } from './testing/manual_platform';

const MINUTES = 60_000;

/** Lets time pass in which held polls are answered without news. */
function passPolling(platform: ManualPlatform, ms: number): void {
  for (let passed = 0; passed < ms; passed += 20_000) {
    platform.advance(20_000);
    const polls = platform.exchanges.filter(({ url, isCancelled }) => url.endsWith('poll') && !isCancelled);
    polls.at(-1)?.frames(openedFrame('e1-0', { session: 's1' }));
  }
}

test('climbs after five minutes, and nothing is lost, repeated or told', () => {
  const { platform, socket, heard } = streaming();
  const stream = platform.request;
  platform.advance(5 * MINUTES - 1);
  stream.text('id: e1-1\ndata: a\n\n');
  assert.equal(platform.sockets.length, 1);
  platform.advance(1);
  assert.equal(platform.sockets.length, 2);
  platform.socket.accept();
  assert.deepEqual(platform.socket.sent, [`t{"token":"${TOKEN}","cursor":"e1-1","session":"s1"}`]);
  stream.text('id: e1-2\ndata: b\n\n');
  assert.ok(!stream.isCancelled);
  platform.socket.receive(openedFrame('e1-1', { session: 's2' }), 'm2\nb', 'm3\nc');
  assert.ok(stream.isCancelled);
  platform.settle();
  assert.deepEqual(
    heard,
    ['a', 'b', 'c'].map((data) => ['onmessage', { data }]),
  );
  assert.equal(socket.transport, 'websocket');
  assert.equal(platform.locks.size, 0); // a WebSocket needs no slot
  assert.deepEqual(
    [...platform.memory.values()].map((value) => value.split(' ')[0]),
    ['websocket'],
  );
});

test('the older transport may be fenced off before the newer one is open', () => {
  const { platform, names } = streaming();
  const stream = platform.request;
  platform.advance(5 * MINUTES);
  stream.text(`event: error\ndata: ${errorFrame(409, 'Moved.', false, 'moved').slice(1)}\n\n`);
  stream.end();
  platform.socket.open('e1-0');
  platform.settle();
  assert.deepEqual(names(), []);
});

test('a climb that fails leaves what runs alone, and is tried again later and later', () => {
  const { platform, names } = streaming();
  for (const minutes of [5, 10, 20, 40, 60, 60]) {
    const before = platform.sockets.length;
    platform.advance(minutes * MINUTES - 1);
    assert.equal(platform.sockets.length, before);
    platform.advance(1);
    assert.equal(platform.sockets.length, before + 1);
    platform.socket.cut();
  }
  assert.deepEqual(names(), []);
  assert.equal(platform.exchanges.length, 1);
});

test('a climb that is refused leaves what runs alone', () => {
  for (const reconnect of [true, false]) {
    const { platform, names } = streaming();
    platform.advance(5 * MINUTES);
    platform.socket.accept();
    platform.socket.receive(errorFrame(401, 'Invalid+token.', reconnect, 'invalid_token'));
    platform.request.text('id: e1-1\ndata: x\n\n');
    platform.settle();
    assert.deepEqual(names(), ['onmessage']);
    assert.equal(platform.socket.closedWith, 4000);
  }
});

test('climbs past what still does not work, and shares the slot meanwhile', () => {
  const { platform, socket, names } = polling();
  passPolling(platform, 5 * MINUTES);
  assert.equal(platform.sockets.length, 2);
  platform.advance(3000);
  assert.equal(platform.routes.at(-1), 'sse');
  const held = platform.exchanges.at(-2);
  assert.ok(!held?.isCancelled);
  platform.request.open('e1-0', { session: 's2', heartbeat: 1000 });
  assert.ok(held?.isCancelled);
  platform.request.text('id: e1-1\ndata: x\n\n');
  platform.settle();
  assert.deepEqual(names(), ['onmessage']);
  assert.equal(socket.transport, 'sse');
  assert.equal(platform.locks.size, 1);
  platform.advance(10 * MINUTES);
  assert.equal(platform.sockets.length, 3);
});

test('polls wait while a climb is under way, for they would take the session back', () => {
  const { platform, socket, names } = polling();
  passPolling(platform, 5 * MINUTES);
  platform.advance(3000);
  const held = platform.exchanges.at(-2);
  const stream = platform.request;
  held?.frames(openedFrame('e1-0', { session: 's1' }), 'm1\nx');
  platform.wake();
  platform.advance(2000);
  assert.equal(platform.request, stream);
  platform.advance(1000); // the stream has had its time
  platform.advance(1000);
  assert.deepEqual(platform.request.members, { token: TOKEN, cursor: 'e1-1', session: 's1', wait_s: 25 });
  assert.deepEqual(names(), ['onmessage']);
  assert.equal(socket.transport, 'poll');
});

test('polls go on while what is climbed to has said nothing yet', () => {
  const { platform } = polling();
  passPolling(platform, 5 * MINUTES); // no handshake so far
  platform.request.frames(openedFrame('e1-0', { session: 's1' }), 'm1\nx');
  assert.deepEqual(platform.request.members.cursor, 'e1-1');
  platform.socket.accept();
  const { request } = platform;
  request.frames(openedFrame('e1-1', { session: 's1' }), 'm2\nx');
  platform.advance(1999);
  assert.equal(platform.request, request);
});

test('a loss during a climb is made good by it, or told when it fails', () => {
  const lucky = streaming();
  lucky.platform.advance(5 * MINUTES);
  lucky.platform.request.end();
  lucky.platform.socket.open('e1-0');
  lucky.platform.settle();
  assert.deepEqual(lucky.names(), []);
  const { platform, names } = streaming();
  platform.advance(5 * MINUTES);
  platform.request.end();
  platform.socket.cut();
  platform.settle();
  assert.deepEqual(names(), []);
  platform.request.open('e1-0');
  platform.settle();
  assert.deepEqual([names(), platform.routes], [[], ['sse', 'sse']]);
});

test('close during a climb ends both', () => {
  const { platform, socket, names } = streaming();
  platform.advance(5 * MINUTES);
  platform.socket.accept();
  socket.close();
  platform.advance(60 * MINUTES);
  assert.deepEqual(names(), ['onclose']);
  assert.ok(platform.request.isCancelled);
  assert.equal(platform.socket.closedWith, 1000);
  assert.equal(platform.timers.size + platform.locks.size, 0);
});

test('renew during a climb goes first, and the climb comes later', () => {
  const { platform, socket } = streaming();
  platform.advance(5 * MINUTES);
  socket.renew(SECOND);
  assert.equal(platform.socket.closedWith, 4000);
  assert.equal(platform.request.members.token, SECOND);
  platform.request.open('e1-0', { heartbeat: 100_000 });
  platform.advance(10 * MINUTES);
  assert.equal(platform.sockets.length, 3);
});

test('a climb does not get in the way of a renewal', () => {
  const { platform, socket } = streaming();
  platform.advance(5 * MINUTES - 1);
  socket.renew(SECOND);
  const { request } = platform;
  platform.advance(1000);
  assert.equal(platform.sockets.length, 1);
  request.end();
  platform.advance(5 * MINUTES);
  assert.equal(platform.sockets.length, 2);
});

test('a top that has held for a while is climbed to again soon after it is lost', () => {
  const { platform } = streaming();
  platform.advance(5 * MINUTES);
  platform.socket.open('e1-0');
  platform.advance(11_000);
  platform.socket.cut();
  platform.advance(125);
  platform.socket.cut();
  platform.settle();
  platform.request.open('e1-0', { heartbeat: 100_000 });
  const before = platform.sockets.length;
  platform.advance(5 * MINUTES);
  assert.equal(platform.sockets.length, before + 1);
});
