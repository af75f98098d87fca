// Every text of every palette stands out from its ground as WCAG AA asks.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

const palettesFile = process.env.PALETTES ?? 'apps/retro-chat/static/palettes.css';
const css = readFileSync(palettesFile, 'utf8');
const SPOKEN = ['ink', 'faint', 'link', 'warn', 'c1', 'c2', 'c3', 'c4', 'c5', 'c6'];
const PAIRS: [string, string][] = [
  ['case-ink', 'case'],
  ['glow-ink', 'glow'],
  ['glow', 'screen'],
  ['ink', 'key'],
  ...SPOKEN.flatMap((ink): [string, string][] => [
    [ink, 'screen'],
    [ink, 'mark'],
  ]),
];

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

const palettes = [...css.matchAll(/\[data-palette="(\w+)"\] \{([^}]+)\}/g)].map(([, name = '', body = '']) => ({
  name,
  colours: new Map(
    [...body.matchAll(/--([\w-]+): var\(--light, (#\w{6})\) var\(--dark, (#\w{6})\);/g)].map(([, key, light, dark]) => [
      key,
      [light, dark],
    ]),
  ),
  declared: [...body.matchAll(/--([\w-]+):/g)].map(([, key]) => key),
}));

test('there are five palettes', () => {
  assert.deepEqual(
    palettes.map(({ name }) => name),
    ['beige', 'green', 'amber', 'blue', 'paper'],
  );
});

test('every palette has the same colours, each in two shades', () => {
  for (const { name, colours, declared } of palettes) {
    assert.deepEqual([...colours.keys()], declared, name);
    assert.deepEqual(declared, palettes[0]?.declared, name);
  }
});

test('no style asks for a browser of 2024', () => {
  const styles = css + readFileSync(join(dirname(palettesFile), 'retro.css'), 'utf8');
  assert.doesNotMatch(styles.replace(/\/\*.*?\*\//gs, ''), /light-dark\(|@scope|@starting-style/);
});

for (const { name, colours } of palettes) {
  test(`${name} can be read`, () => {
    for (const [ink, ground] of PAIRS) {
      for (const shade of [0, 1]) {
        const found = contrast(colours.get(ink)?.[shade] ?? '', colours.get(ground)?.[shade] ?? '');
        assert.ok(found >= 4.5, `--${ink} on --${ground} (${shade ? 'dark' : 'light'}): ${found.toFixed(2)}`);
      }
    }
  });
}
