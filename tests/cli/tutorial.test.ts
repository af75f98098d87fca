// docs/tutorial/first-message.md: its commands work as they stand there, but for the ports.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { test } from 'node:test';
import { ANY_PORTS, Serving } from './harness/program';

const ROOT = process.env.TAYORI_ROOT ?? '.';
const PROGRAMS = dirname(resolve(process.env.TAYORI_BIN ?? 'build/release/bin/tayori'));

/** Runs `script` as a reader would; answers what it printed. */
async function shell(script: string, internalUrl: string): Promise<string> {
  const env = { PATH: `${PROGRAMS}:${process.env.PATH}`, TAYORI_URL: internalUrl, no_proxy: '*' };
  const child = spawn('sh', ['-e', '-c', script], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  let complaints = '';
  child.stdout.on('data', (text) => {
    printed += String(text);
  });
  child.stderr.on('data', (text) => {
    complaints += String(text);
  });
  const [code] = await once(child, 'close');
  assert.equal(code, 0, `${script}\n${complaints}`);
  return printed;
}

/** Everything that a page which opens its channel with `token` hears. */
async function messagesFor(token: string, publicUrl: string): Promise<string[]> {
  const messages: string[] = [];
  for (;;) {
    const answer = await fetch(new URL(`_ah/channel/dev?command=poll&channel=${token}`, publicUrl));
    const message = await answer.text();
    if (!message) return messages;
    messages.push(message);
  }
}

test('every command of the tutorial does what the tutorial says', async (t) => {
  const serving = await Serving.start(['dev', ...ANY_PORTS]);
  t.after(() => serving.stop());
  const page = readFileSync(`${ROOT}/docs/tutorial/first-message.md`, 'utf8');
  const scripts = [...page.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, script = '']) =>
    script.replaceAll('http://127.0.0.1:8081/', serving.internalUrl),
  );
  const you = (await shell('tayori token you', serving.internalUrl)).trim();

  const printed: string[] = [];
  for (const script of scripts) printed.push(await shell(script, serving.internalUrl));

  assert.deepEqual(await messagesFor(you, serving.publicUrl), [
    'hello',
    'hello from the command line',
    '便り from Python',
    'hello to all',
  ]);
  const [ann = ''] = (printed.at(-1) ?? '').split('\n');
  assert.deepEqual(await messagesFor(ann, serving.publicUrl), ['for later']);
});
