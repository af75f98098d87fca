import assert from 'node:assert/strict';
import { test } from 'node:test';
import vectors from '../../../spec/vectors/cursors.json';
import { formatCursor, isAbove, parseCursor } from './cursor';

for (const { text, cursor } of vectors.parse) {
  test(`reads the cursor ${JSON.stringify(text)}`, () => {
    const parsed = parseCursor(text);
    assert.deepEqual(parsed ?? null, cursor);
    if (parsed) assert.equal(formatCursor(parsed), text);
  });
}

test('reads nothing but text', () => {
  for (const value of [undefined, null, 5, {}, ['e1-2s']]) assert.equal(parseCursor(value), undefined);
});

test('orders numbers that a double cannot tell apart', () => {
  vectors.order.forEach((a, i) => {
    vectors.order.forEach((b, j) => {
      assert.equal(isAbove(a, b), i > j, `${a} and ${b}`);
    });
  });
});
