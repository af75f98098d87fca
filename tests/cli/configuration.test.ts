// What is wrong with a configuration stops the start, and is told so that it can be mended.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ANY_PORTS, KEYS, Serving, tayori, workingFolder } from './harness/program';

function write(name: string, toml: string): string {
  writeFileSync(join(workingFolder, name), toml);
  return name;
}

test('a wrong value stops the start with file, line, column and what was expected', async () => {
  const file = write('wrong.toml', '# mine\n[session]\nheartbeat_s = "soon"\nhartbeat_s = 20\n');
  for (const command of ['serve', 'check']) {
    const { code, stdout, stderr } = await tayori([command, '--config', file], KEYS);
    assert.equal(code, 2);
    assert.equal(stdout, '');
    assert.equal(
      stderr,
      'tayori: the configuration has 2 problems:\n' +
        '  wrong.toml:3:15: session.heartbeat_s: expected a whole number of seconds from 1 to 300, found "soon"\n' +
        '  wrong.toml:4:1: there is no session.hartbeat_s; is heartbeat_s meant?\n',
    );
  }
});

test('a wrong variable stops the start by its name', async () => {
  const variables = { ...KEYS, TAYORI_LOG_ENGINE: 'disk', TAYORI_PRESENCE_GRACE: '5' };
  const { code, stderr } = await tayori(['serve', ...ANY_PORTS], variables);
  assert.equal(code, 2);
  assert.match(stderr, /^ {2}TAYORI_LOG_ENGINE: expected "memory", "file" or "nats", found "disk"$/m);
  assert.match(stderr, /^ {2}TAYORI_PRESENCE_GRACE: .* is TAYORI_PRESENCE_GRACE_S meant\?$/m);
});

test('what comes later is refused instead of ignored', async () => {
  const { code, stderr } = await tayori(['serve', ...ANY_PORTS], { ...KEYS, TAYORI_LOG_ENGINE: 'file' });
  assert.equal(code, 2);
  assert.match(stderr, /log\.engine: "file" comes in a later version; so far there is "memory"/);
});

test('without keys nothing is served, and it is told how to make them', async () => {
  const { code, stderr } = await tayori(['serve', ...ANY_PORTS]);
  assert.equal(code, 2);
  assert.match(stderr, /internal\.api_key: .*openssl rand -hex 32.*TAYORI_INTERNAL_API_KEY/);
  assert.match(stderr, /tokens\.key: .*openssl rand -hex 32.*TAYORI_TOKENS_KEY/);
});

test('a secret is never shown, not even a wrong one', async () => {
  const { code, stdout, stderr } = await tayori(['check'], { ...KEYS, TAYORI_TOKENS_KEY: 'hunter2' });
  assert.equal(code, 2);
  assert.match(stderr, /TAYORI_TOKENS_KEY: expected at least 32 bytes/);
  assert.doesNotMatch(stdout + stderr, /hunter2/);
  const good = await tayori(['check'], KEYS);
  assert.equal(good.code, 0);
  for (const secret of Object.values(KEYS)) assert.ok(!(good.stdout + good.stderr).includes(secret));
});

test('dev stays on this machine', async () => {
  const { code, stderr } = await tayori(['dev', '--public', '0.0.0.0:0']);
  assert.equal(code, 2);
  assert.match(stderr, /public\.listen: dev mode .*, found "0\.0\.0\.0:0"/);
});

test('the printed defaults are a good configuration', async () => {
  const { code, stdout } = await tayori(['check', '--defaults']);
  assert.equal(code, 0);
  const checked = await tayori(['check', '--config', write('defaults.toml', stdout)], KEYS);
  assert.deepEqual(checked, { code: 0, stdout: 'good: public 127.0.0.1:8080, internal 127.0.0.1:8081\n', stderr: '' });
});

test('a flag counts before the environment, and that before the file', async (t) => {
  const file = write('ports.toml', '[public]\nlisten = "127.0.0.1:1"\n[internal]\nlisten = "127.0.0.1:1"\n');
  const variables = { ...KEYS, TAYORI_PUBLIC_LISTEN: '127.0.0.1:2', TAYORI_INTERNAL_LISTEN: '127.0.0.1:0' };
  const serving = await Serving.start(['serve', '--config', file, '--public', '[::1]:0'], variables);
  t.after(() => serving.stop());
  assert.match(serving.publicUrl, /^http:\/\/\[::1\]:[0-9]+\/$/);
  assert.match(serving.internalUrl, /^http:\/\/127\.0\.0\.1:[0-9]+\/$/);
});
