// What axe-core and a telephone's width have to say about a page.

import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

interface Found {
  violations: { id: string; nodes: { target: unknown; any: { message: string }[] }[] }[];
}
declare const axe: { run(options: object): Promise<Found> };

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
/** Styles are not fetched once more; what is right need not be described. */
const ONLY_WHAT_IS_WRONG = { resultTypes: ['violations'], preload: false };
/** All that is on unless told otherwise, and what WCAG 2.2 adds; or the colours alone. */
const EVERYTHING = { ...ONLY_WHAT_IS_WRONG, rules: { 'target-size': { enabled: true } } };
const COLOURS = { ...ONLY_WHAT_IS_WRONG, runOnly: { type: 'rule', values: ['color-contrast'] } };

/** What axe-core complains about, or nothing. */
export async function complaints(page: Page, of: 'everything' | 'colours' = 'everything'): Promise<string[]> {
  // As an init script it would be part of the page's own loading; so it comes once a page is looked at.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(await source());
  return page.evaluate(
    async (options) => {
      const found = await axe.run(options);
      return found.violations.flatMap((each) =>
        each.nodes.map((node) => `${each.id} ${node.target}: ${node.any.map((why) => why.message).join('; ')}`),
      );
    },
    of === 'everything' ? EVERYTHING : COLOURS,
  );
}

let read: Promise<string> | undefined;
function source(): Promise<string> {
  read ??= import('node:fs/promises').then((fs) => fs.readFile(AXE, 'utf8'));
  return read;
}

export async function dress(page: Page, palette: string, scheme: string): Promise<void> {
  await page.evaluate(
    ([palette, scheme]) => Object.assign(document.documentElement.dataset, { palette, scheme }),
    [palette, scheme],
  );
}

/** Opens all that opens within `root`. */
export async function unfold(page: Page, root = 'body'): Promise<void> {
  for (const details of await page.$$(`${root} details`))
    await details.evaluate((each) => each.setAttribute('open', ''));
}

/** By how many pixels the page is wider than the window. */
export function tooWide(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
