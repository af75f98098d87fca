import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exchange } from './exchange';

interface Served {
  /** What fetch was called with. */
  readonly asked: Array<{ url: string; init: RequestInit }>;
  readonly stream: ReadableStreamDefaultController<Uint8Array>;
}

/** Lets fetch answer `status` with a stream that the test feeds. */
function serve(status = 200): Served {
  const asked: Served['asked'] = [];
  let stream: ReadableStreamDefaultController<Uint8Array> | undefined;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      stream = controller;
    },
  });
  globalThis.fetch = async (url, init = {}) => {
    asked.push({ url: String(url), init });
    init.signal?.addEventListener('abort', () => stream?.error(new DOMException('', 'AbortError')));
    return new Response(body, { status });
  };
  assert.ok(stream);
  return { asked, stream };
}

/** A POST, with what it tells written down, its status last; `ended` comes true with its end. */
function post() {
  const log: unknown[] = [];
  let end: (value: boolean) => void = () => undefined;
  const ended = new Promise<boolean>((resolve) => {
    end = resolve;
  });
  const cancel = exchange(
    'http://app.example/x',
    'body',
    (text, status) => log.push([text, status]),
    (status) => {
      log.push(status);
      end(true);
    },
  );
  return { log, ended, cancel };
}

test('gives the body out as it comes, whole characters only', async () => {
  const { stream } = serve();
  const { log, ended } = post();
  const bytes = Buffer.from('便り');
  for (const part of [bytes.subarray(0, 4), bytes.subarray(4)]) stream.enqueue(part);
  stream.close();
  await ended;
  assert.deepEqual(log, [['便', 200], ['り', 200], 200]);
});

test('asks for no preflight, follows no redirect, keeps nothing', async () => {
  const { asked, stream } = serve(503);
  const { log, ended } = post();
  stream.enqueue(Buffer.from('no'));
  stream.close();
  await ended;
  const { signal: _, ...init } = asked[0]?.init ?? {};
  assert.deepEqual(init, { method: 'POST', body: 'body', redirect: 'error', cache: 'no-store' });
  assert.deepEqual(log, [['no', 503], 503]);
});

test('ends with a body that is cut, without one, and without an answer', async () => {
  const cut = serve();
  const first = post();
  cut.stream.enqueue(Buffer.from('half'));
  await new Promise((resolve) => setImmediate(resolve));
  cut.stream.error(new TypeError('network error'));
  await first.ended;
  assert.deepEqual(first.log, [['half', 200], 200]);
  for (const [answer, status] of [
    [async () => new Response(null, { status: 204 }), 204],
    [() => Promise.reject(new TypeError('failed')), 0],
  ] as const) {
    globalThis.fetch = answer;
    const { log, ended } = post();
    await ended;
    assert.deepEqual(log, [status]);
  }
});

test('tells nothing once it is cancelled', async () => {
  const { stream } = serve();
  const { log, cancel } = post();
  stream.enqueue(Buffer.from('x'));
  cancel();
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(log, []);
});
