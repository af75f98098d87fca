import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SendFailedEvent } from './handlers';
import { Sender } from './sender';
import { ManualPlatform } from './testing/manual_platform';
import { BASE } from './testing/open_socket';

function sending() {
  const platform = new ManualPlatform();
  const failed: SendFailedEvent[] = [];
  const state = { token: 'first' };
  const sender = new Sender(
    platform,
    BASE,
    () => state.token,
    (event) => failed.push(event),
  );
  /** What has been posted so far, in order. */
  const posted = (): Array<string | undefined> => platform.exchanges.map(({ fields }) => fields.msg);
  return { platform, failed, state, sender, posted };
}

test('posts the token and the message as a form', () => {
  const { platform, sender } = sending();
  sender.send('a&b=便り\n');
  assert.equal(platform.request.url, 'http://app.example/_ah/channel/receive');
  assert.deepEqual(platform.request.fields, { key: 'first', msg: 'a&b=便り\n' });
});

test('one message goes after another has been answered', () => {
  const { platform, failed, sender, posted } = sending();
  for (const data of ['one', 'two', '', 'four']) sender.send(data);
  assert.deepEqual(posted(), ['one']);
  platform.request.answer('', 204);
  assert.deepEqual(posted(), ['one', 'two']);
  platform.request.answer('taken', 200);
  platform.request.answer('', 204);
  platform.request.answer('', 204);
  assert.deepEqual(posted(), ['one', 'two', '', 'four']);
  sender.send('five');
  assert.deepEqual(posted().length, 5);
  assert.deepEqual(failed, []);
});

test('takes the token that holds when the message goes', () => {
  const { platform, state, sender } = sending();
  sender.send('one');
  sender.send('two');
  state.token = 'second';
  platform.request.answer('', 204);
  assert.deepEqual(platform.request.fields, { key: 'second', msg: 'two' });
});

test('what is not taken is told, and the next one goes', () => {
  const { platform, failed, sender, posted } = sending();
  for (const data of ['limit', 'proxy', 'gone', 'moved', 'good']) sender.send(data);
  platform.request.problem(429, 'rate_limited', 'Too much.', true);
  platform.request.answer('<h1>Bad Gateway</h1>', 502);
  platform.request.end();
  platform.request.answer('', 304);
  platform.request.answer('', 299);
  assert.deepEqual(failed, [
    { data: 'limit', code: 429, description: 'Too much.' },
    { data: 'proxy', code: 502, description: '' },
    { data: 'gone', code: 0, description: '' },
    { data: 'moved', code: 304, description: '' },
  ]);
  assert.deepEqual(posted(), ['limit', 'proxy', 'gone', 'moved', 'good']);
});

test('a problem that comes in pieces is told whole, and of its own message', () => {
  const { platform, failed, sender } = sending();
  sender.send('one');
  sender.send('two');
  const problem = { status: 502, code: 'backend_unavailable', description: 'Not taken.', reconnect: true };
  for (const piece of JSON.stringify(problem)) platform.request.text(piece, 502);
  platform.request.end();
  platform.request.answer('', 500);
  assert.deepEqual(failed, [
    { data: 'one', code: 502, description: 'Not taken.' },
    { data: 'two', code: 500, description: '' },
  ]);
});

test('stop begins nothing more, tells nothing more, and lets what is on its way arrive', () => {
  const { platform, failed, sender, posted } = sending();
  sender.send('one');
  sender.send('two');
  assert.deepEqual(sender.stop(), ['one', 'two']);
  assert.ok(!platform.request.isCancelled);
  platform.request.end();
  assert.deepEqual([posted(), failed, sender.stop()], [['one'], [], []]);
});
