// The page's channel over a long life: opened late, renewed, cut off, restarted under.

import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { connected, conversation, hear } from './harness/person';
import { scene } from './harness/scene';

const tokenOf = (page: Page) => page.inputValue('input[name=channel_token]');

scene('a line said between rendering and opening is shown once', async (it) => {
  const ann = await it.person('ann');
  const bob = await it.person('bob');
  const room = await ann.openRoom('in between');
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await bob.page.route('**/_ah/channel/jsapi', async (route) => {
    await held;
    await route.continue();
  });
  const rendered = bob.page.waitForResponse(`**${room}`);
  const entering = bob.enter(room);
  await (await rendered).finished();
  await ann.say('said in between');
  await hear(ann.page, `${ann.handle}>said in between`);
  release();
  await entering;
  await hear(bob.page, `${ann.handle}>said in between`);
  await ann.say('said after');
  await hear(bob.page, `${ann.handle}>said after`);
  assert.deepEqual(await conversation(bob.page), await conversation(ann.page));
});

scene(
  'a token is renewed in time, and nothing is lost or shown twice',
  async (it) => {
    const ann = await it.person('ann');
    const bob = await it.person('bob');
    const room = await ann.openRoom('renewing');
    await bob.enter(room);
    const seen = new Set([await tokenOf(bob.page)]);
    for (const line of ['one', 'two', 'three']) {
      const before = await tokenOf(bob.page);
      await bob.page.waitForFunction(
        (old) => document.querySelector<HTMLInputElement>('input[name=channel_token]')?.value !== old,
        before,
      );
      seen.add(await tokenOf(bob.page));
      await ann.say(line);
      await hear(bob.page, `${ann.handle}>${line}`);
    }
    assert.ok(seen.size >= 4);
    assert.deepEqual((await conversation(bob.page)).slice(-4), [
      `${bob.handle} came in`,
      `${ann.handle}>one`,
      `${ann.handle}>two`,
      `${ann.handle}>three`,
    ]);
  },
  ['--poll-every', '500', '--renew-after', '1'],
);

scene(
  'open pages go on after the program was restarted',
  async (it) => {
    const ann = await it.person('ann');
    const bob = await it.person('bob');
    const room = await ann.openRoom('restarting');
    await bob.enter(room);
    await it.chat.restart();
    for (const { page } of [ann, bob]) await connected(page);
    await ann.say('that was quick');
    await hear(bob.page, `${ann.handle}>that was quick`);
    assert.deepEqual(await conversation(bob.page), await conversation(ann.page));
    assert.equal((await conversation(ann.page)).filter((row) => row.endsWith('came in')).length, 2);
  },
  [],
);

scene(
  'a page whose token is refused asks for another one',
  async (it) => {
    const ann = await it.person('ann');
    const room = await ann.openRoom('another key');
    const before = await tokenOf(ann.page);
    await it.chat.changeTokensKey();
    await ann.page.waitForFunction(
      (old) => document.querySelector<HTMLInputElement>('input[name=channel_token]')?.value !== old,
      before,
    );
    await connected(ann.page);
    const bob = await it.person('bob');
    await bob.enter(room);
    await hear(ann.page, `${bob.handle} came in`);
  },
  [],
);
