// Every browser, on every transport, by every way in: a page opens, hears all that is sent in order and once, and goes.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { TayoriServer } from '../browser/harness/tayori_server';
import { Application } from './harness/application';
import { close, hear, heardOn, messagesOn, open, type Transport, transportOn, visit } from './harness/channel';
import { type Engine, type EngineName, startEngine } from './harness/engines';
import { GOOD, RealProxy } from './harness/real_proxy';
import { TEXTS } from './harness/texts';
import { until } from './harness/until';

const ENGINES: readonly EngineName[] = ['chromium', 'firefox', 'webkit'];
const TRANSPORTS: ReadonlyArray<Transport | undefined> = ['websocket', 'sse', 'poll', undefined];
const ROUTES = ['direct', 'nginx', 'haproxy'] as const;
// What is sent before the page opens; the token's bookmark brings it.
const EARLY = 10;
const TIMEOUT_MS = 60_000;

let server: TayoriServer;
let application: Application;
const proxies = new Map<string, RealProxy>();

before(async () => {
  server = await TayoriServer.start();
  application = await Application.start();
  for (const name of ['nginx', 'haproxy'] as const) {
    proxies.set(name, await RealProxy.start(GOOD[name], server.publicUrl, application.url));
  }
});

after(() => {
  for (const proxy of proxies.values()) proxy.stop();
  application?.stop();
  server?.stop();
});

async function presence(sessions: number): Promise<void> {
  await until(`${sessions} present`, async () => (await server.metric('tayori_clients_present')) === sessions);
  await until(`${sessions} sessions`, async () => (await server.metric('tayori_sessions')) === sessions);
}

async function play(engine: Engine, transport: Transport | undefined, route: (typeof ROUTES)[number]): Promise<void> {
  const clientId = `${engine.name} ${transport} ${route} 便り`;
  const token = await server.createChannel(clientId);
  for (const text of TEXTS.slice(0, EARLY)) await server.sendMessage(clientId, text);
  const tab = await engine.tab();
  try {
    await visit(tab, proxies.get(route)?.url ?? application.url);
    await presence(0);
    await open(tab, {
      token,
      ...(transport ? { transports: [transport] } : {}),
      // On another host than the page: the server's own address.
      ...(route === 'direct' ? { url: new URL('_ah/channel/', server.publicUrl).href } : {}),
    });
    await hear(tab, 'onopen');
    for (const text of TEXTS.slice(EARLY)) await server.sendMessage(clientId, text);
    await hear(tab, 'onmessage', TEXTS.length);
    await presence(1);
    assert.deepEqual(await messagesOn(tab), TEXTS);
    assert.equal(await transportOn(tab), transport ?? 'websocket');
    await close(tab);
    await presence(0);
    const others = (await heardOn(tab)).filter(([name]) => name !== 'onmessage');
    assert.deepEqual(others, [
      ['onopen', {}],
      ['onclose', {}],
    ]);
  } finally {
    await tab.close();
  }
}

test('the page of the how-to shows the very configurations that are used here', () => {
  const read = (path: string): string => readFileSync(join(process.env.TAYORI_ROOT ?? '.', path), 'utf8');
  const page = read('docs/how-to/run-behind-a-proxy.md');
  for (const path of Object.values(GOOD)) assert.ok(page.includes(`\n${read(path).trimEnd()}\n\`\`\`\n`), path);
});

for (const name of ENGINES) {
  describe(name, () => {
    let engine: Engine | undefined;
    before(async () => {
      engine = await startEngine(name);
    });
    after(async () => engine?.stop());
    for (const transport of TRANSPORTS) {
      for (const route of ROUTES) {
        test(`${transport ?? 'the ladder'}, ${route}`, { timeout: TIMEOUT_MS }, async () => {
          assert.ok(engine);
          await play(engine, transport, route);
        });
      }
    }
  });
}
