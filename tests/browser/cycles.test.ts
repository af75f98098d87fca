// Close, and open again with a fresh token: the dance of old, many times over.

import assert from 'node:assert/strict';
import type { CDPSession, Page } from 'playwright-core';
import { hear, heardOn, messagesOn, open, settle, visit } from './harness/page';
import { type Scene, scene } from './harness/scene';

const CYCLES = 200;
const WARM_UP = 100;
// 64 kB for 1,000 cycles; a socket that stayed would be some 2 kB.
const HEAP_GROWTH_PER_CYCLE = 64;
const MOST_BEHIND = 100;

type Order = 'close, then fetch' | 'fetch, then close';
type Until = 'onopen' | 'onmessage';

/** Each cycle waits for the first callback `until`, closes, waits for onclose. Ends with the channel closed. */
async function cycle(page: Page, clientId: string, count: number, order: Order, until: Until): Promise<void> {
  await page.evaluate(
    async ([id, times, inOrder, awaited]) => {
      const fetchToken = async () => (await fetch(`/token?client_id=${encodeURIComponent(id)}`)).text();
      const openSocket = (token: string) =>
        new Promise<void>((resolve) => {
          const note = (name: string) => (event: unknown) => {
            if (name !== 'onopen') heard.push([name, event]);
            if (name === awaited) resolve();
          };
          globalThis.socket = new goog.appengine.Channel(token).open({
            onopen: note('onopen'),
            onmessage: note('onmessage'),
            onerror: note('onerror'),
            ongap: note('ongap'),
            onreconnecting: note('onreconnecting'),
          });
        });
      const closeSocket = () =>
        new Promise<void>((resolve) => {
          socket.onclose = () => resolve();
          socket.close();
        });
      let token = await fetchToken();
      for (let i = 0; i < times; i += 1) {
        await openSocket(token);
        if (inOrder === 'fetch, then close') token = await fetchToken();
        await closeSocket();
        if (inOrder === 'close, then fetch') token = await fetchToken();
      }
    },
    [clientId, count, order, until] as const,
  );
}

async function leftOvers(page: Page, cdp: CDPSession): Promise<Record<string, number>> {
  for (let i = 0; i < 3; i += 1) await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  const { metrics } = await cdp.send('Performance.getMetrics');
  const metric = (name: string): number => metrics.find((entry) => entry.name === name)?.value ?? Number.NaN;
  const [elements, frames] = await page.evaluate(() => [document.querySelectorAll('*').length, globalThis.length]);
  return {
    heap: usedSize,
    nodes: metric('Nodes'),
    listeners: metric('JSEventListeners'),
    elements: Number(elements),
    frames: Number(frames),
  };
}

scene(`${CYCLES} times open and close leave nothing behind`, async (it) => {
  await visit(it);
  const cdp = await it.context.newCDPSession(it.page);
  await cdp.send('HeapProfiler.enable');
  await cdp.send('Performance.enable');
  await cycle(it.page, it.clientId, WARM_UP, 'close, then fetch', 'onopen');
  const { heap: heapBefore = 0, ...before } = await leftOvers(it.page, cdp);
  await cycle(it.page, it.clientId, CYCLES, 'close, then fetch', 'onopen');
  const { heap: heapAfter = 0, ...after } = await leftOvers(it.page, cdp);
  assert.deepEqual(after, before);
  assert.ok(heapAfter - heapBefore < CYCLES * HEAP_GROWTH_PER_CYCLE, `${heapBefore} -> ${heapAfter}`);
  assert.equal(it.app.lines, 0);
  assert.deepEqual(await heardOn(it.page), []);
});

async function sendWhileCycling(it: Scene, order: Order): Promise<void> {
  await visit(it);
  let done = false;
  const cycling = cycle(it.page, it.clientId, CYCLES, order, 'onmessage').finally(() => {
    done = true;
  });
  const sent: string[] = [];
  await it.page.waitForFunction(() => globalThis.socket);
  for (let behind = 0; !done; behind = sent.length - (await it.page.evaluate(() => heard.length))) {
    // A page that closes at its first message falls behind; beyond what the server holds it would be told of a gap.
    if (behind > MOST_BEHIND) continue;
    const text = `message ${sent.length}`;
    await it.server.sendMessage(it.clientId, text);
    sent.push(text);
  }
  await cycling;
  await open(it.page, await it.server.createChannel(it.clientId));
  await hear(it.page, 'onopen');
  await settle(it);
  assert.ok(sent.length >= CYCLES);
  const got = await messagesOn(it.page);
  const wrong = sent.findIndex((text, i) => got[i] !== text);
  if (wrong >= 0) assert.deepEqual(got.slice(wrong, wrong + 20), sent.slice(wrong, wrong + 20));
  assert.equal(got.length, sent.length);
  const others = (await heardOn(it.page)).filter(([name]) => name !== 'onmessage');
  assert.deepEqual(others, [['onopen', {}]]);
}

scene('messages sent during the cycles are neither lost nor repeated', (it) =>
  sendWhileCycling(it, 'fetch, then close'),
);
scene('nor when the fresh token is fetched after the close', (it) => sendWhileCycling(it, 'close, then fetch'));
