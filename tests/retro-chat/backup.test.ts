// retrochat backup: a copy made while people talk, from which a second chat starts.

import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './harness/chat';
import { connected, conversation, hear } from './harness/person';
import { scene } from './harness/scene';

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
    const folder = mkdtempSync(join(tmpdir(), 'retro-chat-backup-'));
    try {
      const file = join(folder, 'saved.sqlite');
      assert.equal(run(['backup', '--data', it.chat.folder, '--to', file]).status, 0);
      const keys = ['tokens.key', 'cookies.key'];
      for (const key of keys) copyFileSync(join(it.chat.folder, key), join(folder, key));
      await it.chat.restart(() => {
        rmSync(it.chat.folder, { recursive: true });
        mkdirSync(it.chat.folder);
        copyFileSync(file, join(it.chat.folder, 'retrochat.sqlite'));
        for (const key of keys) copyFileSync(join(folder, key), join(it.chat.folder, key));
      });
      await ann.enter(room);
      assert.ok((await conversation(ann.page)).includes(`${ann.handle}>before the backup`));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
  [],
);
