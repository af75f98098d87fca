// What is particular to event streams; transport.test.ts has the rest.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Handoff } from './handoff';
import { errorFrame } from './testing/fake_web_socket';
import { ManualPlatform } from './testing/manual_platform';
import { openSocket, tokenFor } from './testing/open_socket';

const FIRST = tokenFor('a', 'e1-0', 'first');
const SECOND = tokenFor('a', 'e1-0', 'second');

function begin(platform = new ManualPlatform()) {
  const subject = openSocket(FIRST, {}, platform, new Handoff(), { transports: ['sse'] });
  platform.settle(); // the slot
  return subject;
}

function opened(heartbeat = 25) {
  const subject = begin();
  subject.platform.request.open('e1-0', { heartbeat, session: 's1' });
  subject.platform.settle();
  subject.heard.length = 0;
  return subject;
}

test('the token is in the body, never in the address', () => {
  const { platform } = begin();
  assert.equal(platform.request.url, 'http://app.example/_ah/channel/sse');
  assert.equal(platform.request.body, `{"token":"${FIRST}"}`);
});

test('restores what the format cannot carry', () => {
  const { platform, heard } = opened();
  platform.request.text('id: e1-1\nbreaks: brn\ndata: a\ndata: b\nda');
  platform.request.text('ta: c\ndata: d\n\n');
  platform.settle();
  assert.deepEqual(heard, [['onmessage', { data: 'a\r\nb\rc\nd' }]]);
});

test('goes on with the number of each message, under the epoch it was opened in', () => {
  const { platform, socket } = opened();
  platform.request.text('id: e1-zz\ndata: a\n\n');
  platform.settle();
  assert.equal(socket.cursor, 'e1-zz');
});

test('comments keep it, and their absence ends it', () => {
  const { platform, names } = opened(10);
  for (let beat = 0; beat < 10; beat += 1) {
    platform.advance(5000);
    platform.request.text(':\n\n');
  }
  assert.deepEqual(names(), []);
  const { request } = platform;
  platform.advance(12_000);
  assert.ok(request.isCancelled);
  assert.deepEqual(names(), ['onreconnecting']);
});

test('a piece of an event counts as heard', () => {
  const { platform, names } = opened(10);
  for (let piece = 0; piece < 10; piece += 1) {
    platform.advance(5000);
    platform.request.text('data: a\n');
  }
  assert.deepEqual(names(), []);
});

test('events that nobody knows are passed over', () => {
  const { platform, names } = opened();
  platform.request.text('event: later\ndata: {}\n\nretry: 5\n\nid: e1-1\ndata: a\n\n');
  platform.settle();
  assert.deepEqual(names(), ['onmessage']);
});

test('malformed events make a new connection, and lose nothing', () => {
  for (const garbage of [
    'id: x\ndata: a\n\n',
    'event: gap\ndata: {}\n\n',
    'event: error\ndata\n\n',
    'id\ndata: a\n\n',
  ]) {
    const { platform } = opened();
    platform.request.text(`${garbage}id: e1-7\ndata: unheard\n\n`);
    platform.advance(125);
    assert.deepEqual(platform.request.members, { token: FIRST, cursor: 'e1-0', session: 's1' });
  }
});

test('a fresh token takes another stream, and the older one goes on until that is open', () => {
  const { platform, socket, heard } = opened();
  const older = platform.request;
  socket.renew(SECOND);
  assert.notEqual(platform.request, older);
  older.text('id: e1-1\ndata: a\n\n');
  assert.deepEqual(platform.request.members, { token: SECOND, cursor: 'e1-0', session: 's1' });
  assert.ok(!older.isCancelled);
  platform.request.open('e1-0', { session: 's2' });
  assert.ok(older.isCancelled);
  platform.request.text('id: e1-1\ndata: a\n\nid: e1-2\ndata: b\n\n');
  platform.settle();
  assert.deepEqual(heard, [
    ['onmessage', { data: 'a' }],
    ['onmessage', { data: 'b' }],
  ]);
  assert.equal(platform.locks.size, 1);
});

test('the server may fence the older stream off before the newer one is open', () => {
  const { platform, socket, names } = opened();
  const older = platform.request;
  socket.renew(SECOND);
  older.text(`event: error\ndata: ${errorFrame(409, 'Moved.', false, 'moved').slice(1)}\n\n`);
  older.end();
  platform.advance(1000);
  platform.request.open('e1-0');
  platform.settle();
  assert.deepEqual(names(), []);
  assert.equal(platform.exchanges.length, 2);
});

test('a renewal that gets lost leaves the stream alone, and the token is used with the next', () => {
  const { platform, socket, names } = opened(1000);
  const older = platform.request;
  socket.renew(SECOND);
  platform.request.end();
  platform.advance(60_000);
  assert.equal(platform.exchanges.length, 2);
  older.text(`event: error\ndata: ${errorFrame(401, 'Token+timed+out.', false, 'token_timed_out').slice(1)}\n\n`);
  platform.advance(125);
  assert.equal(platform.request.members.token, SECOND);
  platform.request.open('e1-0');
  platform.settle();
  assert.deepEqual(names(), ['onreconnecting', 'onreconnected']);
});

test('the last of several renewals counts', () => {
  const { platform, socket } = opened();
  socket.renew(SECOND);
  const overtaken = platform.request;
  const third = tokenFor('a', 'e1-0', 'third');
  socket.renew(third);
  assert.ok(overtaken.isCancelled);
  assert.equal(platform.request.members.token, third);
});

test('close tells by beacon which session has gone', () => {
  const { platform, socket } = opened();
  socket.close();
  const url = 'http://app.example/_ah/channel/close';
  assert.deepEqual(platform.beacons, [{ url, body: JSON.stringify({ token: FIRST, session: 's1' }) }]);
  assert.ok(platform.request.isCancelled);
});

test('holds a slot while it is open or opening, and no longer', () => {
  const { platform, socket } = opened();
  assert.equal(platform.locks.size, 1);
  platform.request.end();
  assert.equal(platform.locks.size, 0);
  platform.advance(125);
  assert.equal(platform.locks.size, 1);
  socket.close();
  assert.equal(platform.locks.size, 0);
});

test('is not opened without a slot', () => {
  const platform = new ManualPlatform();
  platform.locks = new Set([1, 2, 3, 4].map((slot) => `tayori-slot-${slot}`));
  begin(platform);
  platform.advance(2000);
  assert.equal(platform.exchanges.length, 0);
});
