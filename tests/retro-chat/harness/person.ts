// Person: somebody in front of a browser, doing what people do in Retro Chat.

import type { BrowserContext, Page, Response } from 'playwright-core';

export const LOBBY = '/rooms/retro/1';
export const PASSPHRASE = 'a few words in a row';

export class Person {
  constructor(
    readonly handle: string,
    private readonly url: string,
    readonly context: BrowserContext,
    readonly page: Page,
  ) {}

  goto(path: string, page = this.page): Promise<Response | null> {
    return page.goto(this.url + path);
  }

  async signUp(to = '/'): Promise<void> {
    await this.goto(`/sign-up?to=${encodeURIComponent(to)}`);
    await this.fillIn();
    await this.page.waitForURL(this.url + to);
  }

  /** Fills in and sends the sign-up or sign-in form that is shown. */
  async fillIn(handle = this.handle, passphrase = PASSPHRASE): Promise<void> {
    await this.page.fill('input[name=handle]', handle);
    await this.page.fill('input[name=passphrase]', passphrase);
    await this.page.click('main form button');
  }

  /** Opens a room of one's own; answers its path. The page is in it afterwards. */
  async openRoom(name: string): Promise<string> {
    await this.goto('/rooms/new');
    await this.page.fill('input[name=name]', name);
    await this.page.click('main form button');
    await this.page.waitForURL(`**/rooms/${this.handle}/*`);
    await connected(this.page);
    return new URL(this.page.url()).pathname;
  }

  async enter(path: string, page = this.page): Promise<void> {
    await this.goto(path, page);
    await connected(page);
  }

  async say(line: string, page = this.page): Promise<void> {
    await page.fill('#line', line);
    await page.press('#line', 'Enter');
  }

  async stepAway(): Promise<void> {
    await this.page.click('#away button');
  }

  async comeBack(): Promise<void> {
    await this.page.click('#back button');
  }

  async leave(): Promise<void> {
    await this.page.click('#leave button');
    await this.page.waitForURL(`${this.url}/`);
  }
}

/** Waits until the page's channel is open. */
export async function connected(page: Page): Promise<void> {
  await page.waitForSelector('#line-state[data-now=open]');
}

/** What is shown of the conversation: "ann>hello", "ann came in". */
export async function conversation(page: Page): Promise<string[]> {
  return page.$$eval('#events > .event', (rows) =>
    rows.map((row) => {
      const who = row.querySelector('.who')?.textContent ?? '';
      const line = row.querySelector('.line');
      return line ? `${who}>${line.textContent}` : `${who}${row.querySelector('.did')?.textContent}`;
    }),
  );
}

/** Waits until the conversation ends with `row`. */
export async function hear(page: Page, row: string): Promise<void> {
  const times = await hearAgain(page, row);
  if (times !== 1) throw new Error(`"${row}" is shown ${times} times`);
}

async function hearAgain(page: Page, row: string): Promise<number> {
  const handle = await page.waitForFunction((wanted) => {
    const shown = [...document.querySelectorAll('#events > .event')].map((each) => {
      const who = each.querySelector('.who')?.textContent ?? '';
      const line = each.querySelector('.line');
      return line ? `${who}>${line.textContent}` : `${who}${each.querySelector('.did')?.textContent}`;
    });
    return shown.at(-1) === wanted ? shown.filter((each) => each === wanted).length : 0;
  }, row);
  return handle.jsonValue();
}

/** Who is listed as inside: "ann here", "bob away". */
export async function inside(page: Page): Promise<string[]> {
  return page.$$eval('#members > .member', (rows) =>
    rows.map((row) => `${(row as HTMLElement).dataset.who} ${row.classList.contains('away') ? 'away' : 'here'}`),
  );
}
