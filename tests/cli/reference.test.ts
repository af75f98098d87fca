// docs/reference/command-line.md shows each command's help as the program prints it.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { tayori } from './harness/program';

const ROOT = process.env.TAYORI_ROOT ?? '.';
const page = readFileSync(`${ROOT}/docs/reference/command-line.md`, 'utf8');

for (const command of ['', 'serve', 'dev', 'token', 'send', 'check', 'version']) {
  test(`the page shows the help of ${`tayori ${command}`.trim()}`, async () => {
    const { code, stdout } = await tayori([...command.split(' ').filter(Boolean), '--help']);
    assert.equal(code, 0);
    assert.ok(page.includes(`\`\`\`text\n${stdout.trim()}\n\`\`\``), `it should hold:\n${stdout}`);
  });
}

test('the page names no command that is not there', async () => {
  const { stdout } = await tayori(['--help']);
  for (const [, command = ''] of page.matchAll(/^## `tayori (\w+)/gm)) {
    assert.match(stdout, new RegExp(`^ {2}${command} `, 'm'));
  }
});
