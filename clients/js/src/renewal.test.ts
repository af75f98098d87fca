// Both ways to go on under a fresh token: renew() in place, and the old dance close, new Channel, open.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorFrame, openedFrame } from './testing/fake_web_socket';
import { openSocket, tokenFor } from './testing/open_socket';

const FIRST = tokenFor('a', 'e1-0', 'first');
const SECOND = tokenFor('a', 'e1-0', 'second');

test('renew sends the token in place, and the page hears nothing of it', () => {
  const { platform, socket, names } = openSocket(FIRST);
  platform.socket.open('e1-0');
  platform.socket.receive('m5\nx');
  socket.renew(` ${SECOND}\n`);
  assert.equal(platform.socket.sent.at(-1), `t{"token":"${SECOND}"}`);
  platform.socket.receive(openedFrame('e1-5'), 'm6\ny');
  platform.settle();
  assert.deepEqual(names(), ['onopen', 'onmessage', 'onmessage']);
  platform.socket.cut();
  platform.advance(125);
  platform.socket.accept();
  assert.deepEqual(platform.socket.sent, [`t{"token":"${SECOND}","cursor":"e1-6","session":"s"}`]);
});

test('the answer to a renewal never moves the page back', () => {
  const { platform, socket, names } = openSocket(FIRST);
  platform.socket.open('e1-0');
  platform.socket.receive('m5\nx');
  socket.renew(SECOND);
  platform.socket.receive(openedFrame('e1-3'), 'm5\nx');
  platform.settle();
  assert.equal(names().filter((name) => name === 'onmessage').length, 1);
});

test('renew while the first token is on its way follows it', () => {
  const { platform, socket } = openSocket(FIRST);
  platform.socket.accept();
  socket.renew(SECOND);
  assert.deepEqual(platform.socket.sent, [`t{"token":"${FIRST}"}`]);
  platform.socket.receive(openedFrame('e1-0'));
  assert.deepEqual(platform.socket.sent, [`t{"token":"${FIRST}"}`, `t{"token":"${SECOND}"}`]);
});

test('renew before the first token is sent goes in its place', () => {
  const { platform, socket } = openSocket(FIRST);
  socket.renew(SECOND);
  platform.socket.open('e1-0');
  assert.deepEqual(platform.socket.sent, [`t{"token":"${SECOND}","cursor":"e1-0"}`]);
});

test('a token that was renewed before it was opened with has not lost its bookmark', () => {
  const { platform, socket } = openSocket(tokenFor('early', 'e1-3', 'first'));
  const second = tokenFor('early', 'e1-9', 'second');
  socket.renew(second);
  platform.socket.accept();
  assert.deepEqual(platform.socket.sent, [`t{"token":"${second}","cursor":"e1-3"}`]);
});

test('nor has one whose socket was closed before it was open', () => {
  const { platform, handoff, socket } = openSocket(tokenFor('early', 'e1-3', 'first'));
  socket.close();
  platform.settle();
  const second = tokenFor('early', 'e1-9', 'second');
  openSocket(second, {}, platform, handoff);
  platform.socket.accept();
  assert.deepEqual(platform.socket.sent, [`t{"token":"${second}","cursor":"e1-3"}`]);
});

test('renew while the connection is away is used on the next one', () => {
  const { platform, socket } = openSocket(FIRST);
  platform.socket.open('e1-0');
  platform.socket.cut();
  socket.renew(SECOND); // may be what was missing, so it does not wait
  assert.equal(platform.sockets.length, 2);
  platform.socket.accept();
  assert.deepEqual(platform.socket.sent, [`t{"token":"${SECOND}","cursor":"e1-0","session":"s"}`]);
});

test('a token that runs out while its successor is on the way ends nothing', () => {
  const { platform, socket, names } = openSocket(FIRST);
  platform.socket.open('e1-0');
  socket.renew(SECOND);
  platform.socket.receive(errorFrame(401, 'Token+timed+out.', false));
  platform.advance(125);
  platform.socket.open('e1-0');
  platform.settle();
  assert.deepEqual(names(), ['onopen', 'onreconnecting', 'onreconnected']);
});

test('a successor that the server refuses ends the channel', () => {
  const { platform, socket, names } = openSocket(FIRST);
  platform.socket.open('e1-0');
  socket.renew(SECOND);
  platform.socket.receive(errorFrame(401, 'Invalid+token.', false));
  platform.advance(125);
  platform.socket.accept();
  platform.socket.receive(errorFrame(401, 'Invalid+token.', false));
  platform.advance(60_000);
  assert.deepEqual(names(), ['onopen', 'onreconnecting', 'onerror', 'onclose']);
});

test('an error that no token can mend ends the channel, renewed or not', () => {
  const { platform, socket, names } = openSocket(FIRST);
  platform.socket.open('e1-0');
  socket.renew(SECOND);
  platform.socket.receive(errorFrame(409, 'Replaced.', false));
  platform.advance(60_000);
  assert.deepEqual(names(), ['onopen', 'onerror', 'onclose']);
});

test('a renewed token that runs out ends the channel', () => {
  const { platform, socket, names } = openSocket(FIRST);
  platform.socket.open('e1-0');
  socket.renew(SECOND);
  platform.socket.receive(openedFrame('e1-0'), errorFrame(401, 'Token+timed+out.', false));
  platform.advance(60_000);
  assert.deepEqual(names(), ['onopen', 'onerror', 'onclose']);
});

test('the token of another client id is refused, connected or not', () => {
  for (const other of [tokenFor('b'), 'nonsense']) {
    const { platform, socket, heard } = openSocket(FIRST);
    platform.socket.open('e1-0');
    platform.socket.cut();
    platform.settle();
    heard.length = 0;
    socket.renew(other);
    platform.advance(60_000);
    assert.deepEqual(heard, [
      ['onerror', { code: 401, description: 'Invalid+token.' }],
      ['onclose', {}],
    ]);
    assert.equal(platform.sockets.length, 1);
  }
});

test('renew throws for what cannot be a token, and does nothing once closed', () => {
  const { platform, socket, names } = openSocket(FIRST);
  assert.throws(() => socket.renew('a b'), new Error('The provided token is invalid.'));
  socket.close();
  socket.renew(SECOND);
  socket.renew(tokenFor('b'));
  platform.advance(60_000);
  assert.deepEqual(names(), ['onclose']);
});

test('the next socket of the client id goes on where the page was', () => {
  const { platform, handoff, socket } = openSocket(FIRST);
  platform.socket.open('e1-0');
  platform.socket.receive('m5\nseen');
  platform.settle();
  platform.socket.receive('m6\nreceived, not seen');
  socket.close();
  openSocket(SECOND, {}, platform, handoff);
  platform.socket.accept();
  assert.deepEqual(platform.socket.sent, [`t{"token":"${SECOND}","cursor":"e1-5"}`]);
});

test('a message counts as seen while its handler runs', () => {
  const subject = openSocket(FIRST, { onmessage: () => subject.socket.close() });
  const { platform, handoff } = subject;
  platform.socket.open('e1-0');
  platform.socket.receive('m5\nlast', 'm6\nnext');
  platform.settle();
  openSocket(SECOND, {}, platform, handoff);
  platform.socket.accept();
  assert.deepEqual(platform.socket.sent, [`t{"token":"${SECOND}","cursor":"e1-5"}`]);
});

test('a socket that never opened hands on what it was handed', () => {
  const first = openSocket(FIRST);
  first.platform.socket.open('e1-4');
  first.platform.settle();
  first.socket.close();
  const { platform, handoff } = first;
  for (let round = 0; round < 3; round += 1) openSocket(SECOND, {}, platform, handoff).socket.close();
  openSocket(SECOND, {}, platform, handoff);
  platform.socket.accept();
  assert.deepEqual(platform.socket.sent, [`t{"token":"${SECOND}","cursor":"e1-4"}`]);
});

test('after an error the next socket goes on as well, opened in any callback', () => {
  for (const name of ['onerror', 'onclose'] as const) {
    const subject = openSocket(FIRST, { [name]: () => openSocket(SECOND, {}, platform, handoff) });
    const { platform, handoff } = subject;
    platform.socket.open('e1-0');
    platform.socket.receive('m5\nx', errorFrame(401, 'Token+timed+out.', false));
    platform.settle();
    platform.socket.accept();
    assert.deepEqual(platform.socket.sent, [`t{"token":"${SECOND}","cursor":"e1-5"}`]);
  }
});

test('a socket hands on once, closed again or not', () => {
  const subject = openSocket(FIRST, {
    onerror: () => {
      openSocket(SECOND, {}, platform, handoff);
      subject.socket.close();
    },
  });
  const { platform, handoff } = subject;
  platform.socket.open('e1-5');
  platform.socket.receive(errorFrame(401, 'Token+timed+out.', false));
  platform.settle();
  assert.equal(handoff.take({ clientId: 'a', bookmark: undefined }), undefined);
});

test('another client id opens from its own bookmark', () => {
  const { platform, handoff, socket } = openSocket(FIRST);
  platform.socket.open('e1-5');
  platform.settle();
  socket.close();
  openSocket(tokenFor('b'), {}, platform, handoff);
  platform.socket.accept();
  assert.deepEqual(platform.socket.sent, [`t{"token":"${tokenFor('b')}"}`]);
});
