import assert from 'node:assert/strict';
import { test } from 'node:test';
import vectors from '../../../spec/vectors/frames.json';
import { formatCursor } from './cursor';
import { type Frame, formatToken, type Opening, parseFrame, parseFrames, parseProblem } from './protocol';

/** A frame as the vectors write it. */
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
      const expected = frame?.kind === 'e' ? { name: undefined, ...frame } : frame;
      assert.deepEqual(written(parseFrame(text)), expected);
    });
  } else if (frame?.kind === 't' && 'canonical' in rest) {
    const { kind: _, ...opening } = frame;
    test(`writes: ${name}`, () => assert.equal(formatToken(opening as unknown as Opening), text));
  }
}

test('names the session when it resumes', () => {
  const text = 't{"token":"a","cursor":"e1-2s","session":"s1"}';
  assert.equal(formatToken({ token: 'a', cursor: 'e1-2s', session: 's1' }), text);
});

test('reads the answer to a poll, all of it or nothing', () => {
  assert.deepEqual(parseFrames('["h","m1\\nx\\n"]'), [{ kind: 'h' }, { kind: 'm', seq: '1', data: 'x\n' }]);
  for (const text of ['', '[', '["h"', '["h",5]', '["h","m"]', '{}', '"h"', 'null', '<html>', '[]']) {
    assert.deepEqual(parseFrames(text), [], text);
  }
});

test('reads a problem document as an error', () => {
  const problem = {
    type: 'about:blank',
    title: 'x',
    status: 401,
    code: 'invalid_token',
    description: 'd',
    reconnect: false,
  };
  assert.deepEqual(parseProblem(JSON.stringify(problem)), {
    kind: 'e',
    code: 401,
    description: 'd',
    reconnect: false,
    name: 'invalid_token',
  });
});

test('takes nothing else for a problem document', () => {
  const others = ['', '<h1>502</h1>', 'null', '5', '"x"', '[]', '{}', '{"status":404,"message":"no"}'];
  for (const text of [...others, '{"status":"401","code":"x","description":"d","reconnect":false}']) {
    assert.equal(parseProblem(text), undefined, text);
  }
});
