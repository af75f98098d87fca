// All pages of an answer as one: what is asked for in turn, and what the listing knows at its end.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Client } from './index.js';
import { problem, ScriptedServer } from './testing/scripted_server.js';

let server: ScriptedServer;
let tayori: Client;

before(async () => {
  server = await ScriptedServer.start();
  tayori = new Client({ url: server.url });
});

after(() => server.stop());

async function collected<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const bodies = (): unknown[] => server.asked.map(({ body }) => body);
const history = (messages: string[], cursor: string, more: boolean, gap: object | null = null) => ({
  body: { messages: messages.map((message) => ({ cursor, message })), cursor, more, gap },
});

describe('all', () => {
  test('groups: each page begins at the next of the one before', async () => {
    server.script(
      { body: { groups: [{ group: 'a', members: 1 }], next: 'a' } },
      { body: { groups: [{ group: 'b', members: 2 }], next: null } },
    );
    const listing = tayori.allGroups({ clientId: 'ann', limit: 1 });
    assert.deepEqual(await collected(listing), [
      { group: 'a', members: 1 },
      { group: 'b', members: 2 },
    ]);
    assert.deepEqual(bodies(), [
      { client_id: 'ann', limit: 1 },
      { client_id: 'ann', limit: 1, after: 'a' },
    ]);
    assert.equal(listing.cursor, undefined);
  });

  test('present: the cursor is the first page’s, so that no edge between two pages is missed', async () => {
    const ann = { client_id: 'ann', sessions: 1, since: '2026-01-31T12:00:00Z' };
    server.script(
      { body: { clients: [ann], next: 'ann', cursor: 'e-1' } },
      { body: { clients: [{ ...ann, client_id: 'bob' }], next: null, cursor: 'e-5' } },
    );
    const listing = tayori.allPresent({ group: 'room 1' });
    assert.deepEqual(
      (await collected(listing)).map(({ clientId }) => clientId),
      ['ann', 'bob'],
    );
    assert.deepEqual(bodies(), [{ group: 'room 1' }, { group: 'room 1', after: 'ann' }]);
    assert.equal(listing.cursor, 'e-1');
  });

  test('history: an empty page with more behind it is not the end, and gaps are kept', async () => {
    const gap = { from: 'e-0', to: 'e-1' };
    server.script(history(['one'], 'e-2', true, gap), history([], 'e-3', true), history(['two'], 'e-4', false));
    const listing = tayori.allHistory({ clientId: 'ann', after: 'e-0' });
    assert.deepEqual(
      (await collected(listing)).map(({ message }) => message),
      ['one', 'two'],
    );
    assert.deepEqual(bodies(), [
      { client_id: 'ann', after: 'e-0' },
      { client_id: 'ann', after: 'e-2' },
      { client_id: 'ann', after: 'e-3' },
    ]);
    assert.equal(listing.cursor, 'e-4');
    assert.deepEqual(listing.gaps, [gap]);
  });

  test('presence events: the cursor is where to go on', async () => {
    const event = { type: 'connected', client_id: 'ann', generation: 1, at: '2026-01-31T12:00:00Z' };
    server.script(
      { body: { events: [event], cursor: 'e-2', more: true, gap: null } },
      { body: { events: [], cursor: 'e-9', more: false, gap: null } },
    );
    const listing = tayori.allPresenceEvents({ eventsSince: 'e-1', limit: 1 });
    assert.deepEqual(await collected(listing), [
      { type: 'connected', clientId: 'ann', generation: 1, at: new Date('2026-01-31T12:00:00Z') },
    ]);
    assert.deepEqual(bodies(), [
      { events_since: 'e-1', limit: 1 },
      { events_since: 'e-2', limit: 1 },
    ]);
    assert.equal(listing.cursor, 'e-9');
    assert.deepEqual(listing.gaps, []);
  });
});

test('pages are asked for as the loop gets to them', async () => {
  server.script(history(['one', 'two'], 'e-2', true), history(['three'], 'e-3', false));
  for await (const { message } of tayori.allHistory({ everyone: true })) {
    if (message === 'two') break;
  }
  assert.equal(server.asked.length, 1);
});

test('pages() gives the answers themselves', async () => {
  server.script(history(['one'], 'e-2', true), history([], 'e-3', false));
  const pages = await collected(tayori.allHistory({ group: 'room 1' }).pages());
  assert.deepEqual(
    pages.map(({ cursor, more }) => [cursor, more]),
    [
      ['e-2', true],
      ['e-3', false],
    ],
  );
});

test('each loop begins at the first page, and forgets what the last one knew', async () => {
  const listing = tayori.allHistory({ everyone: true });
  server.script(history(['one'], 'e-2', false, { from: 'e-0', to: 'e-1' }));
  await collected(listing);
  server.script(history(['one'], 'e-2', false));
  await collected(listing);
  assert.deepEqual(bodies(), [{ everyone: true }]);
  assert.deepEqual(listing.gaps, []);
});

test('an error ends the loop', async () => {
  server.script(history(['one'], 'e-2', true), problem('invalid_cursor', 400));
  await assert.rejects(collected(tayori.allHistory({ everyone: true })), { code: 'invalid_cursor' });
});

test('pages that do not go on are an error, not an endless loop', async () => {
  server.script(history([], 'e-2', true), history([], 'e-2', true));
  await assert.rejects(collected(tayori.allHistory({ everyone: true })), { code: 'not_an_answer' });
  assert.equal(server.asked.length, 2);
});

test('a signal ends the loop', async () => {
  server.script(history(['one'], 'e-2', true), 'silence');
  const controller = new AbortController();
  const reading = collected(tayori.allHistory({ everyone: true }, { signal: controller.signal }));
  controller.abort(new Error('enough'));
  await assert.rejects(reading, { message: 'enough' });
});
