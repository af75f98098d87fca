// What people see and hear: no palette hides a word, keys alone suffice, a telephone's width does too.

import assert from 'node:assert/strict';
import { tooWide, unfold } from './harness/axe';
import { hear, inside, LOBBY, PASSPHRASE } from './harness/person';
import { scene } from './harness/scene';

const PHONE = { width: 360, height: 740 };

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
    await unfold(ann.page);
    assert.ok((await tooWide(ann.page)) <= 0, `${path} is ${await tooWide(ann.page)} px too wide`);
    const small = await ann.page.$$eval('.key, .choice, main input:not([type=hidden], .choice *)', (keys) =>
      keys
        .map((key) => ({ key, box: key.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0 && (box.width < 24 || box.height < 32))
        .map(({ key }) => key.outerHTML),
    );
    assert.deepEqual(small, []);
  }
});

scene('the list of who is inside is in sight for screen readers, too', async (it) => {
  const ann = await it.person('ann');
  await ann.openRoom('heard');
  assert.deepEqual(await inside(ann.page), [`${ann.handle} here`]);
  assert.equal(await ann.page.getAttribute('#log', 'role'), 'log');
  assert.equal(await ann.page.getAttribute('#log', 'aria-live'), 'polite');
});
