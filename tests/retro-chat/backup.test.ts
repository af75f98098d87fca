// retrochat backup: a copy made while people talk, from which a second chat starts.

import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Chat, run } from './harness/chat';
import { connected, conversation, hear } from './harness/person';
import { scene } from './harness/scene';

const KEYS = ['tokens.key', 'cookies.key'];

/** The folder that has the copy, and the keys that go with it. */
function backUp(chat: Chat): string {
  const folder = mkdtempSync(join(tmpdir(), 'retro-chat-backup-'));
  const made = run(['backup', '--data', chat.folder, '--to', join(folder, 'retrochat.sqlite')]);
  assert.equal(made.status, 0, made.stderr);
  for (const key of KEYS) copyFileSync(join(chat.folder, key), join(folder, key));
  return folder;
}

async function restore(chat: Chat, backup: string): Promise<void> {
  await chat.restart(() => {
    rmSync(chat.folder, { recursive: true });
    mkdirSync(chat.folder);
    for (const file of ['retrochat.sqlite', ...KEYS]) copyFileSync(join(backup, file), join(chat.folder, file));
  });
}

scene(
  'a chat that starts from a backup has what was said before it',
  async (it) => {
    const folder = mkdtempSync(join(tmpdir(), 'retro-chat-backup-'));
    try {
      const ann = await it.person('ann');
      const room = await ann.openRoom('kept');
      await ann.say('before the backup');
      await hear(ann.page, `${ann.handle}>before the backup`);
      const talking = (async () => {
        for (let i = 0; i < 20; i += 1) await ann.say(`meanwhile ${i}`);
      })();
      const file = join(folder, 'saved.sqlite');
      const args = ['backup', '--data', it.chat.folder, '--to', file];
      const made = run(args);
      assert.equal(made.status, 0, made.stderr);
      assert.match(made.stdout, /^rooms {2}2\npeople 2\nlines {2}\d+\nbytes {2}\d+$/m);
      assert.match(made.stdout, /To restore: /);
      assert.equal(statSync(file).mode & 0o777, 0o600);
      await talking;
      await hear(ann.page, `${ann.handle}>meanwhile 19`);

      assert.match(run(args).stderr, /--overwrite/);
      assert.equal(run([...args, '--overwrite']).status, 0);
      const live = join(it.chat.folder, 'retrochat.sqlite');
      assert.notEqual(run(['backup', '--data', it.chat.folder, '--to', live, '--overwrite']).status, 0);

      // The same address goes on with the copy alone: no log of SQLite's, no keys.
      await it.chat.restart(() => {
        rmSync(it.chat.folder, { recursive: true });
        mkdirSync(it.chat.folder);
        copyFileSync(file, join(it.chat.folder, 'retrochat.sqlite'));
      });
      // Without the cookies' key too, so people sign in again.
      await ann.goto(`/sign-in?to=${room}`);
      await ann.fillIn();
      await connected(ann.page);
      const shown = await conversation(ann.page);
      assert.ok(shown.includes(`${ann.handle}>before the backup`));
      assert.ok(shown.includes(`${ann.handle}>meanwhile 19`));
      await ann.say('after the restore');
      await hear(ann.page, `${ann.handle}>after the restore`);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
  [],
);

scene(
  'a chat that starts from a backup and the keys knows who is signed in',
  async (it) => {
    const ann = await it.person('ann');
    const room = await ann.openRoom('kept with its keys');
    await ann.say('before the backup');
    await hear(ann.page, `${ann.handle}>before the backup`);
    const backup = backUp(it.chat);
    try {
      await restore(it.chat, backup);
      await ann.enter(room);
      assert.ok((await conversation(ann.page)).includes(`${ann.handle}>before the backup`));
    } finally {
      rmSync(backup, { recursive: true, force: true });
    }
  },
  [],
);

scene(
  'a page that is open while its chat goes back to a backup begins anew and hears what is said then',
  async (it) => {
    const ann = await it.person('ann');
    await ann.openRoom('gone back');
    await ann.say('before the backup');
    await hear(ann.page, `${ann.handle}>before the backup`);
    const backup = backUp(it.chat);
    try {
      for (const line of ['lost one', 'lost two']) await ann.say(line);
      await hear(ann.page, `${ann.handle}>lost two`);
      await ann.page.fill('#line', 'half a line');
      const anew = ann.page.waitForEvent('domcontentloaded', { timeout: 30_000 });
      await restore(it.chat, backup);
      await anew;
      await connected(ann.page);
      const shown = await conversation(ann.page);
      assert.ok(shown.includes(`${ann.handle}>before the backup`));
      assert.ok(!shown.includes(`${ann.handle}>lost two`));
      assert.equal(await ann.page.inputValue('#line'), 'half a line');
      await ann.say('after the restore');
      await hear(ann.page, `${ann.handle}>after the restore`);
    } finally {
      rmSync(backup, { recursive: true, force: true });
    }
  },
  [],
);
