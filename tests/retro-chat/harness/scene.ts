// scene(): a test with people in front of browsers, and the run's one chat unless it brings its own.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core';
import { Chat } from './chat';
import { Person } from './person';

export interface Scene {
  readonly chat: Chat;
  readonly browser: Browser;
  /** Somebody new, signed up, with a browser of their own that has no page open yet. Handles are the name and a number. */
  person(name: string, options?: BrowserContextOptions): Promise<Person>;
  /** A browser in front of which nobody has signed up. */
  stranger(options?: BrowserContextOptions): Promise<Person>;
}

const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--font-render-hinting=none',
];
const SCENE_TIMEOUT_MS = 90_000;

let browser: Promise<Browser> | undefined;
let sharedChat: Promise<Chat> | undefined;
let people = 0;

after(async () => {
  await (await browser?.catch(() => undefined))?.close();
  await (await sharedChat?.catch(() => undefined))?.stop();
});

/** `options` start a chat of the scene's own. */
export function scene(name: string, play: (scene: Scene) => Promise<void>, options?: readonly string[]): void {
  test(name, { timeout: SCENE_TIMEOUT_MS }, async () => {
    browser ??= chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell',
      args: CHROMIUM_FLAGS,
    });
    if (!options) sharedChat ??= Chat.start();
    const chat = options ? await Chat.start(options) : await (sharedChat as Promise<Chat>);
    const launched = await browser;
    const contexts: BrowserContext[] = [];
    const uncaught: string[] = [];
    const seat = async (handle: string, contextOptions: BrowserContextOptions = {}) => {
      const context = await launched.newContext({ locale: 'en-GB', ...contextOptions });
      contexts.push(context);
      context.on('weberror', (error) => uncaught.push(error.error().message));
      return new Person(handle, chat.url, context, await context.newPage());
    };
    try {
      await play({
        chat,
        browser: launched,
        stranger: (contextOptions) => seat('', contextOptions),
        person: async (personName, contextOptions) => {
          people += 1;
          const person = await seat(`${personName}_${people}`, contextOptions);
          await person.signUp();
          return person;
        },
      });
      assert.deepEqual(uncaught, []);
    } finally {
      await Promise.all(contexts.map((context) => context.close()));
      if (options) await chat.stop();
    }
  });
}
