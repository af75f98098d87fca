// The npm package as a program has it that depends on it: its types, and the examples of docs/reference/node.md.

import assert from 'node:assert/strict';
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { TayoriServer } from '../browser/harness/tayori_server';
import { freePort } from '../networks/harness/ports';
import { PollPage } from './harness/poll_page';

const ROOT = process.env.TAYORI_ROOT ?? '.';
const SOURCES = join(ROOT, 'clients/js/server/examples');
/** Beside the package's node_modules, so that Node finds it by its name. */
const FOLDER = join(process.env.TAYORI_PACKAGE ?? '.', '../../examples');
const TSC = join(ROOT, 'node_modules/.bin/tsc');
const TIMEOUT_MS = 60_000;

const examples = readdirSync(SOURCES).filter((name) => name.endsWith('.ts'));
const run = promisify(execFile);

before(async () => {
  mkdirSync(FOLDER, { recursive: true });
  for (const name of examples) copyFileSync(join(SOURCES, name), join(FOLDER, name));
  writeFileSync(join(FOLDER, 'package.json'), '{"type": "module"}');
  const compilerOptions = { strict: true, exactOptionalPropertyTypes: true, target: 'ES2022', module: 'nodenext' };
  const more = { lib: ['ES2022'], types: ['node'], rootDir: '.', outDir: 'compiled' };
  const config = { compilerOptions: { ...compilerOptions, ...more }, files: examples };
  writeFileSync(join(FOLDER, 'tsconfig.json'), JSON.stringify(config));
  // Fails where the declarations of the package do not fit, for they are checked too.
  await run(TSC, ['-p', FOLDER]).catch((problem: { stdout: string }) => assert.fail(problem.stdout));
});

test('the page quotes each example, and nothing else', () => {
  const page = readFileSync(join(ROOT, 'docs/reference/node.md'), 'utf8');
  const quoted = [...page.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => code);
  assert.deepEqual(quoted.sort(), examples.map((name) => readFileSync(join(SOURCES, name), 'utf8')).sort());
});

describe('the examples do what they say', () => {
  let server: TayoriServer;
  before(async () => {
    server = await TayoriServer.start();
  });
  after(() => server?.stop());

  const SAYS: Readonly<Record<string, string>> = {
    'send.ts': 'true true\ntrue 0 pages are open\n',
    'errors.ts': 'true true\nidempotency_conflict 409 false\nno_session\nsent\ninvalid_message\n',
    'listings.ts': 'news 1\nsports 1\ntrue 0\none\ntwo\n',
  };
  for (const [name, said] of Object.entries(SAYS)) {
    test(name, { timeout: TIMEOUT_MS }, async () => {
      const { stdout } = await run(process.execPath, [compiled(name)], { env: { ...server.backendEnvironment } });
      assert.equal(stdout, said);
    });
  }

  test('webhooks.ts', { timeout: TIMEOUT_MS }, async () => {
    const port = await freePort();
    const secret = `whsec_${Buffer.from('a secret of this test').toString('base64')}`;
    const variables = { PORT: String(port), TAYORI_PRESENCE_WEBHOOK_SECRET: secret };
    const listening = spawn(process.execPath, [compiled('webhooks.ts')], {
      env: variables,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      await says(listening, /listening/);
      const telling = await TayoriServer.start({
        TAYORI_PRESENCE_WEBHOOK_URL: `http://127.0.0.1:${port}`,
        TAYORI_PRESENCE_WEBHOOK_SECRET: secret,
      });
      try {
        const heard = says(listening, /connected ann \ndisconnected ann closed\n/);
        await (await PollPage.open(telling.publicUrl, await telling.createChannel('ann'))).leaves();
        await heard;
        const forged = await fetch(`http://127.0.0.1:${port}`, { method: 'POST', body: '{}' });
        assert.equal(forged.status, 401);
      } finally {
        telling.stop();
      }
    } finally {
      listening.kill('SIGKILL');
    }
  });
});

const compiled = (name: string): string => join(FOLDER, 'compiled', name.replace(/\.ts$/, '.js'));

/** Waits until what a program says from now on matches. */
async function says(program: ChildProcess, pattern: RegExp): Promise<void> {
  assert.ok(program.stdout);
  let said = '';
  while (!pattern.test(said)) {
    const [piece] = (await once(program.stdout, 'data')) as [Buffer];
    said += String(piece);
  }
}
