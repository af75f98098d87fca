// A browser opens at most six connections to one host over HTTP/1.1. Eight pages of one application without WebSocket have
// to live with that, and must leave room for the application's own requests.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { TayoriServer } from '../browser/harness/tayori_server';
import { Application } from './harness/application';
import { hear, messagesOn, open, type Transport, transportOn, visit } from './harness/channel';
import { type Engine, startEngine, type Tab } from './harness/engines';
import { GOOD, RealProxy } from './harness/real_proxy';

const TABS = 8;
const TIMEOUT_MS = 90_000;
const ANSWER_LIMIT_MS = 10_000;
const LADDERS: ReadonlyArray<readonly Transport[]> = [['sse', 'poll'], ['poll']];

let server: TayoriServer;
let application: Application;
let proxy: RealProxy;

before(async () => {
  server = await TayoriServer.start();
  application = await Application.start();
  proxy = await RealProxy.start(GOOD.nginx, server.publicUrl, application.url);
});

after(() => {
  proxy?.stop();
  application?.stop();
  server?.stop();
});

/** Milliseconds until the application has answered an ordinary request. */
async function ask(tab: Tab): Promise<number> {
  return tab.run(async (limitMs) => {
    const since = performance.now();
    const answer = await fetch('/hello', { cache: 'no-store', signal: AbortSignal.timeout(limitMs) });
    await answer.text();
    return Math.round(performance.now() - since);
  }, ANSWER_LIMIT_MS);
}

for (const name of ['chromium', 'firefox'] as const) {
  describe(`${TABS} tabs in ${name}`, () => {
    let engine: Engine;
    before(async () => {
      engine = await startEngine(name);
    });
    after(async () => engine?.stop());
    for (const ladder of LADDERS) {
      test(ladder.join(' '), { timeout: TIMEOUT_MS }, async (it) => {
        const tabs = await engine.tabs(TABS);
        try {
          for (const [i, tab] of tabs.entries()) {
            await visit(tab, proxy.url);
            await open(tab, { token: await server.createChannel(`${name} ${ladder} ${i}`), transports: ladder });
            await hear(tab, 'onopen');
          }
          const texts = Array.from({ length: 3 }, (_, i) => `to all ${i}`);
          const since = performance.now();
          for (const text of texts) await server.broadcast(text);
          for (const tab of tabs) await hear(tab, 'onmessage', texts.length);
          const took = Math.round(performance.now() - since);
          for (const tab of tabs) assert.deepEqual(await messagesOn(tab), texts);
          const answered = await Promise.all(tabs.map(ask));
          const transports = (await Promise.all(tabs.map(transportOn))).join(' ');
          it.diagnostic(`${transports}; all heard after ${took} ms; requests answered after ${answered.join(' ')} ms`);
        } finally {
          for (const tab of tabs) await tab.close();
        }
      });
    }
  });
}
