// What an owner writes into a room's form, and the keys of the settings page.

import type { Page } from 'playwright-core';
import type { Person } from './person';

export interface RoomWishes {
  readonly name?: string;
  readonly topic?: string;
  readonly entry?: 'everyone' | 'signed_in' | 'listed' | 'passphrase' | 'closed';
  readonly passphrase?: string;
  readonly handles?: string;
}

/** The room's form: not that of deleting it, nor those of the people below. */
const FORM = 'form.form:has(#name)';

/** Fills in what is wished for, leaves the rest as it is, and sends the form. */
export async function sendRoomForm(page: Page, wishes: RoomWishes): Promise<void> {
  const { entry, ...texts } = wishes;
  for (const [name, text] of Object.entries(texts)) await page.fill(`${FORM} [name=${name}]`, text);
  if (entry !== undefined) await page.check(`${FORM} input[value=${entry}]`);
  await page.click(`${FORM} button`);
}

/** Opens a room; answers its path. The page is in it afterwards, with or without JavaScript. */
export async function openRoomAs(owner: Person, wishes: RoomWishes, page = owner.page): Promise<string> {
  await owner.goto('/rooms/new', page);
  await sendRoomForm(page, wishes);
  await page.waitForURL(/\/rooms\/[^/]+\/\d+$/);
  return new URL(page.url()).pathname;
}

/** Alters a room, on a page of the owner's. */
export async function alterRoom(owner: Person, room: string, wishes: RoomWishes, page = owner.page): Promise<void> {
  await owner.goto(`${room}/settings`, page);
  await sendRoomForm(page, wishes);
  await page.waitForURL((url) => url.pathname === room);
}

/** Presses the key of `handle` on the settings page: the one to show them out, or to let them in again. */
export async function pressKeyOf(owner: Person, room: string, handle: string, page = owner.page): Promise<void> {
  await owner.goto(`${room}/settings`, page);
  await page.locator('.people-rows li', { hasText: handle }).locator('button').click();
  await page.waitForURL((url) => url.pathname === `${room}/settings`);
}

/** The handles on the settings page, of those inside and of those shown out. */
export async function peopleOnSettings(owner: Person, room: string, page = owner.page): Promise<[string[], string[]]> {
  await owner.goto(`${room}/settings`, page);
  const read = (act: string) => page.locator(`.people-rows li:has(form[action$="/${act}"]) .who`).allTextContents();
  return [await read('remove'), await read('readmit')];
}
