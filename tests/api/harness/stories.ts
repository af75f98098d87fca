// Stories: what no single request can show. Each brings answers that the contract promises only after something else.

import assert from 'node:assert/strict';
import type { TayoriServer } from '../../browser/harness/tayori_server';
import { until } from '../../networks/harness/until';
import type { Judge } from './judge';
import { PollPage } from './poll_page';

type Facts = Record<string, unknown>;

/** A cursor of a log that was never there. */
const ELSEWHERE = 'elsewhere-1';

export interface Stage {
  readonly judge: Judge;
  readonly server: TayoriServer;
  /** A word for this story alone. */
  readonly word: string;
}

async function opened({ judge, server }: Stage, channel: Facts): Promise<PollPage> {
  return PollPage.open(server.publicUrl, String((await judge.taken('create_channel', channel)).token));
}

const REPEATABLE: Readonly<Record<string, (word: string) => Facts>> = {
  send_message: (word) => ({ client_id: word }),
  send_group: (word) => ({ group: word }),
  broadcast: () => ({}),
};

async function keys({ judge, word }: Stage): Promise<void> {
  for (const [operation, to] of Object.entries(REPEATABLE)) {
    const send = { ...to(word), message: 'once', idempotency_key: `${operation} ${word}` };
    const first = await judge.taken(operation, send);
    assert.equal(first.repeated, undefined);
    assert.deepEqual(await judge.taken(operation, send), { ...first, repeated: true });
    const other = await judge.call(operation, { ...send, message: 'other' });
    assert.deepEqual([other.status, other.body.code], [409, 'idempotency_conflict']);
    // The answer of the first send is still the answer.
    assert.deepEqual(await judge.taken(operation, send), { ...first, repeated: true });
  }
}

async function keysInBatches({ judge, word }: Stage): Promise<void> {
  const send = { client_id: word, message: 'once', idempotency_key: word };
  const { results } = await judge.taken('batch', { sends: [send, send, { ...send, message: 'other' }] });
  const [first, again, other] = results as (Facts & { readonly error?: Facts })[];
  assert.deepEqual(again, { ...first, repeated: true });
  assert.equal(other?.error?.code, 'idempotency_conflict');
}

async function verdicts(stage: Stage): Promise<void> {
  const { judge, word } = stage;
  const send = { client_id: word, message: 'there?', wait: 'ack', timeout_s: 1 };
  assert.equal((await judge.taken('send_message', send)).verdict, 'no_session');
  const page = await opened(stage, { client_id: word });
  assert.equal((await judge.taken('send_message', send)).verdict, 'queued');
  // The poll after the one that brought it says that it has arrived.
  const sending = judge.taken('send_message', { ...send, timeout_s: 60 });
  await page.hears(['there?', 'there?']);
  await page.poll(0);
  assert.equal((await sending).verdict, 'delivered');
  await page.leaves();
}

async function groupPages({ judge, word }: Stage): Promise<void> {
  for (const group of ['a', 'b']) await judge.taken('join_group', { group: group + word, client_id: word });
  const first = await judge.taken('groups', { client_id: word, limit: 1 });
  const second = await judge.taken('groups', { client_id: word, limit: 1, after: first.next });
  assert.deepEqual(first.groups, [{ group: `a${word}`, members: 1 }]);
  assert.deepEqual(second, { groups: [{ group: `b${word}`, members: 1 }], next: null });
  assert.equal((await judge.taken('leave_group', { group: `a${word}`, client_id: word })).members, 0);
}

async function presencePages(stage: Stage): Promise<void> {
  const { judge, word } = stage;
  const names = ['a', 'b'].map((letter) => letter + word);
  const pages: PollPage[] = [];
  for (const name of names) {
    await judge.taken('join_group', { group: word, client_id: name });
    pages.push(await opened(stage, { client_id: name }));
  }
  const first = await judge.taken('presence', { group: word, limit: 1 });
  const second = await judge.taken('presence', { group: word, limit: 1, after: first.next });
  assert.equal(second.next, null);
  const seen = [first, second].flatMap(({ clients }) => clients as Facts[]).map(({ client_id: name }) => name);
  assert.deepEqual(seen, names);
  for (const page of pages) await page.leaves();
}

/** Each way to go but two, which no answer can tell of. */
async function departures(stage: Stage): Promise<void> {
  const { judge, server, word } = stage;
  const since = (await judge.taken('presence', { client_ids: [word] })).cursor;
  const reasons = async (): Promise<unknown[]> => {
    const { events } = await judge.taken('presence', { events_since: since });
    return (events as Facts[]).filter(({ reason }) => reason).map(({ reason }) => reason);
  };
  await (await opened(stage, { client_id: `${word} 1` })).leaves();
  const lost = await opened(stage, { client_id: `${word} 2` });
  await assert.rejects(lost.poll(25, AbortSignal.timeout(50)));
  const expired = await PollPage.open(server.publicUrl, server.tokenFor(`${word} 3`, 2));
  const expiring = expired.ends('token_timed_out');
  const ended = await opened(stage, { client_id: `${word} 4` });
  const { sessions } = await judge.taken('disconnect', { client_id: `${word} 4`, reason: 'good night' });
  assert.equal(sessions, 0, 'between two polls no session is there to be counted');
  await ended.ends('disconnected');
  await expiring;
  await until('four departures', async () => (await reasons()).length >= 4);
  assert.deepEqual((await reasons()).sort(), ['closed', 'disconnected', 'expired', 'lost']);
}

async function eventPages(stage: Stage): Promise<void> {
  const { judge, word } = stage;
  const since = (await judge.taken('presence', {})).cursor;
  await (await opened(stage, { client_id: word })).leaves();
  const first = await judge.taken('presence', { events_since: since, limit: 1 });
  assert.deepEqual([first.more, first.gap, (first.events as Facts[]).length], [true, null, 1]);
  const second = await judge.taken('presence', { events_since: first.cursor });
  assert.deepEqual([second.more, (second.events as Facts[]).map(({ type }) => type)], [false, ['disconnected']]);
  const afterGap = await judge.taken('presence', { events_since: ELSEWHERE });
  assert.equal((afterGap.gap as Facts).from, ELSEWHERE);
}

async function historyPages({ judge, word }: Stage): Promise<void> {
  for (const message of ['one', 'two']) await judge.taken('send_message', { client_id: word, message });
  const first = await judge.taken('history', { client_id: word, limit: 1 });
  assert.equal(first.more, true);
  const second = await judge.taken('history', { client_id: word, after: first.cursor });
  assert.deepEqual([second.more, second.gap], [false, null]);
  assert.deepEqual(
    [first, second].flatMap(({ messages }) => messages as Facts[]).map(({ message }) => message),
    ['one', 'two'],
  );
  const afterGap = await judge.taken('history', { client_id: word, after: ELSEWHERE });
  assert.equal((afterGap.gap as Facts).from, ELSEWHERE);
}

export const STORIES: Readonly<Record<string, (stage: Stage) => Promise<void>>> = {
  'a send is repeated with its key, and then with another message': keys,
  'the same within one batch': keysInBatches,
  'the three verdicts': verdicts,
  'groups in pages': groupPages,
  'presence in pages': presencePages,
  'every way to go': departures,
  'events in pages, and of another log': eventPages,
  'history in pages, and of another log': historyPages,
};
