// Where the server is: options before variables before the default, and nothing that cannot be an address or a key.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSettings, SURROUNDINGS } from './settings.js';

test('options count before variables, variables before the default', () => {
  const variables = { TAYORI_URL: 'http://of.variables:1', TAYORI_API_KEY: 'variable' };
  const given = readSettings(
    { url: 'https://of.options/below', apiKey: 'option', timeoutMs: 5, retries: 0 },
    variables,
  );
  assert.deepEqual(
    [given.url.href, given.apiKey, given.timeoutMs, given.retries],
    ['https://of.options/below/', 'option', 5, 0],
  );
  const found = readSettings({}, variables);
  assert.deepEqual([found.url.href, found.apiKey], ['http://of.variables:1/', 'variable']);
  const usual = readSettings({}, { TAYORI_URL: '', TAYORI_API_KEY: '' });
  assert.deepEqual(
    [usual.url.href, usual.apiKey, usual.timeoutMs, usual.retries],
    ['http://127.0.0.1:8081/', undefined, 10_000, 2],
  );
});

test('an address that cannot be one is refused without being shown', () => {
  for (const url of [
    '',
    'secret',
    'ftp://secret',
    'http://user:secret@host',
    'http://host/?secret',
    'http://host/#secret',
  ]) {
    const refusal = (problem: unknown): boolean => problem instanceof TypeError && !problem.message.includes('secret');
    assert.throws(() => readSettings({ url }, {}), refusal, url);
  }
});

test('a key that cannot be one is refused without being shown', () => {
  for (const apiKey of ['', 'se cret', 'secret\n', 'sécret']) {
    assert.throws(
      () => readSettings({ apiKey }, {}),
      (problem: unknown) => problem instanceof TypeError && !/cret/.test(problem.message),
    );
  }
});

test('waiting ends with the reason of its signal', async () => {
  const controller = new AbortController();
  const waiting = SURROUNDINGS.wait(60_000, controller.signal);
  controller.abort(new Error('enough'));
  await assert.rejects(waiting, { message: 'enough' });
  await SURROUNDINGS.wait(1, new AbortController().signal);
});
