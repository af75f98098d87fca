// What goes wrong, and how the page is told.

import assert from 'node:assert/strict';
import { hear, heardOn, messagesOn, open, settle, visit } from './harness/page';
import { scene } from './harness/scene';

const INVALID = [
  ['onerror', { code: 401, description: 'Invalid+token.' }],
  ['onclose', {}],
];
const TIMED_OUT = [
  ['onerror', { code: 401, description: 'Token+timed+out.' }],
  ['onclose', {}],
];

scene('a bad token: onerror 401, then onclose', async (it) => {
  await visit(it);
  const good = await it.server.createChannel(it.clientId);
  const other = good.at(-2) === 'A' ? 'B' : 'A';
  const changed = `${good.slice(0, -2)}${other}${good.slice(-1)}`;
  for (const token of ['nonsense', 'a.b.c', '...', good.slice(0, -5), changed, `${good}${good}`]) {
    await it.page.evaluate(() => heard.splice(0));
    await open(it.page, token);
    await hear(it.page, 'onclose');
    assert.deepEqual(await heardOn(it.page), INVALID, token);
    assert.equal(await it.page.evaluate(() => socket.readyState), 3);
  }
});

scene('an expired token: onerror 401, then onclose', async (it) => {
  await visit(it);
  await open(it.page, it.server.tokenFor(it.clientId, -1));
  await hear(it.page, 'onclose');
  assert.deepEqual(await heardOn(it.page), TIMED_OUT);
});

scene('a token that runs out in a live session: onerror 401, then onclose', async (it) => {
  await visit(it);
  await open(it.page, it.server.tokenFor(it.clientId, 3));
  await hear(it.page, 'onopen');
  await settle(it);
  await hear(it.page, 'onclose');
  assert.deepEqual(await heardOn(it.page), [['onopen', {}], ...TIMED_OUT]);
  assert.equal(await it.server.sendMessage(it.clientId, 'is anyone there?'), 0);
});

scene('a token renewed in place outlives the first', async (it) => {
  await visit(it);
  const endsAt = Date.now() + 4000;
  await open(it.page, it.server.tokenFor(it.clientId, 3));
  await hear(it.page, 'onopen');
  await settle(it);
  const fresh = await it.server.createChannel(it.clientId);
  await it.page.evaluate((token) => socket.renew(token), fresh);
  await it.page.waitForFunction((end) => Date.now() > end, endsAt);
  await settle(it);
  assert.deepEqual(await heardOn(it.page), [['onopen', {}]]);
  await it.page.evaluate(() => socket.renew('nonsense'));
  await hear(it.page, 'onclose');
  assert.deepEqual((await heardOn(it.page)).slice(1), INVALID);
});

scene('what cannot be a token throws, as of old', async (it) => {
  await visit(it);
  const thrown = await it.page.evaluate(() =>
    ['', '  ', 'not a token', '100%', undefined, null, 5].map((token) => {
      try {
        return new goog.appengine.Channel(token as string).open();
      } catch (error) {
        return String(error);
      }
    }),
  );
  assert.deepEqual(thrown, Array(7).fill('Error: The provided token is invalid.'));
});

scene('a script in <head> gets the string of old', async (it) => {
  const token = await it.server.createChannel(it.clientId);
  const body = `<!doctype html><html><head><script src="/_ah/channel/jsapi"></script><script>
    try { new goog.appengine.Channel('${token}').open(); } catch (error) { var thrown = error; }
  </script></head><body></body></html>`;
  await visit(it, body);
  const thrown = await it.page.evaluate(() => (globalThis as unknown as { thrown: unknown }).thrown);
  assert.equal(thrown, 'document.body is not defined -- do not create socket from script in <head>.');
});

scene('an exception in a handler loses and repeats nothing, and reaches window.onerror', async (it) => {
  await visit(it);
  const token = await it.server.createChannel(it.clientId);
  await it.page.evaluate((given) => {
    const fail = () => {
      throw new Error('from the page');
    };
    globalThis.socket = new goog.appengine.Channel(given).open(
      recorder({ onopen: fail, onmessage: ({ data }) => data === 'two' && fail(), onclose: fail }),
    );
  }, token);
  for (const text of ['one', 'two', 'three']) await it.server.sendMessage(it.clientId, text);
  await settle(it);
  assert.deepEqual(await messagesOn(it.page), ['one', 'two', 'three']);
  await it.page.evaluate(() => socket.close());
  await hear(it.page, 'onclose');
  await it.page.waitForFunction(() => new Promise((resolve) => setTimeout(() => resolve(true), 0)));
  assert.deepEqual(it.uncaught.splice(0), Array(3).fill('from the page'));
});

for (const name of ['onopen', 'onmessage', 'onerror', 'onclose'] as const) {
  scene(`close() inside ${name}: one onclose, and nothing more`, async (it) => {
    await visit(it);
    const token = await it.server.createChannel(it.clientId);
    await it.page.evaluate(
      ([given, where]) => {
        globalThis.socket = new goog.appengine.Channel(given).open(recorder({ [where]: () => socket.close() }));
      },
      [token, name] as const,
    );
    await hear(it.page, 'onopen');
    for (const text of ['one', 'two']) await it.server.sendMessage(it.clientId, text);
    await it.server.call('disconnect', { client_id: it.clientId });
    await hear(it.page, 'onclose');
    const stages = { onopen: [], onmessage: ['onmessage'], onerror: ['onmessage', 'onmessage', 'onerror'] };
    const before = stages[name === 'onclose' ? 'onerror' : name];
    const names = (await heardOn(it.page)).map(([heardName]) => heardName);
    assert.deepEqual(names, ['onopen', ...before, 'onclose']);
    await it.page.evaluate(() => socket.close());
    assert.equal(await it.server.sendMessage(it.clientId, 'is anyone there?'), 0);
  });
}

scene('close() before the channel is open, twice: one onclose', async (it) => {
  await visit(it);
  const token = await it.server.createChannel(it.clientId);
  const states = await it.page.evaluate((given) => {
    globalThis.socket = new goog.appengine.Channel(given).open(recorder());
    socket.close();
    socket.close();
    return [socket.readyState, heard.length];
  }, token);
  assert.deepEqual(states, [3, 0]);
  await hear(it.page, 'onclose');
  await open(it.page, token);
  await settle(it);
  assert.deepEqual(await heardOn(it.page), [
    ['onclose', {}],
    ['onopen', {}],
  ]);
});
