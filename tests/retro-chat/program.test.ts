// The program as it is started: what it says, and what it refuses.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Chat, run } from './harness/chat';

test('--help and --version say what there is to say', () => {
  const help = run(['--help']);
  assert.equal(help.status, 0);
  const options = ['--public', '--internal', '--data', '--url', '--trusted-proxy', '--tayori', '--tayori-key'];
  for (const option of options) assert.ok(help.stdout.includes(option));
  assert.match(run(['--version']).stdout, /^retrochat \d+\.\d+\.\d+\n$/);
});

test('a command line that makes no sense is refused', () => {
  for (const args of [
    [],
    ['--data'],
    ['--data', '/tmp', '--nonsense'],
    ['--data', '/tmp', '--url', 'chat.example'],
    ['--data', '/tmp', '--trusted-proxy', 'localhost'],
    ['--data', '/tmp', '--tayori', 'here'],
    ['--data', '/tmp', '--tayori-key', 'k'],
  ]) {
    const ended = run(args);
    assert.notEqual(ended.status, 0);
    assert.notEqual(ended.stderr, '');
  }
});

test('what stands in the way of starting is named', async () => {
  assert.match(run(['--data', '/dev/null/x']).stderr, /^retrochat: \/dev\/null\/x: /);
  const chat = await Chat.start();
  const taken = run(['--public', new URL(chat.url).host, '--data', join(chat.folder, 'other')]);
  assert.notEqual(taken.status, 0);
  assert.match(taken.stderr, /^retrochat: .*in use/i);
  await chat.stop();
});

test('a second chat on the same folder is refused, and the first one goes on', async () => {
  const chat = await Chat.start();
  const second = run(['--public', '127.0.0.1:0', '--data', chat.folder]);
  assert.notEqual(second.status, 0);
  assert.match(second.stderr, /^retrochat: \S+: another chat is running on this folder\n$/);
  assert.equal((await fetch(`${chat.url}/`)).status, 200);
  // However the first one ends, it lets go of the folder.
  await chat.restart(() => undefined, 'SIGKILL');
  await chat.stop();
});

test('a key that is there and cannot be read is said to be so', () => {
  const folder = mkdtempSync(join(tmpdir(), 'retro-chat-keys-'));
  try {
    symlinkSync('tokens.key', join(folder, 'tokens.key'));
    assert.match(run(['--public', '127.0.0.1:0', '--data', folder]).stderr, /tokens\.key cannot be read\n$/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the curl line that is printed signs up', async () => {
  const chat = await Chat.start();
  const line = /curl .*/.exec(chat.greeting)?.[0] ?? '';
  const answer = spawnSync('sh', ['-c', `${line} -s`], { encoding: 'utf8' });
  assert.match(answer.stdout, /^HTTP\/1.1 303 /);
  assert.match(answer.stdout, /^set-cookie: retrochat_session=[0-9a-f]{64}\.[\w-]{22}; .*HttpOnly; SameSite=Lax/im);
  await chat.stop();
});

test('what people said is readable by nobody else on the machine', async () => {
  const chat = await Chat.start();
  for (const file of ['retrochat.sqlite', 'retrochat.lock', 'tokens.key', 'cookies.key']) {
    assert.equal(statSync(join(chat.folder, file)).mode & 0o077, 0, file);
  }
  await chat.stop();
});

test('SIGTERM ends it in good order', async () => {
  const chat = await Chat.start();
  assert.equal(await chat.stop(), 0);
});
