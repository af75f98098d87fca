// How far the page has come, when the server asks.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import vectors from '../../../spec/vectors/frames.json';
import type { Handlers } from './handlers';
import { Handoff } from './handoff';
import { sharing } from './shared_web_socket';
import { errorFrame, openedFrame } from './testing/fake_web_socket';
import { ManualPlatform } from './testing/manual_platform';
import { type Opened, openSocket, tokenFor } from './testing/open_socket';
import { wireOf } from './testing/wire';
import type { TransportName } from './transport';

const TOKEN = tokenFor('a');
const SECOND = tokenFor('a', 'e1-0', 'second');

function opened(transport: TransportName, also: Handlers = {}, cursor = 'e1-0') {
  const platform = new ManualPlatform();
  const subject: Opened = openSocket(TOKEN, also, platform, new Handoff(), { transports: [transport] });
  const wire = wireOf(platform, transport);
  wire.open(cursor, { session: 's1' });
  platform.settle();
  /** The answers so far, each as a cursor. */
  const answers = (): unknown[] => {
    const posted = platform.beacons
      .filter(({ url }) => url.endsWith('/ack'))
      .map(({ body }) => JSON.parse(body).cursor);
    const sent = platform.sockets.flatMap((socket) => socket.sent.filter((frame) => frame[0] === 'a'));
    return [...sent.map((frame) => `e1-${frame.slice(1)}`), ...posted];
  };
  return { ...subject, wire, answers };
}

for (const transport of ['websocket', 'sse'] as const) {
  test(`${transport}: answers when the handlers of what came before have run, and not earlier`, () => {
    const seen: string[] = [];
    const subject = opened(transport, {
      onmessage: ({ data }) => {
        seen.push(`${data}, ${subject.answers().length} answers`);
      },
    });
    const { platform, wire, answers } = subject;
    wire.receive('mz\none', 'm10\ntwo', 'a', 'm11\nthree');
    assert.deepEqual(answers(), []);
    platform.settle();
    assert.deepEqual(answers(), ['e1-10']);
    assert.deepEqual(seen, ['one, 0 answers', 'two, 0 answers', 'three, 1 answers']);
    wire.receive('a');
    platform.settle();
    assert.deepEqual(answers(), ['e1-10', 'e1-11']);
  });

  test(`${transport}: answers with the place it was opened at when nothing came yet`, () => {
    const { platform, wire, answers } = opened(transport, {}, 'e1-2s');
    wire.receive('a');
    platform.settle();
    assert.deepEqual(answers(), ['e1-2s']);
  });

  test(`${transport}: questions that wait together have one answer, behind the last of them`, () => {
    const { platform, wire, answers } = opened(transport);
    wire.receive('m1\none', 'a', 'm2\ntwo', 'a', 'a', 'm3\nthree');
    platform.settle();
    assert.deepEqual(answers(), ['e1-2']);
  });

  test(`${transport}: a handler that throws has run`, () => {
    const { platform, wire, answers } = opened(transport, {
      onmessage: () => {
        throw new Error('mine');
      },
    });
    wire.receive('m1\none', 'a');
    platform.settle();
    assert.deepEqual(answers(), ['e1-1']);
    assert.equal(platform.uncaught.length, 1);
  });

  test(`${transport}: a gap that has been told counts`, () => {
    const { platform, wire, answers } = opened(transport);
    wire.receive('g{"from":"e1-0","to":"e1-9"}', 'a');
    platform.settle();
    assert.deepEqual(answers(), ['e1-9']);
  });

  test(`${transport}: says nothing after close, nor after the end`, () => {
    const closed = opened(transport, { onmessage: () => closed.socket.close() });
    closed.wire.receive('m1\none', 'a');
    closed.platform.advance(60_000);
    const ended = opened(transport);
    ended.wire.receive('m1\none', 'a', errorFrame(403, 'Enough.', false, 'disconnected'));
    ended.platform.advance(60_000);
    assert.deepEqual([closed.answers(), ended.answers()], [[], []]);
  });

  test(`${transport}: says nothing while the connection is away, and answers the next question`, () => {
    const { platform, wire, answers } = opened(transport);
    wire.receive('m1\none', 'a');
    wire.cut();
    platform.advance(125);
    assert.deepEqual(answers(), []);
    wire.open('e1-1');
    wire.receive('a');
    platform.settle();
    assert.deepEqual(answers(), ['e1-1']);
  });
}

test('on a stream the answer holds the token of that stream', () => {
  const { platform, socket, wire } = opened('sse');
  const older = platform.request;
  wire.receive('m1\none');
  socket.renew(SECOND);
  older.text('event: ask\ndata:  \n\n');
  platform.settle();
  const url = 'http://app.example/_ah/channel/ack';
  assert.deepEqual(platform.beacons, [{ url, body: JSON.stringify({ token: TOKEN, cursor: 'e1-1' }) }]);
  platform.request.open('e1-1', { session: 's1' });
  platform.request.text('event: ask\ndata: \n\n');
  platform.settle();
  assert.deepEqual(platform.beacons[1], { url, body: JSON.stringify({ token: SECOND, cursor: 'e1-1' }) });
});

test('what has been given up does not ask any more', () => {
  const { platform, socket, answers } = opened('sse');
  const older = platform.request;
  socket.renew(SECOND);
  platform.request.open('e1-0');
  older.onText('event: ask\ndata:  \n\n', 200);
  platform.settle();
  assert.deepEqual(answers(), []);
});

test('polls say it by their next cursor, and are answered with nothing else', () => {
  const { platform, wire, answers } = opened('poll');
  wire.receive('m1\none');
  platform.settle();
  assert.equal(wire.said().cursor, 'e1-1');
  assert.deepEqual([answers(), platform.beacons], [[], []]);
  assert.ok(platform.routes.every((route) => route === 'poll'));
});

test('each channel of a shared WebSocket answers for itself', () => {
  const platform = new ManualPlatform();
  platform.connect = sharing(platform.connect.bind(platform));
  openSocket(tokenFor('a'), {}, platform);
  openSocket(tokenFor('b'), {}, platform);
  const { socket } = platform;
  socket.accept();
  socket.receive(openedFrame('e1-0'), 'm3\nfor a', 'k1', openedFrame('e1-0'), 'm4\nfor b', 'a', 'k0', 'a');
  platform.settle();
  assert.deepEqual(socket.sent.slice(-4), ['k0', 'a3', 'k1', 'a4']);
});

for (const { name, to, text, frame } of vectors.frames) {
  if (to !== 'server' || frame?.kind !== 'a') continue;
  test(`writes: ${name}`, () => {
    const { platform, wire } = opened('websocket', {}, `e1-${text.slice(1)}`);
    wire.receive('a');
    platform.settle();
    assert.equal(platform.socket.sent.at(-1), text);
  });
}
