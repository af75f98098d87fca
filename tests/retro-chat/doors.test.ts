// Doors from outside: guests, passphrases, finding rooms; and what one person does twice or leaves behind.

import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { feedByHand } from './harness/page_stand_ins';
import { connected, conversation, hear, inside, LOBBY, type Person } from './harness/person';
import { alterRoom, openRoomAs } from './harness/room_form';
import { scene } from './harness/scene';

const waysOfBrowsing = [true, false].map((javaScriptEnabled) => ({
  javaScriptEnabled,
  how: javaScriptEnabled ? '' : ', without JavaScript',
}));

async function refusal(page: Page): Promise<string> {
  return (await page.textContent('.refused')) ?? '';
}

const pathOf = (page: Page) => new URL(page.url()).pathname;

/** The rooms of `names` that a page lists. */
async function listed(person: Person, path: string, names: readonly string[]): Promise<string[]> {
  await person.goto(path);
  const shown = await person.page.locator('.rooms .room-name').allTextContents();
  return names.filter((name) => shown.includes(name));
}

for (const { javaScriptEnabled, how } of waysOfBrowsing) {
  scene(`a room asks for its passphrase once, and again when it is another${how}`, async (it) => {
    const ann = await it.person('ann');
    const room = await openRoomAs(ann, { name: 'den', entry: 'passphrase', passphrase: 'open sesame' });
    await connected(ann.page);
    const bob = await it.person('bob', { javaScriptEnabled });
    const give = async (passphrase: string) => {
      await bob.page.fill('#passphrase', passphrase);
      await bob.page.click('form[action$="/knock"] button');
    };
    assert.equal((await bob.goto(room))?.status(), 403);
    assert.match((await bob.page.textContent('.note')) ?? '', /asks for its passphrase/);
    assert.equal(await bob.page.locator('.refused').count(), 0);
    assert.equal(await bob.page.locator('#events').count(), 0);
    await give('open barley');
    assert.match(await refusal(bob.page), /not the room's passphrase/);
    await give('open sesame');
    await bob.page.waitForURL((url) => url.pathname === room);
    await hear(ann.page, `${bob.handle} came in`);
    await bob.leave();
    await hear(ann.page, `${bob.handle} left`);
    const isBack = () => ann.page.waitForSelector(`.member[data-who="${bob.handle}"]`);
    assert.equal((await bob.goto(room))?.status(), 200);
    await isBack();

    await alterRoom(ann, room, { passphrase: 'open barley' }, await ann.context.newPage());
    await hear(ann.page, `${bob.handle} was shown out`);
    assert.equal((await bob.goto(room))?.status(), 403);
    await give('open barley');
    await bob.page.waitForSelector('#line');
    await isBack();
  });

  // In a lobby of its own: who went away in other scenes is told of in the one they share.
  scene(
    `one click at the entrance and a newcomer speaks in the lobby as a guest${how}`,
    async (it) => {
      const ann = await it.person('ann');
      await ann.enter(LOBBY);
      const guest = await it.stranger({ javaScriptEnabled });
      await guest.goto('/');
      await guest.page.click('.welcome .key.strong');
      await guest.page.waitForURL(`**${LOBBY}`);
      const handle = (await guest.page.getAttribute('main', 'data-me')) ?? '';
      assert.match(handle, /^guest-[a-z0-9]{6}$/i);
      await hear(ann.page, `${handle} came in`);
      await guest.say('hello from a fresh browser');
      await hear(ann.page, `${handle}>hello from a fresh browser`);
      assert.ok((await inside(ann.page)).includes(`${handle} here`));
      const stranger = await it.stranger();
      await stranger.goto('/');
      const row = stranger.page.locator('.rooms li', { has: stranger.page.locator(`a[href="${LOBBY}"]`) });
      assert.ok(((await row.textContent()) ?? '').includes(handle));
      await guest.leave();
      await hear(ann.page, `${handle} left`);
      assert.equal(await guest.page.locator('a[href="/rooms/new"]').count(), 0);
      assert.equal((await guest.goto('/rooms/new'))?.status(), 403);
      assert.match(await refusal(guest.page), /Guests cannot own rooms/);
    },
    [],
  );
}

scene("a guest comes in by a room's address with one click, and stays the same one", async (it) => {
  const ann = await it.person('ann');
  const room = await openRoomAs(ann, { name: 'open house', topic: 'come as you are', entry: 'everyone' });
  await connected(ann.page);
  const guest = await it.stranger();
  await guest.goto(room);
  assert.equal(await guest.page.textContent('.topic'), 'come as you are');
  assert.equal(await guest.page.locator('#events').count(), 0);
  await guest.page.click('main .key.strong');
  await connected(guest.page);
  const handle = (await guest.page.getAttribute('main', 'data-me')) ?? '';
  await hear(ann.page, `${handle} came in`);
  await guest.goto(LOBBY);
  assert.equal(await guest.page.getAttribute('main', 'data-me'), handle);

  const members = await openRoomAs(ann, { name: 'members only' });
  await guest.goto(members);
  assert.equal(pathOf(guest.page), '/sign-in');
  await guest.page.click('main > p a');
  await guest.fillIn(`once_a_guest_${process.pid}`);
  await guest.page.waitForURL(`**${members}`);
  assert.equal(await guest.page.getAttribute('main', 'data-me'), `once_a_guest_${process.pid}`);
});

scene("the entrance and an owner's list show the rooms that one may enter", async (it) => {
  const ann = await it.person('ann');
  const bob = await it.person('bob');
  const cy = await it.person('cy');
  const names = ['everyone', 'signed_in', 'listed', 'passphrase', 'closed'].map((entry) => `${entry} of ${ann.handle}`);
  const [open, signedIn, byList, byPassphrase, closed] = names as [string, string, string, string, string];
  await openRoomAs(ann, { name: open, entry: 'everyone' });
  await openRoomAs(ann, { name: signedIn, entry: 'signed_in' });
  await openRoomAs(ann, { name: byList, entry: 'listed', handles: bob.handle });
  await openRoomAs(ann, { name: byPassphrase, entry: 'passphrase', passphrase: 'open sesame' });
  await openRoomAs(ann, { name: closed, entry: 'closed' });
  const guest = await it.stranger();
  for (const path of ['/', `/rooms/${ann.handle}`]) {
    assert.deepEqual(await listed(ann, path, names), names, path);
    assert.deepEqual(await listed(bob, path, names), [open, signedIn, byList, byPassphrase], path);
    for (const other of [cy, guest])
      assert.deepEqual(await listed(other, path, names), [open, signedIn, byPassphrase], path);
  }
  assert.equal(await cy.page.locator('a[href$="/settings"]').count(), 0);
  await ann.goto('/');
  await ann.page.click(`.rooms a[href="/rooms/${ann.handle}/5/settings"]`);
  assert.equal(await ann.page.isChecked('input[value=closed]'), true);
});

for (const { javaScriptEnabled, how } of waysOfBrowsing) {
  scene(`rooms are found by their owner's handle${how}`, async (it) => {
    const ann = await it.person('ann');
    const room = await openRoomAs(ann, { name: 'where to find me' });
    const bob = await it.person('bob', { javaScriptEnabled });
    const find = async (handle: string) => {
      await bob.goto('/');
      await bob.page.fill('.find input', handle);
      await bob.page.press('.find input', 'Enter');
      await bob.page.waitForURL(/\/(find|rooms)[/?]/);
    };
    await find(`@${ann.handle.toUpperCase()}`);
    await bob.page.click('.rooms li a');
    await bob.page.waitForURL((url) => url.pathname === room);
    await find('nobody_at_all');
    assert.match(await refusal(bob.page), /nobody by that handle/);
    await find('<b>');
    assert.match(await refusal(bob.page), /A handle is made of/);
  });

  scene(`the word of somebody away is seen by the others${how}`, async (it) => {
    const ann = await it.person('ann');
    const room = await ann.openRoom('tea time');
    const bob = await it.person('bob', { javaScriptEnabled });
    await bob.goto(room);
    await hear(ann.page, `${bob.handle} came in`);
    await bob.page.fill('#word', 'お茶 <20分>');
    await bob.stepAway();
    await hear(ann.page, `${bob.handle} stepped away`);
    const member = `.member[data-who="${bob.handle}"] .word`;
    const seen = async (page: Page) => {
      assert.equal(await page.textContent(member), 'お茶 <20分>');
      assert.equal(await page.textContent('.event:last-child .word'), 'お茶 <20分>');
    };
    await seen(ann.page);
    await ann.page.reload();
    await seen(ann.page);
    await bob.page.waitForSelector('main[data-state=away]');
    await bob.page.waitForSelector(member);
    await seen(bob.page);
    await connected(ann.page);
    await bob.comeBack();
    await hear(ann.page, `${bob.handle} is back`);
    assert.equal(await ann.page.textContent(member), '');
  });
}

scene('a line sent twice by a browser without JavaScript is one line', async (it) => {
  const ann = await it.person('ann');
  const room = await ann.openRoom('twice');
  const bob = await it.person('bob', { javaScriptEnabled: false });
  await bob.goto(room);
  const sent: string[] = [];
  await bob.page.route('**/speak', async (route) => {
    sent.push(new URLSearchParams(route.request().postData() ?? '').get('once') ?? '');
    if (sent.length > 1) return route.continue();
    await route.fetch({ maxRedirects: 0 });
    return route.abort('aborted'); // Taken, but the answer is lost; the form is still there.
  });
  await bob.page.fill('#line', 'knock knock');
  await Promise.all([bob.page.waitForEvent('requestfailed'), bob.page.click('#speak button', { noWaitAfter: true })]);
  await hear(ann.page, `${bob.handle}>knock knock`);
  await Promise.all([bob.page.waitForEvent('load'), bob.page.click('#speak button')]);
  assert.match(sent[0] ?? '', /^[\w-]{1,64}$/);
  assert.deepEqual(sent, [sent[0], sent[0]]);
  const said = async () => (await conversation(bob.page)).filter((row) => row === `${bob.handle}>knock knock`).length;
  assert.equal(await said(), 1);
  await bob.page.fill('#line', 'knock knock');
  await Promise.all([bob.page.waitForEvent('load'), bob.page.click('#speak button')]);
  assert.notEqual(sent[2], sent[0]);
  assert.equal(await said(), 2, 'said again on purpose');
});

scene('two tabs are one person, and leaving in one ends both', async (it) => {
  const ann = await it.person('ann');
  const room = await ann.openRoom('one of each');
  const bob = await it.person('bob');
  const second = await bob.context.newPage();
  await bob.enter(room);
  await bob.enter(room, second);
  assert.deepEqual(await inside(ann.page), [`${ann.handle} here`, `${bob.handle} here`]);
  await bob.say('from the second', second);
  for (const page of [ann.page, bob.page]) await hear(page, `${bob.handle}>from the second`);
  await bob.leave();
  await second.waitForSelector('#left:not([hidden])');
  assert.equal(await second.textContent('#left-why'), 'You have left this room.');
  await hear(ann.page, `${bob.handle} left`);
  assert.deepEqual(await inside(ann.page), [`${ann.handle} here`]);
  assert.deepEqual((await conversation(ann.page)).slice(1), [
    `${bob.handle} came in`,
    `${bob.handle}>from the second`,
    `${bob.handle} left`,
  ]);
});

scene('a tab that was cut off while one left in the other says so, and does not come in again', async (it) => {
  const ann = await it.person('ann');
  const room = await ann.openRoom('the other tab');
  const bob = await it.person('bob');
  await bob.enter(room);
  const second = await bob.context.newPage();
  await second.clock.install();
  await feedByHand(second); // A channel that brings nothing, so that the tab has to ask.
  await bob.enter(room, second);
  let polls = 0;
  second.on('request', (request) => {
    if (request.url().endsWith('/poll')) polls += 1;
  });
  await bob.leave();
  await hear(ann.page, `${bob.handle} left`);
  await second.clock.runFor('15:00');
  await second.waitForSelector('#left:not([hidden])');
  assert.equal(await second.textContent('#left-why'), 'You have left this room.');
  assert.equal(await second.isDisabled('#line'), true);
  await second.clock.runFor('01:00:00');
  assert.equal(polls, 1, 'it asks no more');
  assert.deepEqual(await inside(ann.page), [`${ann.handle} here`]);
  await second.click('#enter-again');
  await ann.page.waitForSelector(`.member[data-who="${bob.handle}"]`);
  assert.deepEqual((await conversation(ann.page)).slice(-2), [`${bob.handle} left`, `${bob.handle} came in`]);
});
