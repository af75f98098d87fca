// Connections break; the channel does not.

import assert from 'node:assert/strict';
import type { ReconnectingEvent } from '../../clients/js/src/handlers';
import { hear, heardOn, html, messagesOn, open, settle, visit } from './harness/page';
import { type Scene, scene } from './harness/scene';

// What the server holds of one topic by default.
const HELD = 1000;

/** Sends `count` numbered messages, doing `between` before each; answers their texts. */
async function sendNumbered(
  { server, clientId }: Scene,
  count: number,
  between: (i: number) => void,
): Promise<string[]> {
  const texts = Array.from({ length: count }, (_, i) => `message ${i}`);
  for (const [i, text] of texts.entries()) {
    between(i);
    await server.sendMessage(clientId, text);
  }
  return texts;
}

scene('a cut connection loses and repeats nothing', async (it) => {
  await visit(it);
  await open(it.page, await it.server.createChannel(it.clientId));
  await hear(it.page, 'onopen');
  const sent: string[] = [];
  for (let round = 1; round <= 4; round += 1) {
    sent.push(...(await sendNumbered(it, 50, (i) => i === 25 && it.app.cut())));
    await hear(it.page, 'onreconnected', round);
  }
  await settle(it);
  assert.deepEqual(await messagesOn(it.page), sent);
  const names = new Set((await heardOn(it.page)).map(([name]) => name));
  assert.deepEqual(names, new Set(['onopen', 'onmessage', 'onreconnecting', 'onreconnected']));
  assert.equal(await it.page.evaluate(() => socket.readyState), 1);
});

scene('messages of a longer outage come when the line is back', async (it) => {
  await visit(it);
  await open(it.page, await it.server.createChannel(it.clientId));
  await settle(it);
  it.app.setDown(true);
  const sent = await sendNumbered(it, 50, () => undefined);
  await hear(it.page, 'onreconnecting', 3);
  assert.deepEqual(await messagesOn(it.page), []);
  it.app.setDown(false);
  await settle(it);
  assert.deepEqual(await messagesOn(it.page), sent);
  const attempts = (await heardOn(it.page))
    .filter(([name]) => name === 'onreconnecting')
    .map(([, event]) => (event as ReconnectingEvent).attempt);
  assert.deepEqual(attempts.slice(0, 3), [1, 2, 3]);
  const reconnected = (await heardOn(it.page)).filter(([name]) => name === 'onreconnected');
  assert.deepEqual(reconnected, [['onreconnected', { recovered: true }]]);
});

scene('what the server holds no longer is told as a gap, and the rest follows', async (it) => {
  await visit(it);
  const token = await it.server.createChannel(it.clientId);
  const sent = await sendNumbered(it, HELD + 50, () => undefined);
  await open(it.page, token);
  await settle(it);
  const [first, second, ...rest] = await heardOn(it.page);
  assert.deepEqual([first?.[0], second?.[0]], ['onopen', 'ongap']);
  assert.deepEqual(new Set(rest.map(([name]) => name)), new Set(['onmessage']));
  const got = await messagesOn(it.page);
  assert.ok(got.length >= HELD - 1 && got.length < sent.length);
  assert.deepEqual(got, sent.slice(-got.length));
});

scene('a page that comes online tries at once', async (it) => {
  await visit(it);
  // The wait before a retry: for ever, as far as this test goes.
  await it.page.evaluate(() => {
    const real = globalThis.setTimeout;
    const patient = (task: () => void, delay = 0): unknown => (delay > 0 && delay < 500 ? 0 : real(task, delay));
    globalThis.setTimeout = patient as typeof setTimeout;
    Math.random = () => 0.5;
  });
  await open(it.page, await it.server.createChannel(it.clientId));
  await hear(it.page, 'onopen');
  it.app.cut();
  await hear(it.page, 'onreconnecting');
  await it.page.evaluate(() => dispatchEvent(new Event('online')));
  await hear(it.page, 'onreconnected');
});

scene('close() while the connection is away ends the channel', async (it) => {
  await visit(it);
  await open(it.page, await it.server.createChannel(it.clientId));
  await hear(it.page, 'onopen');
  it.app.setDown(true);
  await hear(it.page, 'onreconnecting');
  await it.page.evaluate(() => socket.close());
  await hear(it.page, 'onclose');
  it.app.setDown(false);
  await it.page.evaluate(() => dispatchEvent(new Event('online')));
  assert.equal(it.app.lines, 0);
});

scene('leaving the page ends the session', async (it) => {
  await visit(it);
  await open(it.page, await it.server.createChannel(it.clientId));
  await settle(it);
  await it.page.goto(it.app.serve(html()));
  while ((await it.server.sendMessage(it.clientId, 'is anyone there?')) > 0);
});

scene('a page back from the cache goes on where it was, having said that it left', async (it) => {
  const frames: string[] = [];
  it.page.on('websocket', (line) => line.on('framesent', ({ payload }) => frames.push(String(payload))));
  await visit(it);
  await open(it.page, await it.server.createChannel(it.clientId));
  await settle(it);
  await it.page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })));
  while (it.app.lines > 0) await it.page.evaluate(() => undefined);
  assert.equal(frames.at(-1), 'c');
  const sent = await sendNumbered(it, 5, () => undefined);
  await it.page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
  await settle(it);
  assert.deepEqual(await messagesOn(it.page), sent);
});
