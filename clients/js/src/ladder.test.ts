import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstRung, keepName, patienceMs } from './ladder';
import { ManualPlatform } from './testing/manual_platform';
import { BASE } from './testing/open_socket';

const ALL = ['websocket', 'sse', 'poll'] as const;

test('begins at the top', () => {
  assert.equal(firstRung(new ManualPlatform(), BASE, ALL), 0);
});

test('begins with what worked last, for an hour', () => {
  const platform = new ManualPlatform();
  keepName(platform, BASE, 'poll');
  assert.equal(firstRung(platform, BASE, ALL), 2);
  platform.advance(3_599_999);
  assert.equal(firstRung(platform, BASE, ALL), 2);
  platform.advance(1);
  assert.equal(firstRung(platform, BASE, ALL), 0);
});

test('remembers for all addresses of an origin, and for no other origin', () => {
  const platform = new ManualPlatform();
  keepName(platform, BASE, 'sse');
  assert.equal(firstRung(platform, 'http://app.example/elsewhere/', ALL), 1);
  assert.equal(firstRung(platform, 'https://app.example/_ah/channel/', ALL), 0);
  assert.equal(firstRung(platform, 'http://app.example:81/_ah/channel/', ALL), 0);
});

test('begins at the top when what is remembered is not on the ladder, or no sense', () => {
  for (const value of ['sse', 'sse x', 'sse 9999999999999', 'x 9999999999999', '', ' ', '{}']) {
    const platform = new ManualPlatform();
    platform.memory.set('tayori-transport http://app.example', value);
    assert.equal(firstRung(platform, BASE, ['websocket', 'poll']), 0, value);
  }
});

test('is patient with the last rung only', () => {
  assert.deepEqual(
    ALL.map((_, rung) => patienceMs(rung, ALL)),
    [3000, 3000, 10_000],
  );
  assert.equal(patienceMs(0, ['websocket']), 10_000);
});
