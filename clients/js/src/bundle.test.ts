// What pages get, as build.sh makes it: small enough, and old enough for Safari 15.0.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const LARGEST = 6144;

const folder = process.env.TAYORI_CLIENT ?? '';

test('the script is at most 6 KB, compressed', () => {
  const { length } = execFileSync('gzip', ['-9', '-c', `${folder}/tayori.js`]);
  assert.ok(length <= LARGEST, `${length} bytes`);
});

test('so is what an application takes of the module to open a channel', () => {
  const bundled = execFileSync(
    process.env.ESBUILD ?? 'esbuild',
    ['--bundle', '--minify', '--format=esm', '--log-level=warning'],
    { input: `export { Channel } from '${folder}/tayori.mjs'` },
  );
  const { length } = execFileSync('gzip', ['-9', '-c'], { input: bundled });
  assert.ok(length <= LARGEST, `${length} bytes`);
});

// The compiler knows what a language of 2021 lacks (tsconfig.json), and esbuild brings syntax down to it. What neither
// sees are the younger parts of the browsers' own interfaces, which TypeScript has in one piece.
const TOO_YOUNG: Array<[what: string, found: RegExp]> = [
  ['AbortSignal.timeout, .any, .throwIfAborted', /AbortSignal|throwIfAborted/],
  ['a reason for an abort', /\.abort\([^)]|\.reason\b/],
  ['structuredClone', /structuredClone/],
  ['crypto.randomUUID', /randomUUID/],
  ['BroadcastChannel', /BroadcastChannel/],
  ['reading a stream by for await', /for await/],
  ['transform streams', /pipeThrough|DecoderStream/],
  ['requests that stream', /duplex/],
  ['Object.hasOwn, .groupBy', /Object\.(hasOwn|groupBy)/],
  ['methods of arrays and strings', /\.(at|findLast|findLastIndex|toSorted|toReversed|with|isWellFormed)\(/],
  ['Promise.withResolvers, .try', /Promise\.(withResolvers|try)/],
  ['Response.json', /Response\.json/],
  ['looking behind in a regular expression', /\(\?<[=!]/],
  ['static blocks', /static\{/],
  ['scheduler, navigation, URL.canParse', /scheduler|navigation\.|canParse/],
  ['idle callbacks', /requestIdleCallback/],
];

for (const file of ['tayori.js', 'tayori.mjs']) {
  const text = readFileSync(`${folder}/${file}`, 'utf8');
  for (const [what, found] of TOO_YOUNG) {
    test(`${file} does without ${what}`, () => assert.doesNotMatch(text, found));
  }

  test(`${file} takes Web Locks only where they are`, () => {
    const uses = [...text.matchAll(/navigator\.locks/g)];
    assert.equal(uses.length, 1);
    assert.match(text, /let (\w+)=navigator\.locks;if\(!\1\)/);
  });
}
