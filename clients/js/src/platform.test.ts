// What a browser may have, lack or refuse.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { browser } from './platform';

/** Stands in for a part of the browser. */
function provide(name: 'navigator' | 'localStorage' | 'fetch', value: unknown): void {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}

beforeEach(() => {
  for (const name of ['navigator', 'localStorage'] as const) provide(name, undefined);
});

/** What is got of a lock, once the browser has answered. */
async function lock(): Promise<(() => void) | undefined> {
  return new Promise((resolve) => browser.lock('a', resolve));
}

test('every lock is free without Web Locks, and where the page may not use them', async () => {
  provide('navigator', {});
  assert.equal(typeof (await lock()), 'function');
  provide('navigator', { locks: { request: () => Promise.reject(new DOMException('', 'SecurityError')) } });
  assert.equal(typeof (await lock()), 'function');
});

test('a lock is held until it is released, and asked for only if it is free', async () => {
  const asked: unknown[] = [];
  let isHeld = false;
  const request = async (name: string, options: object, run: (granted: object | null) => unknown): Promise<void> => {
    asked.push([name, options]);
    if (isHeld) {
      await run(null);
      return;
    }
    isHeld = true;
    await run({});
    isHeld = false;
  };
  provide('navigator', { locks: { request } });
  const release = await lock();
  assert.equal(await lock(), undefined);
  release?.();
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(typeof (await lock()), 'function');
  assert.deepEqual(asked[0], ['a', { ifAvailable: true }]);
});

test('a beacon that the browser does not take goes by a request that outlives the page', () => {
  const sent: unknown[] = [];
  provide('fetch', async (...request: unknown[]) => sent.push(['fetch', ...request]));
  for (const sendBeacon of [
    undefined,
    () => false,
    (...request: unknown[]) => {
      sent.push(['beacon', ...request]);
      return true;
    },
  ]) {
    provide('navigator', { sendBeacon });
    browser.beacon('/close', '{}');
  }
  const byFetch = ['fetch', '/close', { method: 'POST', body: '{}', keepalive: true }];
  assert.deepEqual(sent, [byFetch, byFetch, ['beacon', '/close', '{}']]);
});

test('keeps things in storage, or in memory where that refuses', () => {
  const store = new Map<string, string>();
  provide('localStorage', {
    getItem: (key: string) => store.get(key) ?? null,
    setItem: (key: string, value: string) => store.set(key, value),
  });
  browser.keep('a', '1');
  assert.deepEqual([...store], [['a', '1']]);
  assert.equal(browser.recall('a'), '1');
  assert.equal(browser.recall('b'), null);
  const refuse = (): never => {
    throw new DOMException('', 'SecurityError');
  };
  provide('localStorage', { getItem: refuse, setItem: refuse });
  browser.keep('a', '2');
  assert.equal(browser.recall('a'), '2');
  assert.equal(browser.recall('b'), undefined);
});
