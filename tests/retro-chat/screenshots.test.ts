// Every page in both languages, both shades and two sizes, and the chief ones in each palette, to be looked at.

import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { hear, LOBBY, type Person } from './harness/person';
import { type Scene, scene } from './harness/scene';

const FOLDER = process.env.SCREENSHOTS ?? 'build/screenshots/retro-chat';
const SIZES = { desktop: { width: 1280, height: 800 }, phone: { width: 360, height: 740 } };

async function talk(it: Scene): Promise<Person[]> {
  const people: Person[] = [];
  for (const name of ['ann', 'kenji', 'momo']) {
    const person = await it.person(name);
    await person.enter(LOBBY);
    people.push(person);
  }
  const [ann, kenji, momo] = people as [Person, Person, Person];
  const lines: [Person, string][] = [
    [kenji, 'こんばんは。懐かしい画面ですね。'],
    [ann, 'Good evening! It smells of warm plastic in here.'],
    [momo, 'カセットのロード、まだ終わりません…… あと12分くらいです。待っているあいだに、ここで話しましょう。'],
    [ann, '10 PRINT "HELLO" : GOTO 10'],
    [kenji, 'それは止まらないやつです(笑)'],
  ];
  for (const [who, line] of lines) {
    await who.say(line);
    await hear(who.page, `${who.handle}>${line}`);
  }
  await momo.stepAway();
  await hear(ann.page, `${momo.handle} stepped away`);
  return people;
}

/** The page as it is, by day and by night. */
async function shoot(page: Page, name: (scheme: string) => string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await noSidewaysScrolling(page, name(colorScheme));
    await page.screenshot({ path: join(FOLDER, `${name(colorScheme)}.png`) });
  }
}

async function photograph(guest: Person, stranger: Person, taken: string, language: string, size: string) {
  const of = (what: string) => (scheme: string) => `${what}-${language}-${scheme}-${size}`;
  await guest.goto('/');
  await shoot(guest.page, of('home'));
  await guest.enter(LOBBY);
  await guest.page.fill('#line', 'なるほど');
  await shoot(guest.page, of('room'));
  await guest.page.fill('#line', 'long '.repeat(300));
  await guest.page.press('#line', 'Enter');
  await guest.page.waitForSelector('#notice:not([hidden])');
  await shoot(guest.page, of('room-refused'));
  await guest.goto('/rooms/new');
  await shoot(guest.page, of('new-room'));
  await guest.goto('/rooms/nobody/1');
  await shoot(guest.page, of('not-found'));
  await stranger.goto('/');
  await shoot(stranger.page, of('entrance'));
  await stranger.goto('/sign-up');
  await stranger.fillIn(taken);
  await stranger.page.waitForSelector('.refused');
  await shoot(stranger.page, of('sign-up'));
  await stranger.goto(LOBBY);
  await shoot(stranger.page, of('sign-in'));
  // The pages that show most of a palette.
  for (const palette of ['green', 'blue']) {
    await guest.goto(`/?palette=${palette}`);
    await guest.enter(LOBBY);
    await shoot(guest.page, of(`room-${palette}`));
    await stranger.goto(`/?palette=${palette}`);
    await shoot(stranger.page, of(`entrance-${palette}`));
    await stranger.goto('/sign-in');
    await shoot(stranger.page, of(`sign-in-${palette}`));
  }
}

/** The README's pictures, when they are asked for (tests/retro-chat/make-screenshots). */
function keepPictures(): void {
  const folder = process.env.PICTURES;
  if (folder === undefined) return;
  copyFileSync(join(FOLDER, 'room-en-light-desktop.png'), join(folder, 'retro-chat.png'));
  copyFileSync(join(FOLDER, 'room-ja-light-desktop.png'), join(folder, 'retro-chat-ja.png'));
  copyFileSync(join(FOLDER, 'room-green-en-dark-desktop.png'), join(folder, 'retro-chat-green.png'));
  copyFileSync(join(FOLDER, 'room-blue-ja-dark-phone.png'), join(folder, 'retro-chat-phone.png'));
}

async function noSidewaysScrolling(page: Page, what: string): Promise<void> {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wide > 0) throw new Error(`${what} is ${wide} px too wide`);
}

scene(
  'the pages, photographed',
  async (it) => {
    mkdirSync(FOLDER, { recursive: true });
    const [ann, kenji] = (await talk(it)) as [Person, Person];
    const old = await it.stranger({
      viewport: SIZES.phone,
      javaScriptEnabled: false,
      storageState: await kenji.context.storageState(),
    });
    await old.goto(LOBBY);
    await shoot(old.page, (scheme) => `room-without-script-${scheme}`);
    for (const [size, viewport] of Object.entries(SIZES)) {
      for (const language of ['ja', 'en']) {
        const seen = { viewport, locale: language === 'ja' ? 'ja-JP' : 'en-GB', timezoneId: 'Asia/Tokyo' };
        const guest = await it.stranger({ ...seen, storageState: await ann.context.storageState() });
        const stranger = await it.stranger(seen);
        await photograph(guest, stranger, ann.handle, language, size);
      }
    }
    await ann.enter(LOBBY);
    const elsewhere = await it.stranger({ storageState: await ann.context.storageState() });
    await elsewhere.enter(LOBBY);
    await elsewhere.leave();
    await ann.page.waitForSelector('#left:not([hidden])');
    await shoot(ann.page, (scheme) => `room-left-${scheme}`);
    keepPictures();
  },
  [],
);
