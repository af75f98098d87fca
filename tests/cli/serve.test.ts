// A server's life: ready when it says so, gone soon after it is told to go.

import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { type TestContext, test } from 'node:test';
import { ANY_PORTS, KEYS, Serving, tayori } from './harness/program';

/** How long a process may take from the signal to its end. */
const END_MS = 5_000;

/** A server that is gone when the test is over, however that ends. */
async function serve(t: TestContext, command = 'serve'): Promise<Serving> {
  const serving = await Serving.start([command, ...ANY_PORTS], command === 'serve' ? KEYS : {});
  t.after(() => serving.stop());
  return serving;
}

async function endOf(serving: Serving, signal: 'SIGTERM' | 'SIGINT'): Promise<number | null> {
  const timer = setTimeout(() => serving.signal('SIGKILL'), END_MS);
  serving.signal(signal);
  const { code } = await serving.ended;
  clearTimeout(timer);
  return code;
}

test('says where it listens once it does, and nothing else on standard output', async (t) => {
  const serving = await serve(t);
  assert.match(serving.stdout, /^public {2}http:\/\/127\.0\.0\.1:\d+\/\ninternal http:\/\/127\.0\.0\.1:\d+\/\n$/);
  const [script, health] = await Promise.all([
    fetch(new URL('_ah/channel/jsapi', serving.publicUrl)),
    fetch(new URL('healthz', serving.internalUrl)),
  ]);
  assert.deepEqual([script.status, health.status], [200, 200]);
});

test('SIGTERM and SIGINT end it with 0 within 5 s', async (t) => {
  for (const command of ['serve', 'dev']) {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const serving = await serve(t, command);
      assert.equal(await endOf(serving, signal), 0, `${command} ${signal}`);
    }
  }
});

test('SIGTERM ends it with 0 within 5 s while pages are connected', async (t) => {
  const serving = await serve(t);
  // A kept connection and a request that never gets complete.
  await (await fetch(new URL('_ah/channel/jsapi', serving.publicUrl))).text();
  const half = connect(Number(new URL(serving.publicUrl).port), '127.0.0.1');
  half.on('error', () => undefined);
  await new Promise<void>((resolve) => half.write('GET / HTTP/1.1\r\nHost: a\r\n', () => resolve()));
  assert.equal(await endOf(serving, 'SIGTERM'), 0);
  half.destroy();
});

test('an address that is taken is named', async (t) => {
  const serving = await serve(t);
  const taken = new URL(serving.publicUrl).host;
  const { code, stdout, stderr } = await tayori(['serve', '--public', taken, '--internal', '127.0.0.1:0'], KEYS);
  assert.equal(code, 1);
  assert.equal(stdout, '');
  assert.match(stderr, new RegExp(taken));
});
