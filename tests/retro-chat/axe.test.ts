// What axe-core says of every page, and whether a telephone is wide enough for it: nothing, and it is.

import assert from 'node:assert/strict';
import { after } from 'node:test';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { complaints, dress, tooWide, unfold } from './harness/axe';
import { hear, type Person } from './harness/person';
import { providersFile } from './harness/provider';
import { alterRoom } from './harness/room_form';
import { type Scene, scene } from './harness/scene';
import { Services, TOKEN } from './harness/services';
import { XLike } from './harness/x_like';

const PALETTES = ['beige', 'green', 'amber', 'blue', 'paper'];
const DESKTOP = { width: 1280, height: 800 };
const PHONE = { width: 360, height: 740 };

const services = await Services.start();
after(() => services.stop());
const x = await XLike.listen();
const WITH_X = ['--providers', providersFile(x.provider)];

/** On a desk by night and on a telephone by day; all that opens is open by day. */
async function examine(page: Page, what: string): Promise<void> {
  await dress(page, 'beige', 'dark');
  await unfold(page, 'main');
  await page.setViewportSize(DESKTOP);
  assert.deepEqual(await complaints(page), [], `${what}, dark`);
  await dress(page, 'beige', 'light');
  await unfold(page);
  await page.setViewportSize(PHONE);
  assert.deepEqual(await complaints(page), [], `${what}, light`);
  assert.ok((await tooWide(page)) <= 0, `${what} is ${await tooWide(page)} px too wide`);
}

async function examineAt(who: Person, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await who.goto(path);
    await examine(who.page, `${who.handle || 'a stranger'} at ${path}`);
  }
}

/** A room where ann and bob are, much was said, and carl was shown out. */
async function livelyRoom(it: Scene, options: BrowserContextOptions) {
  const [ann, bob, carl] = [await it.person('ann', options), await it.person('bob'), await it.person('carl', options)];
  const room = await ann.openRoom(`W${'ide'.repeat(13)}`);
  for (const who of [bob, carl]) await who.enter(room);
  await bob.say(`@${ann.handle} see https://example.org/${'long'.repeat(30)} for more`);
  await bob.page.fill('#word', 'tea');
  await bob.stepAway();
  await hear(ann.page, `${bob.handle} stepped away`);
  await ann.goto(`${room}/settings`);
  await ann.page.click(`button[aria-label$="${carl.handle}"]`);
  await ann.page.waitForSelector('form[action$="/readmit"]');
  return { ann, bob, carl, room };
}

scene('axe finds nothing at the entrance and in a room, in any palette and shade', async (it) => {
  const { ann, room } = await livelyRoom(it, { reducedMotion: 'reduce' });
  const stranger = await it.stranger();
  const look = async (page: Page, what: string) => {
    await examine(page, what);
    for (const palette of PALETTES) {
      for (const shade of ['light', 'dark']) {
        await dress(page, palette, shade);
        assert.deepEqual(await complaints(page, 'colours'), [], `${what}, ${palette} ${shade}`);
      }
    }
  };
  await ann.enter(room);
  await look(ann.page, 'room');
  await stranger.goto('/');
  await look(stranger.page, 'entrance');
});

scene(
  'axe finds nothing on the pages for those who are not in yet',
  async (it) => {
    const ann = await it.person('ann');
    const bob = await it.person('bob');
    const stranger = await it.stranger();
    const room = await ann.openRoom(`W${'ide'.repeat(13)}`);
    await examineAt(stranger, ['/sign-in', '/sign-up', '/nowhere', room]);
    await stranger.goto('/sign-up');
    await stranger.fillIn(ann.handle);
    await examine(stranger.page, 'sign-up refused');
    x.user = { id: '42', name: '名無し', username: ann.handle };
    await stranger.goto('/sign-in');
    await stranger.page.click('.ways a');
    await stranger.page.waitForURL('**/sign-in/choose-handle');
    await examine(stranger.page, 'choose a handle');
    await alterRoom(ann, room, { entry: 'everyone' });
    await examineAt(stranger, [room]);
    await alterRoom(ann, room, { entry: 'passphrase', passphrase: 'open sesame' });
    await examineAt(bob, [room]);
    await bob.page.fill('#passphrase', 'open barley');
    await bob.page.click('.form .strong');
    await bob.page.waitForSelector('.refused');
    await examine(bob.page, 'knocked in vain');
    await alterRoom(ann, room, { entry: 'listed', handles: ann.handle });
    await examineAt(bob, [room]);
    await alterRoom(ann, room, { entry: 'closed' });
    await examineAt(bob, [room]);
  },
  WITH_X,
);

scene('axe finds nothing on the pages around a room', async (it) => {
  const { ann, bob, carl, room } = await livelyRoom(it, {});
  await carl.page.waitForSelector('#left:not([hidden])');
  await examine(carl.page, 'shown out');
  await examineAt(carl, [room, `${room}/search?q=more`]);
  const around = ['settings', 'reposting', 'older', 'search', 'search?q=more', 'search?q=nothing+like+it'];
  await examineAt(
    ann,
    around.map((page) => `${room}/${page}`),
  );
  await examineAt(bob, [`${room}/settings`, `/rooms/${ann.handle}`, '/find?handle=nobody_at_all']);
  await examineAt(ann, ['/', `/rooms/${ann.handle}`, '/rooms/new', '/rooms/nobody/1']);
  await ann.goto('/rooms/new');
  await ann.page.fill('#name', 'strange company');
  await ann.page.fill('#handles', 'not a handle!');
  await ann.page.click('.form .strong');
  await ann.page.waitForSelector('.refused');
  await examine(ann.page, 'a new room refused');
});

scene(
  'axe finds nothing where a room’s lines are posted on, whatever becomes of them',
  async (it) => {
    const ann = await it.person('ann');
    const room = await ann.openRoom(`W${'ide'.repeat(13)}`);
    const fill = async (kind: string, fields: Record<string, string>) => {
      await ann.goto(`${room}/reposting`);
      await unfold(ann.page, 'main');
      const form = ann.page.locator(`form:has([name=kind][value=${kind}])`);
      for (const [name, value] of Object.entries(fields)) await form.locator(`[name=${name}]`).fill(value);
      await form.locator('button').click();
      await ann.page.waitForSelector('#now-title, .refused');
    };
    /** Switches on, posts a test, and comes back until it is told what became of it. */
    const test = async (state: string) => {
      await ann.page.click('form[action$="/switch"] button');
      await ann.page.click('form[action$="/test"] button');
      while ((await ann.page.locator(`.outcome.${state}`).count()) === 0) await ann.goto(`${room}/reposting`);
    };
    await ann.goto(`${room}/reposting`);
    await examine(ann.page, 'reposting to nowhere yet');
    await fill('webhook', { address: 'not an address' });
    await examine(ann.page, 'reposting to an address that is none');
    await fill('webhook', { address: `${services.url}/hook` });
    await ann.page.waitForSelector('code');
    await examine(ann.page, 'the secret of a webhook');
    await fill('mastodon', { address: services.url, token: TOKEN });
    await test('posted');
    await ann.page.waitForSelector('.outcome a');
    await examine(ann.page, 'posted to Mastodon');
    await ann.enter(room);
    await ann.page.waitForSelector('#posted-on span:not([hidden])');
    await examine(ann.page, 'a room whose lines are posted on');
    await fill('x', { token: TOKEN });
    services.moods.push('unauthorized');
    await test('refused');
    await ann.page.waitForSelector('.refused[role=alert]');
    await examine(ann.page, 'refused by X');
  },
  ['--repost-to-private', '--repost-x-api', services.url],
);

scene('axe finds nothing on a long conversation’s pages, nor where one went too far or away', async (it) => {
  const { ann, bob, room } = await livelyRoom(it, { reducedMotion: 'reduce' });
  // With the one that he said already, as many as may be said in a minute.
  await bob.sayAll(Array.from({ length: 99 }, (_, i) => `more of it, ${i}`));
  await examineAt(ann, [`${room}/older?around=60`, `${room}/search?q=more`]);
  await bob.page.fill('#line', 'and one more');
  assert.equal(await statusOf(bob.page, '#speak'), 429);
  await examine(bob.page, 'a line too many');
  await ann.goto(`${room}/settings`);
  await ann.page.$eval('[action$="/remove"] [name=handle]', (field, me) => field.setAttribute('value', me), ann.handle);
  assert.equal(await statusOf(ann.page, '[action$="/remove"]'), 409);
  await examine(ann.page, 'an owner shown out');
  await ann.enter(room);
  const second = await ann.context.newPage();
  await ann.enter(room, second);
  await ann.leave();
  await second.waitForSelector('#left:not([hidden])');
  await examine(second, 'left in another tab');
});

/** Sends a form as a browser without JavaScript does; answers the status of the page that comes. */
async function statusOf(page: Page, form: string): Promise<number> {
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.request().method() === 'POST'),
    page.$eval(form, (each: HTMLFormElement) => each.submit()),
  ]);
  await page.waitForSelector('.status');
  return answer.status();
}

scene('with colours of one’s own, and on paper, all of it can be told', async (it) => {
  const { ann, room } = await livelyRoom(it, { colorScheme: 'dark', reducedMotion: 'reduce' });
  await ann.enter(room);
  const lines = Array.from({ length: 40 }, (_, i) => `line ${i}`);
  await ann.sayAll(lines);
  await hear(ann.page, `${ann.handle}>${lines.at(-1)}`);
  // The colours are then the browser's to choose; that what was told by a colour is told by a line, ours.
  await ann.page.emulateMedia({ forcedColors: 'active' });
  const border = (selector: string) => ann.page.$eval(selector, (box) => getComputedStyle(box).borderTopStyle);
  for (const selector of ['.event.called', '.key.strong', '.title']) assert.equal(await border(selector), 'solid');
  await ann.page.emulateMedia({ forcedColors: 'none', media: 'print' });
  for (const palette of PALETTES) {
    await dress(ann.page, palette, 'dark');
    assert.deepEqual(await complaints(ann.page, 'colours'), [], `${palette} on paper`);
  }
  assert.equal(await ann.page.isVisible('.composer'), false);
  const cut = await ann.page.$eval('#log', (log) => log.scrollHeight - log.clientHeight);
  assert.ok(cut <= 0, `${cut} px of the conversation are missing on paper`);
});
