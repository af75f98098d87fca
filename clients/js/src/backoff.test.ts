import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Backoff } from './backoff';

const ranges = (backoff: Backoff, count: number) => Array.from({ length: count }, () => backoff.next());

test('doubles its range up to the cap', () => {
  const almostOne = 1 - 2 ** -53;
  const steps = [249, 499, 999, 1999, 3999, 7999, 15999, 29999, 29999, 29999];
  assert.deepEqual(ranges(new Backoff(() => almostOne), 10), steps);
});

test('spreads over the whole range, zero included', () => {
  assert.deepEqual(ranges(new Backoff(() => 0), 5), [0, 0, 0, 0, 0]);
  assert.deepEqual(ranges(new Backoff(() => 0.5), 3), [125, 250, 500]);
});

test('begins anew after a reset', () => {
  const backoff = new Backoff(() => 0.5);
  ranges(backoff, 6);
  backoff.reset();
  assert.equal(backoff.next(), 125);
});

test('takes its time when many come at once, and never goes back for it', () => {
  const backoff = new Backoff(() => 0.5);
  backoff.crowded();
  assert.deepEqual(ranges(backoff, 2), [2000, 4000]);
  backoff.crowded();
  assert.equal(backoff.next(), 8000);
});

test('stays at the cap for ever', () => {
  const backoff = new Backoff(() => 0.5);
  ranges(backoff, 5000);
  assert.equal(backoff.next(), 15_000);
});
