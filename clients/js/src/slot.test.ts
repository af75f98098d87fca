import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Slot } from './slot';
import { ManualPlatform } from './testing/manual_platform';

/** A slot on a platform, and what it has answered. */
function slotOn(platform: ManualPlatform) {
  const slot = new Slot(platform);
  const answers: boolean[] = [];
  return { slot, answers, take: () => slot.take((free) => answers.push(free)) };
}

test('there are four for all pages of an origin', () => {
  const platform = new ManualPlatform();
  const slots = Array.from({ length: 6 }, () => slotOn(platform));
  for (const { take } of slots) take();
  platform.settle();
  assert.deepEqual(
    slots.flatMap(({ answers }) => answers),
    [true, true, true, true, false, false],
  );
  assert.deepEqual([...platform.locks], ['tayori-slot-1', 'tayori-slot-2', 'tayori-slot-3', 'tayori-slot-4']);
  slots[1]?.slot.give();
  slots[5]?.take();
  platform.settle();
  assert.deepEqual(slots[5]?.answers, [false, true]);
});

test("a session's transports share one, asked for again or at once", () => {
  const platform = new ManualPlatform();
  const { slot, answers, take } = slotOn(platform);
  take();
  take();
  platform.settle();
  take();
  assert.deepEqual(answers, [true, true, true]);
  assert.equal(platform.locks.size, 1);
  slot.give();
  assert.equal(platform.locks.size, 0);
});

test('what comes after the session has no use for it goes back', () => {
  const platform = new ManualPlatform();
  const { slot, answers, take } = slotOn(platform);
  take();
  slot.give();
  platform.settle();
  assert.deepEqual(answers, [false]);
  assert.equal(platform.locks.size, 0);
});
