import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Handlers } from './handlers';
import { ReadyState, type Socket } from './socket';
import { errorFrame } from './testing/fake_web_socket';
import { type Opened, openSocket, tokenFor } from './testing/open_socket';

/** Opens, and lets the page hear of it. */
function opened(also: Handlers = {}): Opened {
  const subject = openSocket(tokenFor('a'), also);
  subject.platform.socket.open('e1-0');
  subject.platform.settle();
  return subject;
}

test('opens with the token in the first frame, never in the address', () => {
  const { platform } = openSocket(` ${tokenFor('a')}\n`);
  assert.equal(platform.socket.url, 'ws://app.example/_ah/channel/ws');
  assert.equal(platform.socket.subprotocol, 'tayori.v1');
  platform.socket.accept();
  assert.deepEqual(platform.socket.sent, [`t{"token":"${tokenFor('a')}"}`]);
});

test('tells of opening and messages later, in order, with the events of old', () => {
  const { platform, socket, heard } = openSocket();
  assert.equal(socket.readyState, ReadyState.CONNECTING);
  platform.socket.open('e1-0');
  platform.socket.receive('m1\none', 'm2\ntwo\nlines');
  assert.deepEqual(heard, []);
  platform.settle();
  assert.deepEqual(heard, [
    ['onopen', {}],
    ['onmessage', { data: 'one' }],
    ['onmessage', { data: 'two\nlines' }],
  ]);
  assert.equal(socket.readyState, ReadyState.OPEN);
});

test('looks callbacks up when they run, with the socket as this', () => {
  const { platform, socket } = openSocket();
  platform.socket.open('e1-0');
  platform.socket.receive('m1\none');
  const heard: unknown[] = [];
  socket.onmessage = function (this: Socket, { data }) {
    heard.push(this === socket, data);
  };
  platform.settle();
  assert.deepEqual(heard, [true, 'one']);
});

test('does without any callback', () => {
  const { platform, socket } = opened();
  for (const name of ['onmessage', 'onerror', 'onclose', 'ongap'] as const) socket[name] = null;
  platform.socket.receive('m1\none', 'g{"from":"e1-1","to":"e1-5"}', errorFrame(409, 'Replaced.', false));
  platform.settle();
  assert.equal(socket.readyState, ReadyState.CLOSED);
  assert.deepEqual(platform.uncaught, []);
});

test('an exception in a callback loses and repeats nothing', () => {
  const { platform, names } = opened({
    onmessage: ({ data }) => {
      if (data === 'two') throw new Error(data);
    },
  });
  platform.socket.receive('m1\none', 'm2\ntwo', 'm3\nthree');
  platform.settle();
  platform.socket.receive('m4\nfour');
  platform.settle();
  assert.equal(names().filter((name) => name === 'onmessage').length, 4);
  assert.deepEqual(platform.uncaught, [new Error('two')]);
});

test('an error is followed by the close, and nothing else', () => {
  const { platform, socket, heard } = openSocket();
  platform.socket.accept();
  platform.socket.receive(errorFrame(401, 'Invalid+token.', false));
  platform.socket.receive('m1\nlate');
  platform.socket.cut();
  platform.settle();
  assert.deepEqual(heard, [
    ['onerror', { code: 401, description: 'Invalid+token.' }],
    ['onclose', {}],
  ]);
  assert.equal(socket.readyState, ReadyState.CLOSED);
  assert.equal(platform.sockets.length, 1);
  assert.equal(platform.timers.size, 0);
});

test('messages before an error are told while the channel is still open', () => {
  const states: number[] = [];
  const note = () => states.push(subject.socket.readyState);
  const subject = opened({ onmessage: note, onerror: note, onclose: note });
  subject.platform.socket.receive('m1\none', errorFrame(401, 'Token+timed+out.', false));
  subject.platform.settle();
  assert.deepEqual(states, [ReadyState.OPEN, ReadyState.CLOSED, ReadyState.CLOSED]);
});

test('close tells the server, and the page once, later', () => {
  const { platform, socket, names } = opened();
  socket.close();
  socket.close();
  assert.equal(socket.readyState, ReadyState.CLOSED);
  assert.equal(platform.socket.sent.at(-1), 'c');
  assert.equal(platform.socket.closedWith, 1000);
  assert.deepEqual(names(), ['onopen']);
  platform.settle();
  socket.close();
  platform.settle();
  assert.deepEqual(names(), ['onopen', 'onclose']);
  assert.equal(platform.timers.size, 0);
  assert.equal(platform.watchers.size, 0);
});

test('nothing that was received is told after close', () => {
  const { platform, socket, names } = opened();
  const { onmessage } = platform.socket;
  platform.socket.receive('m1\none', errorFrame(401, 'Token+timed+out.', false));
  socket.close();
  onmessage?.({ data: 'm2\ntwo' });
  platform.advance(120_000);
  assert.deepEqual(names(), ['onopen', 'onclose']);
});

test('what fails twice ends once', () => {
  const { platform, socket, names } = opened();
  for (const id of ['b', 'c']) socket.renew(tokenFor(id));
  platform.advance(60_000);
  assert.deepEqual(names(), ['onopen', 'onerror', 'onclose']);
});

test('close works before the connection is made, and before it is opened', () => {
  for (const progress of [() => undefined, (subject: Opened) => subject.platform.socket.accept()]) {
    const subject = openSocket();
    progress(subject);
    subject.socket.close();
    subject.platform.advance(120_000);
    assert.deepEqual(subject.names(), ['onclose']);
    assert.equal(subject.platform.sockets.length, 1);
  }
});

for (const name of ['onopen', 'onmessage', 'onerror', 'onclose', 'ongap', 'onreconnecting', 'onreconnected'] as const) {
  test(`close works inside ${name}`, () => {
    const subject = openSocket(tokenFor('a'), { [name]: () => subject.socket.close() });
    const { platform } = subject;
    platform.socket.open('e1-0');
    platform.settle();
    platform.socket.receive('m1\none', 'm2\ntwo', 'g{"from":"e1-2","to":"e1-5"}');
    platform.settle();
    platform.socket.cut();
    platform.advance(1000);
    platform.socket.open('e1-5');
    platform.settle();
    platform.socket.receive(errorFrame(409, 'Replaced.', false));
    platform.settle();
    subject.socket.close();
    platform.advance(120_000);
    const heard = subject.names();
    assert.equal(heard.filter((heardName) => heardName === 'onclose').length, 1);
    assert.equal(heard.at(-1), 'onclose');
    const after = name === 'onclose' ? [name] : [name, 'onclose'];
    assert.deepEqual(heard.slice(heard.indexOf(name)), after);
    assert.equal(platform.timers.size, 0);
  });
}

test('send posts to the backend while the channel is open, also while it is being brought back', () => {
  const { platform, socket } = openSocket(tokenFor('便り-1'));
  assert.equal(socket.send('early'), false);
  platform.socket.open('e1-0');
  platform.settle();
  assert.equal(socket.send('a&b'), true);
  assert.deepEqual(platform.request.fields, { key: tokenFor('便り-1'), msg: 'a&b' });
  platform.request.answer('', 204);
  platform.socket.cut();
  assert.equal(socket.send(5), true);
  assert.equal(platform.request.fields.msg, '5');
  socket.close();
  assert.equal(socket.send('late'), false);
  assert.equal(platform.exchanges.length, 2);
});

test('send takes the fresh token at once', () => {
  const { platform, socket } = opened();
  const fresh = tokenFor('a', 'e1-0', 'second');
  socket.renew(fresh);
  socket.send('x');
  assert.equal(platform.request.fields.key, fresh);
});

test('a send that is not taken is told, later, and the socket stays open', () => {
  const { platform, socket, heard } = opened();
  socket.send('one');
  platform.request.problem(502, 'backend_unavailable', 'Not taken.', true);
  assert.equal(heard.length, 1);
  platform.settle();
  assert.deepEqual(heard.slice(1), [['onsendfailed', { data: 'one', code: 502, description: 'Not taken.' }]]);
  assert.equal(socket.readyState, ReadyState.OPEN);
  assert.equal(socket.send('two'), true);
});

test('close lets what is on its way arrive, begins nothing more, and tells no more of either', () => {
  const { platform, socket, names } = opened();
  socket.send('on its way');
  socket.send('waits');
  socket.close();
  assert.ok(!platform.request.isCancelled);
  platform.request.end();
  platform.advance(60_000);
  assert.deepEqual(names(), ['onopen', 'onclose']);
  assert.equal(platform.exchanges.length, 1);
});

test('a failure that is to be told when the page closes is not told', () => {
  const { platform, socket, names } = opened();
  socket.send('one');
  platform.request.end();
  socket.close();
  platform.advance(60_000);
  assert.deepEqual(names(), ['onopen', 'onclose']);
});

test('when the server ends the channel, all that has had no answer is told before', () => {
  const subject = opened({
    onsendfailed: ({ data }) => {
      if (data === 'one') throw new Error('mine');
    },
  });
  const { platform, socket, heard } = subject;
  for (const data of ['one', 'two']) socket.send(data);
  const { request } = platform;
  platform.socket.receive(errorFrame(403, 'Enough.', false, 'disconnected'));
  platform.settle();
  request.end();
  platform.advance(60_000);
  assert.deepEqual(heard.slice(1), [
    ['onsendfailed', { data: 'one', code: 403, description: 'Enough.' }],
    ['onsendfailed', { data: 'two', code: 403, description: 'Enough.' }],
    ['onerror', { code: 403, description: 'Enough.' }],
    ['onclose', {}],
  ]);
  assert.deepEqual(platform.uncaught, [new Error('mine')]);
  assert.equal(platform.exchanges.length, 1);
});

test('a page that closes inside onsendfailed hears nothing more', () => {
  const subject = opened({ onsendfailed: () => subject.socket.close() });
  const { platform, socket, names } = subject;
  for (const data of ['one', 'two']) socket.send(data);
  platform.socket.receive(errorFrame(403, 'Enough.', false, 'disconnected'));
  platform.advance(60_000);
  assert.deepEqual(names(), ['onopen', 'onsendfailed', 'onclose']);
});

test('a handler given or assigned as nothing is none', () => {
  const { platform, socket } = opened();
  socket.onsendfailed = null;
  socket.send('x');
  platform.request.end();
  platform.settle();
  assert.deepEqual(platform.uncaught, []);
});

test('the cursor says what the page has been given', () => {
  const { platform, socket } = openSocket();
  assert.equal(socket.cursor, '');
  platform.socket.open('e1-7');
  assert.equal(socket.cursor, '');
  platform.settle();
  assert.equal(socket.cursor, 'e1-7');
  platform.socket.receive('m1z\nx');
  assert.equal(socket.cursor, 'e1-7');
  platform.settle();
  assert.equal(socket.cursor, 'e1-1z');
});

test('a gap is told with both places', () => {
  const { platform, socket, heard } = openSocket();
  platform.socket.open('e2-0', { recovered: false });
  platform.socket.receive('g{"from":"e1-9","to":"e2-4"}', 'm5\nx');
  platform.settle();
  assert.deepEqual(heard.slice(0, 2), [
    ['onopen', {}],
    ['ongap', { from: 'e1-9', to: 'e2-4' }],
  ]);
  assert.equal(socket.cursor, 'e2-5');
});

test('a thousand cycles leave nothing behind', () => {
  const { platform, handoff, socket } = opened();
  socket.close();
  for (let cycle = 0; cycle < 1000; cycle += 1) {
    const next = openSocket(tokenFor('a', 'e1-0', String(cycle)), {}, platform, handoff);
    platform.socket.open('e1-0');
    platform.settle();
    next.socket.close();
    platform.settle();
    assert.deepEqual(next.names(), ['onopen', 'onclose']);
  }
  assert.equal(platform.timers.size + platform.watchers.size, 0);
});
