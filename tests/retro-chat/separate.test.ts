// Retro Chat on a separate Tayori: what becomes of people and lines when that one stops, hangs or starts anew.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Chat, run, SOON_GONE } from './harness/chat';
import { connected, conversation, hear, inside, LOBBY, type Person } from './harness/person';
import { type Scene, scene } from './harness/scene';
import { Tayori } from './harness/tayori';

function tayoriOf(it: Scene): Tayori {
  assert.ok(it.chat.tayori, 'these run with RETROCHAT_TAYORI=separate');
  return it.chat.tayori;
}

/** Says a line that the chat has taken when this is over, whether anybody hears of it or not. */
async function sayAndBeTaken(who: Person, line: string): Promise<void> {
  const taken = who.page.waitForResponse('**/speak');
  await who.say(line);
  assert.equal((await taken).status(), 200);
}

const endings = (rows: readonly string[]) => rows.filter((row) => / left$| lost the connection$/.test(row));

async function twoInARoom(it: Scene, name: string): Promise<[Person, Person, string]> {
  const ann = await it.person('ann');
  const bob = await it.person('bob');
  const room = await ann.openRoom(name);
  await bob.enter(room);
  await hear(ann.page, `${bob.handle} came in`);
  return [ann, bob, room];
}

scene('pages take their channel from the separate Tayori, and may connect nowhere else', async (it) => {
  const tayori = tayoriOf(it);
  const ann = await it.person('ann');
  const answer = await ann.goto(LOBBY);
  await connected(ann.page);
  const script = await ann.page.getAttribute('script[src$=jsapi]', 'src');
  assert.equal(script, `${tayori.publicUrl}/_ah/channel/jsapi`);
  const policy = answer?.headers()['content-security-policy'] ?? '';
  const allowed = new Map(policy.split('; ').map((rule) => [rule.split(' ')[0], rule.split(' ').slice(1)]));
  assert.deepEqual(allowed.get('script-src'), ["'self'", tayori.publicUrl]);
  assert.deepEqual(allowed.get('connect-src'), ["'self'", tayori.publicUrl, tayori.publicUrl.replace('http', 'ws')]);
});

scene(
  'a conversation goes on when Tayori is killed and started again',
  async (it) => {
    const [ann, bob, room] = await twoInARoom(it, 'power cut');
    await ann.say('before');
    await hear(bob.page, `${ann.handle}>before`);

    await tayoriOf(it).kill();
    for (const line of ['one', 'two']) {
      await sayAndBeTaken(bob, line);
      await sayAndBeTaken(ann, line);
    }
    await tayoriOf(it).start();
    for (const { page } of [ann, bob]) {
      await hear(page, `${ann.handle}>two`);
      await connected(page);
    }
    await bob.say('after');
    await hear(ann.page, `${bob.handle}>after`);
    await hear(bob.page, `${bob.handle}>after`);
    const rows = await conversation(ann.page);
    assert.deepEqual(rows.slice(-6), [
      `${ann.handle}>before`,
      `${bob.handle}>one`,
      `${ann.handle}>one`,
      `${bob.handle}>two`,
      `${ann.handle}>two`,
      `${bob.handle}>after`,
    ]);
    assert.deepEqual(await conversation(bob.page), rows);

    // Somebody who has really gone since is missed after the usual while; those who came back are still there then.
    const eve = await it.person('eve');
    await eve.enter(room);
    await eve.page.close();
    await hear(ann.page, `${eve.handle} lost the connection`);
    assert.deepEqual(endings(await conversation(ann.page)), [`${eve.handle} lost the connection`]);
    assert.deepEqual(await inside(ann.page), [`${ann.handle} here`, `${bob.handle} here`]);
  },
  SOON_GONE,
);

scene(
  'nobody who speaks waits for a Tayori that hangs, and nothing is lost',
  async (it) => {
    const [ann, bob] = await twoInARoom(it, 'hanging');
    tayoriOf(it).hang();
    try {
      for (const line of ['one', 'two', 'three']) await sayAndBeTaken(bob, line);
    } finally {
      tayoriOf(it).resume();
    }
    await hear(ann.page, `${bob.handle}>three`);
    assert.deepEqual(
      (await conversation(ann.page)).slice(-3),
      ['one', 'two', 'three'].map((line) => `${bob.handle}>${line}`),
    );
  },
  [],
);

scene(
  'who opens a room while Tayori is away reads and speaks, and is on the line when it is back',
  async (it) => {
    const [ann, bob, room] = await twoInARoom(it, 'late');
    await ann.say('before');
    await hear(bob.page, `${ann.handle}>before`);
    await tayoriOf(it).kill();
    const eve = await it.person('eve');
    await eve.goto(room);
    assert.equal((await conversation(eve.page)).at(-2), `${ann.handle}>before`);
    await sayAndBeTaken(eve, 'is anybody here?');
    await hear(eve.page, `${eve.handle}>is anybody here?`);
    await tayoriOf(it).start();
    await connected(eve.page);
    await hear(ann.page, `${eve.handle}>is anybody here?`);
    await ann.say('yes');
    await hear(eve.page, `${ann.handle}>yes`);
    assert.deepEqual(await conversation(eve.page), await conversation(ann.page));
  },
  [],
);

scene(
  'what the chat had not told Tayori when it was killed is shown when it is started again',
  async (it) => {
    const [ann, bob] = await twoInARoom(it, 'killed');
    tayoriOf(it).hang();
    for (const line of ['one', 'two', 'three']) await sayAndBeTaken(bob, line);
    await it.chat.restart(() => tayoriOf(it).resume(), 'SIGKILL');
    await hear(ann.page, `${bob.handle}>three`);
    await bob.say('four');
    await hear(ann.page, `${bob.handle}>four`);
    const rows = await conversation(ann.page);
    assert.deepEqual(
      rows.slice(-4),
      ['one', 'two', 'three', 'four'].map((line) => `${bob.handle}>${line}`),
    );
    assert.deepEqual(endings(rows), []);
  },
  [],
);

test('a Tayori that refuses the key is named at the start, and one that pages over https cannot use', async () => {
  const tayori = await Tayori.start();
  const folder = mkdtempSync(join(tmpdir(), 'retro-chat-'));
  const data = ['--public', '127.0.0.1:0', '--data', folder, '--tayori', tayori.url];
  try {
    const refused = run([...data, '--tayori-key', 'wrong']);
    assert.equal(refused.status, 1);
    assert.ok(refused.stderr.startsWith(`retrochat: the Tayori at ${tayori.url}: `), refused.stderr);
    const unsafe = run([...data, '--tayori-key', tayori.key, '--url', 'https://chat.example.org']);
    assert.equal(unsafe.status, 1);
    assert.match(unsafe.stderr, /^retrochat: pages of https:\/\/chat\.example\.org cannot use a Tayori without https/);
  } finally {
    await tayori.kill();
    rmSync(folder, { recursive: true });
  }
});

test('a chat ends in good order while its Tayori is away', async () => {
  const chat = await Chat.start();
  await chat.tayori?.kill();
  assert.equal(await chat.stop(), 0);
});
