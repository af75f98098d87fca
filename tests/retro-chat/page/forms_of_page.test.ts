// What the page does with answers, and without.

import assert from 'node:assert/strict';
import { afterEach, mock, test } from 'node:test';
import { read, send } from '../../../apps/retro-chat/page/forms';

const FIELDS = new URLSearchParams({ line: 'hello' });

/** Answers the next requests; returns what they were. */
function answerWith(answer: (init: RequestInit) => Promise<Response>): RequestInit[] {
  const asked: RequestInit[] = [];
  mock.method(globalThis, 'fetch', (_address: string, init: RequestInit) => {
    asked.push(init);
    return answer(init);
  });
  return asked;
}

/** A server that takes the connection, and never answers. */
const never = (init: RequestInit) =>
  new Promise<Response>((_resolve, reject) => {
    init.signal?.addEventListener('abort', () => reject(new Error('aborted')));
  });

/** Keeps the alarms that are set, to be rung by hand. */
function alarms(): { ring: () => void; after: number | undefined }[] {
  const set: { ring: () => void; after: number | undefined }[] = [];
  mock.method(globalThis, 'setTimeout', (ring: () => void, after?: number) => set.push({ ring, after }));
  return set;
}

afterEach(() => mock.restoreAll());

test('an answer, a refusal, and something else that answers in the server’s place', async () => {
  const asked = answerWith(async () => Response.json({ last: 7 }));
  assert.deepEqual(await send('/poll', FIELDS), { ok: true, value: { last: 7 } });
  assert.equal(asked[0]?.method, 'POST');
  assert.equal(asked[0]?.keepalive, true);
  const refusal = { status: 429, code: 'lines_too_fast', title: 'Slowly.' };
  answerWith(async () => Response.json(refusal, { status: 429 }));
  assert.deepEqual(await send('/speak', FIELDS), { ok: false, refusal });
  assert.equal(await read('/older'), undefined);
  answerWith(async () => new Response('<h1>Bad Gateway</h1>', { status: 502 }));
  assert.deepEqual(await send('/speak', FIELDS), { ok: false });
});

test('who does not answer within twenty seconds is out of reach', async () => {
  const set = alarms();
  answerWith(never);
  const sent = send('/speak', FIELDS);
  const got = read('/older');
  assert.deepEqual(
    set.map((each) => each.after),
    [20_000, 20_000],
  );
  for (const each of set) each.ring();
  assert.deepEqual(await sent, { ok: false });
  assert.equal(await got, undefined);
});

test('a body that stops half way counts as no answer', async () => {
  const set = alarms();
  answerWith(async (init) => {
    const body = new ReadableStream({
      start: (controller) => init.signal?.addEventListener('abort', () => controller.error(new Error('aborted'))),
    });
    return new Response(body);
  });
  const sent = send('/speak', FIELDS);
  for (const each of set) each.ring();
  assert.deepEqual(await sent, { ok: false });
});
