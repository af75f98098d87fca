import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tokenFor } from './testing/open_socket';
import { readClaims, tidyToken } from './token';

test('trims the white space that templates leave', () => {
  assert.equal(tidyToken(' \n abc-_.9\t'), 'abc-_.9');
});

test('throws for what cannot be a token, as of old', () => {
  for (const token of ['', '  ', 'a b', 'a+b', 'a/b', 'a=b', '"abc"', 'トークン', undefined, null, 5, {}]) {
    assert.throws(() => tidyToken(token), new Error('The provided token is invalid.'));
  }
});

test('reads client id and bookmark, in any script', () => {
  for (const id of ['a', '便り-1-2-3', '👋?>~ÿ']) {
    assert.deepEqual(readClaims(tokenFor(id, 'e1-2s')), { clientId: id, bookmark: { epoch: 'e1', seq: '2s' } });
  }
});

test('knows nothing of a token that is no JWT', () => {
  for (const token of ['abc', 'a.b.c', '..', 'e30.bnVsbA.x', 'e30.NQ.x', 'e30.eyJzdWIiOjV9.x']) {
    assert.equal(readClaims(token), undefined, token);
  }
});
