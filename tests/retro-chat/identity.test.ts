// Signing in through others: against the certified oidc-provider, and a stand-in that is as strict as X's documentation.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { BrowserContextOptions } from 'playwright-core';
import { run } from './harness/chat';
import { LOBBY, PASSPHRASE, type Person } from './harness/person';
import { CLIENT, OpenIdHouse, providersFile, SECRET } from './harness/provider';
import { scene } from './harness/scene';
import { XLike } from './harness/x_like';

const FOLDER = process.env.SCREENSHOTS ?? 'build/screenshots/retro-chat';
const [elliptic, classic] = [await OpenIdHouse.listen('ES256'), await OpenIdHouse.listen('RS256')];
const x = await XLike.listen();

const openid = (id: string, house: OpenIdHouse, name: string) => `
[[provider]]
id = "${id}"
name = ${name}
issuer = "${house.issuer}"
client_id = "${CLIENT}"
client_secret = "${SECRET}"
`;
const ALL = `${x.provider}${openid('elliptic', elliptic, '{ ja = "楕円の家", en = "the elliptic house" }')}
${openid('classic', classic, '"Classic"')}`;
const WITH_PROVIDERS = ['--providers', providersFile(ALL)];

const key = (name: string) => `.ways a:has-text("${name}")`;
const me = (person: Person) => person.page.textContent('.me bdi');

for (const [id, house] of Object.entries({ elliptic, classic })) {
  scene(
    `a person signs in through OpenID Connect (${id})`,
    async (it) => {
      house.openFor(it.chat.url, id);
      house.visitor = { sub: 'u-1', preferred_username: 'Kenji' };
      const kenji = await it.stranger();
      await kenji.goto(`/sign-in?to=${LOBBY}`);
      await kenji.page.click(`.ways a[href^="/sign-in/with/${id}?"]`);
      await kenji.page.waitForURL(it.chat.url + LOBBY);
      assert.equal(await me(kenji), 'Kenji');
      // Again, with another screen name by now: still the same person here.
      house.visitor = { sub: 'u-1', preferred_username: 'SomethingElse' };
      const again = await it.stranger();
      await again.goto(`/sign-in/with/${id}`);
      assert.equal(await me(again), 'Kenji');
      // The keys are fresh ones now, which the chat has not seen.
      house.openFor(it.chat.url, id);
      const later = await it.stranger();
      await later.goto(`/sign-in/with/${id}`);
      assert.equal(await me(later), 'Kenji');
    },
    WITH_PROVIDERS,
  );
}

scene(
  'a handle that is taken here gives no access to it, and another one is chosen',
  async (it) => {
    elliptic.openFor(it.chat.url, 'elliptic');
    const ann = await it.person('ann');
    elliptic.visitor = { sub: 'stranger', preferred_username: ann.handle.toUpperCase() };
    const stranger = await it.stranger();
    await stranger.goto(`/sign-in?to=${LOBBY}`);
    await stranger.page.click(key('elliptic'));
    await stranger.page.waitForURL('**/sign-in/choose-handle');
    assert.equal(await stranger.page.$('.me'), null);
    await stranger.page.click('main form button');
    assert.match((await stranger.page.textContent('.refused')) ?? '', /taken/);
    const cookies = await stranger.context.cookies();
    await stranger.page.fill('input[name=handle]', 'somebody_new');
    await stranger.page.click('main form button');
    await stranger.page.waitForURL(it.chat.url + LOBBY);
    assert.equal(await me(stranger), 'somebody_new');
    // The proof was good for one account.
    const copy = await it.stranger();
    await copy.context.addCookies(cookies);
    await copy.goto('/sign-in/choose-handle');
    await copy.page.fill('input[name=handle]', 'one_more');
    await copy.page.click('main form button');
    assert.match((await copy.page.textContent('.refused')) ?? '', /is over already/);
    assert.equal(await copy.page.$('.me'), null);
  },
  WITH_PROVIDERS,
);

scene(
  'saying no at the provider, coming back twice, and forged ways back are answered kindly',
  async (it) => {
    elliptic.openFor(it.chat.url, 'elliptic');
    elliptic.visitor = undefined;
    const ann = await it.stranger();
    const refused = async () => (await ann.page.textContent('.refused')) ?? '';
    await ann.goto('/sign-in/with/elliptic');
    assert.match(await refused(), /told not to/);
    elliptic.visitor = { sub: 'ann', preferred_username: 'ann_from_afar' };
    let back = '';
    ann.page.on('request', (request) => {
      if (request.url().includes('/callback?')) back = request.url();
    });
    await ann.goto('/sign-in/with/elliptic');
    assert.equal(await me(ann), 'ann_from_afar');
    assert.match(back, /[?&]iss=/);
    await ann.page.goto(back);
    assert.match(await refused(), /is over already/);
    const other = await it.stranger();
    await other.page.goto(back);
    assert.match((await other.page.textContent('.refused')) ?? '', /is over already/);
    assert.equal((await other.goto('/sign-in/with/nobody'))?.status(), 404);
    elliptic.close();
    classic.close();
    assert.equal((await other.goto('/sign-in/with/classic'))?.status(), 502);
  },
  WITH_PROVIDERS,
);

scene(
  'nobody is led to another site',
  async (it) => {
    x.user = { id: '7', name: 'Momo', username: 'momo' };
    const momo = await it.stranger();
    await momo.goto('/sign-in/with/x?to=//elsewhere.example/');
    assert.equal(momo.page.url(), `${it.chat.url}/`);
    assert.equal(await me(momo), 'momo');
  },
  WITH_PROVIDERS,
);

scene(
  'a person signs in as with X',
  async (it) => {
    x.user = { id: '2244994945', name: 'X Dev', username: 'XDevelopers' };
    const dev = await it.stranger({ javaScriptEnabled: false });
    await dev.goto(`/sign-in?to=${LOBBY}`);
    await dev.page.click(key('X'));
    await dev.page.waitForURL(it.chat.url + LOBBY);
    assert.equal(await me(dev), 'XDevelopers');
    assert.deepEqual(x.complaints, []);
    const session = (await dev.context.cookies()).find((each) => each.name === 'retrochat_session');
    assert.equal(session?.httpOnly, true);
    assert.equal(session?.sameSite, 'Lax');
    // After a restart the session is still good.
    await it.chat.restart();
    await dev.goto('/');
    assert.equal(await me(dev), 'XDevelopers');
  },
  WITH_PROVIDERS,
);

scene(
  'without local accounts there are no passphrases',
  async (it) => {
    const ann = await it.stranger();
    for (const path of ['/sign-in', '/sign-up']) {
      await ann.goto(path);
      assert.equal(await ann.page.$('input[name=passphrase]'), null);
      assert.equal((await ann.page.$$('.ways a')).length, 3);
      const form = { handle: 'ann', passphrase: PASSPHRASE };
      assert.equal((await ann.context.request.post(it.chat.url + path, { form })).status(), 403);
    }
  },
  [...WITH_PROVIDERS, '--local-accounts', 'off'],
);

scene(
  'the pages of signing in through others, photographed',
  async (it) => {
    mkdirSync(FOLDER, { recursive: true });
    x.user = { id: '99', name: '名無し', username: 'retro' };
    const sizes = { desktop: { width: 1280, height: 800 }, phone: { width: 360, height: 740 } };
    for (const [size, viewport] of Object.entries(sizes)) {
      for (const [language, locale] of Object.entries({ ja: 'ja-JP', en: 'en-GB' })) {
        const seen: BrowserContextOptions = { viewport, locale };
        const guest = await it.stranger(seen);
        const shoot = async (name: string) => {
          const wide = await guest.page.evaluate(
            'document.documentElement.scrollWidth - document.documentElement.clientWidth',
          );
          assert.equal(wide, 0, `${name}-${language}-${size} is too wide`);
          await guest.page.screenshot({ path: join(FOLDER, `${name}-${language}-${size}.png`), fullPage: true });
        };
        await guest.goto('/sign-in');
        await shoot('sign-in-through-others');
        await guest.page.click(key('X'));
        await guest.page.waitForURL('**/sign-in/choose-handle');
        await shoot('choose-handle');
      }
    }
  },
  WITH_PROVIDERS,
);

test('a provider file with mistakes stops the start, and each is named', () => {
  const file = providersFile('[[provider]]\nid = "a"\nclient = "b"\nissuer = "http://example.org"\n');
  const ended = run(['--data', '/dev/null/x', '--providers', file]);
  assert.notEqual(ended.status, 0);
  const good = run(['--public', '127.0.0.1:0', '--data', join(file, '..', 'data'), '--providers', file]);
  assert.equal(good.status, 1);
  assert.ok(good.stderr.includes(`${file}:3:1: there is no provider.client; expected id, `), good.stderr);
  assert.ok(good.stderr.includes(`${file}:4:10: issuer: expected an address that begins with https://`), good.stderr);
  const nobody = run(['--public', '127.0.0.1:0', '--data', join(file, '..', 'data'), '--local-accounts', 'off']);
  assert.match(nobody.stderr, /nobody could sign in/);
});
