// The calls: what goes over the wire for each, and what comes of the answer.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Client, TayoriError } from './index.js';
import { problem, ScriptedServer } from './testing/scripted_server.js';

let server: ScriptedServer;
let tayori: Client;

before(async () => {
  server = await ScriptedServer.start();
  tayori = new Client({ url: server.url, apiKey: 'the-key' });
});

after(() => server.stop());

const SENT = { cursor: 'e-1', sessions: 2 };

/** A call, what it has to send, what it is answered, and what it has to make of that (the answer itself when missing). */
const CALLS: readonly {
  name: string;
  call: () => Promise<unknown>;
  path: string;
  sends: object;
  answer: object;
  gives?: object;
}[] = [
  {
    name: 'createChannel',
    call: () => tayori.createChannel({ clientId: 'ann', durationMinutes: 5, groups: ['room 1'], policy: 'replace' }),
    path: '/v1/create_channel',
    sends: { client_id: 'ann', duration_minutes: 5, groups: ['room 1'], policy: 'replace' },
    answer: { token: 't', client_id: 'ann', expires_at: '2026-01-31T12:00:00Z' },
    gives: { token: 't', clientId: 'ann', expiresAt: new Date('2026-01-31T12:00:00Z') },
  },
  {
    name: 'sendMessage',
    call: () =>
      tayori.sendMessage({ clientId: 'ann', message: 'hello', idempotencyKey: 'k', wait: 'ack', timeoutS: 3 }),
    path: '/v1/send_message',
    sends: { client_id: 'ann', message: 'hello', idempotency_key: 'k', wait: 'ack', timeout_s: 3 },
    answer: { ...SENT, repeated: true, verdict: 'delivered' },
  },
  {
    name: 'sendGroup',
    call: () => tayori.sendGroup({ group: 'room 1', message: 'hello', idempotencyKey: undefined }),
    path: '/v1/send_group',
    sends: { group: 'room 1', message: 'hello' },
    answer: SENT,
  },
  {
    name: 'broadcast',
    call: () => tayori.broadcast({ message: 'früh\r\n便り' }),
    path: '/v1/broadcast',
    sends: { message: 'früh\r\n便り' },
    answer: SENT,
  },
  {
    name: 'joinGroup',
    call: () => tayori.joinGroup({ group: 'room 1', clientId: 'ann' }),
    path: '/v1/join_group',
    sends: { group: 'room 1', client_id: 'ann' },
    answer: { cursor: 'e-2', members: 1 },
  },
  {
    name: 'leaveGroup',
    call: () => tayori.leaveGroup({ group: 'room 1', clientId: 'ann' }),
    path: '/v1/leave_group',
    sends: { group: 'room 1', client_id: 'ann' },
    answer: { cursor: 'e-3', members: 0 },
  },
  {
    name: 'groups',
    call: () => tayori.groups({ clientId: 'ann', after: 'x', limit: 1 }),
    path: '/v1/groups',
    sends: { client_id: 'ann', after: 'x', limit: 1 },
    answer: { groups: [{ group: 'room 1', members: 1 }], next: null },
  },
  {
    name: 'presence',
    call: () => tayori.presence({ clientIds: ['ann'] }),
    path: '/v1/presence',
    sends: { client_ids: ['ann'] },
    answer: {
      clients: [{ client_id: 'ann', sessions: 1, since: '2026-01-31T12:00:00.5Z' }],
      next: null,
      cursor: 'e-4',
    },
    gives: {
      clients: [{ clientId: 'ann', sessions: 1, since: new Date('2026-01-31T12:00:00.500Z') }],
      next: null,
      cursor: 'e-4',
    },
  },
  {
    name: 'presenceEvents',
    call: () => tayori.presenceEvents({ eventsSince: 'e-1', limit: 5 }),
    path: '/v1/presence',
    sends: { events_since: 'e-1', limit: 5 },
    answer: {
      events: [{ type: 'disconnected', client_id: 'ann', generation: 2, at: '2026-01-31T12:00:00Z', reason: 'lost' }],
      cursor: 'e-5',
      more: false,
      gap: { from: 'e-1', to: 'e-2' },
    },
    gives: {
      events: [
        {
          type: 'disconnected',
          clientId: 'ann',
          generation: 2,
          at: new Date('2026-01-31T12:00:00Z'),
          reason: 'lost',
        },
      ],
      cursor: 'e-5',
      more: false,
      gap: { from: 'e-1', to: 'e-2' },
    },
  },
  {
    name: 'disconnect',
    call: () => tayori.disconnect({ clientId: 'ann', reason: 'good night', revoke: true }),
    path: '/v1/disconnect',
    sends: { client_id: 'ann', reason: 'good night', revoke: true },
    answer: { cursor: 'e-6', sessions: 1 },
  },
  {
    name: 'history',
    call: () => tayori.history({ everyone: true, after: 'e-1' }),
    path: '/v1/history',
    sends: { everyone: true, after: 'e-1' },
    answer: { messages: [{ cursor: 'e-2', message: 'hello' }], cursor: 'e-2', more: false, gap: null },
  },
  {
    name: 'server',
    call: () => tayori.server(),
    path: '/v1/server',
    sends: {},
    answer: { version: '1.2.3', public_url: 'https://push.example.org', prefix: '/p/' },
    gives: { version: '1.2.3', publicUrl: 'https://push.example.org', prefix: '/p/' },
  },
];

describe('a call', () => {
  for (const { name, call, path, sends, answer, gives = answer } of CALLS) {
    test(`${name} posts what the contract says, and answers in names and times of JavaScript`, async () => {
      server.script({ body: answer });
      assert.deepEqual(await call(), gives);
      const [asked] = server.asked;
      assert.deepEqual(asked?.body, sends);
      assert.equal(asked?.path, path);
      assert.equal(asked?.method, 'POST');
      assert.equal(asked?.fields['content-type'], 'application/json');
      assert.equal(asked?.fields.authorization, 'Bearer the-key');
    });
  }

  test('that is refused fails with the code, status and detail of the problem document', async () => {
    server.script(problem('invalid_client_id', 400, 'client_id has 300 bytes'));
    await assert.rejects(tayori.createChannel({ clientId: 'a'.repeat(300) }), (error: unknown) => {
      assert.ok(error instanceof TayoriError);
      const { name, code, status, detail, mayHaveArrived } = error;
      assert.deepEqual(
        { name, code, status, detail, mayHaveArrived },
        {
          name: 'TayoriError',
          code: 'invalid_client_id',
          status: 400,
          detail: 'client_id has 300 bytes',
          mayHaveArrived: false,
        },
      );
      return true;
    });
  });

  test('goes below the path of the address, and without a key when there is none', async () => {
    server.script({ body: SENT });
    await new Client({ url: new URL('below', server.url) }).broadcast({ message: 'm' });
    assert.equal(server.asked[0]?.path, '/below/v1/broadcast');
    assert.equal(server.asked[0]?.fields.authorization, undefined);
  });

  test('that waits for a verdict has that much more time', async () => {
    const times: number[] = [];
    const patient = new Client({
      timeoutMs: 1,
      fetch: async (_, { signal }) => {
        // The limit of 1 ms passes here; the call has 1 s more.
        await new Promise((resolve) => setTimeout(resolve, 30));
        times.push(signal?.aborted ? 0 : 1);
        return new Response(JSON.stringify({ ...SENT, verdict: 'queued' }));
      },
    });
    const { verdict } = await patient.sendMessage({ clientId: 'ann', message: 'm', wait: 'ack', timeoutS: 1 });
    assert.equal(verdict, 'queued');
    assert.deepEqual(times, [1]);
  });
});

describe('a batch', () => {
  test('has a result for each entry, those not sent as errors', async () => {
    const { body } = problem('invalid_message', 400) as { body: object };
    server.script({ body: { results: [SENT, { error: body }] } });
    const { results } = await tayori.batch({
      sends: [
        { clientId: 'ann', message: 'one' },
        { group: 'room 1', message: '' },
      ],
    });
    assert.deepEqual(server.asked[0]?.body, {
      sends: [
        { client_id: 'ann', message: 'one' },
        { group: 'room 1', message: '' },
      ],
    });
    const [sent, notSent] = results;
    assert.deepEqual(sent, SENT);
    assert.ok(notSent && 'error' in notSent && notSent.error instanceof TayoriError);
    assert.equal(notSent.error.code, 'invalid_message');
    assert.equal(notSent.error.status, 400);
  });

  test('is repeated when nobody can tell only if every entry has a key', async () => {
    const sends = [{ everyone: true, message: 'one', idempotencyKey: 'a' } as const];
    server.script('hang up', { body: { results: [SENT] } });
    assert.deepEqual(await tayori.batch({ sends }), { results: [SENT] });
    server.script('hang up', { body: { results: [SENT, SENT] } });
    await assert.rejects(tayori.batch({ sends: [...sends, { group: 'g', message: 'two' }] }), { code: 'server_away' });
    assert.equal(server.asked.length, 1);
  });
});
