// The example that the README quotes: a backend and its page, twenty lines each, run as they stand.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { scene } from './harness/scene';

const START_TIMEOUT_MS = 20_000;

scene("brings the README's message to its page", async ({ server, page }) => {
  const root = process.env.TAYORI_ROOT ?? '.';
  const backend = spawn('python3', [`${root}/examples/hello/app.py`], {
    env: { PATH: process.env.PATH, PYTHONPATH: `${root}/clients/python/src`, PORT: '0', ...server.backendEnvironment },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  try {
    const lines = createInterface(backend.stdout);
    const [url] = await once(lines, 'line', { signal: AbortSignal.timeout(START_TIMEOUT_MS) });
    await page.goto(String(url));
    for (const text of ['Hello', '<b>便り</b> & more']) {
      await page.getByLabel('Message').fill(text);
      await page.getByRole('button', { name: 'Say' }).click();
      await page.getByRole('listitem').getByText(text, { exact: true }).waitFor();
    }
  } finally {
    backend.kill();
  }
});
