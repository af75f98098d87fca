// scene(): a test on a page of its own, with the run's one server, application and browser.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { App } from './app';
import { Backend } from './backend';
import { TayoriServer } from './tayori_server';

export interface Scene {
  readonly server: TayoriServer;
  readonly backend: Backend;
  readonly app: App;
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the page has failed to catch; has to be empty at the end unless the test says that it expects some. */
  readonly uncaught: string[];
  /** A client id that no other test uses. */
  readonly clientId: string;
}

interface Stage {
  readonly server: TayoriServer;
  readonly backend: Backend;
  readonly app: App;
  readonly browser: Browser;
}

const CHROMIUM_FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'];

/** How the tests start their browser. */
export const LAUNCH = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  // Compiled code goes on growing in the heap for hundreds of cycles, as a leak would: none is made.
  args: [...CHROMIUM_FLAGS, '--js-flags=--jitless --no-lazy-feedback-allocation'],
};

const SCENE_TIMEOUT_MS = 60_000;

let stage: Promise<Stage> | undefined;
let scenes = 0;

async function setUp(): Promise<Stage> {
  const backend = await Backend.start();
  const server = await TayoriServer.start(backend.settings);
  const app = await App.start(server);
  const browser = await chromium.launch(LAUNCH);
  return { server, backend, app, browser };
}

after(async () => {
  const { server, backend, app, browser } = (await stage?.catch(() => undefined)) ?? {};
  await browser?.close();
  app?.stop();
  server?.stop();
  backend?.stop();
});

export function scene(name: string, play: (scene: Scene) => Promise<void>, timeout = SCENE_TIMEOUT_MS): void {
  test(name, { timeout }, async () => {
    stage ??= setUp();
    const { server, backend, app, browser } = await stage;
    const context = await browser.newContext();
    try {
      const page = await context.newPage();
      const uncaught: string[] = [];
      page.on('pageerror', (error) => uncaught.push(error.message));
      scenes += 1;
      await play({ server, backend, app, context, page, uncaught, clientId: `client-${scenes}-便り` });
      assert.deepEqual(uncaught, []);
    } finally {
      app.setDown(false);
      app.refuse();
      app.overtakeGoodbyes(undefined);
      backend.answerWith(200);
      await context.close();
    }
  });
}
