// People in one room: what each does, the other sees, as it happens.

import assert from 'node:assert/strict';
import { SOON_GONE } from './harness/chat';
import { connected, conversation, hear, inside } from './harness/person';
import { scene } from './harness/scene';

scene('two people see each other come in, speak, step away, come back and leave', async (it) => {
  const ann = await it.person('ann');
  const bob = await it.person('bob');
  const room = await ann.openRoom('two people');
  await hear(ann.page, `${ann.handle} came in`);

  await bob.enter(room);
  await hear(ann.page, `${bob.handle} came in`);
  assert.deepEqual(await inside(ann.page), [`${ann.handle} here`, `${bob.handle} here`]);

  await bob.say('good evening, ann');
  await hear(ann.page, `${bob.handle}>good evening, ann`);
  await hear(bob.page, `${bob.handle}>good evening, ann`);
  assert.equal(await bob.page.inputValue('#line'), '');
  await ann.say('こんばんは');
  await hear(bob.page, `${ann.handle}>こんばんは`);

  await bob.stepAway();
  await hear(ann.page, `${bob.handle} stepped away`);
  assert.deepEqual(await inside(ann.page), [`${ann.handle} here`, `${bob.handle} away`]);
  assert.equal(await bob.page.isVisible('#away'), false);
  await bob.comeBack();
  await hear(ann.page, `${bob.handle} is back`);
  assert.deepEqual(await inside(ann.page), [`${ann.handle} here`, `${bob.handle} here`]);

  await bob.leave();
  await hear(ann.page, `${bob.handle} left`);
  assert.deepEqual(await inside(ann.page), [`${ann.handle} here`]);
});

scene('somebody who speaks while away is back', async (it) => {
  const ann = await it.person('ann');
  await ann.openRoom('away');
  await ann.stepAway();
  await hear(ann.page, `${ann.handle} stepped away`);
  await ann.say('I am here again');
  await hear(ann.page, `${ann.handle}>I am here again`);
  assert.deepEqual((await conversation(ann.page)).slice(-2), [
    `${ann.handle} is back`,
    `${ann.handle}>I am here again`,
  ]);
  assert.deepEqual(await inside(ann.page), [`${ann.handle} here`]);
});

scene(
  'somebody whose page is closed has gone after a while',
  async (it) => {
    const ann = await it.person('ann');
    const bob = await it.person('bob');
    const room = await ann.openRoom('closing');
    await bob.enter(room);
    await hear(ann.page, `${bob.handle} came in`);
    await bob.page.close();
    await hear(ann.page, `${bob.handle} lost the connection`);
    assert.deepEqual(await inside(ann.page), [`${ann.handle} here`]);
  },
  SOON_GONE,
);

scene('a reload is no leaving', async (it) => {
  const ann = await it.person('ann');
  const bob = await it.person('bob');
  const room = await ann.openRoom('reloading');
  await bob.enter(room);
  await bob.page.reload();
  await connected(bob.page);
  await bob.say('still here');
  await hear(ann.page, `${bob.handle}>still here`);
  assert.deepEqual((await conversation(ann.page)).slice(-2), [`${bob.handle} came in`, `${bob.handle}>still here`]);
});

scene('two tabs of one person are one person', async (it) => {
  const ann = await it.person('ann');
  const bob = await it.person('bob');
  const room = await ann.openRoom('two tabs');
  await bob.enter(room);
  const second = await bob.context.newPage();
  await bob.enter(room, second);
  await ann.say('do both of you hear me?');
  for (const page of [bob.page, second]) await hear(page, `${ann.handle}>do both of you hear me?`);
  assert.deepEqual(await inside(ann.page), [`${ann.handle} here`, `${bob.handle} here`]);
  const closed = bob.page.waitForEvent('close');
  await bob.page.close({ runBeforeUnload: true });
  await closed;
  await bob.say('one of us is left', second);
  await hear(ann.page, `${bob.handle}>one of us is left`);
  assert.equal((await conversation(ann.page)).filter((row) => row === `${bob.handle} came in`).length, 1);

  await ann.enter(room, await ann.context.newPage());
  await ann.leave();
  const other = ann.context.pages()[1];
  assert.ok(other);
  await other.waitForSelector('#left:not([hidden])');
  assert.equal(await other.isDisabled('#line'), true);
  await other.click('#left .strong');
  await connected(other);
  await ann.say('and here I am again', other);
  await hear(second, `${ann.handle}>and here I am again`);
  assert.deepEqual((await conversation(second)).slice(-3), [
    `${ann.handle} left`,
    `${ann.handle} came in`,
    `${ann.handle}>and here I am again`,
  ]);
});

scene('lines typed faster than they are sent arrive all, in their order', async (it) => {
  const ann = await it.person('ann');
  await ann.openRoom('hurry');
  await ann.page.route('**/speak', async (route) => {
    await new Promise((resolve) => setImmediate(resolve));
    await route.continue();
  });
  const lines = Array.from({ length: 10 }, (_, i) => `line ${i}`);
  for (const line of lines) {
    await ann.page.keyboard.type(line);
    await ann.page.keyboard.press('Enter');
  }
  await hear(ann.page, `${ann.handle}>line 9`);
  assert.deepEqual(
    (await conversation(ann.page)).slice(-10),
    lines.map((line) => `${ann.handle}>${line}`),
  );
});

scene('the newest line is in sight, unless one reads further up', async (it) => {
  const ann = await it.person('ann', { viewport: { width: 360, height: 640 } });
  const room = await ann.openRoom('scrolling');
  const bob = await it.person('bob');
  await bob.enter(room);
  await bob.sayAll(Array.from({ length: 30 }, (_, i) => `line ${i}`));
  await hear(ann.page, `${bob.handle}>line 29`);
  const top = (selector: string) =>
    ann.page.$eval(
      selector,
      (row) => row.getBoundingClientRect().top - (row.closest('#log')?.getBoundingClientRect().top ?? 0),
    );
  const height = await ann.page.$eval('#log', (log) => log.clientHeight);
  assert.ok((await top('.event:last-child')) < height);
  await ann.page.reload();
  assert.ok((await top('.event:last-child')) < height);
  await connected(ann.page);
  await ann.page.$eval('.event:nth-child(3)', (row) => row.scrollIntoView({ block: 'start' }));
  const before = await top('.event:nth-child(3)');
  await bob.say('while ann reads');
  await hear(ann.page, `${bob.handle}>while ann reads`);
  assert.ok(Math.abs((await top('.event:nth-child(3)')) - before) < 1);
  assert.ok((await top('.event:last-child')) > height);
});

scene('the entrance shows who is inside', async (it) => {
  const ann = await it.person('ann');
  const room = await ann.openRoom('a den of my own');
  const stranger = await it.stranger();
  await stranger.goto('/');
  const row = stranger.page.locator('.rooms li', { has: stranger.page.locator(`a[href="${room}"]`) });
  assert.match(
    (await row.textContent()) ?? '',
    new RegExp(`a den of my own\\s+${ann.handle}/1\\s+sign in to enter\\s*1 inside: ${ann.handle}`),
  );
});
