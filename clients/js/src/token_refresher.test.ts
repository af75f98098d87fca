import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManualPlatform } from './testing/manual_platform';
import { tokenFor } from './testing/open_socket';
import { TokenRefresher, type TokenSource } from './token_refresher';

const TOKEN = tokenFor('a');

/** Runs what promises have ready. */
async function turn(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

/** A refresher whose source gives `answers` in order, each a text or what it throws; then nothing any more. */
function refresher(...answers: Array<string | Error>) {
  const platform = new ManualPlatform();
  platform.chance = 0;
  const asked: number[] = [];
  const tokens: string[] = [];
  const begin = platform.now();
  const source: TokenSource = () => {
    asked.push((platform.now() - begin) / 1000);
    const answer = answers.shift();
    if (answer === undefined) return new Promise<string>(() => undefined);
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const subject = new TokenRefresher(platform, source, (token) => tokens.push(token));
  return { platform, asked, tokens, subject };
}

test('asks a tenth of the life before its end, or a little earlier', async () => {
  for (const [chance, at] of [
    [0, 6480],
    [1, 6120],
  ] as const) {
    const { platform, asked, tokens, subject } = refresher(TOKEN);
    platform.chance = chance;
    subject.onLife(7200);
    platform.advance(10_000_000);
    await turn();
    assert.equal(asked[0], at);
    assert.deepEqual(tokens, [TOKEN]);
  }
});

test('asks half a minute before the end of a short life, at once for a shorter one', () => {
  for (const [life, at] of [
    [60, 30],
    [30, 0],
    [5, 0],
  ] as const) {
    const { platform, asked, subject } = refresher();
    subject.onLife(life);
    platform.advance(60_000);
    assert.equal(asked[0], at);
  }
});

test('a life that no timer can hold is not over at once', () => {
  const { platform, asked, subject } = refresher();
  subject.onLife(10 * 365 * 86_400);
  assert.ok([...platform.timers].every(({ due }) => due - platform.now() < 2 ** 31));
  platform.advance(20 * 86_400_000);
  assert.deepEqual(asked, []);
});

test('plans anew with each life, and not once it is stopped', async () => {
  const { platform, asked, tokens, subject } = refresher(TOKEN, TOKEN);
  subject.onLife(100);
  platform.advance(60_000);
  subject.onLife(100);
  platform.advance(60_000);
  assert.deepEqual(asked, []);
  platform.advance(10_000);
  subject.stop();
  await turn();
  subject.onLife(100);
  subject.refresh();
  platform.advance(1_000_000);
  assert.deepEqual([asked, tokens], [[130], []]);
});

test('asks again, later each time, until an answer is a token', async () => {
  const answers = [new Error('offline'), '', '<html>', 'Forbidden', '{"error":"no"}', '{"token":5}', ` ${TOKEN}\n`];
  const { platform, asked, tokens, subject } = refresher(...answers);
  platform.chance = 0.999;
  subject.refresh();
  for (let passed = 0; passed < 300; passed += 1) {
    platform.advance(1000);
    await turn();
    subject.refresh(); // as each attempt to come back does
    subject.onLife(0);
    if (tokens.length) break;
  }
  assert.deepEqual(tokens, [TOKEN]);
  const waits = asked.slice(1).map((at, i) => Math.ceil(at - (asked[i] ?? 0)));
  assert.deepEqual(waits, [11, 11, 11, 12, 14, 18]);
});

test('a question that hangs does not end it', async () => {
  const { platform, asked, subject } = refresher();
  subject.refresh();
  platform.advance(95_000);
  await turn();
  assert.equal(asked.length, 10);
});

test('asks no more often than once in ten seconds, however short the life', async () => {
  const { platform, asked, subject } = refresher(...Array<string>(100).fill(TOKEN));
  for (let passed = 0; passed < 55; passed += 1) {
    subject.onLife(0);
    subject.refresh();
    platform.advance(1000);
    await turn();
  }
  assert.deepEqual(asked, [0, 10, 20, 30, 40, 50]);
});

test('an address is posted to, and may answer with JSON', async () => {
  for (const answer of [TOKEN, JSON.stringify({ token: TOKEN })]) {
    const platform = new ManualPlatform();
    platform.postAnswer = () => Promise.resolve(answer);
    const tokens: string[] = [];
    new TokenRefresher(platform, '/token', (token) => tokens.push(token)).refresh();
    platform.settle();
    await turn();
    assert.deepEqual(platform.posts, ['/token']);
    assert.deepEqual(tokens, [TOKEN]);
  }
});
