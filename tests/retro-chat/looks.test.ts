// What people see and hear: no palette hides a word, keys alone suffice, a telephone's width does too.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { hear, inside, LOBBY, PASSPHRASE } from './harness/person';
import { openRoomAs } from './harness/room_form';
import { scene } from './harness/scene';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const PALETTES = ['beige', 'green', 'amber', 'blue', 'paper'];
const PHONE = { width: 360, height: 740 };

declare const axe: {
  run(): Promise<{ violations: { id: string; nodes: { target: unknown; any: { message: string }[] }[] }[] }>;
};

/** What axe-core complains about, or nothing. */
async function complaints(page: Page): Promise<string[]> {
  const present = await page.evaluate(() => 'axe' in window);
  if (!present) await page.evaluate(await axeSource());
  return page.evaluate(async () => {
    const found = await axe.run();
    return found.violations.flatMap((each) =>
      each.nodes.map((node) => `${each.id} ${node.target}: ${node.any.map((why) => why.message).join('; ')}`),
    );
  });
}

let source: Promise<string> | undefined;
function axeSource(): Promise<string> {
  source ??= import('node:fs/promises').then((fs) => fs.readFile(AXE, 'utf8'));
  return source;
}

async function dress(page: Page, palette: string, scheme: string): Promise<void> {
  await page.evaluate(
    ([palette, scheme]) => Object.assign(document.documentElement.dataset, { palette, scheme }),
    [palette, scheme],
  );
}

scene('axe finds nothing on any page, in any palette and shade', async (it) => {
  const ann = await it.person('ann', { reducedMotion: 'reduce' });
  const bob = await it.person('bob');
  const room = await ann.openRoom('all colours');
  await bob.enter(room);
  await bob.say(`@${ann.handle} see https://example.org/ for more`);
  await hear(ann.page, `${bob.handle}>@${ann.handle} see https://example.org/ for more`);
  await bob.stepAway();
  await hear(ann.page, `${bob.handle} stepped away`);
  const stranger = await it.stranger();
  const look = async (page: Page, what: string) => {
    for (const details of await page.$$('details')) await details.evaluate((each) => each.setAttribute('open', ''));
    for (const palette of PALETTES) {
      for (const scheme of ['light', 'dark']) {
        await dress(page, palette, scheme);
        assert.deepEqual(await complaints(page), [], `${what} ${palette} ${scheme}`);
      }
    }
  };
  await look(ann.page, 'room');
  for (const path of ['/', '/rooms/new', '/rooms/nobody/1', `${room}/settings`, `/rooms/${ann.handle}`]) {
    await ann.goto(path);
    await look(ann.page, path);
  }
  const den = await openRoomAs(ann, { name: 'den', entry: 'passphrase', passphrase: 'open sesame' });
  await bob.goto(den);
  await look(bob.page, 'a door with a passphrase');
  for (const path of ['/', '/sign-in', '/sign-up', '/nowhere', LOBBY]) {
    await stranger.goto(path);
    await look(stranger.page, `signed out ${path}`);
  }
});

scene('a palette and a shade are chosen without JavaScript, and stay', async (it) => {
  const ann = await it.stranger({ javaScriptEnabled: false });
  await ann.goto('/sign-in?to=/rooms/retro/1');
  await ann.page.click('.looks summary');
  await ann.page.click('.choice[data-palette=amber]');
  assert.equal(new URL(ann.page.url()).search, '?to=/rooms/retro/1&palette=amber');
  await ann.page.click('.looks summary');
  await ann.page.click('.choice[href$="scheme=dark"]');
  await ann.goto('/');
  const html = ann.page.locator('html');
  assert.equal(await html.getAttribute('data-palette'), 'amber');
  assert.equal(await html.getAttribute('data-scheme'), 'dark');
});

scene('a page fetches the pieces of the typeface that it needs, once', async (it) => {
  const ann = await it.person('ann', { locale: 'ja-JP' });
  const fetched: string[] = [];
  ann.page.on('request', (request) => {
    const font = /([\w-]+)\.woff2$/.exec(request.url())?.[1];
    if (font !== undefined) fetched.push(font);
  });
  await ann.enter(LOBBY);
  await ann.page.evaluate(() => document.fonts.ready);
  assert.ok(await ann.page.evaluate(() => document.fonts.check('16px DotGothic16', 'あ発')));
  assert.ok(fetched.includes('dot-latin') && fetched.includes('dot-kana'), fetched.join(' '));
  assert.equal(new Set(fetched).size, fetched.length);
  assert.ok(fetched.length <= 14, fetched.join(' '));
  assert.ok(!fetched.some((font) => font.startsWith('dot-kanji-rare')));
});

// In a lobby of its own: who went away in other scenes is told of in the one they share.
scene(
  'by keys alone one signs up, enters, speaks, steps away, comes back and leaves',
  async (it) => {
    const ann = await it.stranger();
    const { page } = ann;
    const handle = `keys_${process.pid}`;
    const reach = async (selector: string) => {
      for (let i = 0; i < 60; i += 1) {
        if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
        await page.keyboard.press('Tab');
      }
      throw new Error(`${selector} is out of the keyboard's reach`);
    };
    await ann.goto('/');
    await reach('a[href="/sign-up"]');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/sign-up');
    await reach('#handle');
    await page.keyboard.type(handle);
    await reach('#passphrase');
    await page.keyboard.type(PASSPHRASE);
    await page.keyboard.press('Enter');
    await page.waitForSelector('.me');
    await reach(`.rooms a[href="${LOBBY}"]`);
    await page.keyboard.press('Enter');
    await page.waitForSelector('#line-state[data-now=open]');
    await page.keyboard.type('with keys');
    await page.keyboard.press('Enter');
    await hear(page, `${handle}>with keys`);
    await reach('#away button');
    await page.keyboard.press('Enter');
    await hear(page, `${handle} stepped away`);
    await reach('#back button');
    await page.keyboard.press('Space');
    await hear(page, `${handle} is back`);
    await reach('#more summary');
    await page.keyboard.press('Enter');
    assert.equal(await page.isVisible('#more .panel'), true);
    await page.keyboard.press('Escape');
    assert.equal(await page.isVisible('#more .panel'), false);
    await page.keyboard.press('Escape');
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'line');
    await reach('#leave button');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname === '/');
  },
  [],
);

scene('on a telephone nothing reaches out of sight, and keys are large enough to touch', async (it) => {
  const ann = await it.person('ann_with_a_long_name', { viewport: PHONE, hasTouch: true });
  const room = await ann.openRoom('W'.repeat(40));
  await ann.say('w'.repeat(900));
  await hear(ann.page, `${ann.handle}>${'w'.repeat(900)}`);
  for (const path of [room, '/', '/rooms/new', `${room}/settings`, `/rooms/${ann.handle}`]) {
    await ann.goto(path);
    for (const details of await ann.page.$$('details')) await details.evaluate((each) => each.setAttribute('open', ''));
    const wide = await ann.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `${path} is ${wide} px too wide`);
    const small = await ann.page.$$eval('.key, .choice, main input:not([type=hidden], .choice *)', (keys) =>
      keys
        .map((key) => ({ key, box: key.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0 && (box.width < 24 || box.height < 32))
        .map(({ key }) => key.outerHTML),
    );
    assert.deepEqual(small, []);
  }
});

scene('links and calls are marked alike by the server and by the page', async (it) => {
  const ann = await it.person('ann');
  const bob = await it.person('bob');
  const room = await ann.openRoom('links');
  await bob.enter(room);
  const line = `@${ann.handle} (https://example.org/a) javascript:alert(1) https://a.example@b.example/`;
  await bob.say(line);
  await hear(ann.page, `${bob.handle}>${line}`);
  const marked = () => ann.page.$eval('.event.called .line', (box) => box.innerHTML);
  const live = await marked();
  assert.match(live, /<a href="https:\/\/example\.org\/a" target="_blank" rel="noopener noreferrer nofollow ugc">/);
  assert.equal((live.match(/<a /g) ?? []).length, 1);
  await ann.page.reload();
  assert.equal(await marked(), live);
});

scene('older lines come as one scrolls to the first, and the reader stays where they are', async (it) => {
  const ann = await it.person('ann', { viewport: PHONE });
  const room = await ann.openRoom('long ago');
  for (let i = 0; i < 99; i += 1) await ann.say(`line ${i}`);
  await hear(ann.page, `${ann.handle}>line 98`);
  await ann.say('the hundred and first event');
  await hear(ann.page, `${ann.handle}>the hundred and first event`);
  await ann.page.route(`**${room}/older?before=*`, (route) => {
    const before = Number(new URL(route.request().url()).searchParams.get('before'));
    assert.equal(before, 2);
    const event = { event: 1, kind: 'enter', who: ann.handle, colour: 1, at: 1_767_225_600_000 };
    return route.fulfill({ json: { events: [event], more: false } });
  });
  await ann.enter(room);
  assert.equal(await ann.page.$eval('.event', (row) => row.getAttribute('data-event')), '2');
  await ann.page.$eval('#log', (log) => log.scrollTo(0, -log.scrollHeight));
  await ann.page.waitForSelector('.event[data-event="1"]');
  assert.equal(await ann.page.isVisible('#older'), false);
  assert.equal(await ann.page.$$eval('.event', (rows) => rows.length), 101);
});

scene('a line whose answer was lost is sent again under the same name', async (it) => {
  const ann = await it.person('ann');
  await ann.openRoom('once');
  const names: (string | null)[] = [];
  await ann.page.route('**/speak', async (route) => {
    names.push(new URLSearchParams(route.request().postData() ?? '').get('once'));
    await (names.length === 1 ? route.abort() : route.continue());
  });
  await ann.say('did it arrive?');
  await ann.page.waitForSelector('#notice:not([hidden])');
  await ann.page.press('#line', 'Enter');
  await hear(ann.page, `${ann.handle}>did it arrive?`);
  await ann.say('another');
  await hear(ann.page, `${ann.handle}>another`);
  assert.match(names[0] ?? '', /^[0-9a-f]{32}$/);
  assert.equal(names[1], names[0]);
  assert.notEqual(names[2], names[0]);
});

scene('the list of who is inside is in sight for screen readers, too', async (it) => {
  const ann = await it.person('ann');
  await ann.openRoom('heard');
  assert.deepEqual(await inside(ann.page), [`${ann.handle} here`]);
  assert.equal(await ann.page.getAttribute('#log', 'role'), 'log');
  assert.equal(await ann.page.getAttribute('#log', 'aria-live'), 'polite');
});
