// What people type is shown as they typed it, and harms nobody's page.

import assert from 'node:assert/strict';
import { conversation, hear } from './harness/person';
import { scene } from './harness/scene';

scene('markup in a line and in a room’s name is shown as text', async (it) => {
  const ann = await it.person('ann');
  const bob = await it.person('bob');
  const markup = '<img src=x onerror="document.title=1"><b>bold</b> &lt; " \'';
  const room = await ann.openRoom('<script>document.title=2</script>');
  await bob.enter(room);
  await ann.say(markup);
  await hear(bob.page, `${ann.handle}>${markup}`);
  await bob.page.reload();
  assert.equal((await conversation(bob.page)).at(-1), `${ann.handle}>${markup}`);
  assert.equal(await bob.page.textContent('h1'), '<script>document.title=2</script>');
  assert.equal(await bob.page.$('.line b, .line img'), null);
  await bob.goto('/');
  assert.equal(await bob.page.$('.rooms script'), null);
  assert.match(await bob.page.title(), /^Retro Chat/);
});

scene('marks that turn text around stay within their line', async (it) => {
  const ann = await it.person('ann');
  await ann.openRoom('directions');
  await ann.say('a\u202Eb\u0000c\u2067d');
  await hear(ann.page, `${ann.handle}>abcd`);
  await ann.say('שלום');
  await hear(ann.page, `${ann.handle}>שלום`);
  assert.equal(await ann.page.$eval('.event:last-child .line', (line) => getComputedStyle(line).direction), 'rtl');
  assert.equal(await ann.page.$eval('.event:last-child', (row) => getComputedStyle(row).direction), 'ltr');
});

scene('a line that is too long is refused with a kind word and not lost', async (it) => {
  const ann = await it.person('ann');
  const room = await ann.openRoom('long');
  const long = 'word '.repeat(2_000).trim();
  await ann.say(long);
  await ann.page.waitForSelector('#notice:not([hidden])');
  assert.match((await ann.page.textContent('#notice')) ?? '', /at most 1000 characters/);
  assert.equal(await ann.page.inputValue('#line'), long);
  await ann.say('short');
  await hear(ann.page, `${ann.handle}>short`);
  assert.equal(await ann.page.isVisible('#notice'), false);

  const old = await it.person('old', { javaScriptEnabled: false });
  await old.goto(room);
  await old.page.fill('#line', long);
  await old.page.click('#speak button');
  assert.equal(await old.page.inputValue('#kept'), long);
  await old.page.click('.doors .strong');
  assert.equal(new URL(old.page.url()).pathname, room);
});

scene('a page of a room that is not there is kind and says 404', async (it) => {
  const ann = await it.person('ann', { locale: 'ja-JP' });
  const answer = await ann.goto('/rooms/nobody/1');
  assert.equal(answer?.status(), 404);
  assert.match((await ann.page.textContent('.refused')) ?? '', /見つかりませんでした/);
  await ann.page.click('.doors a');
  assert.equal(new URL(ann.page.url()).pathname, '/');
});
