// What holds on every transport.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Handlers } from './handlers';
import { Handoff } from './handoff';
import { errorFrame, openedFrame } from './testing/fake_web_socket';
import { ManualPlatform } from './testing/manual_platform';
import { type Opened, openSocket, tokenFor } from './testing/open_socket';
import { type Wire, wireOf } from './testing/wire';
import type { TransportName } from './transport';

const TOKEN = tokenFor('a');
const SECOND = tokenFor('a', 'e1-0', 'second');

type Subject = Opened & { wire: Wire };

/** One transport, and a page on it. */
class Stage {
  constructor(readonly transport: TransportName) {}

  begin(also: Handlers = {}): Subject {
    const platform = new ManualPlatform();
    const subject = openSocket(TOKEN, also, platform, new Handoff(), { transports: [this.transport] });
    return { ...subject, wire: wireOf(platform, this.transport) };
  }

  opened(also: Handlers = {}, cursor = 'e1-0'): Subject {
    const subject = this.begin(also);
    subject.wire.open(cursor, { session: 's1' });
    subject.platform.settle();
    subject.heard.length = 0;
    return subject;
  }
}

function onEach(name: string, run: (stage: Stage) => void): void {
  for (const transport of ['websocket', 'sse', 'poll'] as const) {
    test(`${transport}: ${name}`, () => run(new Stage(transport)));
  }
}

onEach('opens with the token alone, and says which transport it is', (stage) => {
  const { platform, socket, wire, names } = stage.begin();
  const { session = '', ...said } = wire.said();
  assert.deepEqual([said, session], [stage.transport === 'poll' ? { token: TOKEN, wait_s: 0 } : { token: TOKEN }, '']);
  wire.open('e1-0');
  platform.settle();
  assert.deepEqual(names(), ['onopen']);
  assert.equal(socket.transport, stage.transport);
});

onEach('gives messages out in order, byte for byte, each once', (stage) => {
  const { platform, heard, wire } = stage.opened();
  wire.receive('m1\none', 'm2\n two\n\n: three\n', 'h', 'm2\ntwice');
  wire.receive('m1\nagain', 'm3\n便り');
  platform.settle();
  assert.deepEqual(
    heard.map(([, event]) => (event as { data: string }).data),
    ['one', ' two\n\n: three\n', '便り'],
  );
});

onEach('comes back by cursor and session', (stage) => {
  const { platform, heard, wire } = stage.opened();
  wire.receive('ma\nten');
  wire.cut();
  platform.advance(125);
  const { token, cursor, session } = wire.said();
  assert.deepEqual({ token, cursor, session }, { token: TOKEN, cursor: 'e1-a', session: 's1' });
  wire.open('e1-a', { session: 's2' });
  wire.receive('ma\nten', 'mb\neleven');
  platform.settle();
  assert.deepEqual(heard, [
    ['onmessage', { data: 'ten' }],
    ['onreconnecting', { attempt: 1, delay_ms: 125 }],
    ['onreconnected', { recovered: true }],
    ['onmessage', { data: 'eleven' }],
  ]);
  wire.cut();
  platform.advance(500);
  assert.equal(wire.said().session, 's2');
});

onEach('tells of a gap, and goes on behind it', (stage) => {
  const { platform, socket, heard, wire } = stage.opened();
  wire.receive('g{"from":"e1-0","to":"e1-9"}', 'm8\nold');
  platform.settle();
  assert.deepEqual(heard, [['ongap', { from: 'e1-0', to: 'e1-9' }]]);
  assert.equal(socket.cursor, 'e1-9');
});

onEach('an error is followed by the close, and nothing else', (stage) => {
  const { platform, heard, wire } = stage.opened();
  wire.receive('m1\none', errorFrame(409, 'Replaced.', false), 'm2\nlate');
  platform.advance(120_000);
  assert.deepEqual(heard, [
    ['onmessage', { data: 'one' }],
    ['onerror', { code: 409, description: 'Replaced.' }],
    ['onclose', {}],
  ]);
  assert.ok(wire.isGivenUp() || stage.transport === 'poll');
  assert.equal(platform.timers.size + platform.locks.size, 0);
});

onEach('an error that is to be got over brings it back', (stage) => {
  const { platform, names, wire } = stage.opened();
  wire.receive(errorFrame(429, 'Too slow.', true));
  platform.advance(125);
  wire.open('e1-0');
  platform.settle();
  assert.deepEqual(names(), ['onreconnecting', 'onreconnected']);
});

onEach('that something of its own has taken over is never told', (stage) => {
  const { platform, names, wire } = stage.opened();
  wire.receive(errorFrame(409, 'Moved.', false, 'moved'));
  platform.advance(125);
  wire.open('e1-0');
  platform.settle();
  assert.deepEqual(names(), ['onreconnecting', 'onreconnected']);
});

onEach('an exception in a callback loses and repeats nothing', (stage) => {
  const { platform, heard, wire } = stage.opened({
    onmessage: ({ data }) => {
      if (data === 'two') throw new Error(data);
    },
  });
  wire.receive('m1\none', 'm2\ntwo', 'm3\nthree');
  platform.settle();
  wire.receive('m4\nfour');
  platform.settle();
  assert.equal(heard.length, 4);
  assert.deepEqual(platform.uncaught, [new Error('two')]);
});

onEach('close tells the server once, and the page once, and leaves nothing behind', (stage) => {
  const { platform, socket, names, wire } = stage.opened();
  wire.receive('m1\nreceived, not seen');
  socket.close();
  socket.close();
  platform.settle();
  assert.deepEqual(names(), ['onclose']);
  assert.equal(wire.leaves(), 1);
  assert.ok(wire.isGivenUp());
  assert.equal(platform.timers.size + platform.watchers.size + platform.locks.size, 0);
});

for (const name of ['onopen', 'onmessage', 'onerror', 'onclose', 'ongap', 'onreconnecting', 'onreconnected'] as const) {
  onEach(`close works inside ${name}`, (stage) => {
    const subject = stage.begin({ [name]: () => subject.socket.close() });
    const { platform, wire } = subject;
    wire.open('e1-0');
    platform.settle();
    wire.receive('m1\none', 'm2\ntwo', 'g{"from":"e1-2","to":"e1-5"}');
    platform.settle();
    wire.cut();
    platform.advance(1000);
    wire.open('e1-5');
    platform.settle();
    wire.receive(errorFrame(409, 'Replaced.', false));
    platform.settle();
    subject.socket.close();
    platform.advance(120_000);
    const heard = subject.names();
    const after = name === 'onclose' ? [name] : [name, 'onclose'];
    assert.deepEqual(heard.slice(heard.indexOf(name)), after);
    assert.equal(platform.timers.size + platform.watchers.size + platform.locks.size, 0);
  });
}

onEach('close works before anything has come', (stage) => {
  const { platform, socket, names, wire } = stage.begin();
  socket.close();
  platform.advance(120_000);
  assert.deepEqual(names(), ['onclose']);
  assert.equal(platform.timers.size + platform.locks.size, 0);
  assert.equal(wire.leaves(), stage.transport === 'websocket' ? 1 : 0); // no session, so no beacon that could end another's
});

onEach('a page that is left says so, and goes on by cursor when it comes back', (stage) => {
  const { platform, names, wire } = stage.opened({}, 'e1-5');
  const [page] = platform.watchers;
  page?.onHide();
  assert.equal(wire.leaves(), 1);
  assert.equal(platform.locks.size, 0);
  platform.sleep(3_600_000);
  page?.onShow();
  platform.settle();
  assert.equal(wire.said().cursor, 'e1-5');
  wire.open('e1-5');
  wire.receive('m6\nx');
  platform.settle();
  assert.deepEqual(names(), ['onreconnecting', 'onreconnected', 'onmessage']);
});

onEach('a page that is left while its connection is away says so too', (stage) => {
  const { platform, wire } = stage.opened();
  wire.cut();
  const [page] = platform.watchers;
  page?.onHide();
  const url = 'http://app.example/_ah/channel/close';
  assert.deepEqual(platform.beacons, [{ url, body: JSON.stringify({ token: TOKEN, session: 's1' }) }]);
});

onEach('a session that the server has ended is not ended again', (stage) => {
  const { platform, socket, wire } = stage.opened();
  wire.receive(errorFrame(409, 'Replaced.', false));
  socket.close();
  platform.settle();
  assert.equal(platform.beacons.length, 0);
});

onEach('a fresh token reaches the server, and the page hears nothing of it', (stage) => {
  const { platform, socket, names, wire } = stage.opened();
  wire.receive('m5\nx');
  socket.renew(SECOND);
  platform.settle();
  if (stage.transport === 'websocket') {
    assert.equal(platform.socket.sent.at(-1), `t{"token":"${SECOND}"}`);
    wire.receive(openedFrame('e1-5', { session: 's1' }));
  } else {
    const { token, cursor, session } = wire.said();
    assert.deepEqual({ token, cursor, session }, { token: SECOND, cursor: 'e1-5', session: 's1' });
    wire.open('e1-5', { session: 's1' });
  }
  wire.receive('m5\nx', 'm6\ny');
  platform.settle();
  assert.deepEqual(names(), ['onmessage', 'onmessage']);
  wire.receive(errorFrame(401, 'Token+timed+out.', false));
  platform.settle();
  assert.deepEqual(names().slice(2), ['onerror', 'onclose']);
});

onEach('a token that runs out while its successor is on the way ends nothing', (stage) => {
  const { platform, socket, names, wire } = stage.opened();
  wire.cut();
  platform.advance(125);
  wire.said(); // the first token is on its way
  socket.renew(SECOND);
  refuse(platform, stage.transport, 401, 'token_timed_out', 'Token+timed+out.');
  platform.advance(1000);
  assert.equal(wire.said().token, SECOND);
  wire.open('e1-0');
  platform.settle();
  assert.deepEqual(names(), ['onreconnecting', 'onreconnecting', 'onreconnected']);
});

onEach('a successor that the server refuses ends the channel', (stage) => {
  const { platform, socket, heard, wire } = stage.opened();
  socket.renew(SECOND);
  platform.settle();
  if (stage.transport === 'websocket') {
    wire.cut();
    platform.advance(125);
    wire.said();
  }
  heard.length = 0;
  refuse(platform, stage.transport, 401, 'invalid_token', 'Invalid+token.');
  platform.advance(60_000);
  assert.deepEqual(heard, [
    ['onerror', { code: 401, description: 'Invalid+token.' }],
    ['onclose', {}],
  ]);
  assert.equal(platform.timers.size, 0);
});

/** The server's answer to an opening that is no good. */
function refuse(platform: ManualPlatform, name: TransportName, status: number, code: string, text: string): void {
  if (name === 'websocket') platform.socket.receive(errorFrame(status, text, false, code));
  else platform.request.problem(status, code, text, false);
}
