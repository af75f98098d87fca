import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DispatchQueue } from './dispatch_queue';
import { ManualPlatform } from './testing/manual_platform';

function queueWithLog() {
  const platform = new ManualPlatform();
  const log: unknown[] = [];
  return { platform, log, queue: new DispatchQueue(platform) };
}

test('runs nothing inside push, and all in order afterwards', () => {
  const { platform, log, queue } = queueWithLog();
  for (const i of [1, 2, 3]) queue.push(() => log.push(i));
  assert.deepEqual(log, []);
  platform.settle();
  assert.deepEqual(log, [1, 2, 3]);
});

test('an exception loses and repeats nothing, and reaches the page', () => {
  const { platform, log, queue } = queueWithLog();
  queue.push(() => log.push(1));
  queue.push(() => {
    log.push(2);
    throw new Error('mine');
  });
  queue.push(() => log.push(3));
  platform.settle();
  queue.push(() => log.push(4));
  platform.settle();
  assert.deepEqual(log, [1, 2, 3, 4]);
  assert.deepEqual(platform.uncaught, [new Error('mine')]);
});

test('what a task pushes waits for a turn of its own, behind the others', () => {
  const { platform, log, queue } = queueWithLog();
  queue.push(() => {
    queue.push(() => log.push('caused'));
    log.push('cause');
  });
  queue.push(() => log.push('other'));
  const [turn] = platform.timers;
  platform.timers.clear();
  turn?.task();
  assert.deepEqual(log, ['cause', 'other']);
  platform.settle();
  assert.deepEqual(log, ['cause', 'other', 'caused']);
});

test('clear forgets what has not begun, inside a task too', () => {
  const { platform, log, queue } = queueWithLog();
  queue.push(() => {
    queue.push(() => log.push('forgotten'));
    queue.clear();
    queue.push(() => log.push('kept'));
  });
  queue.push(() => log.push('forgotten'));
  platform.settle();
  assert.deepEqual(log, ['kept']);
});

test('clear before the turn leaves the queue in working order', () => {
  const { platform, log, queue } = queueWithLog();
  queue.push(() => log.push('forgotten'));
  queue.clear();
  queue.push(() => log.push('kept'));
  platform.settle();
  assert.deepEqual(log, ['kept']);
  assert.equal(platform.timers.size, 0);
});
