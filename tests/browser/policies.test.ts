// One page at a time: the newest, or the first.

import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { hear, heardOn, html, messagesOn, open, openBeside, settle, visit } from './harness/page';
import { type Scene, scene } from './harness/scene';

const RELOADS = 10;

const REPLACED = [
  ['onerror', { code: 409, description: 'A newer page has taken this channel over.' }],
  ['onclose', {}],
];
const ALREADY_OPEN = [
  ['onerror', { code: 409, description: 'Another page has this channel open.' }],
  ['onclose', {}],
];

async function tokenOf({ server, clientId }: Scene, policy: 'replace' | 'reject'): Promise<string> {
  const { token } = await server.call('create_channel', { client_id: clientId, policy });
  return String(token);
}

/** How many WebSockets this tab makes from now on. */
function countConnections(page: Page): () => number {
  let made = 0;
  page.on('websocket', () => {
    made += 1;
  });
  return () => made;
}

/** Whether the page stays closed, whatever it might do by itself: the other one hears, and it makes no connection. */
async function assertStaysClosed(it: Scene, page: Page, connections: () => number): Promise<void> {
  const before = connections();
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await settle(it);
  assert.equal(connections(), before);
  assert.deepEqual(await page.evaluate(() => [socket.readyState, socket.send('anyone?')]), [3, false]);
}

scene('replace: the newer page takes the channel over', async (it) => {
  await visit(it);
  const first = it.page;
  const connections = countConnections(first);
  await open(first, await tokenOf(it, 'replace'));
  await hear(first, 'onopen');
  const second = await openBeside(it, await tokenOf(it, 'replace'));
  await hear(first, 'onclose');
  await hear(second, 'onopen');
  assert.deepEqual((await heardOn(first)).slice(1), REPLACED);
  assert.equal(await it.server.sendMessage(it.clientId, 'hello'), 1);
  await hear(second, 'onmessage');
  await assertStaysClosed({ ...it, page: second }, first, connections);
  assert.deepEqual(await heardOn(second), [
    ['onopen', {}],
    ['onmessage', { data: 'hello' }],
  ]);
});

scene('replace: a page whose connection was lost has not lost the channel', async (it) => {
  await visit(it);
  await open(it.page, await tokenOf(it, 'replace'));
  await settle(it);
  it.app.cut();
  await hear(it.page, 'onreconnected');
  await settle(it);
  assert.equal(await it.page.evaluate(() => socket.readyState), 1);
});

scene('replace: one that comes back finds the channel taken', async (it) => {
  await visit(it);
  const first = it.page;
  const second = await it.context.newPage();
  await visit({ ...it, page: second });
  await open(first, await tokenOf(it, 'replace'));
  await settle(it);
  it.app.setDown(true);
  await hear(first, 'onreconnecting');
  const aroundTheApp = new URL('_ah/channel/', it.server.publicUrl).href;
  await second.evaluate(
    ([token, url]) => {
      globalThis.socket = new goog.appengine.Channel(token, { url }).open(recorder());
    },
    [await tokenOf(it, 'replace'), aroundTheApp] as const,
  );
  await hear(second, 'onopen');
  it.app.setDown(false);
  await hear(first, 'onclose');
  assert.deepEqual((await heardOn(first)).slice(-2), REPLACED);
  await it.server.sendMessage(it.clientId, 'hello');
  await hear(second, 'onmessage');
});

scene('reject: the page that was first keeps the channel', async (it) => {
  await visit(it);
  const first = it.page;
  await open(first, await tokenOf(it, 'reject'));
  await hear(first, 'onopen');
  const second = await openBeside(it, await tokenOf(it, 'reject'));
  const connections = countConnections(second);
  await hear(second, 'onclose');
  assert.deepEqual(await heardOn(second), ALREADY_OPEN);
  assert.equal(await it.server.sendMessage(it.clientId, 'hello'), 1);
  await assertStaysClosed(it, second, connections);
  assert.deepEqual(await heardOn(first), [
    ['onopen', {}],
    ['onmessage', { data: 'hello' }],
  ]);
  await first.evaluate(() => socket.close());
  await hear(first, 'onclose');
  await open(second, await tokenOf(it, 'reject'));
  await hear(second, 'onopen');
});

for (const [transport, shut] of Object.entries({ sse: ['ws'], poll: ['ws', 'sse'] })) {
  scene(`reject: a second page that comes on ${transport} is told so too`, async (it) => {
    await visit(it);
    await open(it.page, await tokenOf(it, 'reject'));
    await settle(it);
    it.app.refuse(...shut);
    const second = await openBeside(it, await tokenOf(it, 'reject'));
    await hear(second, 'onclose');
    assert.deepEqual(await heardOn(second), ALREADY_OPEN);
    await settle(it);
  });
}

/** A page that opens the channel as soon as it is there, with the same token each time. */
async function visitReloadable(it: Scene, transport: string): Promise<void> {
  const opening = `<script>
    var socket = new goog.appengine.Channel('${await tokenOf(it, 'reject')}', { transports: ['${transport}'] }).open(recorder());
  </script>`;
  await visit(it, html() + opening);
  await hear(it.page, 'onopen');
}

scene(`reject: reloaded ${RELOADS} times, the only page opens each time`, async (it) => {
  await visitReloadable(it, 'websocket');
  for (let i = 0; i < RELOADS; i += 1) {
    await it.page.reload();
    await it.page.waitForFunction(() => heard.length > 0);
    assert.deepEqual(await heardOn(it.page), [['onopen', {}]], `reload ${i}`);
  }
  await it.server.sendMessage(it.clientId, 'hello');
  await hear(it.page, 'onmessage');
  assert.deepEqual(await messagesOn(it.page), ['hello']);
});

// Over plain HTTP a goodbye travels beside the next opening (spec/protocol.md 2.7).
for (const transport of ['sse', 'poll']) {
  scene(`reject: a page on ${transport} that overtakes its own goodbye is told, and gets in behind it`, async (it) => {
    await visitReloadable(it, transport);
    await settle(it);
    it.app.overtakeGoodbyes(transport);
    await it.page.reload();
    await it.page.waitForFunction(() => heard.length > 1);
    assert.deepEqual((await heardOn(it.page))[0], [
      'onerror',
      { code: 409, description: 'Another page has this channel open.' },
    ]);
    it.app.overtakeGoodbyes(undefined);
    const isHere = async (): Promise<boolean> => {
      const { clients } = await it.server.call('presence', { client_ids: [it.clientId] });
      return (clients as unknown[]).length > 0;
    };
    while (await isHere());
    await it.page.reload();
    await it.page.waitForFunction(() => heard.length > 0);
    assert.deepEqual((await heardOn(it.page))[0], ['onopen', {}]);
    await settle(it);
  });
}
