// Close, and open again with a fresh token: the dance of old, many times over.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { CDPSession, Page } from 'playwright-core';
import { App } from './harness/app';
import { hear, heardOn, messagesOn, open, settle, visit } from './harness/page';
import { type Scene, scene } from './harness/scene';

const CYCLES = 200;
const WARM_UP = 100;
// 64 kB for 1,000 cycles; a socket that stayed would be some 2 kB.
const HEAP_GROWTH_PER_CYCLE = 64;
const MOST_BEHIND = 100;

const CHANNELS = 5_000;
// Chromium lets 10 ms pass between two WebSockets to one address and port; so there are several.
const WAYS = 5;
const HEAP_GROWTH_OF_ALL = 64 * 1024;
const MANY_TIMEOUT_MS = 120_000;

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

/** Opens and closes `count` channels of one token, one after the other on each of the ways `urls`. */
async function openAndClose(page: Page, token: string, urls: readonly string[], count: number): Promise<void> {
  await page.evaluate(
    async ([given, bases, times]) => {
      const path = '/tayori.mjs';
      const { Channel } = (await import(path)) as typeof import('../../clients/js/src/index');
      const openAndCloseOne = (url: string) =>
        new Promise<void>((resolve, reject) => {
          const one = new Channel(given, { url }).open({
            onopen: () => one.close(),
            onerror: ({ code }) => reject(new Error(`error ${code}`)),
            onclose: () => resolve(),
          });
        });
      let left = times;
      const cycle = async (url: string) => {
        while (left-- > 0) await openAndCloseOne(url);
      };
      await Promise.all(bases.map(cycle));
    },
    [token, urls, count] as const,
  );
}

scene(
  `${CHANNELS} channels opened and closed leave nothing behind`,
  async (it) => {
    it.app.serve(await readFile(process.env.TAYORI_MODULE ?? '', 'utf8'), 'text/javascript', '/tayori.mjs');
    await visit(it);
    const cdp = await it.context.newCDPSession(it.page);
    await cdp.send('HeapProfiler.enable');
    await cdp.send('Performance.enable');
    const ways = await Promise.all(Array.from({ length: WAYS }, () => App.start(it.server)));
    const urls = ways.map(({ url }) => new URL('_ah/channel/', url).href);
    const token = await it.server.createChannel(it.clientId);
    await openAndClose(it.page, token, urls, CHANNELS / 20);
    const { heap: heapBefore = 0, ...before } = await leftOvers(it.page, cdp);
    await openAndClose(it.page, token, urls, CHANNELS);
    const { heap: heapAfter = 0, ...after } = await leftOvers(it.page, cdp);
    assert.deepEqual(after, before);
    assert.ok(heapAfter - heapBefore < HEAP_GROWTH_OF_ALL, `${heapBefore} -> ${heapAfter}`);
    for (const way of ways) way.stop();
  },
  MANY_TIMEOUT_MS,
);

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
