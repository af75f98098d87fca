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

  /** By the form's request alone: what the form looks like is of no matter to most. */
  async signUp(): Promise<void> {
    const form = { handle: this.handle, passphrase: PASSPHRASE };
    const answer = await this.context.request.post(`${this.url}/sign-up`, { form, maxRedirects: 0 });
    if (answer.status() !== 303) throw new Error(`signing up: ${answer.status()} ${await answer.text()}`);
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

  /** Says `lines` one after the other, as quickly as the chat takes them. */
  async sayAll(lines: readonly string[]): Promise<void> {
    await this.page.evaluate(async (all) => {
      const form = document.querySelector<HTMLFormElement>('#speak');
      const token = form?.querySelector<HTMLInputElement>('[name=form_token]')?.value ?? '';
      for (const line of all) {
        const body = new URLSearchParams({ form_token: token, line });
        const headers = { Accept: 'application/json' };
        const answer = await fetch(form?.action ?? '', { method: 'POST', body, headers });
        if (!answer.ok) throw new Error(`${line}: ${answer.status}`);
      }
    }, lines);
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
