// Who comes and goes, as the backend's webhook is told of it.

import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';
import { App } from './harness/app';
import { Backend } from './harness/backend';
import { hear, open, openBeside, settle, visit } from './harness/page';
import { LAUNCH, type Scene, scene } from './harness/scene';
import { TayoriServer } from './harness/tayori_server';

const CONNECTED = { type: 'presence.connected' };
const CLOSED = { type: 'presence.disconnected', reason: 'closed' };

function told({ backend, clientId }: Scene): object[] {
  return backend.edgesOf(clientId).map(({ type, reason }) => (reason === undefined ? { type } : { type, reason }));
}

const isTold = (it: Scene, count: number) => it.backend.until(() => told(it).length >= count);

scene('two tabs: one coming, and one going when both are closed', async (it) => {
  const first = await openBeside(it);
  await hear(first, 'onopen');
  await isTold(it, 1);
  const second = await openBeside(it);
  await hear(second, 'onopen');
  await first.close();
  while ((await it.server.sendMessage(it.clientId, 'how many?')) > 1);
  await second.close();
  await isTold(it, 2);
  // Told in the order of the log: whatever else there was to tell of the client would have come before.
  await visit(it);
  await open(it.page, await it.server.createChannel(it.clientId));
  await isTold(it, 3);
  assert.deepEqual(told(it), [CONNECTED, CLOSED, CONNECTED]);
});

scene('a page that reconnects and one that changes its transport have not gone', async (it) => {
  await visit(it);
  await open(it.page, await it.server.createChannel(it.clientId));
  await settle(it);
  it.app.cut();
  await hear(it.page, 'onreconnected');
  it.app.refuse('ws');
  it.app.cut();
  await hear(it.page, 'onreconnected', 2);
  await settle(it);
  assert.equal(await it.page.evaluate(() => socket.transport), 'sse');
  await it.page.evaluate(() => socket.close());
  await isTold(it, 2);
  assert.deepEqual(told(it), [CONNECTED, CLOSED]);
});

scene('what ended a session is told as the reason of its going', async (it) => {
  await visit(it);
  await open(it.page, await it.server.createChannel(it.clientId));
  await isTold(it, 1);
  await it.server.call('disconnect', { client_id: it.clientId });
  await isTold(it, 2);
  await open(it.page, it.server.tokenFor(it.clientId, 2));
  await isTold(it, 4);
  assert.deepEqual(told(it), [
    CONNECTED,
    { ...CLOSED, reason: 'disconnected' },
    CONNECTED,
    { ...CLOSED, reason: 'expired' },
  ]);
});

/** A server that waits for nobody, with what belongs to it. */
async function withoutGrace(it: Scene, play: (it: Scene) => Promise<void>): Promise<void> {
  const backend = await Backend.start();
  const server = await TayoriServer.start({ ...backend.settings, TAYORI_PRESENCE_GRACE_S: '0' });
  const app = await App.start(server);
  try {
    await play({ ...it, backend, server, app });
  } finally {
    app.stop();
    server.stop();
    backend.stop();
  }
}

// A stream that ends says nothing of why; for a WebSocket the browser says goodbye in the name of a tab that has crashed.
for (const [transport, shut, reason] of [
  ['sse', ['ws'], 'lost'],
  ['websocket', [], 'closed'],
] as const) {
  scene(`a tab that crashes has ${reason === 'lost' ? 'been lost' : 'closed'} on ${transport}`, (scene) =>
    withoutGrace(scene, async (it) => {
      it.app.refuse(...shut);
      const tab = await openBeside(it);
      await hear(tab, 'onopen');
      assert.equal(await tab.evaluate(() => socket.transport), transport);
      await isTold(it, 1);
      const devtools = await it.context.newCDPSession(tab);
      // There is nobody left to answer.
      void devtools.send('Page.crash').catch(() => undefined);
      await isTold(it, 2);
      assert.deepEqual(told(it), [CONNECTED, { ...CLOSED, reason }]);
    }),
  );
}

scene('a browser that is killed is lost', (scene) =>
  withoutGrace(scene, async (it) => {
    const process = await chromium.launchServer(LAUNCH);
    try {
      const browser = await chromium.connect(process.wsEndpoint());
      const tab = await openBeside({ ...it, context: await browser.newContext() });
      await hear(tab, 'onopen');
      await isTold(it, 1);
      await process.kill();
      await isTold(it, 2);
      assert.deepEqual(told(it), [CONNECTED, { ...CLOSED, reason: 'lost' }]);
    } finally {
      await process.close();
    }
  }),
);
