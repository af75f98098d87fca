// Who counts as present: an orderly leave is known at once, on every transport; a broken connection only after the grace
// time, so that coming back is no leaving.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { TayoriServer } from '../browser/harness/tayori_server';
import { Application } from './harness/application';
import { close, hear, open, type Transport, visit } from './harness/channel';
import { type Engine, type EngineName, startEngine, type Tab } from './harness/engines';
import { Gate } from './harness/gate';
import { GOOD, RealProxy } from './harness/real_proxy';
import { until } from './harness/until';

const ENGINES: readonly EngineName[] = ['chromium', 'firefox', 'webkit'];
const TRANSPORTS: readonly Transport[] = ['websocket', 'sse', 'poll'];
const TIMEOUT_MS = 60_000;
const GRACE_MS = 2_000;

let application: Application;

before(async () => {
  application = await Application.start();
});

after(() => application?.stop());

const present = (server: TayoriServer): Promise<number> => server.metric('tayori_clients_present');

async function arrive(server: TayoriServer, tab: Tab, transport: Transport, url?: string): Promise<void> {
  const token = await server.createChannel('someone');
  await open(tab, { token, transports: [transport], ...(url ? { url } : {}) });
  await hear(tab, 'onopen');
  await until('presence', async () => (await present(server)) === 1);
}

const LEAVES: Record<string, (tab: Tab) => Promise<void>> = {
  'close()': close,
  'going to another page': (tab) => tab.goto(new URL('hello', application.url).href),
  'closing the tab': (tab) => tab.close(),
};

for (const name of ENGINES) {
  describe(`leaving in order, in ${name}`, () => {
    let engine: Engine;
    let server: TayoriServer;
    let proxy: RealProxy;
    before(async () => {
      // Nothing but an orderly leave can end a presence here.
      server = await TayoriServer.start({ TAYORI_PRESENCE_GRACE_S: '600' });
      proxy = await RealProxy.start(GOOD.nginx, server.publicUrl, application.url);
      engine = await startEngine(name);
    });
    after(async () => {
      await engine?.stop();
      proxy?.stop();
      server?.stop();
    });
    for (const transport of TRANSPORTS) {
      for (const [how, leave] of Object.entries(LEAVES)) {
        // Firefox, as it is driven here, ends the page's process with the tab, and every third beacon with it.
        if (name === 'firefox' && transport !== 'websocket' && how === 'closing the tab') continue;
        test(`${transport}: ${how} is known at once`, { timeout: TIMEOUT_MS }, async () => {
          const tab = await engine.tab();
          await visit(tab, proxy.url);
          await arrive(server, tab, transport);
          await leave(tab);
          await until('absence', async () => (await present(server)) === 0);
          await until('no session', async () => (await server.metric('tayori_sessions')) === 0);
          if (leave !== LEAVES['closing the tab']) await tab.close();
        });
      }
    }
  });
}

describe('a broken connection', { concurrency: true }, () => {
  let engine: Engine;
  before(async () => {
    engine = await startEngine('chromium');
  });
  after(async () => engine?.stop());
  for (const transport of TRANSPORTS) {
    test(`${transport}: absence is known after ${GRACE_MS} ms, not before`, { timeout: TIMEOUT_MS }, async (it) => {
      const server = await TayoriServer.start({ TAYORI_PRESENCE_GRACE_S: String(GRACE_MS / 1000) });
      const gate = await Gate.start(server.publicUrl);
      const tab = await engine.tab();
      try {
        await visit(tab, application.url);
        await arrive(server, tab, transport, new URL('_ah/channel/', gate.url).href);
        await gate.refuse(true);
        const since = performance.now();
        gate.reset();
        await until('absence', async () => (await present(server)) === 0);
        const took = performance.now() - since;
        it.diagnostic(`${Math.round(took)} ms`);
        assert.ok(took >= GRACE_MS, `${took} ms`);
        await gate.refuse(false);
        await until('presence', async () => (await present(server)) === 1);
      } finally {
        await tab.close();
        gate.stop();
        server.stop();
      }
    });
  }
});
