// The two shades of a palette: as the system says, as one has chosen, and on paper.

import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { scene } from './harness/scene';

/** --case and --ink of the beige palette in a lit room and in a dark one. */
const LIGHT = ['rgb(217, 207, 184)', 'rgb(36, 48, 42)'];
const DARK = ['rgb(43, 41, 35)', 'rgb(211, 230, 216)'];

const shown = (page: Page) =>
  page.evaluate(() => {
    const { backgroundColor, color } = getComputedStyle(document.documentElement);
    return [backgroundColor, color];
  });

for (const [system, shade] of [
  ['light', LIGHT],
  ['dark', DARK],
] as const) {
  scene(`where the system is ${system}, pages are so until another shade is chosen`, async (it) => {
    const { page } = await it.stranger({ colorScheme: system });
    const open = (scheme: string) => page.goto(`${it.chat.url}/?scheme=${scheme}`);
    await open('auto');
    assert.deepEqual(await shown(page), shade);
    await open('light');
    assert.deepEqual(await shown(page), LIGHT);
    await open('dark');
    assert.deepEqual(await shown(page), DARK);
    await page.emulateMedia({ media: 'print' });
    assert.deepEqual(await shown(page), ['rgb(255, 255, 255)', LIGHT[1]]);
  });
}
