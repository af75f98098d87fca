// SIGHUP: the configuration is read again while the server runs, and what can change does.

import assert from 'node:assert/strict';
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { ANY_PORTS, Serving, workingFolder } from './harness/program';

const API_KEY = 'the-api-key-of-these-tests';
const FILE = 'reloaded.toml';

/** Keys by number, so that a test can tell which comes after which. */
const key = (number: number): string => `${number}-is-a-key-of-thirty-two-bytes-or-more`;

/** Writes the file as one change, so that no reader sees half of it. */
function write(toml: string): void {
  const file = join(workingFolder, FILE);
  writeFileSync(`${file}.new`, toml);
  renameSync(`${file}.new`, file);
}

function keys(current: number, apiKey = API_KEY): string {
  const previous = current > 1 ? `previous_key = "${key(current - 1)}"\n` : '';
  return `[internal]\napi_key = "${apiKey}"\n\n[tokens]\nkey = "${key(current)}"\n${previous}`;
}

async function serve(t: TestContext): Promise<Serving> {
  write(keys(1));
  const serving = await Serving.start(['serve', ...ANY_PORTS, '--config', FILE]);
  t.after(() => serving.stop());
  return serving;
}

/** Writes `toml`, has it read, and waits until the log has `pattern` once more. */
async function reload(serving: Serving, toml: string, pattern: string): Promise<string> {
  const before = (await serving.logs(/^/)).split(pattern).length;
  write(toml);
  serving.signal('SIGHUP');
  const escaped = pattern.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return serving.logs(new RegExp(`(${escaped}[^]*){${before}}`));
}

async function createChannel(serving: Serving, apiKey = API_KEY): Promise<{ status: number; token: string }> {
  const answer = await fetch(new URL('v1/create_channel', serving.internalUrl), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${apiKey}` },
    body: '{"client_id":"ann"}',
  });
  const { token } = (await answer.json()) as { token?: string };
  return { status: answer.status, token: token ?? '' };
}

/** What the server says to a page that comes with `token`: 200, or 401 for one that it does not take. */
async function connectWith(serving: Serving, token: string): Promise<number> {
  const url = new URL('_ah/channel/dev', serving.publicUrl);
  url.search = new URLSearchParams({ command: 'connect', channel: token }).toString();
  const answer = await fetch(url);
  await answer.text();
  return answer.status;
}

const IN_FORCE = 'these are in force now: ';

test('SIGHUP changes the keys of tokens: this one and the one before it count', async (t) => {
  const serving = await serve(t);
  const first = (await createChannel(serving)).token;
  await reload(serving, keys(2), `${IN_FORCE}tokens.key, tokens.previous_key`);
  const second = (await createChannel(serving)).token;
  assert.notEqual(second.split('.')[0], first.split('.')[0], 'another kid');
  assert.deepEqual([await connectWith(serving, first), await connectWith(serving, second)], [200, 200]);
  const log = await reload(serving, keys(3), `${IN_FORCE}tokens.key, tokens.previous_key`);
  assert.deepEqual([await connectWith(serving, first), await connectWith(serving, second)], [401, 200]);
  for (const secret of [API_KEY, key(1), key(2), key(3)]) assert.ok(!log.includes(secret), 'a secret in the log');
});

test('SIGHUP changes the key of backends', async (t) => {
  const serving = await serve(t);
  await reload(serving, keys(1, 'another-api-key'), `${IN_FORCE}internal.api_key`);
  assert.equal((await createChannel(serving)).status, 401);
  assert.equal((await createChannel(serving, 'another-api-key')).status, 200);
});

test('SIGHUP with a wrong configuration changes nothing and tells file, line and reason', async (t) => {
  const serving = await serve(t);
  const { token } = await createChannel(serving);
  const log = await reload(serving, `${keys(2)}[session]\nheartbeat_s = "soon"\n`, 'heartbeat_s: expected');
  assert.match(log, /error SIGHUP: the configuration is wrong, and the one that runs stays as it is\n/);
  assert.match(log, /error {3}reloaded\.toml:8:15: session\.heartbeat_s: expected a whole number .*, found "soon"\n/);
  assert.equal((await createChannel(serving)).token.split('.')[0], token.split('.')[0], 'still the first key');
  await reload(serving, keys(2), IN_FORCE);
  assert.equal(await connectWith(serving, token), 200);
});

test('SIGHUP names what waits for a restart, and what it would cost to forget a key', async (t) => {
  const serving = await serve(t);
  const forgetful = keys(1).replace(key(1), key(2));
  const log = await reload(
    serving,
    `${forgetful}[session]\nheartbeat_s = 7\n`,
    'the tokens made until now are refused',
  );
  assert.match(log, /warning SIGHUP: these have changed and wait for a restart: session\.heartbeat_s\n/);
});
