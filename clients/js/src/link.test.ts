// Which transport it is, and when it goes down to another.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReconnectingEvent } from './handlers';
import { errorFrame, openedFrame } from './testing/fake_web_socket';
import { begin, polling, SECOND, streaming } from './testing/lower_rungs';
import { ManualPlatform } from './testing/manual_platform';
import type { Opened } from './testing/open_socket';
import type { TransportName } from './transport';

const MINUTES = 60_000;

/** What the page was told of the last wait. */
function lastDelay(heard: Opened['heard']): number {
  const [, event] = heard.at(-1) ?? [];
  return (event as ReconnectingEvent).delay_ms;
}

test('steps down at once when a transport fails, without a word to the page', () => {
  const { platform, socket, names } = begin();
  platform.socket.cut();
  platform.settle();
  assert.deepEqual(platform.routes, ['sse']);
  platform.request.answer('<h1>502 Bad Gateway</h1>', 502);
  assert.deepEqual(platform.routes, ['sse', 'poll']);
  platform.request.frames(openedFrame('e1-0'), 'm1\nx');
  platform.settle();
  assert.deepEqual(names(), ['onopen', 'onmessage']);
  assert.equal(socket.transport, 'poll');
});

test('waits three seconds for a transport, and ten for the last', () => {
  const { platform } = begin();
  platform.socket.accept(); // and then nothing comes through
  platform.advance(2999);
  assert.deepEqual(platform.routes, []);
  platform.advance(1);
  assert.deepEqual(platform.routes, ['sse']);
  assert.equal(platform.socket.closedWith, 4000);
  platform.request.text(':\n\n'); // a head, but no `o`
  platform.advance(3000);
  assert.deepEqual(platform.routes, ['sse', 'poll']);
  platform.advance(9999);
  assert.equal(platform.sockets.length, 1);
  platform.advance(1);
  platform.advance(125);
  assert.equal(platform.sockets.length, 2); // a new round, from the top
});

test('a round without success is followed by a wait, longer each time', () => {
  const { platform, heard } = streaming();
  platform.request.end();
  for (const delay of [125, 250, 500]) {
    platform.advance(delay);
    platform.request.end(); // the event stream, where it was; then the WebSocket, where a round begins
    if (platform.socket.closedWith === undefined) platform.socket.cut();
    platform.settle();
    for (const request of platform.exchanges) request.end();
    platform.settle();
    for (const request of platform.exchanges) request.end();
  }
  platform.settle();
  assert.deepEqual(
    heard.map(([, event]) => event),
    [125, 250, 500, 1000].map((delay_ms, i) => ({ attempt: i + 1, delay_ms })),
  );
});

test('gives up when nothing works at first, and says why', () => {
  const { platform, heard } = begin();
  for (let elapsed = 0; elapsed < 60_000; elapsed += 500) {
    platform.socket.cut();
    for (const request of platform.exchanges) if (!request.isCancelled) request.answer('no', 403);
    platform.advance(500);
  }
  assert.deepEqual(heard[0], ['onerror', { code: 503, description: 'The server could not be reached.' }]);
  assert.equal(platform.timers.size, 0);
});

test('a refusal of the server itself is no reason to step down', () => {
  for (const reconnect of [true, false]) {
    const { platform } = begin();
    platform.socket.accept();
    platform.socket.receive(errorFrame(503, 'Full.', reconnect));
    platform.advance(2000);
    assert.equal(platform.exchanges.length, 0);
    assert.equal(platform.sockets.length, reconnect ? 2 : 1);
  }
});

test('what is no problem document is a connection that was lost', () => {
  const html = '<!doctype html>';
  for (const [status, body] of [
    [502, html],
    [503, html],
    [504, ''],
    [404, '{"error":"not found"}'],
    [200, html],
  ] as const) {
    const { platform, names } = begin({ transports: ['sse'] });
    platform.settle();
    platform.request.answer(body, status);
    platform.advance(125);
    platform.request.open('e1-0');
    platform.settle();
    assert.deepEqual(names(), ['onopen']);
  }
});

test('comes back on the transport that worked', () => {
  const { platform, names } = streaming();
  platform.request.text('id: e1-1\ndata: x\n\n');
  platform.request.end();
  platform.advance(125);
  assert.deepEqual(platform.routes, ['sse', 'sse']);
  platform.request.open('e1-1');
  platform.settle();
  assert.deepEqual(names(), ['onmessage', 'onreconnecting', 'onreconnected']);
  assert.equal(platform.sockets.length, 1);
});

test('a stream that is cut again and again does not work', () => {
  const { platform, socket, heard } = streaming();
  for (const delay of [125, 250]) {
    platform.advance(4000);
    platform.request.end();
    platform.advance(delay);
    platform.request.open('e1-0');
  }
  platform.request.end();
  platform.settle();
  assert.equal(platform.routes.at(-1), 'poll');
  assert.deepEqual(heard.at(-1), ['onreconnecting', { attempt: 1, delay_ms: 0 }]);
  platform.request.frames(openedFrame('e1-0'));
  platform.settle();
  assert.equal(heard.at(-1)?.[0], 'onreconnected');
  assert.equal(socket.transport, 'poll');
});

test('a stream that brings something, or holds for a while, works', () => {
  for (const [ms, text] of [
    [1000, 'id: e1-zz\ndata: x\n\n'],
    [5000, ''],
  ] as const) {
    const { platform, heard } = streaming();
    for (let round = 0; round < 5; round += 1) {
      platform.request.text(text.replace('zz', `${round + 1}`));
      platform.advance(ms);
      platform.request.end();
      platform.settle();
      platform.advance(lastDelay(heard));
      platform.request.open('e1-0', { heartbeat: 1000 });
    }
    assert.deepEqual(new Set(platform.routes), new Set(['sse']));
  }
});

test('what worked is tried first by the next channel, for an hour', () => {
  const { platform, socket } = polling();
  socket.close();
  const next = begin({}, platform);
  assert.equal(next.socket.transport, 'poll');
  assert.equal(platform.sockets.length, 1);
  assert.equal(platform.routes.at(-1), 'poll');
  next.socket.close();
  platform.advance(60 * MINUTES);
  begin({}, platform);
  assert.equal(platform.sockets.length, 2);
});

test('what was remembered and does not work any more is followed by a round from the top', () => {
  const platform = new ManualPlatform();
  platform.memory.set('tayori-transport http://app.example', 'poll 99999999999');
  begin({}, platform);
  platform.request.end();
  platform.advance(125);
  assert.equal(platform.sockets.length, 1);
});

test('the order is the one that the page gives', () => {
  const transports: TransportName[] = ['poll', 'websocket'];
  const { platform, socket } = begin({ transports });
  assert.equal(socket.transport, 'poll');
  platform.request.end();
  platform.socket.open('e1-0');
  assert.equal(socket.transport, 'websocket');
});

test('without a slot for a stream it polls', () => {
  const platform = new ManualPlatform();
  platform.locks = new Set([1, 2, 3, 4].map((slot) => `tayori-slot-${slot}`));
  begin({}, platform);
  platform.socket.cut();
  platform.settle();
  assert.deepEqual(platform.routes, ['poll']);
});

test('a token that has run out is replaced by one of the source, on whatever connection', async () => {
  const platform = new ManualPlatform();
  platform.postAnswer = () => Promise.resolve(SECOND);
  const { names } = begin({ tokenSource: '/token' }, platform);
  platform.socket.open('e1-0');
  platform.socket.cut();
  platform.advance(125);
  platform.socket.accept();
  platform.socket.receive(errorFrame(401, 'Token+timed+out.', false, 'token_timed_out'));
  platform.settle();
  await new Promise((resolve) => setImmediate(resolve));
  platform.socket.accept(); // at once: a fresh token is what was missing
  assert.deepEqual(platform.socket.sent, [`t{"token":"${SECOND}","cursor":"e1-0","session":"s"}`]);
  platform.socket.receive(openedFrame('e1-0'));
  platform.settle();
  assert.deepEqual(names(), ['onopen', 'onreconnecting', 'onreconnecting', 'onreconnected']);
});

test('a token is replaced before it runs out, and a source never mends what is not expiry', async () => {
  const platform = new ManualPlatform();
  platform.postAnswer = () => Promise.resolve(SECOND);
  const { heard } = begin({ tokenSource: '/token' }, platform);
  platform.socket.open('e1-0', { expires: 100, heartbeat: 1000 });
  platform.advance(70_000);
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(platform.socket.sent.at(-1), `t{"token":"${SECOND}"}`);
  platform.socket.receive(errorFrame(401, 'Invalid+token.', false, 'invalid_token'), openedFrame('e1-0'));
  platform.advance(125);
  platform.socket.accept();
  platform.socket.receive(errorFrame(401, 'Invalid+token.', false, 'invalid_token'));
  platform.advance(MINUTES);
  assert.deepEqual(heard.slice(-2), [
    ['onerror', { code: 401, description: 'Invalid+token.' }],
    ['onclose', {}],
  ]);
  assert.equal(platform.posts.length, 1);
  assert.equal(platform.timers.size, 0);
});
