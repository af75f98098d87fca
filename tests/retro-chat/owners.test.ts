// Owners and their rooms: opened, altered, closed, deleted; people shown out and let in again.

import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { connected, conversation, hear, inside, type Person } from './harness/person';
import { alterRoom, openRoomAs, peopleOnSettings, pressKeyOf, sendRoomForm } from './harness/room_form';
import { type Scene, scene } from './harness/scene';

/** The sentence that tells somebody inside that it is over, once it is shown. */
async function ended(page: Page): Promise<string> {
  await page.waitForSelector('#left:not([hidden])');
  assert.equal(await page.isDisabled('#line'), true);
  assert.equal(await page.getAttribute('#line-state', 'data-now'), 'closed');
  return (await page.textContent('#left-why')) ?? '';
}

async function status(person: Person, path: string): Promise<number | undefined> {
  return (await person.goto(path))?.status();
}

async function refusal(page: Page): Promise<string> {
  return (await page.textContent('.refused')) ?? '';
}

/** An owner inside a room, and a second page of theirs to keep it from. */
async function ownerOf(it: Scene, wishes: Parameters<typeof openRoomAs>[1]) {
  const ann = await it.person('ann');
  const room = await openRoomAs(ann, wishes);
  await connected(ann.page);
  return { ann, room, desk: await ann.context.newPage() };
}

scene('a new name and topic are seen at once by those inside', async (it) => {
  const { ann, room, desk } = await ownerOf(it, { name: 'tea room', topic: 'green & black', entry: 'everyone' });
  const bob = await it.person('bob');
  await bob.enter(room);
  assert.equal(await bob.page.textContent('#room-name'), 'tea room');
  assert.equal(await bob.page.textContent('#room-topic'), 'green & black');
  await bob.page.fill('#line', 'half a line');

  await ann.page.click('#more summary');
  assert.equal(await ann.page.getAttribute('.papers a[href$="/settings"]', 'href'), `${room}/settings`);
  assert.equal(await bob.page.locator('.papers a[href$="/settings"]').count(), 0);
  await ann.goto(`${room}/settings`, desk);
  assert.equal(await desk.isChecked('input[value=everyone]'), true);
  await alterRoom(ann, room, { name: 'ほうじ茶の間', topic: '<b>roasted</b>' }, desk);
  await bob.page.waitForFunction(() => document.querySelector('#room-name')?.textContent === 'ほうじ茶の間');
  assert.equal(await bob.page.textContent('#room-topic'), '<b>roasted</b>');
  assert.match(await bob.page.title(), /ほうじ茶の間/);
  assert.equal(await bob.page.inputValue('#line'), 'half a line', 'the page is the same one');
  assert.equal(await ann.page.textContent('#room-name'), 'ほうじ茶の間');

  await alterRoom(ann, room, { topic: '' }, desk);
  await bob.page.waitForFunction(() => document.querySelector('#room-topic')?.textContent === '');
  assert.equal(await bob.page.isVisible('.title .topic'), false);
});

scene('who is inside a room that is closed is shown out kindly, and the owner stays', async (it) => {
  const { ann, room, desk } = await ownerOf(it, { name: 'till midnight' });
  const bob = await it.person('bob');
  await bob.enter(room);
  await hear(ann.page, `${bob.handle} came in`);
  await alterRoom(ann, room, { entry: 'closed' }, desk);
  assert.equal(await ended(bob.page), 'This room has been closed.');
  await hear(ann.page, `${bob.handle} was shown out`);
  assert.deepEqual(await inside(ann.page), [`${ann.handle} here`]);
  assert.equal(await status(bob, room), 403);
  assert.match(await refusal(bob.page), /closed at the moment/);
  await ann.say('tidying up');
  await hear(ann.page, `${ann.handle}>tidying up`);

  await alterRoom(ann, room, { entry: 'signed_in' }, desk);
  await bob.enter(room);
  await ann.page.waitForSelector(`.member[data-who="${bob.handle}"]`);
});

scene('a room is deleted with a tick, for good', async (it) => {
  const { ann, room, desk } = await ownerOf(it, { name: 'for one evening' });
  const bob = await it.person('bob');
  await bob.enter(room);
  await hear(ann.page, `${bob.handle} came in`);
  await ann.goto(`${room}/settings`, desk);
  await desk.click('form[action$="/delete"] button');
  assert.equal(await desk.$eval('input[name=sure]', (box) => box.matches(':invalid:focus')), true);
  await desk.$eval('form[action$="/delete"]', (form) => form.setAttribute('novalidate', ''));
  await desk.click('form[action$="/delete"] button');
  assert.match(await refusal(desk), /please tick the box/);
  await desk.click('main .key.strong');
  await desk.waitForURL((url) => url.pathname === `${room}/settings`);
  await bob.say('still standing');
  await hear(ann.page, `${bob.handle}>still standing`);

  await desk.check('input[name=sure]');
  await desk.click('form[action$="/delete"] button');
  await desk.waitForURL((url) => url.pathname === '/');
  for (const page of [bob.page, ann.page]) {
    assert.equal(await ended(page), 'This room is no more.');
    assert.equal(await page.isVisible('#enter-again'), false);
  }
  for (const path of [room, `${room}/settings`, `${room}/log.txt`, `${room}/older`])
    assert.equal(await status(bob, path), 404, path);
  const next = await openRoomAs(ann, { name: 'another evening' }, desk);
  assert.equal(next, `/rooms/${ann.handle}/2`);
  assert.equal(await status(bob, room), 404);
});

declare const goog: {
  appengine: {
    Channel: new (
      token: string,
    ) => {
      open(): { onmessage: (message: { data: string }) => void; onerror: () => void; onclose: () => void };
    };
  };
};

/** Opens a channel with a token that was good once, as a page that keeps no promises would; answers what it heard when it ended. */
function listenWith(page: Page, token: string): Promise<string[]> {
  return page.evaluate(
    (old) =>
      new Promise<string[]>((resolve) => {
        const heard: string[] = [];
        const socket = new goog.appengine.Channel(old).open();
        socket.onmessage = (message) => void heard.push(message.data);
        socket.onerror = () => undefined;
        socket.onclose = () => resolve(heard);
      }),
    token,
  );
}

scene('who is shown out hears nothing more on any page, until let in again', async (it) => {
  const { ann, room, desk } = await ownerOf(it, { name: 'house rules' });
  const bob = await it.person('bob');
  const cy = await it.person('cy');
  await bob.enter(room);
  const old = await bob.context.newPage();
  await bob.enter(room, old);
  await cy.enter(room);
  await hear(ann.page, `${cy.handle} came in`);
  const token = await old.inputValue('input[name=channel_token]');

  await pressKeyOf(ann, room, bob.handle, desk);
  for (const page of [bob.page, old]) {
    assert.match(await ended(page), /The owner has shown you out/);
    assert.equal(await page.isVisible('#enter-again'), false);
  }
  await hear(cy.page, `${bob.handle} was shown out`);
  assert.deepEqual(await inside(cy.page), [`${ann.handle} here`, `${cy.handle} here`]);
  const listening = listenWith(old, token);
  await ann.say('among ourselves');
  await hear(cy.page, `${ann.handle}>among ourselves`);
  assert.deepEqual(await listening, []);
  for (const page of [bob.page, old]) assert.ok(!(await conversation(page)).join().includes('among ourselves'));

  for (const act of ['speak', 'poll', 'away']) {
    const answer = await old.evaluate(
      async ([to, fields]) => (await fetch(to, { method: 'POST', body: new URLSearchParams(fields) })).status,
      [`${room}/${act}`, `line=x&form_token=${await old.inputValue('input[name=form_token]')}`] as const,
    );
    if (act !== 'away') assert.equal(answer, 403, act);
  }
  assert.equal((await conversation(cy.page)).at(-1), `${ann.handle}>among ourselves`);
  for (const path of [room, `${room}/log.txt`, `${room}/older`, `${room}/search?q=among`]) {
    assert.equal(await status(bob, path), 403, path);
    assert.ok(!(await bob.page.content()).includes('among ourselves'), path);
  }
  await bob.goto(room);
  assert.match(await refusal(bob.page), /asked you to stay out/);
  await bob.goto('/');
  assert.equal(await bob.page.locator(`a[href="${room}"]`).count(), 0);

  assert.deepEqual(await peopleOnSettings(ann, room, desk), [[cy.handle], [bob.handle]]);
  await pressKeyOf(ann, room, bob.handle, desk);
  assert.deepEqual(await peopleOnSettings(ann, room, desk), [[cy.handle], []]);
  await bob.enter(room);
  await cy.page.waitForSelector(`.member[data-who="${bob.handle}"]`);
  await bob.say('sorry');
  await hear(ann.page, `${bob.handle}>sorry`);
});

scene('a room with a list lets in those on it, and those no longer on it out', async (it) => {
  const bob = await it.person('bob');
  const cy = await it.person('cy');
  const { ann, room, desk } = await ownerOf(it, {
    name: 'by invitation',
    entry: 'listed',
    handles: `${bob.handle.toUpperCase()}、somebody-else`,
  });
  await bob.enter(room);
  const inJapanese = await bob.context.newPage();
  await bob.enter(`${room}?lang=ja`, inJapanese);
  await hear(ann.page, `${bob.handle} came in`);
  assert.equal(await status(cy, room), 403);
  assert.match(await refusal(cy.page), /Only people on this room's list/);
  await alterRoom(ann, room, { handles: cy.handle }, desk);
  assert.equal(await ended(bob.page), 'Who may enter this room has changed, so you are outside now.');
  assert.equal(await ended(inJapanese), '部屋の入室条件が変わったため、退室となりました。');
  await bob.page.click('#enter-again');
  assert.match(await refusal(bob.page), /名簿に載っている人だけです/);
  await cy.enter(room);
  await hear(ann.page, `${cy.handle} came in`);
});

scene('settings are for the owner only', async (it) => {
  const { ann, room } = await ownerOf(it, { name: 'mine' });
  const bob = await it.person('bob');
  await bob.enter(room);
  assert.equal(await status(bob, `${room}/settings`), 403);
  assert.match(await refusal(bob.page), /Only the room's owner/);
  await bob.enter(room);
  const token = await bob.page.inputValue('#speak input[name=form_token]');
  for (const act of ['settings', 'remove', 'readmit', 'delete']) {
    const answer = await bob.page.evaluate(
      async ([to, fields]) => (await fetch(to, { method: 'POST', body: new URLSearchParams(fields) })).status,
      [`${room}/${act}`, `form_token=${token}&name=theirs&handle=${ann.handle}&sure=on`] as const,
    );
    assert.equal(answer, 403, act);
  }
  await bob.say('still the same room');
  await hear(ann.page, `${bob.handle}>still the same room`);
  assert.equal(await ann.page.textContent('#room-name'), 'mine');
  const stranger = await it.stranger();
  await stranger.goto(`${room}/settings`);
  assert.equal(new URL(stranger.page.url()).pathname, '/sign-in');
});

scene('without JavaScript an owner does all this, too', async (it) => {
  const ann = await it.person('ann', { javaScriptEnabled: false });
  const bob = await it.person('bob', { javaScriptEnabled: false });
  await ann.goto('/rooms/new');
  await sendRoomForm(ann.page, { name: 'old machines', topic: '8 bits', entry: 'passphrase', passphrase: 'abc' });
  assert.match(await refusal(ann.page), /at least 4 characters/);
  assert.equal(await ann.page.inputValue('#topic'), '8 bits');
  assert.equal(await ann.page.isChecked('input[value=passphrase]'), true);
  await sendRoomForm(ann.page, { entry: 'everyone' });
  await ann.page.waitForURL(`**/rooms/${ann.handle}/1`);
  const room = new URL(ann.page.url()).pathname;
  await bob.goto(room);
  assert.equal(await bob.page.textContent('#room-topic'), '8 bits');

  await alterRoom(ann, room, { name: 'older machines' });
  await bob.page.click('.note a');
  assert.equal(await bob.page.textContent('#room-name'), 'older machines');
  await pressKeyOf(ann, room, bob.handle);
  await bob.page.fill('#line', 'am I still here?');
  await bob.page.click('#speak button');
  assert.match(await refusal(bob.page), /asked you to stay out/);
  assert.equal(await bob.page.inputValue('#kept'), 'am I still here?');
  assert.deepEqual(await peopleOnSettings(ann, room), [[], [bob.handle]]);
  await pressKeyOf(ann, room, bob.handle);
  assert.equal(await status(bob, room), 200);

  await ann.goto(`${room}/settings`);
  await ann.page.check('input[name=sure]');
  await ann.page.click('form[action$="/delete"] button');
  await ann.page.waitForURL((url) => url.pathname === '/');
  await bob.page.fill('#line', 'hello?');
  await bob.page.click('#speak button');
  assert.match(await refusal(bob.page), /There is no such room/);
});
