// The conversation read back, searched and taken away, with JavaScript switched off.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { hear, type Person } from './harness/person';
import { type Scene, scene } from './harness/scene';

const lines = (who: Person) => who.page.$$eval('.lines .line', (rows) => rows.map((row) => row.textContent ?? ''));

async function search(who: Person, room: string, words: string): Promise<string[]> {
  await who.goto(`${room}/search`);
  await who.page.fill('#q', words);
  await who.page.click('.find button');
  assert.equal(await who.page.inputValue('#q'), words.trim());
  return lines(who);
}

/** Somebody who said `said`, and the same person in front of a browser without JavaScript. */
async function talked(it: Scene, name: string, said: readonly string[]) {
  const ann = await it.person('ann');
  const room = await ann.openRoom(name);
  await ann.sayAll(said);
  await hear(ann.page, `${ann.handle}>${said.at(-1)}`);
  const seat = await it.stranger({ javaScriptEnabled: false, storageState: await ann.context.storageState() });
  return { ann, room, reader: seat };
}

scene('the conversation is saved as text, a line each', async (it) => {
  const { ann, room, reader } = await talked(it, 'to keep', ['hello', 'こんばんは', '<b>bold</b> & "more"']);
  await reader.goto(`${room}/older`);
  const [download] = await Promise.all([
    reader.page.waitForEvent('download'),
    reader.page.click(`a[href="${room}/log.txt"]`),
  ]);
  assert.match(download.suggestedFilename(), new RegExp(`^retro-chat-${ann.handle}-1-\\d{4}-\\d\\d-\\d\\d\\.txt$`));
  const rows = readFileSync(await download.path(), 'utf8').split('\n');
  assert.equal(rows[0], '# Room: to keep');
  assert.match(rows[3] ?? '', /^# Times: UTC[+-]\d\d:\d\d$/);
  assert.deepEqual(
    rows.slice(5).map((row) => row.replace(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d /, '')),
    [`${ann.handle}: hello`, `${ann.handle}: こんばんは`, `${ann.handle}: <b>bold</b> & "more"`, ''],
  );
});

scene('all of a long conversation is read by turning pages without JavaScript', async (it) => {
  const said = Array.from({ length: 98 }, (_, i) => `line ${i}`);
  const { ann, room, reader } = await talked(it, 'long ago', said);
  for (let times = 1; times <= 3; times += 1) {
    await ann.stepAway();
    await ann.page.waitForFunction((n) => document.querySelectorAll('#events > .away').length === n, times);
    await ann.comeBack();
    await ann.page.waitForFunction((n) => document.querySelectorAll('#events > .back').length === n, times);
  }
  await reader.goto(`${room}/older`);
  const newest = await lines(reader);
  assert.equal(await reader.page.locator('.lines .event').count(), 100);
  await reader.page.click('a[rel=prev]');
  assert.deepEqual([...(await lines(reader)), ...newest], said);
  assert.equal(await reader.page.locator('a[rel=prev]').count(), 0);
  await reader.page.click('a[rel=next]');
  assert.deepEqual(await lines(reader), newest);
});

scene('lines are found by one, two and more characters, and lead to their place', async (it) => {
  const said = ['今日はいい天気ですね', 'Good evening, everybody', '明日は雨です', 'good night'];
  const { room, reader } = await talked(it, 'weather', said);
  assert.deepEqual(await search(reader, room, '雨'), [said[2]]);
  assert.deepEqual(await search(reader, room, '今日'), [said[0]]);
  assert.deepEqual(await search(reader, room, 'いい天気'), [said[0]]);
  assert.deepEqual(await search(reader, room, 'go'), [said[3], said[1]]);
  assert.deepEqual(await search(reader, room, 'GOOD every'), [said[1]]);
  assert.deepEqual(await reader.page.$$eval('mark', (hits) => hits.map((hit) => hit.textContent)), ['Good', 'every']);
  await reader.page.click('.lines a');
  const target = await reader.page.$eval(':target .line', (line) => line.textContent);
  assert.equal(target, said[1]);
});

scene('nothing that is looked for is a command, and nothing breaks', async (it) => {
  const said = ['50% of "it" is_here*', '<mark>x</mark> שלום', 'plain words'];
  const { room, reader } = await talked(it, 'hostile', said);
  const nothing = [
    '%%',
    '__',
    'pl*',
    'NEAR(plain words)',
    'plain OR it',
    'plain NOT it',
    'line:plain',
    '" OR ""',
    "');--",
  ];
  for (const words of nothing) {
    assert.deepEqual(await search(reader, room, words), [], words);
    assert.match((await reader.page.textContent('.note')) ?? '', /Nothing was found/);
  }
  for (const words of ['"it"', '50%', '_', '*', '%'])
    assert.deepEqual(await search(reader, room, words), [said[0]], words);
  assert.deepEqual(await search(reader, room, '<mark>'), [said[1]]);
  assert.equal(await reader.page.$eval('mark', (hit) => hit.textContent), '<mark>');
  assert.deepEqual(await search(reader, room, 'שלום'), [said[1]]);
  await reader.goto(`${room}/search?q=${encodeURIComponent('\u202Eplain\u0000')}`);
  assert.deepEqual(await lines(reader), [said[2]]);
  const long = await reader.goto(`${room}/search?q=${'x'.repeat(101)}`);
  assert.equal(long?.status(), 413);
  assert.match((await reader.page.textContent('.refused')) ?? '', /at most 100 characters/);
  const answer = await reader.page.request.get(`${it.chat.url}${room}/search?q=${'x'.repeat(10_000)}`);
  assert.ok(answer.status() >= 400 && answer.status() < 500, String(answer.status()));
  assert.deepEqual(await search(reader, room, 'plain'), [said[2]]);
});
