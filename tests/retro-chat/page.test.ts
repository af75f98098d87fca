// The room's page, alive: what its script does with what is pushed to it, and with what the person does.

import assert from 'node:assert/strict';
import { feedByHand, nodesTouchedBy, putOutOfSight, watchSignals } from './harness/page_stand_ins';
import { connected, conversation, hear, inside, type Person } from './harness/person';
import { type Scene, scene } from './harness/scene';

/** Ann's room with bob in it; `before` is done to ann's page first. */
async function two(it: Scene, before: (ann: Person) => Promise<void> = async () => undefined) {
  const ann = await it.person('ann');
  const bob = await it.person('bob');
  await before(ann);
  const room = await ann.openRoom('a lively one');
  await bob.enter(room);
  await hear(ann.page, `${bob.handle} came in`);
  return { ann, bob, room };
}

scene('older lines come as one scrolls to the first, and the reader stays where they are', async (it) => {
  const ann = await it.person('ann', { viewport: { width: 360, height: 740 } });
  const bob = await it.person('bob');
  const room = await ann.openRoom('long ago');
  await bob.enter(room);
  await ann.page.goto('about:blank');
  await bob.sayAll(Array.from({ length: 99 }, (_, i) => `line ${i + 1}`));
  await hear(bob.page, `${bob.handle}>line 99`);
  await ann.enter(room);
  await ann.say('I am back');
  await hear(ann.page, `${ann.handle}>I am back`);
  const shown = () => ann.page.$$eval('.event', (rows) => rows.map((row) => Number(row.getAttribute('data-event'))));
  const before = await shown();
  assert.ok(before[0] !== undefined && before[0] > 1);
  const top = () => ann.page.$eval(`.event[data-event="${before[0]}"]`, (row) => row.getBoundingClientRect().top);
  await ann.page.$eval('#log', (log) => log.scrollTo(0, 60 - log.scrollHeight + log.clientHeight));
  const at = await top();
  await ann.page.waitForSelector('.event[data-event="1"]');
  assert.ok(Math.abs((await top()) - at) < 2);
  assert.equal(await ann.page.isVisible('#older'), false);
  const after = await shown();
  assert.deepEqual(
    after,
    after.map((_, i) => i + 1),
  );
});

scene('what the owner alters shows at once, and a room that was deleted ends kindly', async (it) => {
  const { ann, bob, room } = await two(it);
  assert.match(await bob.page.title(), /^a lively one/);
  await ann.goto(`${room}/settings`);
  await ann.page.fill('#name', 'a quiet one');
  await ann.page.fill('#topic', 'old paper');
  await ann.page.click('.form .strong');
  await bob.page.waitForFunction(() => document.querySelector('#room-topic')?.textContent === 'old paper');
  assert.equal(await bob.page.textContent('#room-name'), 'a quiet one');
  assert.match(await bob.page.title(), /^a quiet one/);
  await ann.goto(`${room}/settings`);
  await ann.page.check('input[name=sure]');
  await ann.page.click('form[action$="/delete"] button');
  await bob.page.waitForSelector('#left:not([hidden])');
  assert.equal(await bob.page.textContent('#left-why'), 'This room is no more.');
  assert.equal(await bob.page.isVisible('#enter-again'), false);
  assert.equal(await bob.page.isDisabled('#line'), true);
});

scene('the page of somebody who was shown out ends kindly, with a channel and without', async (it) => {
  const { ann, bob, room } = await two(it);
  const carl = await it.person('carl');
  await carl.page.route('**/jsapi', (route) => route.abort());
  await carl.goto(room);
  await hear(ann.page, `${carl.handle} came in`);
  for (const [who, why] of [
    [bob, /^The owner has shown you out/],
    [carl, /^The owner of this room has asked you to stay out/],
  ] as const) {
    await ann.goto(`${room}/settings`);
    await ann.page.click(`button[aria-label$="${who.handle}"]`);
    await who.page.waitForSelector('#left:not([hidden])');
    assert.match((await who.page.textContent('#left-why')) ?? '', why);
    assert.equal(await who.page.isVisible('#enter-again'), false);
    assert.equal(await who.page.isDisabled('#line'), true);
    await who.page.click('#left a:visible');
    await who.page.waitForURL(`${it.chat.url}/`);
  }
});

scene('the word of somebody who stepped away is shown to all until they are back', async (it) => {
  const { ann, bob } = await two(it);
  await bob.page.fill('#word', 'making tea');
  await bob.stepAway();
  await hear(ann.page, `${bob.handle} stepped away`);
  assert.equal(await ann.page.textContent('.event:last-child .word'), 'making tea');
  const word = () => ann.page.textContent(`.member[data-who="${bob.handle}"] .word`);
  assert.equal(await word(), 'making tea');
  await ann.page.reload();
  assert.equal(await word(), 'making tea');
  await connected(ann.page);
  await bob.comeBack();
  await hear(ann.page, `${bob.handle} is back`);
  assert.equal(await word(), '');
  assert.equal(await bob.page.inputValue('#word'), '');
});

scene('the title counts what came while one looked elsewhere, calls first', async (it) => {
  const { ann, bob } = await two(it, (person) => watchSignals(person.page));
  const heard = async (line: string) => {
    await bob.say(line);
    await hear(ann.page, `${bob.handle}>${line}`);
    return ann.page.title();
  };
  const plain = await ann.page.title();
  assert.equal(await heard('seen'), plain);
  await putOutOfSight(ann.page, true);
  assert.equal(await heard('one'), `(1) ${plain}`);
  await ann.say('my own words');
  await hear(bob.page, `${ann.handle}>my own words`);
  assert.equal(await heard('two'), `(2) ${plain}`);
  assert.equal(await heard(`${ann.handle}?`), `(@1) ${plain}`);
  assert.equal(await heard('four'), `(@1) ${plain}`);
  await putOutOfSight(ann.page, false);
  assert.equal(await ann.page.title(), plain);
  const called = await ann.page.$$eval('.event.called .line', (lines) => lines.map((line) => line.textContent));
  assert.deepEqual(called, [`${ann.handle}?`]);
  assert.equal(await bob.page.locator('.event.called').count(), 0);
});

scene('links and calls are marked alike by the server and by the page', async (it) => {
  const { ann, bob } = await two(it);
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

scene('it notifies as wished, and asks for permission only when told to', async (it) => {
  const { ann, bob } = await two(it, (person) => watchSignals(person.page));
  const { page } = ann;
  const told = () => page.evaluate(() => [signals.asked, ...signals.notified]);
  const heard = async (line: string) => {
    await bob.say(line);
    await hear(page, `${bob.handle}>${line}`);
  };
  await putOutOfSight(page, true);
  await heard(`${ann.handle}, nobody knows`);
  assert.deepEqual(await told(), [0]);
  await page.click('#more summary');
  await page.selectOption('#notify', 'mentions');
  await heard('not for you');
  await heard(`${ann.handle}, for you`);
  const first = `${bob.handle} — a lively one: ${ann.handle}, for you`;
  assert.deepEqual(await told(), [1, first]);
  await page.reload();
  await connected(page);
  assert.equal(await page.inputValue('#notify'), 'mentions');
  await page.evaluate(() => Object.assign(signals, { answer: 'granted' }));
  await page.click('#more summary');
  await page.selectOption('#notify', 'all');
  await heard('while in sight');
  await putOutOfSight(page, true);
  await heard('for all');
  assert.deepEqual(await told(), [1, `${bob.handle} — a lively one: for all`]);
  await page.evaluate(() => Object.assign(signals, { answer: 'denied' }));
  await page.selectOption('#notify', 'mentions');
  await page.waitForSelector('#denied:not([hidden])');
  assert.equal(await page.inputValue('#notify'), 'off');
});

scene('it beeps as wished, and makes up for nothing once it is let', async (it) => {
  const { ann, bob } = await two(it, (person) => watchSignals(person.page));
  const { page } = ann;
  const tones = () => page.evaluate(() => signals.tones.splice(0));
  const heard = async (line: string) => {
    await bob.say(line);
    await hear(page, `${bob.handle}>${line}`);
    return tones();
  };
  assert.deepEqual(await heard('silence'), []);
  await page.click('#more summary');
  await page.selectOption('#sound', 'mentions');
  assert.equal((await tones()).length, 2); // So that one hears what one chose.
  assert.deepEqual(await heard('not for you'), []);
  const called = await heard(`hello ${ann.handle}`);
  assert.equal(called.length, 2);
  await page.selectOption('#sound', 'all');
  await tones();
  const plain = await heard('for all');
  assert.equal(plain.length, 1);
  assert.ok(!called.includes(plain[0] ?? 0));
  const began = Date.now();
  await page.clock.setFixedTime(began);
  await page.evaluate(() => Object.assign(signals, { audible: false }));
  assert.deepEqual(await heard('before a touch'), []);
  await page.clock.setFixedTime(began + 60_000);
  await page.evaluate(() => {
    signals.audible = true;
    for (const resume of signals.waiting) resume();
  });
  assert.deepEqual(await heard('after it'), plain);
});

scene('Enter that ends a conversion sends nothing', async (it) => {
  const ann = await it.person('ann');
  await ann.openRoom('日本語');
  const { page } = ann;
  let sent = 0;
  page.on('request', (request) => {
    if (request.url().endsWith('/speak')) sent += 1;
  });
  const keyboard = await ann.context.newCDPSession(page);
  await page.focus('#line');
  await keyboard.send('Input.imeSetComposition', { text: 'にほん', selectionStart: 3, selectionEnd: 3 });
  await page.keyboard.press('Enter');
  assert.equal(sent, 0);
  await page.fill('#line', '');
  await keyboard.send('Input.insertText', { text: '日本' });
  // What Safari tells after the composition's end.
  const prevented = await page.$eval('#line', (line) => {
    const enter = { key: 'Enter', keyCode: 229, bubbles: true, cancelable: true };
    return !line.dispatchEvent(new KeyboardEvent('keydown', enter));
  });
  assert.equal(prevented, true);
  await page.keyboard.press('Enter');
  await hear(page, `${ann.handle}>日本`);
  assert.equal(sent, 1);
});

scene('a line whose answer was lost is said once, however often it is sent', async (it) => {
  const { ann, bob } = await two(it);
  const names: string[] = [];
  await ann.page.route('**/speak', async (route) => {
    names.push(new URLSearchParams(route.request().postData() ?? '').get('once') ?? '');
    if (names.length > 1) return route.continue();
    await route.fetch();
    await route.abort();
  });
  await ann.say('did it arrive?');
  await ann.page.waitForSelector('#notice:not([hidden])');
  assert.equal(await ann.page.inputValue('#line'), 'did it arrive?');
  await ann.stepAway();
  await hear(bob.page, `${ann.handle} stepped away`);
  await ann.page.waitForSelector('#notice', { state: 'hidden' });
  await ann.page.press('#line', 'Enter');
  await ann.comeBack();
  await ann.say('another');
  await hear(bob.page, `${ann.handle}>another`);
  assert.deepEqual((await conversation(bob.page)).slice(-4), [
    `${ann.handle}>did it arrive?`,
    `${ann.handle} stepped away`,
    `${ann.handle} is back`,
    `${ann.handle}>another`,
  ]);
  assert.match(names[0] ?? '', /^[0-9a-f]{32}$/);
  assert.equal(names[1], names[0]);
  assert.notEqual(names[2], names[0]);
});

scene('lines that could not be sent come back in the order in which they were written', async (it) => {
  const ann = await it.person('ann');
  await ann.openRoom('out of reach');
  let asked = 0;
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await ann.page.route('**/speak', async (route) => {
    asked += 1;
    await released;
    await route.abort();
  });
  await ann.say('first');
  await ann.say('second');
  await ann.page.fill('#line', 'and while I wr');
  release();
  await ann.page.waitForFunction(
    () => document.querySelector<HTMLInputElement>('#line')?.value === 'first second and while I wr',
  );
  assert.equal(asked, 2);
});

scene('what is being written outlives a change of colours, and entering again', async (it) => {
  const { ann, bob, room } = await two(it);
  await ann.page.fill('#line', 'half a thou');
  await ann.page.click('.looks summary');
  await ann.page.click('.looks [data-palette=green]');
  await ann.page.waitForSelector('html[data-palette=green]');
  // The page's script fills the box in, after the page is there.
  await connected(ann.page);
  assert.equal(await ann.page.inputValue('#line'), 'half a thou');
  const second = await ann.context.newPage();
  await ann.enter(room, second);
  assert.equal(await second.inputValue('#line'), '');
  await second.click('#leave button');
  await ann.page.waitForSelector('#left:not([hidden])');
  await ann.page.click('#enter-again');
  await connected(ann.page);
  assert.equal(await ann.page.inputValue('#line'), 'half a thou');
  await ann.page.press('#line', 'Enter');
  await hear(bob.page, `${ann.handle}>half a thou`);
  await ann.page.reload();
  await connected(ann.page);
  assert.equal(await ann.page.inputValue('#line'), '');
});

scene('lines under way are said before one leaves', async (it) => {
  const { ann, bob } = await two(it);
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await ann.page.route('**/speak', async (route) => {
    await released;
    await route.continue();
  });
  await ann.say('one more thing');
  await ann.say('good bye');
  await ann.page.click('#leave button');
  release();
  await hear(bob.page, `${ann.handle} left`);
  assert.deepEqual((await conversation(bob.page)).slice(-3), [
    `${ann.handle}>one more thing`,
    `${ann.handle}>good bye`,
    `${ann.handle} left`,
  ]);
});

scene('a word that could not be left behind comes back', async (it) => {
  const { ann, bob } = await two(it);
  await ann.page.route('**/away', (route) => route.abort(), { times: 1 });
  await ann.page.fill('#word', 'lunch');
  await ann.stepAway();
  await ann.page.waitForSelector('#notice:not([hidden])');
  assert.equal(await ann.page.inputValue('#word'), 'lunch');
  await ann.stepAway();
  await hear(bob.page, `${ann.handle} stepped away`);
  assert.equal(await bob.page.textContent('.event.away .word'), 'lunch');
  assert.equal(await ann.page.inputValue('#word'), '');
});

scene('in a full and busy room, each thing that happens touches as little as when it is empty', async (it) => {
  const ann = await it.person('ann');
  await feedByHand(ann.page);
  await ann.openRoom('full');
  const { page } = ann;
  const at = 1_767_225_600_000;
  const me = await page.$eval('.member', (row) => Number(row.querySelector('time')?.getAttribute('data-at')));
  const colour = await page.$eval('.member .who', (who) => Number(/\bc(\d)\b/.exec(who.className)?.[1]));
  const mine = { who: ann.handle, colour, state: 'here', since: me };
  const others = Array.from({ length: 199 }, (_, i) => ({
    who: `p${i}`,
    colour: (i % 6) + 1,
    state: 'here',
    since: at,
  }));
  const members = (last: number, more: readonly object[]) => ({ notice: 'members', last, members: [mine, ...more] });
  // What the server wrote is known to the page already.
  assert.equal(await nodesTouchedBy(page, [members(1, [])]), 0);
  const small = await nodesTouchedBy(page, [{ event: 2, kind: 'speak', who: 'p0', colour: 1, at, line: 'hello' }]);
  await nodesTouchedBy(page, [members(2, others)]);
  assert.equal((await inside(page)).length, 200);

  // Enough to fill the log and then some.
  const lines = Array.from({ length: 1_040 }, (_, i) => {
    return { event: 3 + i, kind: 'speak', who: `p${i % 199}`, colour: 1, at, line: 'hello' };
  });
  assert.equal(await nodesTouchedBy(page, lines.slice(0, 20)), 20 * small);
  await nodesTouchedBy(page, lines.slice(20, -20));
  assert.equal(await page.locator('.event').count(), 1_000);
  // A full log lets the oldest row go for each new one, which is as large.
  assert.ok((await nodesTouchedBy(page, lines.slice(-20))) <= 40 * small);
  // What the page holds no more is in the log, beside it.
  const [log] = await Promise.all([page.waitForEvent('popup'), page.click('#older a')]);
  await log.waitForLoadState();
  assert.match(log.url(), /\/older\?before=43$/);
  await log.close();
  // Who reads further up keeps their place while the oldest rows go.
  const middle = () =>
    page.$eval('.event:nth-child(500)', (row) => [row.dataset.event, row.getBoundingClientRect().top]);
  await page.$eval('.event:nth-child(500)', (row) => row.scrollIntoView());
  await page.waitForFunction(() => (document.querySelector('#log')?.scrollTop ?? 0) < -100);
  const [number, top] = await middle();
  const more = Array.from({ length: 7 }, (_, i) => ({ ...(lines[0] as object), event: 3 + lines.length + i }));
  await nodesTouchedBy(page, more);
  const after = await page.$eval(`.event[data-event="${number}"]`, (row) => row.getBoundingClientRect().top);
  assert.ok(Math.abs(after - Number(top)) < 2, `${after} is not ${top}`);

  const last = 2 + lines.length + more.length;
  assert.equal(await nodesTouchedBy(page, [members(last, others)]), 0);
  const away = { event: last + 1, kind: 'away', who: 'p7', colour: 2, at };
  const moved = await nodesTouchedBy(page, [away]);
  assert.ok(moved <= 4 * small, `${moved} nodes`);
  const changed = others.map((each, i) => (i === 8 ? { ...each, state: 'away', since: at + 1 } : each));
  changed[7] = { ...(others[7] as (typeof others)[0]), state: 'away', since: at };
  const noticed = await nodesTouchedBy(page, [members(last + 1, changed)]);
  assert.ok(noticed > 0 && noticed <= 2 * small, `${noticed} nodes`);
  assert.equal((await inside(page)).filter((each) => each.endsWith('away')).length, 2);
});
