// Engine: a browser of one make, and what tests ask of all of them alike.

import { type Browser, chromium, firefox, type Page } from 'playwright-core';
import { startWebKit } from './webkit';

export interface Tab {
  goto(url: string): Promise<void>;
  /** As by the browser's button. */
  back(): Promise<void>;
  /** Runs `task` in the page; it sees nothing of its surroundings here. */
  run<Given, Answer>(task: (given: Given) => Answer | Promise<Answer>, given: Given): Promise<Answer>;
  /** As someone who closes the tab. */
  close(): Promise<void>;
}

export interface Engine {
  readonly name: EngineName;
  /** A tab with storage of its own. */
  tab(): Promise<Tab>;
  /** Tabs of one user: with one storage and the connections of one browser. */
  tabs(count: number): Promise<Tab[]>;
  stop(): Promise<void>;
}

export type EngineName = 'chromium' | 'firefox' | 'webkit';

const CHROMIUM_FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'];

class PlaywrightTab implements Tab {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async goto(url: string): Promise<void> {
    await this.#page.goto(url);
  }

  async back(): Promise<void> {
    await this.#page.goBack();
  }

  run<Given, Answer>(task: (given: Given) => Answer | Promise<Answer>, given: Given): Promise<Answer> {
    // playwright's own type tells apart what can be sent as JSON; so does ours, less strictly.
    return this.#page.evaluate(task as never, given as never);
  }

  close(): Promise<void> {
    return this.#page.close();
  }
}

function byPlaywright(name: EngineName, browser: Browser): Engine {
  const tabs = async (count: number): Promise<Tab[]> => {
    const context = await browser.newContext();
    return Promise.all(Array.from({ length: count }, async () => new PlaywrightTab(await context.newPage())));
  };
  return {
    name,
    tab: async () => new PlaywrightTab(await browser.newPage()),
    tabs,
    stop: () => browser.close(),
  };
}

async function startChromium(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  return chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
}

/** Debian's own Firefox, over WebDriver BiDi: hence the channel. */
async function startFirefox(): Promise<Browser> {
  const executablePath = process.env.FIREFOX ?? '/usr/bin/firefox-esr';
  return firefox.launch({ channel: 'moz-firefox', executablePath });
}

export async function startEngine(name: EngineName): Promise<Engine> {
  if (name === 'webkit') return startWebKit();
  return byPlaywright(name, await (name === 'chromium' ? startChromium() : startFirefox()));
}
