// Several channels of a page on one WebSocket.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { visit } from './harness/page';
import { type Scene, scene } from './harness/scene';

type Told = Record<string, string[]>;

declare global {
  var told: Told;
  var sockets: Record<string, { close(): void; transport: string; readyState: number }>;
  var opened: string[]; // the addresses of WebSockets that the page has made
}

const NAMES = ['one', 'two', 'three', 'four', 'five'];

/** Opens a channel for each name, all on one WebSocket. */
async function share(it: Scene): Promise<void> {
  it.app.serve(await readFile(process.env.TAYORI_MODULE ?? '', 'utf8'), 'text/javascript', '/tayori.mjs');
  await visit(it);
  const tokens = await Promise.all(NAMES.map((name) => it.server.createChannel(`${it.clientId}-${name}`)));
  await it.page.evaluate(
    async ({ names, given }) => {
      globalThis.opened = [];
      const Plain = WebSocket;
      globalThis.WebSocket = class extends Plain {
        constructor(url: string | URL, protocols?: string | string[]) {
          super(url, protocols);
          opened.push(String(protocols));
        }
      };
      const path = '/tayori.mjs';
      const { Channel, shareWebSocket } = await import(path);
      shareWebSocket();
      globalThis.told = {};
      globalThis.sockets = {};
      const allOpen = names.map(
        (name, i) =>
          new Promise((resolve) => {
            told[name] = [];
            sockets[name] = new Channel(given[i]).open({
              onopen: resolve,
              onmessage: ({ data }: { data: string }) => told[name]?.push(data),
              onerror: ({ code }: { code: number }) => told[name]?.push(`error ${code}`),
              onclose: () => told[name]?.push('closed'),
            });
          }),
      );
      await Promise.all(allOpen);
    },
    { names: NAMES, given: tokens },
  );
}

async function heard(it: Scene, count: number): Promise<Told> {
  await it.page.waitForFunction(
    (least) => Object.values(told).reduce((sum, texts) => sum + texts.length, 0) >= least,
    count,
  );
  return it.page.evaluate(() => told);
}

scene('each channel hears its own, and there is one WebSocket', async (it) => {
  await share(it);
  assert.deepEqual(await it.page.evaluate(() => opened), ['tayori.shared.v1']);
  const expected: Told = {};
  for (const name of NAMES) {
    expected[name] = [1, 2, 3].map((number) => `${name} ${number}\nkey`);
    for (const text of expected[name]) await it.server.sendMessage(`${it.clientId}-${name}`, text);
  }
  assert.deepEqual(await heard(it, 15), expected);
});

scene('one that closes leaves the others their connection', async (it) => {
  await share(it);
  await it.page.evaluate(() => sockets.two?.close());
  await heard(it, 1);
  await it.server.sendMessage(`${it.clientId}-one`, 'still here');
  assert.deepEqual(await heard(it, 2), { one: ['still here'], two: ['closed'], three: [], four: [], five: [] });
  assert.equal(await it.server.sendMessage(`${it.clientId}-two`, 'anyone?'), 0);
});

scene('all come back when the connection was lost, and miss nothing', async (it) => {
  // An attempt that fails while the line is down may be followed by one of another transport when it is up again.
  it.app.refuse('sse', 'poll');
  await share(it);
  it.app.setDown(true);
  for (const name of NAMES) await it.server.sendMessage(`${it.clientId}-${name}`, `for ${name}`);
  it.app.setDown(false);
  const told = await heard(it, 5);
  for (const name of NAMES) assert.deepEqual(told[name], [`for ${name}`]);
  const transports = await it.page.evaluate(() => Object.values(sockets).map((socket) => socket.transport));
  assert.deepEqual(new Set(transports), new Set(['websocket']));
});
