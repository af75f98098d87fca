// The example of docs/tutorial/a-tiny-chat.md, run as it stands: two people in one room.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Page } from 'playwright-core';
import { scene } from './harness/scene';

const START_TIMEOUT_MS = 20_000;

async function enter(page: Page, url: string, name: string): Promise<void> {
  await page.goto(url);
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Enter' }).click();
}

async function say(page: Page, line: string): Promise<void> {
  await page.getByLabel('Line').fill(line);
  await page.getByRole('button', { name: 'Say' }).click();
}

async function hear(page: Page, row: string): Promise<void> {
  await page.getByRole('listitem').getByText(row, { exact: true }).waitFor();
}

async function seeHere(page: Page, names: string): Promise<void> {
  await page.locator('#here').getByText(names, { exact: true }).waitFor();
}

scene('two people talk in the tiny chat of the tutorial', async ({ server, page }) => {
  const root = process.env.TAYORI_ROOT ?? '.';
  const backend = spawn('python3', [`${root}/examples/tiny-chat/app.py`], {
    env: { PATH: process.env.PATH, PYTHONPATH: `${root}/clients/python/src`, PORT: '0', ...server.backendEnvironment },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  try {
    const [printed] = await once(createInterface(backend.stdout), 'line', {
      signal: AbortSignal.timeout(START_TIMEOUT_MS),
    });
    const url = String(printed);
    await enter(page, url, 'ann');
    await seeHere(page, 'ann');
    await say(page, '<b>alone</b> & well');
    await hear(page, 'ann: <b>alone</b> & well');

    const other = await page.context().newPage();
    await enter(other, url, 'bob');
    await hear(other, 'ann: <b>alone</b> & well');
    await seeHere(page, 'ann, bob');
    await seeHere(other, 'ann, bob');
    await say(other, 'こんにちは');
    await hear(page, 'bob: こんにちは');

    await page.reload();
    await hear(page, 'bob: こんにちは');
    assert.deepEqual(await page.getByRole('listitem').allTextContents(), [
      'ann: <b>alone</b> & well',
      'bob: こんにちは',
    ]);
    await other.close();
    await seeHere(page, 'ann');
  } finally {
    backend.kill();
  }
});
