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

async function shoot(page: Page, name: string): Promise<void> {
  await noSidewaysScrolling(page, name);
  await page.screenshot({ path: join(FOLDER, `${name}.png`) });
}

async function photograph(guest: Person, stranger: Person, taken: string, name: string): Promise<void> {
  await guest.goto('/');
  await shoot(guest.page, `home-${name}`);
  await guest.enter(LOBBY);
  await guest.page.fill('#line', 'なるほど');
  await shoot(guest.page, `room-${name}`);
  await guest.page.fill('#line', 'long '.repeat(300));
  await guest.page.press('#line', 'Enter');
  await guest.page.waitForSelector('#notice:not([hidden])');
  await shoot(guest.page, `room-refused-${name}`);
  await guest.goto('/rooms/new');
  await shoot(guest.page, `new-room-${name}`);
  await guest.goto('/rooms/nobody/1');
  await shoot(guest.page, `not-found-${name}`);
  await stranger.goto('/');
  await shoot(stranger.page, `entrance-${name}`);
  await stranger.goto('/sign-up');
  await stranger.fillIn(taken);
  await stranger.page.waitForSelector('.refused');
  await shoot(stranger.page, `sign-up-${name}`);
  await stranger.goto(LOBBY);
  await shoot(stranger.page, `sign-in-${name}`);
}

/** The pages that show most of a palette. */
async function photographPalette(guest: Person, stranger: Person, palette: string, name: string): Promise<void> {
  await guest.goto(`/?palette=${palette}`);
  await guest.enter(LOBBY);
  await shoot(guest.page, `room-${palette}-${name}`);
  await stranger.goto(`/?palette=${palette}`);
  await shoot(stranger.page, `entrance-${palette}-${name}`);
  await stranger.goto('/sign-in');
  await shoot(stranger.page, `sign-in-${palette}-${name}`);
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
    await shoot(old.page, 'room-without-script');
    for (const [size, viewport] of Object.entries(SIZES)) {
      for (const language of ['ja', 'en']) {
        for (const colorScheme of ['light', 'dark'] as const) {
          const locale = language === 'ja' ? 'ja-JP' : 'en-GB';
          const seen = { viewport, locale, colorScheme, timezoneId: 'Asia/Tokyo' };
          const guest = await it.stranger({ ...seen, storageState: await ann.context.storageState() });
          const stranger = await it.stranger(seen);
          const name = `${language}-${colorScheme}-${size}`;
          await photograph(guest, stranger, ann.handle, name);
          for (const palette of ['green', 'blue']) {
            await photographPalette(guest, stranger, palette, name);
          }
        }
      }
    }
    await ann.enter(LOBBY);
    const elsewhere = await it.stranger({ storageState: await ann.context.storageState() });
    await elsewhere.enter(LOBBY);
    await elsewhere.leave();
    await ann.page.waitForSelector('#left:not([hidden])');
    await shoot(ann.page, 'room-left');
    keepPictures();
  },
  [],
);
