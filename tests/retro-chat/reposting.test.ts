// A room posts its lines on: to Mastodon, to X, to a webhook; through refusals, failures and a restart.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after } from 'node:test';
import { Webhook } from 'standardwebhooks';
import { hear, type Person } from './harness/person';
import { scene } from './harness/scene';
import { Services, TOKEN } from './harness/services';

const FOLDER = process.env.SCREENSHOTS ?? 'build/screenshots/retro-chat';
const services = await Services.start();
after(() => services.stop());
const OPTIONS = ['--repost-to-private', '--repost-x-api', services.url];

async function choose(ann: Person, room: string, kind: string, fields: Record<string, string>): Promise<void> {
  await ann.goto(`${room}/reposting`);
  const form = ann.page.locator(`form:has(input[name=kind][value=${kind}])`);
  const details = ann.page.locator('details', { has: form });
  if ((await details.getAttribute('open')) === null) await details.locator('summary').click();
  for (const [name, value] of Object.entries(fields)) await form.locator(`[name=${name}]`).fill(value);
  await form.locator('button').click();
  await ann.page.waitForSelector('#now-title');
}

async function switchOn(ann: Person): Promise<void> {
  await ann.page.click('form[action$="/switch"] button');
  await ann.page.waitForSelector('form[action$="/switch"] input[name=on][value="0"]', { state: 'attached' });
}

async function say(ann: Person, room: string, lines: string[]): Promise<void> {
  await ann.enter(room);
  for (const line of lines) {
    await ann.say(line);
    await hear(ann.page, `${ann.handle}>${line}`);
  }
}

/** Reloads the owner's page until the newest outcome is `state`. */
async function outcome(ann: Person, room: string, state: string, line: string): Promise<string> {
  for (;;) {
    await ann.goto(`${room}/reposting`);
    const row = ann.page.locator('.outcome', { hasText: line }).first();
    if ((await row.count()) > 0 && (await row.getAttribute('class'))?.includes(state))
      return (await row.textContent()) ?? '';
  }
}

const text = async (ann: Person, path: string): Promise<string> => (await (await ann.goto(path))?.text()) ?? '';

scene(
  'lines go to Mastodon once and in order, through failures and a restart',
  async (it) => {
    const ann = await it.person('ann');
    const room = await ann.openRoom('posted on');
    const bob = await it.person('bob');
    await bob.enter(room);
    await choose(ann, room, 'mastodon', { address: services.url, token: TOKEN });
    assert.equal(await bob.page.isVisible('#posted-on span'), false);
    await switchOn(ann);
    // Whoever is inside is told, without asking.
    await bob.page.waitForSelector('#posted-on span:not([hidden])');
    await bob.page.screenshot({ path: join(FOLDER, 'posted-on.png') });
    const before = services.taken.length;
    services.moods.push('hang-up', 'hurried', 'garbage');
    await say(ann, room, ['first', 'second']);
    await it.chat.restart();
    // Some seconds, in which a page that is reloaded again and again would only be in the way.
    await services.tookSoMany(before + 5);
    await outcome(ann, room, 'posted', ': second');
    const taken = services.taken.slice(before);
    assert.deepEqual(
      taken.filter((one) => one.wrong).map((one) => one.wrong),
      [],
    );
    const keys = taken.map((one) => one.headers['idempotency-key']);
    assert.equal(new Set(keys).size, 2);
    assert.deepEqual(
      [...keys].sort((a, b) => keys.indexOf(a) - keys.indexOf(b)),
      keys,
    );
    assert.equal(services.posts, 2);
    assert.equal(
      await text(ann, `${room}/urls.txt`),
      'https://mastodon.example/@room/1\nhttps://mastodon.example/@room/2\n',
    );
    assert.match(await text(ann, `${room}/hatena.txt`), /^\[https:\/\/mastodon\.example\/@room\/1:embed:cite\]\n/);
  },
  OPTIONS,
);

scene(
  'a refused token makes it rest, and a new one makes it go on, at X',
  async (it) => {
    const ann = await it.person('ann');
    const room = await ann.openRoom('to X');
    await choose(ann, room, 'x', { token: TOKEN });
    await switchOn(ann);
    services.moods.push('unauthorized');
    await say(ann, room, ['unheard']);
    assert.match(await outcome(ann, room, 'refused', ': unheard'), /HTTP 401/);
    assert.match((await ann.page.textContent('.refused[role=alert]')) ?? '', /rests/);
    assert.ok(!(await ann.page.content()).includes(TOKEN));
    await choose(ann, room, 'x', { token: TOKEN });
    await say(ann, room, ['heard']);
    await outcome(ann, room, 'posted', ': heard');
    assert.match(await text(ann, `${room}/hatena.txt`), /^\[twitter:\d+:detail\]\n$/);
    const bob = await it.person('bob');
    assert.equal((await bob.goto(`${room}/reposting`))?.status(), 403);
    const stranger = await it.stranger();
    await stranger.goto(`${room}/urls.txt`);
    assert.equal(new URL(stranger.page.url()).pathname, '/sign-in');
    mkdirSync(FOLDER, { recursive: true });
    for (const [size, viewport] of Object.entries({
      desktop: { width: 1280, height: 800 },
      phone: { width: 360, height: 740 },
    })) {
      for (const language of ['ja', 'en']) {
        await ann.page.setViewportSize(viewport);
        await ann.goto(`${room}/reposting?lang=${language}`);
        await ann.page.screenshot({ path: join(FOLDER, `reposting-${language}-${size}.png`), fullPage: true });
        const wide = await ann.page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        assert.equal(wide, 0);
      }
    }
  },
  OPTIONS,
);

scene(
  'a webhook is signed with the secret that was shown once',
  async (it) => {
    const ann = await it.person('ann', { javaScriptEnabled: false });
    const bob = await it.person('bob');
    await ann.goto('/rooms/new');
    await ann.page.fill('input[name=name]', '署名つき');
    await ann.page.click('main form button');
    const room = new URL(ann.page.url()).pathname;
    await choose(ann, room, 'webhook', { address: `${services.url}/hook` });
    const secret = (await ann.page.textContent('code')) ?? '';
    assert.match(secret, /^whsec_/);
    await ann.goto(`${room}/reposting`);
    assert.equal(await ann.page.locator('code').count(), 0);
    await switchOn(ann);
    await say(bob, room, ['こんにちは <b>']);
    await outcome(ann, room, 'posted', 'こんにちは <b>');
    const told = services.taken.at(-1);
    assert.ok(told);
    const line = new Webhook(secret).verify(told.body, told.headers as Record<string, string>) as Record<
      string,
      unknown
    >;
    assert.deepEqual(Object.keys(line), ['type', 'room', 'owner', 'number', 'event', 'who', 'at', 'line', 'url']);
    assert.equal(line.line, 'こんにちは <b>');
    assert.equal(line.who, bob.handle);
  },
  OPTIONS,
);

scene(
  'without the operator’s leave no private address is reached',
  async (it) => {
    const ann = await it.person('ann');
    const room = await ann.openRoom('curious');
    const before = services.taken.length;
    await ann.goto(`${room}/reposting`);
    await ann.page.locator('summary', { hasText: 'Webhook' }).click();
    await ann.page.fill('#webhook', `${services.url}/hook`);
    await ann.page.click('form:has(#webhook) button');
    assert.match((await ann.page.textContent('.refused')) ?? '', /https:/);
    await choose(ann, room, 'webhook', { address: `${services.url.replace('http:', 'https:')}/hook` });
    await ann.page.click('form[action$="/test"] button');
    assert.match(await outcome(ann, room, 'refused', 'test'), /not one to post to/);
    assert.equal(services.taken.length, before);
  },
  [],
);
