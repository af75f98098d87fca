// Listing: an answer of many pages, walked through one by one as its items are asked for.

import { TayoriError } from './error.js';
import type { Cursor, Gap } from './types.js';

/** How one kind of page is read. */
export interface Reading<Item, Page> {
  read(after: string | undefined): Promise<Page>;
  items(page: Page): readonly Item[];
  /** Where the page behind this one begins; null behind the last. */
  next(page: Page): string | null;
  /** What the listing's cursor becomes with this page, given what it was. */
  cursor?(page: Page, before: Cursor | undefined): Cursor;
  gap?(page: Page): Gap | null;
}

/**
 * Items across all pages: `for await (const item of listing)`. Pages are asked for as the loop gets to them, so it may
 * stop anywhere. Each loop begins at the first page.
 */
export class Listing<Item, Page> implements AsyncIterable<Item> {
  readonly #reading: Reading<Item, Page>;
  #cursor: Cursor | undefined;
  #gaps: Gap[] = [];

  constructor(reading: Reading<Item, Page>) {
    this.#reading = reading;
  }

  /** Where to go on from once the loop has come to its end. Groups have none. */
  get cursor(): Cursor | undefined {
    return this.#cursor;
  }

  /** What the pages so far said is no longer held. Empty: nothing is missing. */
  get gaps(): readonly Gap[] {
    return this.#gaps;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Item, void, void> {
    for await (const page of this.pages()) yield* this.#reading.items(page);
  }

  /** The answers themselves. */
  async *pages(): AsyncGenerator<Page, void, void> {
    this.#cursor = undefined;
    this.#gaps = [];
    let after: string | undefined;
    for (;;) {
      const page = await this.#reading.read(after);
      this.#cursor = this.#reading.cursor?.(page, this.#cursor);
      const gap = this.#reading.gap?.(page);
      if (gap) this.#gaps.push(gap);
      yield page;
      const next = this.#reading.next(page);
      if (next === null) return;
      if (next === after) throw standsStill();
      after = next;
    }
  }
}

// Without this a server that is out of order would be asked the same thing for ever.
function standsStill(): TayoriError {
  return new TayoriError({
    code: 'not_an_answer',
    status: 200,
    detail: 'the next page begins where this one did',
    mayHaveArrived: false,
  });
}
