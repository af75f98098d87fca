import assert from 'node:assert/strict';
import { test } from 'node:test';
import { watchClock } from './clock_watch';
import { ManualPlatform } from './testing/manual_platform';

function watching() {
  const platform = new ManualPlatform();
  const jumps: number[] = [];
  const stop = watchClock(platform, () => jumps.push(platform.now()));
  return { platform, jumps, stop };
}

test('says nothing while time passes', () => {
  const { platform, jumps } = watching();
  platform.advance(3_600_000);
  assert.deepEqual(jumps, []);
});

test('says once that the machine has slept', () => {
  const { platform, jumps } = watching();
  platform.advance(12_000);
  platform.sleep(60_000);
  platform.advance(60_000);
  assert.equal(jumps.length, 1);
});

test('takes a clock that is set ahead for a sleep, and one that is set back for nothing', () => {
  const { platform, jumps } = watching();
  platform.setClock(60_000);
  platform.advance(20_000);
  assert.equal(jumps.length, 1);
  platform.setClock(0);
  platform.advance(20_000);
  assert.equal(jumps.length, 1);
});

test('stops when told', () => {
  const { platform, jumps, stop } = watching();
  platform.advance(12_000);
  stop();
  platform.sleep(60_000);
  assert.deepEqual(jumps, []);
  assert.equal(platform.timers.size, 0);
});
