// What a page sends to its backend, by way of the server.

import assert from 'node:assert/strict';
import { hear, heardOn, open, visit } from './harness/page';
import { type Scene, scene } from './harness/scene';

// What the server takes of one client id in a minute by default, as many at once.
const PER_MINUTE = 60;

async function openPage(it: Scene): Promise<string> {
  await visit(it);
  const token = await it.server.createChannel(it.clientId);
  await open(it.page, token);
  await hear(it.page, 'onopen');
  return token;
}

/** Sends them one right after the other. */
async function send(it: Scene, texts: readonly string[]): Promise<void> {
  assert.ok(await it.page.evaluate((given) => given.every((text) => socket.send(text)), texts));
}

async function failures(it: Scene): Promise<unknown[]> {
  return (await heardOn(it.page)).filter(([name]) => name === 'onsendfailed').map(([, event]) => event);
}

scene('send posts to the application, which hears the client id', async (it) => {
  const posted = it.page.waitForRequest((request) => request.url().endsWith('/_ah/channel/receive'));
  const token = await openPage(it);
  const texts = ['to & fro', '日本語の便り👋🏽', 'lines\nand\r\nlines', '100% + 0', 'x'.repeat(32_767)];
  await send(it, texts);
  await it.backend.until(() => it.backend.receivedFrom(it.clientId).length === texts.length);
  assert.deepEqual(it.backend.receivedFrom(it.clientId), texts);
  const form = new URLSearchParams((await posted).postData() ?? '');
  assert.deepEqual(Object.fromEntries(form), { key: token, msg: 'to & fro' });
  assert.deepEqual(await failures(it), []);
});

scene('send says false before the channel is open, and after its end', async (it) => {
  await visit(it);
  const token = await it.server.createChannel(it.clientId);
  const early = await it.page.evaluate((given) => {
    globalThis.socket = new goog.appengine.Channel(given).open(recorder());
    return socket.send('early');
  }, token);
  assert.equal(early, false);
  await hear(it.page, 'onopen');
  await send(it, ['in time']);
  await it.backend.until(() => it.backend.receivedFrom(it.clientId).length > 0);
  assert.deepEqual(await it.page.evaluate(() => [socket.close(), socket.send('late')]), [undefined, false]);
  await hear(it.page, 'onclose');
  assert.equal(await it.page.evaluate(() => socket.send('later')), false);
  // Whatever had been sent nevertheless would have come before this.
  await open(it.page, token);
  await hear(it.page, 'onopen', 2);
  await send(it, ['again']);
  await it.backend.until(() => it.backend.receivedFrom(it.clientId).length > 1);
  assert.deepEqual(it.backend.receivedFrom(it.clientId), ['in time', 'again']);
});

scene('fifty sends arrive in order, also while the connection is away', async (it) => {
  let answers = 0;
  it.page.on('response', (response) => {
    answers += Number(response.url().endsWith('/receive'));
  });
  await openPage(it);
  const texts = Array.from({ length: 50 }, (_, i) => `number ${i}`);
  await send(it, texts.slice(0, 25));
  // Not before: Chromium posts again by itself what was on its way on a connection that it had used before.
  while (answers < 25) await it.page.evaluate(() => undefined);
  it.app.refuse('ws', 'sse', 'poll');
  it.app.cut();
  await hear(it.page, 'onreconnecting');
  await send(it, texts.slice(25));
  await it.backend.until(() => it.backend.receivedFrom(it.clientId).length === texts.length);
  assert.deepEqual(it.backend.receivedFrom(it.clientId), texts);
  assert.deepEqual(await failures(it), []);
});

for (const [what, answer] of [
  ['answers 500', 500],
  ['sends the page elsewhere', 302],
  ['does not answer', 'none'],
] as const) {
  scene(`a backend that ${what}: onsendfailed 502, and the channel stays open`, async (it) => {
    await openPage(it);
    it.backend.answerWith(answer);
    await send(it, ['one', 'two']);
    await hear(it.page, 'onsendfailed', 2);
    const why = { code: 502, description: 'The backend has not taken what the page sent.' };
    assert.deepEqual(await failures(it), [
      { data: 'one', ...why },
      { data: 'two', ...why },
    ]);
    it.backend.answerWith(200);
    await send(it, ['three']);
    await it.backend.until(() => it.backend.receivedFrom(it.clientId).length > 0);
    assert.deepEqual(it.backend.receivedFrom(it.clientId), ['three']);
    assert.equal(await it.page.evaluate(() => socket.readyState), 1);
  });
}

scene('a page that sends too much: onsendfailed 429 for what is above the limit', async (it) => {
  await openPage(it);
  const texts = Array.from({ length: 2 * PER_MINUTE }, (_, i) => `number ${i}`);
  await send(it, texts);
  await it.page.waitForFunction(
    ([id, last]) => heard.some(([name, event]) => name === id && (event as { data: string }).data === last),
    ['onsendfailed', texts.at(-1) ?? ''] as const,
  );
  const failed = (await failures(it)) as { data: string; code: number; description: string }[];
  const taken = it.backend.receivedFrom(it.clientId);
  assert.deepEqual(taken.slice(0, PER_MINUTE), texts.slice(0, PER_MINUTE));
  const lost = failed.map(({ data }) => data);
  assert.deepEqual(
    taken,
    texts.filter((text) => !lost.includes(text)),
  );
  const why = { code: 429, description: 'The page sends more than the limit; try again a little later.' };
  assert.deepEqual(
    failed,
    lost.map((data) => ({ data, ...why })),
  );
});
