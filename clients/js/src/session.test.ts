import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorFrame } from './testing/fake_web_socket';
import { type Opened, openSocket, tokenFor } from './testing/open_socket';

const TOKEN = tokenFor('a');

function opened(cursor = 'e1-0', options = {}): Opened {
  const subject = openSocket(TOKEN);
  subject.platform.socket.open(cursor, options);
  subject.platform.settle();
  subject.heard.length = 0;
  return subject;
}

test('comes back by cursor, and readyState stays OPEN meanwhile', () => {
  const { platform, socket, heard } = opened();
  platform.socket.receive('ma\nten');
  platform.socket.cut();
  platform.settle();
  assert.equal(socket.readyState, 1);
  platform.advance(125);
  platform.socket.accept();
  assert.deepEqual(platform.socket.sent, [`t{"token":"${TOKEN}","cursor":"e1-a","session":"s"}`]);
  platform.socket.open('e1-a');
  platform.socket.receive('mb\neleven');
  platform.settle();
  assert.deepEqual(heard, [
    ['onmessage', { data: 'ten' }],
    ['onreconnecting', { attempt: 1, delay_ms: 125 }],
    ['onreconnected', { recovered: true }],
    ['onmessage', { data: 'eleven' }],
  ]);
});

test('drops what it has had already, by number and not by text', () => {
  const { platform, heard } = opened('e1-z');
  platform.socket.receive('mz\nold', 'm9\nold', 'm10\nnew', 'm10\ntwice', 'mzz\nnewer', 'm100\nnewest');
  platform.settle();
  const data = heard.map(([, event]) => (event as { data: string }).data);
  assert.deepEqual(data, ['new', 'newer', 'newest']);
});

test('what waits to be told when the connection is lost is told once', () => {
  const { platform, names } = opened();
  platform.socket.receive('m1\none');
  platform.socket.cut();
  platform.advance(125);
  platform.socket.open('e1-1');
  platform.socket.receive('m1\none', 'm2\ntwo');
  platform.settle();
  assert.equal(names().filter((name) => name === 'onmessage').length, 2);
});

test('a gap moves the cursor, into another epoch too', () => {
  const { platform } = opened('e1-9');
  platform.socket.cut();
  platform.advance(125);
  platform.socket.open('e2-3', { recovered: false });
  platform.socket.receive('g{"from":"e1-9","to":"e2-3"}', 'm4\nx');
  platform.socket.cut();
  platform.advance(1000);
  platform.socket.accept();
  assert.deepEqual(platform.socket.sent, [`t{"token":"${TOKEN}","cursor":"e2-4","session":"s"}`]);
});

test('a gap alone moves the cursor too', () => {
  const { platform, socket } = opened('e1-0', { recovered: false });
  platform.socket.receive('g{"from":"e1-0","to":"e1-9"}', 'm8\nold');
  platform.settle();
  assert.equal(socket.cursor, 'e1-9');
  platform.socket.cut();
  platform.advance(125);
  platform.socket.accept();
  assert.deepEqual(platform.socket.sent, [`t{"token":"${TOKEN}","cursor":"e1-9","session":"s"}`]);
});

test('waits longer with each failure, and counts the attempts', () => {
  const { platform, heard } = opened();
  platform.socket.cut();
  for (const delay of [125, 250, 500]) {
    platform.advance(delay);
    platform.socket.cut();
  }
  platform.settle();
  const delays = [125, 250, 500, 1000];
  assert.deepEqual(
    heard,
    delays.map((delay_ms, i) => ['onreconnecting', { attempt: i + 1, delay_ms }]),
  );
});

test('a connection that never holds is not tried faster and faster', () => {
  const { platform, heard } = opened();
  for (let round = 0; round < 4; round += 1) {
    platform.socket.cut();
    platform.advance(10_000);
    platform.socket.open('e1-0');
    platform.settle();
    platform.advance(1000);
  }
  const delays = heard.filter(([name]) => name === 'onreconnecting').map(([, event]) => event);
  assert.deepEqual(
    delays,
    [125, 250, 500, 1000].map((delay_ms) => ({ attempt: 1, delay_ms })),
  );
  platform.advance(10_000);
  platform.socket.cut();
  platform.settle();
  assert.deepEqual(heard.at(-1), ['onreconnecting', { attempt: 1, delay_ms: 125 }]);
});

test('spreads out when the server says that it stops', () => {
  const { platform, heard } = opened();
  platform.socket.receive(errorFrame(503, 'Stopping.', true));
  platform.settle();
  assert.deepEqual(heard, [['onreconnecting', { attempt: 1, delay_ms: 2000 }]]);
  assert.equal(platform.socket.closedWith, 4000);
});

test('spreads out then however long the connection had held', () => {
  const { platform, heard } = opened('e1-0', { heartbeat: 1000 });
  platform.advance(60_000);
  platform.socket.receive(errorFrame(503, 'Stopping.', true));
  platform.settle();
  assert.deepEqual(heard, [['onreconnecting', { attempt: 1, delay_ms: 2000 }]]);
});

test('never gives up once it was open', () => {
  const { platform, socket } = opened();
  platform.socket.cut();
  for (let hours = 0; hours < 1000; hours += 1) {
    platform.advance(30_000);
    platform.socket.cut();
  }
  assert.equal(socket.readyState, 1);
});

test('gives up when it never comes to be open, and says why', () => {
  const { platform, heard, names } = openSocket(TOKEN);
  for (let elapsed = 0; elapsed < 60_000; elapsed += 1000) {
    platform.socket.cut();
    platform.advance(1000);
  }
  assert.deepEqual(heard[0], ['onerror', { code: 503, description: 'The server could not be reached.' }]);
  assert.deepEqual(names(), ['onerror', 'onclose']);
  assert.equal(platform.timers.size, 0);
});

test('a silent server is given up too', () => {
  const { platform, names } = openSocket(TOKEN);
  platform.socket.accept();
  platform.advance(60_000);
  assert.deepEqual(names(), ['onerror', 'onclose']);
  assert.ok(platform.sockets.length >= 3);
});

test('a server that turns the page away is quoted', () => {
  const { platform, heard } = openSocket(TOKEN);
  for (let elapsed = 0; elapsed < 60_000; elapsed += 1000) {
    platform.socket.accept();
    platform.socket.receive(errorFrame(503, 'Full.', true));
    platform.advance(1000);
  }
  assert.deepEqual(heard[0], ['onerror', { code: 503, description: 'Full.' }]);
});

test('a browser that throws instead of failing is no exception to the page', () => {
  const subject = openSocket(TOKEN);
  subject.platform.socket.open('e1-0');
  subject.platform.connectThrows = true;
  subject.platform.socket.cut();
  subject.platform.advance(1000);
  subject.platform.connectThrows = false;
  subject.platform.advance(1000);
  assert.equal(subject.platform.sockets.length, 2);
  assert.deepEqual(subject.platform.uncaught, []);
});

test('comes back at once when the network returns or the page is looked at', () => {
  const { platform } = opened();
  platform.chance = 0.99;
  platform.socket.cut();
  platform.wake();
  assert.equal(platform.sockets.length, 2);
  platform.advance(5000);
  assert.equal(platform.sockets.length, 2); // the timer of the retry has gone
});

test('waking leaves a live connection alone, and replaces a silent one at once', () => {
  const { platform } = opened();
  platform.sleep(18_000); // the server's beat may still be on its way
  platform.wake();
  assert.equal(platform.sockets.length, 1);
  platform.sleep(1000);
  platform.wake();
  assert.deepEqual(
    platform.sockets.map(({ closedWith }) => closedWith),
    [4000, undefined],
  );
});

test('a sleep that nothing tells of is noticed', () => {
  const { platform } = opened();
  platform.sleep(20_000);
  assert.deepEqual(
    platform.sockets.map(({ closedWith }) => closedWith),
    [4000, undefined],
  );
});

test('a sleep cuts the wait before a retry short', () => {
  const { platform } = opened();
  for (let round = 0; round < 8; round += 1) {
    platform.socket.cut();
    platform.advance(15_000);
  }
  platform.socket.cut();
  const before = platform.sockets.length;
  platform.setClock(60_000); // timers stood still meanwhile
  platform.advance(5000);
  assert.equal(platform.sockets.length, before + 1);
});

test('beats as the server asks, and comes back when it falls silent', () => {
  const { platform, names } = opened('e1-0', { heartbeat: 10 });
  platform.advance(10_000);
  assert.deepEqual(platform.socket.sent.slice(1), ['h', 'h']);
  platform.advance(2000);
  assert.ok(names().includes('onreconnecting'));
});

test('anything heard keeps the connection', () => {
  const { platform, names } = opened('e1-0', { heartbeat: 10 });
  for (const frame of ['h', 'm1\nx', 'h', 'z', 'h', 'h']) {
    platform.advance(9000);
    platform.socket.receive(frame);
  }
  assert.deepEqual(names(), ['onmessage']);
});

test('garbage makes a new connection, and loses nothing', () => {
  for (const garbage of ['m\nx', 'o{}', 'e', '', new ArrayBuffer(1)]) {
    const { platform } = opened('e1-5');
    platform.socket.receive(garbage, 'm7\nunheard');
    platform.advance(125);
    platform.socket.accept();
    assert.deepEqual(platform.socket.sent, [`t{"token":"${TOKEN}","cursor":"e1-5","session":"s"}`]);
  }
});

test('kinds of a later protocol are passed over', () => {
  const { platform, names } = opened();
  platform.socket.receive('z{"new":1}', 'h', 'm1\nx');
  platform.settle();
  assert.deepEqual(names(), ['onmessage']);
});

test('a page that is left says so, and goes on by cursor when it comes back', () => {
  const { platform, heard } = opened('e1-5');
  const [page] = platform.watchers;
  page?.onHide();
  assert.equal(platform.socket.sent.at(-1), 'c');
  assert.equal(platform.socket.closedWith, 1000);
  platform.sleep(3_600_000);
  page?.onWake();
  assert.equal(platform.sockets.length, 1);
  page?.onShow();
  platform.settle();
  platform.socket.open('e1-5');
  platform.socket.receive('m6\nx');
  platform.settle();
  assert.deepEqual(
    heard.map(([name]) => name),
    ['onreconnecting', 'onreconnected', 'onmessage'],
  );
});

test('a page that is shown for the first time changes nothing', () => {
  const { platform } = opened();
  const [page] = platform.watchers;
  page?.onShow();
  platform.advance(1000);
  assert.equal(platform.sockets.length, 1);
});
