// When a call is tried again, when it is given up, and what is told then.

import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { after, before, beforeEach, describe, test } from 'node:test';
import { type Call, Caller } from './caller.js';
import { TayoriError } from './error.js';
import { type ClientOptions, readSettings } from './settings.js';
import { type Line, problem, ScriptedServer } from './testing/scripted_server.js';

const GOOD = { cursor: 'e-1', sessions: 0 };
const PATIENCE_MS = 60_000;

let server: ScriptedServer;
let pauses: number[];

before(async () => {
  server = await ScriptedServer.start();
});

after(() => server.stop());

beforeEach(() => {
  pauses = [];
});

/** Pauses take no time here, and chance is always the same. */
function call(facts: Partial<Call> = {}, options: ClientOptions = {}): Promise<unknown> {
  const caller = new Caller(readSettings({ url: server.url, ...options }, {}), {
    wait: async (ms, signal) => {
      pauses.push(ms);
      signal.throwIfAborted();
    },
    random: () => 0,
  });
  const body = JSON.stringify({ message: 'm' });
  return caller.call({
    verb: 'broadcast',
    body,
    isRepeatable: false,
    timeoutMs: PATIENCE_MS,
    signal: undefined,
    ...facts,
  });
}

async function failure(outcome: Promise<unknown>): Promise<TayoriError> {
  const error = await outcome.then(
    () => assert.fail('did not fail'),
    (problem: unknown) => problem,
  );
  assert.ok(error instanceof TayoriError, String(error));
  return error;
}

/** A port where nobody listens. */
async function deafUrl(): Promise<string> {
  const listener = createServer();
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const { port } = listener.address() as { port: number };
  await new Promise((resolve) => listener.close(resolve));
  return `http://127.0.0.1:${port}`;
}

describe('what has certainly done nothing is tried again, without any key', () => {
  for (const code of ['overloaded', 'shutting_down', 'request_timeout']) {
    test(`the server says ${code}`, async () => {
      server.script(problem(code, 503), problem(code, 503), { body: GOOD });
      assert.deepEqual(await call(), GOOD);
      assert.equal(server.asked.length, 3);
      assert.deepEqual(pauses, [100, 200]);
    });
  }

  test('no connection comes about', async () => {
    const url = await deafUrl();
    const error = await failure(call({}, { url }));
    assert.equal(error.code, 'server_away');
    assert.equal(error.status, 0);
    assert.equal(error.mayHaveArrived, false);
    assert.match(error.detail, /ECONNREFUSED/);
    assert.deepEqual(pauses, [100, 200]);
  });

  test('each of the addresses of a name refuses', async () => {
    const refusal = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', syscall: 'connect' });
    const cause = Object.assign(new AggregateError([refusal, refusal]), { code: 'ECONNREFUSED' });
    const fetch = async () => Promise.reject(new TypeError('fetch failed', { cause }));
    const error = await failure(call({}, { fetch }));
    assert.equal(error.mayHaveArrived, false);
    assert.equal(error.detail, 'ECONNREFUSED');
    assert.equal(pauses.length, 2);
  });

  test('as long after as the server asks for', async () => {
    const { status, body } = problem('overloaded', 503) as { status: number; body: object };
    server.script({ status, body, fields: { 'retry-after': '7' } }, { body: GOOD });
    assert.deepEqual(await call(), GOOD);
    assert.deepEqual(pauses, [7_000]);
  });

  test('not when that would be after the end of its time', async () => {
    const { status, body } = problem('overloaded', 503) as { status: number; body: object };
    server.script({ status, body, fields: { 'retry-after': '61' } }, { body: GOOD });
    assert.equal((await failure(call())).code, 'overloaded');
    assert.deepEqual(pauses, []);
  });

  test('as many times as the client was told', async () => {
    server.script(problem('overloaded', 503), { body: GOOD });
    assert.equal((await failure(call({}, { retries: 0 }))).code, 'overloaded');
    server.script(...Array<Line>(6).fill(problem('overloaded', 503)), { body: GOOD });
    assert.deepEqual(await call({}, { retries: 6 }), GOOD);
    assert.deepEqual(pauses, [100, 200, 400, 800, 1600, 2000]);
  });
});

describe('where nobody can tell, only what is repeatable is tried again', () => {
  const LINES: readonly (readonly [string, Line, string])[] = [
    ['the connection ends before an answer', 'hang up', 'server_away'],
    ['the connection ends within the answer', 'hang up in the answer', 'server_away'],
    ['something unexpected went wrong on the server', problem('internal_error', 500), 'internal_error'],
    ['a proxy says 502', { status: 502, body: '<h1>Bad Gateway</h1>' }, 'not_an_answer'],
    ['a proxy says 503', { status: 503, body: '<h1>Away</h1>' }, 'not_an_answer'],
    ['a proxy says 504', { status: 504, body: '' }, 'not_an_answer'],
  ];
  for (const [what, line, code] of LINES) {
    test(what, async () => {
      server.script(line, { body: GOOD });
      const error = await failure(call());
      assert.equal(error.code, code);
      assert.equal(error.mayHaveArrived, true);
      assert.equal(server.asked.length, 1);
      server.script(line, { body: GOOD });
      assert.deepEqual(await call({ isRepeatable: true }), GOOD);
      assert.equal(server.asked.length, 2);
    });
  }
});

describe('what would fail again is not tried again, not even with a key', () => {
  const LINES: readonly (readonly [string, Line, string, number])[] = [
    ['a refusal', problem('invalid_message', 400), 'invalid_message', 400],
    ['a wrong key', problem('unauthorized', 401), 'unauthorized', 401],
    ['a conflict', problem('idempotency_conflict', 409), 'idempotency_conflict', 409],
    ['an error of a newer server', problem('of_tomorrow', 400), 'of_tomorrow', 400],
    ['another server', { status: 404, body: '<h1>Not Found</h1>' }, 'not_an_answer', 404],
    ['a redirect', { status: 307, body: '', fields: { location: '/elsewhere' } }, 'not_an_answer', 307],
    ['a page instead of an answer', { body: '<h1>Hello</h1>' }, 'not_an_answer', 200],
    ['JSON that is no object', { body: '1' }, 'not_an_answer', 200],
  ];
  for (const [what, line, code, status] of LINES) {
    test(what, async () => {
      server.script(line, { body: GOOD });
      const error = await failure(call({ isRepeatable: true }));
      assert.deepEqual([error.code, error.status], [code, status]);
      assert.equal(server.asked.length, 1);
    });
  }
});

describe('a call ends', () => {
  test('with timed_out when its time is over', async () => {
    server.script('silence');
    const error = await failure(call({ timeoutMs: 50, isRepeatable: true }));
    assert.deepEqual([error.code, error.status, error.mayHaveArrived], ['timed_out', 0, true]);
    assert.match(error.detail, /50 ms/);
  });

  test("with the reason of the caller's signal while it waits for an answer", async () => {
    server.script('silence');
    const controller = new AbortController();
    const outcome = call({ signal: controller.signal });
    controller.abort(new Error('enough'));
    await assert.rejects(outcome, { message: 'enough' });
  });

  test('with that of AbortSignal.timeout, which is a signal like any other', async () => {
    server.script('silence');
    await assert.rejects(call({ signal: AbortSignal.timeout(20) }), { name: 'TimeoutError' });
  });

  test('before anything is sent when the signal was aborted already', async () => {
    server.script({ body: GOOD });
    await assert.rejects(call({ signal: AbortSignal.abort() }), { name: 'AbortError' });
    assert.equal(server.asked.length, 0);
  });

  test('in the pause between two tries', async () => {
    const controller = new AbortController();
    const caller = new Caller(readSettings({ url: server.url }, {}), {
      wait: async (_, signal) => {
        controller.abort(new Error('enough'));
        signal.throwIfAborted();
      },
      random: () => 0,
    });
    server.script(problem('overloaded', 503), { body: GOOD });
    const facts = { verb: 'broadcast', body: '{}', isRepeatable: false, timeoutMs: PATIENCE_MS };
    await assert.rejects(caller.call({ ...facts, signal: controller.signal }), { message: 'enough' });
    assert.equal(server.asked.length, 1);
  });
});

test('many clients do not come back as one: a pause is shortened by chance, by up to half', async () => {
  const shortened: number[] = [];
  const caller = new Caller(readSettings({ url: server.url }, {}), {
    wait: async (ms) => {
      shortened.push(ms);
    },
    random: () => 0.5,
  });
  server.script(problem('overloaded', 503), problem('overloaded', 503), { body: GOOD });
  await caller.call({ verb: 'broadcast', body: '{}', isRepeatable: false, timeoutMs: PATIENCE_MS, signal: undefined });
  assert.deepEqual(shortened, [75, 150]);
});
