// What is particular to long polling; transport.test.ts has the rest.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Handoff } from './handoff';
import { errorFrame, openedFrame } from './testing/fake_web_socket';
import { ManualPlatform } from './testing/manual_platform';
import { openSocket, tokenFor } from './testing/open_socket';

const FIRST = tokenFor('a', 'e1-0', 'first');
const SECOND = tokenFor('a', 'e1-0', 'second');

function begin(platform = new ManualPlatform()) {
  return openSocket(FIRST, {}, platform, new Handoff(), { transports: ['poll'] });
}

function opened(platform = new ManualPlatform()) {
  const subject = begin(platform);
  platform.request.frames(openedFrame('e1-0', { session: 's1' }));
  platform.settle();
  subject.heard.length = 0;
  return subject;
}

/** Every slot is with other pages. */
function crowded(): ManualPlatform {
  const platform = new ManualPlatform();
  platform.locks = new Set([1, 2, 3, 4].map((slot) => `tayori-slot-${slot}`));
  return platform;
}

test('the first poll asks to be answered at once, those after it to be held', () => {
  const { platform } = begin();
  assert.equal(platform.request.url, 'http://app.example/_ah/channel/poll');
  assert.equal(platform.request.body, `{"token":"${FIRST}","session":"","wait_s":0}`);
  platform.request.frames(openedFrame('e1-0', { session: 's1' }));
  platform.settle();
  const { members } = platform.request;
  assert.deepEqual(members, { token: FIRST, cursor: 'e1-0', session: 's1', wait_s: 25 });
});

test('asks again at once, with the cursor after the last frame and the newest session', () => {
  const { platform, names } = opened();
  platform.request.frames(openedFrame('e1-0', { session: 's2' }), 'm1\na', 'm5\nb');
  assert.deepEqual(platform.request.members, { token: FIRST, cursor: 'e1-5', session: 's2', wait_s: 25 });
  platform.settle();
  assert.deepEqual(names(), ['onmessage', 'onmessage']);
});

test('an answer in pieces is one answer', () => {
  const { platform, names } = opened();
  const text = JSON.stringify([openedFrame('e1-0'), 'm1\na']);
  for (const piece of text) platform.request.text(piece);
  platform.request.end();
  platform.settle();
  assert.deepEqual(names(), ['onmessage']);
});

test('an answer that is none of ours, or half of one, loses and repeats nothing', () => {
  const o = openedFrame('e1-0');
  for (const text of ['', '<html>502</html>', `["${o}`, '[]', '{}', '["m1\\nx"]', JSON.stringify([o, 'm1\nx', 'm'])]) {
    const { platform, names } = opened();
    platform.request.answer(text);
    platform.settle();
    assert.deepEqual(names(), ['onreconnecting'], text);
    platform.advance(125);
    assert.deepEqual(platform.request.members, { token: FIRST, cursor: 'e1-0', session: 's1', wait_s: 0 });
  }
});

test('a poll without an answer is given up ten seconds after its time', () => {
  const { platform, names } = opened();
  platform.advance(34_999);
  assert.deepEqual(names(), []);
  platform.advance(1);
  platform.settle();
  assert.deepEqual(names(), ['onreconnecting']);
});

test('after a sleep or a change of network a held poll is asked again, and the page hears nothing', () => {
  const { platform, names } = opened();
  const held = platform.request;
  platform.wake();
  assert.ok(held.isCancelled);
  assert.equal(platform.request.members.wait_s, 0);
  platform.wake(); // it is on its way already
  assert.equal(platform.exchanges.length, 3);
  platform.request.frames(openedFrame('e1-0'));
  assert.equal(platform.request.members.wait_s, 25);
  platform.sleep(20_000);
  assert.equal(platform.request.members.wait_s, 0);
  platform.advance(10_000);
  platform.settle();
  assert.deepEqual(names(), ['onreconnecting']);
});

test('a fresh token is sent at once while a poll is held, else with the next', () => {
  const { platform, socket } = opened();
  socket.renew(SECOND);
  const asked = platform.exchanges.length;
  assert.equal(platform.request.members.token, SECOND);
  socket.renew(FIRST);
  assert.equal(platform.exchanges.length, asked);
  platform.request.frames(openedFrame('e1-0'));
  assert.equal(platform.request.members.token, FIRST);
});

test('renew while the first poll is on its way goes with the second', () => {
  const { platform, socket } = begin();
  socket.renew(SECOND);
  assert.equal(platform.exchanges.length, 1);
  platform.request.frames(openedFrame('e1-0'));
  platform.settle();
  assert.equal(platform.exchanges.length, 2);
  assert.equal(platform.request.members.token, SECOND);
});

test('a server that holds nothing is not asked without a pause', () => {
  const { platform } = opened();
  for (let round = 0; round < 5; round += 1) {
    platform.request.frames(openedFrame('e1-0'));
    platform.advance(1999);
    assert.equal(platform.exchanges.length, 2 + round);
    platform.advance(1);
  }
});

test('a refusal between two polls ends the channel, or brings it back', () => {
  const { platform, heard } = opened();
  platform.request.problem(503, 'overloaded', 'Full.', true);
  platform.settle();
  assert.deepEqual(heard, [['onreconnecting', { attempt: 1, delay_ms: 2000 }]]);
  platform.advance(2000);
  platform.request.problem(401, 'token_timed_out', 'Token+timed+out.', false);
  platform.settle();
  assert.deepEqual(heard.slice(1), [
    ['onerror', { code: 401, description: 'Token+timed+out.' }],
    ['onclose', {}],
  ]);
});

test('what comes with an error is told before it', () => {
  const { platform, names } = opened();
  platform.request.frames(openedFrame('e1-0'), 'm1\na', errorFrame(409, 'Replaced.', false));
  platform.settle();
  assert.deepEqual(names(), ['onmessage', 'onerror', 'onclose']);
});

test('without a slot it asks every two seconds, each time for a slot too', () => {
  const { platform, names } = opened(crowded());
  for (let round = 1; round < 4; round += 1) {
    assert.equal(platform.exchanges.length, round);
    platform.advance(2000);
    assert.equal(platform.request.members.wait_s, 0);
    platform.request.frames(openedFrame('e1-0'), `m${round}\nx`);
    platform.settle();
  }
  platform.locks.delete('tayori-slot-3');
  platform.advance(2000);
  platform.request.frames(openedFrame('e1-3'));
  platform.settle();
  assert.equal(platform.request.members.wait_s, 25);
  assert.equal(platform.locks.size, 4);
  assert.deepEqual(names(), ['onmessage', 'onmessage', 'onmessage']);
});

test('goes on when the browser never answers about a slot', () => {
  const platform = new ManualPlatform();
  platform.lock = () => undefined;
  const { names } = opened(platform);
  platform.advance(2000);
  platform.request.frames(openedFrame('e1-0'), 'm1\nx');
  platform.settle();
  assert.deepEqual(names(), ['onmessage']);
});

test('close between two polls tells by beacon, and asks no more', () => {
  const { platform, socket } = opened(crowded());
  socket.close();
  platform.advance(60_000);
  assert.equal(platform.beacons.length, 1);
  assert.equal(platform.exchanges.length, 1);
  assert.equal(platform.locks.size, 4);
});
