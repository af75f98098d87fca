import assert from 'node:assert/strict';
import { test } from 'node:test';
import vectors from '../../../spec/vectors/frames.json';
import { formatCursor, parseCursor } from './cursor';
import { type Frame, formatToken, parseFrame } from './protocol';

/** A frame as the vectors write it; `name` of an error is for people and logs, the page does not read it. */
function written(frame: Frame | undefined): unknown {
  if (!frame) return null;
  switch (frame.kind) {
    case 'o':
      return {
        kind: 'o',
        session: frame.session,
        cursor: formatCursor(frame.cursor),
        recovered: frame.recovered,
        heartbeat_s: frame.heartbeatSeconds,
        expires_in_s: frame.expiresInSeconds,
      };
    case 'g':
      return { kind: 'g', from: formatCursor(frame.from), to: formatCursor(frame.to) };
    default:
      return frame;
  }
}

for (const { name, to, text, frame, ...rest } of vectors.frames) {
  if (to === 'page') {
    test(`reads: ${name}`, () => {
      const { name: _, ...expected } = { name: '', ...frame };
      assert.deepEqual(written(parseFrame(text)), frame && expected);
    });
  } else if (frame?.kind === 't' && 'canonical' in rest && 'token' in frame) {
    const cursor = 'cursor' in frame ? parseCursor(frame.cursor) : undefined;
    test(`writes: ${name}`, () => assert.equal(formatToken(String(frame.token), cursor), text));
  }
}
