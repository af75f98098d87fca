// The page cuts lines as the server does: the same vectors as text/line_parts_test.cc.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { calls, lineParts } from '../../../apps/retro-chat/page/line_parts';
import vectors from '../../../apps/retro-chat/vectors/line_parts.json';

test('lines are cut as the server cuts them', () => {
  for (const { line, parts } of vectors.parts) assert.deepEqual(lineParts(line), parts, line);
});

test('who is called is heard as the server hears it', () => {
  for (const each of vectors.calls) assert.equal(calls(each.line, each.handle), each.calls, each.line);
});
