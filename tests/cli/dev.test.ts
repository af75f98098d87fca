// `tayori dev` as a newcomer meets it: the page shows a message arriving, and sends more.

import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, test } from 'node:test';
import { type Browser, chromium, type Page } from 'playwright-core';
import { ANY_PORTS, Serving, tayori } from './harness/program';

const CHROMIUM_FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'];
const LIMIT = { timeout: 60_000 };

let serving: Serving;
let browser: Browser;
before(async () => {
  serving = await Serving.start(['dev', ...ANY_PORTS]);
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: CHROMIUM_FLAGS,
  });
});
after(async () => {
  await browser?.close();
  await serving?.stop();
});

/** A page of `tayori dev` that has opened its channel; complaints of the browser about it fail the test. */
async function visit(path: string, play: (page: Page) => Promise<void>, options = {}): Promise<void> {
  const context = await browser.newContext(options);
  const complaints: string[] = [];
  try {
    const page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (said) => {
      if (said.type() === 'error') complaints.push(said.text());
    });
    await page.goto(new URL(path, serving.publicUrl).href);
    await page.locator('#state[data-state=open]').waitFor();
    await play(page);
    assert.deepEqual(complaints, []);
  } finally {
    await context.close();
  }
}

const line = (page: Page, kind: string, text: string) => page.locator(`#events li.${kind}`, { hasText: text });

test('shows a message that a backend sends', LIMIT, () =>
  visit('/', async (page) => {
    const { code, stderr } = await tayori(['send', 'you', '便り <b>one</b>'], { TAYORI_URL: serving.internalUrl });
    assert.equal(code, 0, stderr);
    await line(page, 'message', 'onmessage便り <b>one</b>').waitFor();
    assert.match((await page.locator('#cursor').textContent()) ?? '', /^[0-9a-z]+-[0-9a-z]+$/);
  }),
);

test('the curl line it shows is one that works', LIMIT, () =>
  visit('/?client_id=it%27s%20%22me%22', async (page) => {
    const curl = (await page.locator('#curl').textContent()) ?? '';
    const [, url = ''] = /^curl (\S+)/.exec(curl) ?? [];
    const [, quoted = ''] = / -d '(.*)'$/s.exec(curl) ?? [];
    const body = quoted.replaceAll(`'\\''`, "'");
    const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    assert.equal(answer.status, 200);
    await line(page, 'message', 'hello').waitFor();
    assert.equal(await page.locator('#client-id').textContent(), 'it\'s "me"');
  }),
);

test('sends to itself and to everyone', LIMIT, () =>
  visit('/?client_id=ann', (ann) =>
    visit('/?client_id=bob', async (bob) => {
      await bob.getByLabel('Or from here:').fill('to bob alone');
      await bob.getByRole('button', { name: 'Send' }).click();
      await line(bob, 'message', 'to bob alone').waitFor();
      await bob.getByText('Sent to 1 page.').waitFor();
      await bob.getByLabel('to everyone').check();
      await bob.getByLabel('Or from here:').fill('to all');
      await bob.keyboard.press('Enter');
      await line(bob, 'message', 'to all').waitFor();
      await line(ann, 'message', 'to all').waitFor();
      await bob.getByText('Sent to 2 pages.').waitFor();
      assert.equal(await line(ann, 'message', 'to bob alone').count(), 0);
    }),
  ),
);

test('tells who comes and goes, on the page and on the terminal', LIMIT, () =>
  visit('/?client_id=cat', async (cat) => {
    await line(cat, 'presence', 'connectedcat').waitFor();
    await visit('/?client_id=dog', async (dog) => {
      await line(cat, 'presence', 'connecteddog').waitFor();
      await dog.getByRole('button', { name: 'Close the channel' }).click();
      await line(dog, 'channel', 'onclose').waitFor();
    });
    await line(cat, 'presence', 'disconnecteddog').waitFor();
    await serving.says(/^\d\d:\d\d:\d\d {2}connected +dog$/m);
    await serving.says(/^\d\d:\d\d:\d\d {2}disconnected +dog$/m);
  }),
);

test('opens anew after a close', LIMIT, () =>
  visit('/?client_id=eve', async (page) => {
    await page.getByRole('button', { name: 'Close the channel' }).click();
    await page.getByRole('button', { name: 'Open a new channel' }).click();
    await page.locator('#state[data-state=open]').waitFor();
    assert.equal(await line(page, 'channel', 'onopen').count(), 2);
  }),
);

test('fits a small screen', LIMIT, () =>
  visit(
    '/',
    async (page) => {
      const [needed, given] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      assert.equal(needed, given);
    },
    { viewport: { width: 360, height: 740 } },
  ),
);

test('lets no page of another site open channels or send', async () => {
  const port = new URL(serving.publicUrl).port;
  const post = (headers: Record<string, string>) => rawStatus(Number(port), headers);
  const json = 'application/json';
  assert.equal(await post({ host: `127.0.0.1:${port}`, 'content-type': json }), 200);
  assert.equal(await post({ host: `rebound.example:${port}`, 'content-type': json }), 403);
  assert.equal(await post({ host: `127.0.0.1:${port}`, 'content-type': 'text/plain' }), 415);
});

/** The status of a request for a channel with these fields, some of which fetch() would not send. */
async function rawStatus(port: number, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request({ port, host: '127.0.0.1', method: 'POST', path: '/dev/channel', headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    asked.on('error', reject);
    asked.end('{"client_id": "you"}');
  });
}
