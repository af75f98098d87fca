import assert from 'node:assert/strict';
import { test } from 'node:test';
import vectors from '../../../spec/vectors/cursors.json';
import { formatCursor, parseCursor } from './cursor';
import { Handoff } from './handoff';

const place = (seq: string) => ({ epoch: 'e1', seq });

for (const { name, bookmark, handed, sent } of vectors.handoff) {
  test(`hands on: ${name}`, () => {
    const handoff = new Handoff();
    const cursor = parseCursor(handed);
    if (cursor) handoff.put('a', cursor);
    const taken = handoff.take({ clientId: 'a', bookmark: parseCursor(bookmark) });
    assert.equal(taken ? formatCursor(taken) : null, sent);
  });
}

test('hands each cursor on once, and to its own client id only', () => {
  const handoff = new Handoff();
  handoff.put('a', place('5'));
  assert.equal(handoff.take({ clientId: 'b', bookmark: place('1') }), undefined);
  assert.deepEqual(handoff.take({ clientId: 'a', bookmark: place('1') }), place('5'));
  assert.equal(handoff.take({ clientId: 'a', bookmark: place('1') }), undefined);
});

test('keeps the last client ids up to its limit', () => {
  const handoff = new Handoff(2);
  for (const id of ['a', 'b', 'a', 'c']) handoff.put(id, place('5'));
  const kept = ['a', 'b', 'c'].filter((clientId) => handoff.take({ clientId, bookmark: undefined }));
  assert.deepEqual(kept, ['a', 'c']);
});
