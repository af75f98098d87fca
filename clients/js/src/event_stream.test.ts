import assert from 'node:assert/strict';
import { test } from 'node:test';
import vectors from '../../../spec/vectors/events.json';
import { EventStreamParser, type ServerSentEvent } from './event_stream';

/** What a parser gives out that gets these pieces of bytes, decoded as they come. */
function read(pieces: Iterable<Uint8Array>): ServerSentEvent[] {
  const parser = new EventStreamParser();
  const decoder = new TextDecoder();
  return [...pieces].flatMap((piece) => parser.read(decoder.decode(piece, { stream: true })));
}

function* cut(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

for (const { name, epoch, seq, data, text } of vectors.events) {
  test(`reads a message back: ${name}`, () => {
    assert.deepEqual(read([Buffer.from(text)]), [{ event: 'message', id: `${epoch}-${seq}`, data }]);
  });
}

for (const { name, chunks, events } of vectors.streams) {
  test(`reads a stream: ${name}`, () => {
    assert.deepEqual(read(chunks.map((chunk) => Buffer.from(chunk))), events);
    const whole = Buffer.from(chunks.join(''));
    for (const size of [1, 2, 3, 7, whole.length]) assert.deepEqual(read(cut(whole, size)), events, `${size} bytes`);
  });
}

test('an event comes with its last line end, not with the next chunk', () => {
  const parser = new EventStreamParser();
  assert.deepEqual(parser.read('data: a\r'), []);
  assert.equal(parser.read('\r').length, 1);
  assert.deepEqual(parser.read('\n'), []);
});
