// The running server against spec/openapi.yaml: requests made from the schemas, and every answer held against its own.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { parse } from 'yaml';
import { TayoriServer } from '../browser/harness/tayori_server';
import { Contract, type Operation } from './harness/contract';
import { Judge } from './harness/judge';
import { LIMITS } from './harness/limits';
import { type Case, Requests, seeded } from './harness/requests';
import { STORIES } from './harness/stories';
import { Words } from './harness/values';
import { Witness } from './harness/witness';

const TIMEOUT_MS = 30_000;
const ROOT = process.env.TAYORI_ROOT ?? '.';
const SEED = Number(process.env.TAYORI_TEST_SEED ?? 1);

/** What need not occur here, and why. */
const EXCUSED: ReadonlyMap<string, string> = new Map([
  ['code internal_error', 'nothing from outside brings it about'],
  ['code shutting_down', 'a server that stops takes no new connections, so an answer would be a matter of luck'],
  ['PresenceEvents.events[].reason = shutdown', 'whoever could be asked afterwards has another log'],
  ['PresenceEvents.events[].reason = replaced', 'whoever replaces a page is here, so that nobody goes'],
]);

const yaml = readFileSync(join(ROOT, 'spec/openapi.yaml'), 'utf8');
const contract = new Contract(yaml);
const witness = new Witness(contract);
const calls = contract.operations.filter(({ request }) => request);

function statuses(): Map<string, number> {
  const { codes } = JSON.parse(readFileSync(join(ROOT, 'spec/codes.json'), 'utf8')) as {
    codes: readonly { readonly name: string; readonly http: number }[];
  };
  return new Map(codes.map(({ name, http }) => [name, http]));
}

describe('the document', () => {
  test('is OpenAPI 3.1', async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate(parse(yaml) as Record<string, unknown>);
    assert.ok(valid, JSON.stringify(errors));
    assert.equal(validator.version, '3.1');
  });

  for (const { id, path, request, answers } of contract.operations) {
    test(`${id}: its schemas are JSON schemas of 2020-12, and its example fits`, () => {
      assert.equal(path.replace(/^\/v1\/|\.yaml$/g, ''), id);
      if (request) assert.equal(contract.faults(request.schema, request.example), '');
      // A schema that is none is refused here, whatever the value.
      for (const { schema } of answers.values()) contract.faults(schema, null);
    });
  }

  test('has every route below /v1 that the server has, and no other', () => {
    const sources = readdirSync(join(ROOT, 'src/api')).filter(
      (name) => name.endsWith('.cc') && !name.endsWith('_test.cc'),
    );
    const routes = sources.flatMap((name) => {
      const text = readFileSync(join(ROOT, 'src/api', name), 'utf8');
      const literal = [...text.matchAll(/"(\/v1\/[^"]+)"/g)].map(([, route = '']) => route);
      const calls = [...text.matchAll(/add_call\(router, backend, "(\w+)"/g)].map(([, call = '']) => `/v1/${call}`);
      return [...literal, ...calls];
    });
    assert.deepEqual([...new Set(routes)].sort(), contract.operations.map(({ path }) => path).sort());
  });
});

describe('the server', () => {
  let server: TayoriServer;
  let judge: Judge;
  const words = new Words();
  let cursor = '';
  const requests = new Requests(
    contract,
    words,
    new Map<string, () => unknown>([
      ['sends', () => [{ client_id: words.next(), message: 'm' }]],
      ['sends[]', () => ({ client_id: words.next(), message: 'm' })],
      ['after', () => cursor],
      ['events_since', () => cursor],
    ]),
    seeded(SEED),
  );

  before(async () => {
    server = await TayoriServer.start({
      // A page that breaks off is soon gone; a request that stops in the middle soon given up.
      TAYORI_PRESENCE_GRACE_S: '1',
      TAYORI_HTTP_BODY_TIMEOUT_S: '1',
    });
    judge = new Judge(contract, witness, statuses(), server);
    cursor = String((await judge.taken('broadcast', { message: 'the first' })).cursor);
  });
  after(() => server?.stop());

  for (const operation of calls) {
    test(`${operation.id} takes what the contract allows and refuses the rest`, { timeout: TIMEOUT_MS }, async (it) => {
      const cases = requests.of(operation.id, operation.request?.schema ?? {});
      it.diagnostic(`${cases.length} requests, seed ${SEED}`);
      for (const one of cases) await holds(operation, one);
    });
  }

  async function holds({ id }: Operation, { body, is }: Case): Promise<void> {
    const { status, body: answer } = await judge.call(id, body);
    const where = `${id} ${JSON.stringify(body).slice(0, 300)} is ${is}: ${status} ${JSON.stringify(answer).slice(0, 300)}`;
    if (is === 'taken') assert.equal(status, 200, where);
    else if (is === 'either') assert.ok(status === 200 || status === 400, where);
    // What is wrong within an entry of a batch may be told in its place.
    else if (status === 200 && id === 'batch') assert.ok(areAllRefused(answer.results), where);
    else assert.equal(status, 400, where);
  }

  function areAllRefused(results: unknown): boolean {
    return Array.isArray(results) && results.length > 0 && results.every((result) => 'error' in result);
  }

  test('batch sends what is good of its entries, and only that', { timeout: TIMEOUT_MS }, async () => {
    const good = { client_id: 'ann', message: 'm' };
    for (const { body: entry, is } of requests.of('Send', contract.schema('Send'))) {
      const { status, body } = await judge.call('batch', { sends: [good, entry, good] });
      const where = `${JSON.stringify(entry).slice(0, 300)} is ${is}: ${status} ${JSON.stringify(body).slice(0, 300)}`;
      if (is === 'refused' && status === 400) continue;
      assert.equal(status, 200, where);
      const kinds = (body.results as object[]).map((result) => ('error' in result ? 'refused' : 'taken'));
      assert.deepEqual(kinds, ['taken', is, 'taken'], where);
    }
  });

  for (const { operation, what, body, code } of LIMITS) {
    test(`${operation} ${code === null ? 'takes' : 'refuses'} ${what}`, async () => {
      const answer = await judge.call(operation, body);
      assert.deepEqual([answer.status, answer.body.code], code === null ? [200, undefined] : [400, code]);
    });
  }

  test('refuses what its limits leave no room for, and goes on', { timeout: TIMEOUT_MS }, async () => {
    const small = await TayoriServer.start({ TAYORI_GROUPS_MEMBERSHIPS: '1', TAYORI_TOKENS_REVOCATIONS: '1' });
    try {
      const there = new Judge(contract, witness, statuses(), small);
      for (const [operation, members] of [
        ['join_group', { group: 'room' }],
        ['disconnect', { revoke: true }],
      ] as const) {
        await there.taken(operation, { ...members, client_id: 'ann' });
        const { status, body } = await there.call(operation, { ...members, client_id: 'bob' });
        assert.deepEqual([status, body.code], [503, 'overloaded']);
      }
      await there.taken('leave_group', { group: 'room', client_id: 'ann' });
      await there.taken('join_group', { group: 'room', client_id: 'bob' });
    } finally {
      await small.stop();
    }
  });

  for (const operation of calls) {
    test(`${operation.id} takes nothing but one JSON object, by its type, of a size, with the key`, async () => {
      await refusesOtherBodies(operation);
      await refusesOtherTypes(operation);
      await refusesOtherKeys(operation);
      const large = await judge.begin(operation, { 'content-length': '1000000000' });
      assert.equal(large.status, 413);
    });
  }

  async function refusesOtherBodies(operation: Operation): Promise<void> {
    const deep = `{"client_id":${'['.repeat(17)}${']'.repeat(17)}}`;
    const texts = ['', ' ', '[]', '"x"', '1', 'null', '{', '{}x', '{}{}', '{"a":1,"a":1}', "{'a':1}", '{"a":1,}', deep];
    for (const text of texts) assert.equal((await judge.send(operation, text)).status, 400, text);
    const noText = new Uint8Array([...'{"client_id":"'].map((c) => c.charCodeAt(0)).concat(0xff, 0x22, 0x7d));
    assert.equal((await judge.send(operation, noText)).status, 400, 'not UTF-8');
  }

  async function refusesOtherTypes(operation: Operation): Promise<void> {
    const example = JSON.stringify(operation.request?.example);
    const key = { authorization: `Bearer ${judge.key}` };
    for (const type of ['text/plain', 'application/jsonx', 'application/x-www-form-urlencoded']) {
      assert.equal((await judge.send(operation, example, { ...key, 'content-type': type })).status, 415, type);
    }
    assert.equal((await judge.send(operation, example, key)).status, 415, 'no type');
    for (const type of ['application/json; charset=utf-8', 'Application/JSON']) {
      assert.equal((await judge.send(operation, example, { ...key, 'content-type': type })).status, 200, type);
    }
  }

  async function refusesOtherKeys(operation: Operation): Promise<void> {
    const example = JSON.stringify(operation.request?.example);
    const type = { 'content-type': 'application/json' };
    const wrong = [{}, { authorization: 'Bearer wrong' }, { authorization: judge.key }, { 'x-api-key': 'wrong' }];
    for (const key of wrong) {
      const { status, body } = await judge.send(operation, example, { ...type, ...key });
      assert.deepEqual([status, body.code], [401, 'unauthorized'], JSON.stringify(Object.keys(key)));
    }
    assert.equal((await judge.send(operation, example, { ...type, 'x-api-key': judge.key })).status, 200);
  }

  test('gives up a request that stops in the middle, and one whose head is too large', {
    timeout: TIMEOUT_MS,
  }, async () => {
    const operation = contract.operation('broadcast');
    assert.equal((await judge.begin(operation, { 'content-length': '10' }, '{')).status, 408);
    assert.equal((await judge.begin(operation, { 'x-long': 'x'.repeat(20_000) })).status, 431);
  });

  for (const [story, tell] of Object.entries(STORIES)) {
    test(`tells the same in a story: ${story}`, { timeout: TIMEOUT_MS }, async () => {
      await tell({ judge, server, word: words.next() });
    });
  }

  test('serves the document byte for byte, without a key', async () => {
    const operation = contract.operation('openapi');
    assert.equal(operation.needsKey, false);
    const { TAYORI_URL } = server.backendEnvironment;
    const answer = await fetch(new URL(operation.path, TAYORI_URL));
    const bytes = Buffer.from(await answer.arrayBuffer());
    judge.hear(operation, answer.status, answer.headers.get('content-type') ?? '', bytes.toString());
    assert.ok(bytes.equals(readFileSync(join(ROOT, 'spec/openapi.yaml'))));
  });

  test('answers no other method on these paths, and says which one it does', async () => {
    for (const { method, path } of contract.operations) {
      const allowed = method === 'GET' ? ['GET', 'HEAD'] : [method];
      for (const other of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
        if (allowed.includes(other)) continue;
        assert.deepEqual(
          await judge.stray(other, path),
          { status: 405, allow: allowed.join(', ') },
          `${other} ${path}`,
        );
      }
    }
  });

  test('knows no other path below /v1', async () => {
    const paths = contract.operations.flatMap(({ path }) => [`${path}/`, `${path}/x`, path.toUpperCase(), `${path}s`]);
    const known = new Set(contract.operations.map(({ path }) => path));
    for (const path of ['/v1', '/v1/', '/v1/nothing', '/v2/broadcast', ...paths.filter((path) => !known.has(path))]) {
      for (const method of ['GET', 'POST'])
        assert.equal((await judge.stray(method, path)).status, 404, `${method} ${path}`);
    }
  });

  test('has shown by now all that the document promises', () => {
    const excused = new Set(EXCUSED.keys());
    assert.deepEqual(witness.needless(excused), []);
    assert.deepEqual(witness.missing(excused), []);
  });
});
