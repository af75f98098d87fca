// Opening a channel and hearing messages, as applications of 2010 do it.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { hear, heardOn, html, messagesOn, open, settle, visit } from './harness/page';
import { scene } from './harness/scene';

scene('opens, and tells readyState', async (it) => {
  await visit(it);
  const token = await it.server.createChannel(it.clientId);
  const early = await it.page.evaluate((given) => {
    globalThis.socket = new goog.appengine.Channel(given).open(recorder());
    return [socket.readyState, heard.length];
  }, token);
  assert.deepEqual(early, [0, 0]);
  await hear(it.page, 'onopen');
  assert.deepEqual(await heardOn(it.page), [['onopen', {}]]);
  const facts = await it.page.evaluate(() => [
    socket.readyState,
    socket.transport,
    socket instanceof goog.appengine.Socket,
  ]);
  assert.deepEqual(facts, [1, 'websocket', true]);
  assert.match(await it.page.evaluate(() => socket.cursor), /^[0-9a-z]+-[0-9a-z]+$/);
  assert.equal(await it.server.sendMessage(it.clientId, 'is anyone there?'), 1);
});

scene('has the names of old', async (it) => {
  await visit(it);
  const names = await it.page.evaluate(() => {
    goog.appengine.Socket.POLLING_TIMEOUT_MS = 5000;
    return [goog.appengine.Socket.ReadyState, goog.appengine.Socket.POLLING_TIMEOUT_MS];
  });
  assert.deepEqual(names, [{ CONNECTING: 0, OPEN: 1, CLOSING: 2, CLOSED: 3 }, 5000]);
});

scene('calls the four handlers of the object', async (it) => {
  await visit(it);
  await open(it.page, await it.server.createChannel(it.clientId));
  await hear(it.page, 'onopen');
  await it.server.sendMessage(it.clientId, 'hello');
  await it.server.call('disconnect', { client_id: it.clientId, reason: 'goodbye' });
  await hear(it.page, 'onclose');
  assert.deepEqual(await heardOn(it.page), [
    ['onopen', {}],
    ['onmessage', { data: 'hello' }],
    ['onerror', { code: 403, description: 'goodbye' }],
    ['onclose', {}],
  ]);
});

scene('calls the four handlers assigned later', async (it) => {
  await visit(it);
  const token = await it.server.createChannel(it.clientId);
  await it.page.evaluate((given) => {
    globalThis.socket = new goog.appengine.Channel(given).open();
    Object.assign(socket, recorder());
  }, token);
  await hear(it.page, 'onopen');
  await it.server.sendMessage(it.clientId, 'hello');
  await it.server.call('disconnect', { client_id: it.clientId });
  await hear(it.page, 'onclose');
  const names = (await heardOn(it.page)).map(([name]) => name);
  assert.deepEqual(names, ['onopen', 'onmessage', 'onerror', 'onclose']);
});

scene('brings every text unchanged', async (it) => {
  const texts = [
    `"quotes" and 'quotes' and \`quotes\` and \\ and </script> & <b>`,
    'lines\nand\r\nlines\rand\ttabs\n',
    '日本語の便り「れとろ・ちゃっと」、半角カナ、㊙、𠮷野家、👋🏽',
    'm1\nlooks like a frame',
    '\u2028\u2029\ufeff\u0000\u0001\u007f',
    `${'か'.repeat(10_922)}a`, // 32,767 bytes
    'x'.repeat(32_767),
    ' ',
  ];
  await visit(it);
  await open(it.page, await it.server.createChannel(it.clientId));
  await hear(it.page, 'onopen');
  for (const text of texts) await it.server.sendMessage(it.clientId, text);
  await hear(it.page, 'onmessage', texts.length);
  assert.deepEqual(await messagesOn(it.page), texts);
});

scene('messages sent between create_channel and open arrive once, in order', async (it) => {
  await visit(it);
  const token = await it.server.createChannel(it.clientId);
  const early = Array.from({ length: 50 }, (_, i) => `early ${i}`);
  for (const text of early) await it.server.sendMessage(it.clientId, text);
  await open(it.page, token);
  await settle(it);
  assert.deepEqual(await messagesOn(it.page), early);
  assert.equal((await heardOn(it.page))[0]?.[0], 'onopen');
});

scene('white space around the token is no matter', async (it) => {
  await visit(it);
  await open(it.page, `\n  ${await it.server.createChannel(it.clientId)}\t\n`);
  await hear(it.page, 'onopen');
});

scene('two channels on a page keep apart', async (it) => {
  const other = `${it.clientId} too`;
  await visit(it);
  const tokens = [await it.server.createChannel(it.clientId), await it.server.createChannel(other)];
  const logs = await it.page.evaluateHandle((given) => {
    const [one, two]: [typeof heard, typeof heard] = [[], []];
    [one, two].forEach((log, i) => {
      new goog.appengine.Channel(given[i] ?? '').open(recorder({}, log));
    });
    return { one, two };
  }, tokens);
  await it.page.waitForFunction(({ one, two }) => one.length + two.length === 2, logs);
  await it.server.sendMessage(it.clientId, 'for one');
  await it.server.sendMessage(other, 'for two');
  await it.page.waitForFunction(({ one, two }) => one.length + two.length === 4, logs);
  assert.deepEqual(await logs.jsonValue(), {
    one: [
      ['onopen', {}],
      ['onmessage', { data: 'for one' }],
    ],
    two: [
      ['onopen', {}],
      ['onmessage', { data: 'for two' }],
    ],
  });
});

scene('two sockets of one client id both hear everything', async (it) => {
  await visit(it);
  const token = await it.server.createChannel(it.clientId);
  await open(it.page, token);
  await open(it.page, token);
  await hear(it.page, 'onopen', 2);
  await it.server.sendMessage(it.clientId, 'for both');
  await hear(it.page, 'onmessage', 2);
  assert.deepEqual(await messagesOn(it.page), ['for both', 'for both']);
});

scene('a goog that the page has already stays what it was', async (it) => {
  const own = `<script>
    var goog = { require: function () { return 'mine'; }, appengine: { Other: 5 } };
    var before = goog;
  </script>`;
  await visit(it, html(own));
  const after = await it.page.evaluate(() => {
    const { goog: now, before } = globalThis as unknown as Record<
      'goog' | 'before',
      { require(): string; appengine: object }
    >;
    return [now === before, now.require(), Object.keys(now), Object.keys(now.appengine)];
  });
  assert.deepEqual(after, [true, 'mine', ['require', 'appengine'], ['Other', 'Channel', 'Socket']]);
  await open(it.page, await it.server.createChannel(it.clientId));
  await hear(it.page, 'onopen');
});

scene('the script leaves one name in the page', async (it) => {
  const listed = '<script>var namesBefore = Object.keys(window);</script>';
  await visit(it, html(listed));
  const added = await it.page.evaluate(() => {
    const before = (globalThis as unknown as { namesBefore: string[] }).namesBefore;
    return Object.keys(globalThis).filter((name) => !before.includes(name));
  });
  assert.deepEqual(
    added.filter((name) => !['namesBefore', 'heard', 'recorder'].includes(name)),
    ['goog'],
  );
});

scene('the module does the same from any address', async (it) => {
  const module = await readFile(process.env.TAYORI_MODULE ?? '', 'utf8');
  it.app.serve(module, 'text/javascript', '/tayori.mjs');
  await visit(it);
  const token = await it.server.createChannel(it.clientId);
  await it.page.evaluate(async (given) => {
    const path = '/tayori.mjs';
    const { Channel } = (await import(path)) as typeof import('../../clients/js/src/index');
    globalThis.socket = new Channel(given, { url: new URL('/_ah/channel', location.href).href }).open(recorder());
  }, token);
  await settle(it);
  assert.deepEqual(await heardOn(it.page), [['onopen', {}]]);
});
