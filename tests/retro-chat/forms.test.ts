// Everything works without JavaScript, and nothing works from another site.

import assert from 'node:assert/strict';
import { conversation, hear, inside, LOBBY } from './harness/person';
import { scene } from './harness/scene';

scene('without JavaScript one signs up, enters, speaks, steps away, comes back and leaves', async (it) => {
  const ann = await it.person('ann', { javaScriptEnabled: false });
  const bob = await it.person('bob');
  const room = await bob.openRoom('old machines welcome');
  await ann.goto(room);
  await hear(bob.page, `${ann.handle} came in`);
  await ann.page.fill('#line', 'typed on an old machine');
  await ann.page.click('#speak button');
  await hear(bob.page, `${ann.handle}>typed on an old machine`);
  assert.equal(new URL(ann.page.url()).pathname, room);
  assert.equal((await conversation(ann.page)).at(-1), `${ann.handle}>typed on an old machine`);
  await bob.say('seen on a new one');
  await hear(bob.page, `${bob.handle}>seen on a new one`);
  await ann.page.click('.note a');
  assert.equal((await conversation(ann.page)).at(-1), `${bob.handle}>seen on a new one`);
  await ann.stepAway();
  assert.deepEqual(await inside(ann.page), [`${bob.handle} here`, `${ann.handle} away`]);
  await ann.comeBack();
  await hear(bob.page, `${ann.handle} is back`);
  await ann.leave();
  await hear(bob.page, `${ann.handle} left`);
});

scene('a newcomer who follows a link to a room gets there by signing up', async (it) => {
  const ann = await it.stranger();
  await ann.goto(LOBBY);
  await ann.page.click('main a[href^="/sign-up"]');
  await ann.fillIn(`newcomer_${process.pid}`);
  await ann.page.waitForURL(`**${LOBBY}`);
  assert.match((await ann.page.textContent('h1')) ?? '', /Lobby/);
});

scene('signing out leads away, and signing in back', async (it) => {
  const ann = await it.person('ann');
  await ann.goto('/');
  await ann.page.click('.desk form button');
  await ann.page.waitForSelector('a[href="/sign-in"]');
  await ann.goto('/rooms/new');
  await ann.fillIn(ann.handle, 'not the passphrase');
  assert.match((await ann.page.textContent('.refused')) ?? '', /not right/);
  assert.equal(await ann.page.inputValue('input[name=handle]'), ann.handle);
  await ann.fillIn();
  await ann.page.waitForURL('**/rooms/new');
});

scene('a form on another site does nothing here', async (it) => {
  const ann = await it.person('ann');
  const room = await ann.openRoom('guarded');
  const elsewhere = it.chat.url.replace('127.0.0.1', 'localhost');
  await ann.page.route(`${elsewhere}/trap`, (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<form method=post action="${it.chat.url}${room}/speak"><input name=line value=forged><button>x</button></form>`,
    }),
  );
  await ann.page.goto(`${elsewhere}/trap`);
  const [answer] = await Promise.all([ann.page.waitForResponse(`**${room}/speak`), ann.page.click('button')]);
  assert.equal(answer.status(), 403);
  await ann.goto(room);
  assert.ok(!(await conversation(ann.page)).some((row) => row.includes('forged')));
});

scene('pages are in the language that is asked for', async (it) => {
  const ann = await it.stranger({ locale: 'ja-JP' });
  await ann.goto('/');
  assert.equal(await ann.page.getAttribute('html', 'lang'), 'ja');
  assert.match((await ann.page.textContent('main')) ?? '', /昔ながらのチャット/);
  await ann.page.click('.languages a');
  assert.equal(await ann.page.getAttribute('html', 'lang'), 'en');
  await ann.page.click('a[href="/sign-in"]');
  assert.equal(await ann.page.getAttribute('html', 'lang'), 'en');
});
