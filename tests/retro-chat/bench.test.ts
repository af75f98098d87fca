// The bench of a full room (bench/chat): it finds nothing missing where nothing is, and does find what is.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Ledger } from '../../bench/chat/ledger';
import { spreadOf } from '../../bench/chat/report';
import { cpuSecondsOf } from '../../bench/chat/resources';
import { maskedFrame, takeFrame } from '../../bench/chat/web_socket';

const BENCH = `${process.env.TAYORI_ROOT ?? '.'}/bench/chat/run`;

/** Two people who know the room up to event 4; one line was said. */
function two(): Ledger {
  const ledger = new Ledger();
  ledger.enters(0, 4);
  ledger.enters(1, 4);
  ledger.says('hello', 100);
  return ledger;
}

const HELLO = { event: 5, kind: 'speak', line: 'hello' };

test('the ledger is content when everybody hears each line once', () => {
  const ledger = two();
  ledger.hears(0, { event: 4, kind: 'enter' }, 99); // Pushed before the page was made, so the page has it.
  ledger.hears(0, HELLO, 103);
  assert.equal(ledger.isComplete(2), false);
  ledger.hears(1, HELLO, 110);
  ledger.hears(1, {}, 111); // A notice has no number.
  assert.deepEqual(ledger.faults, { lost: 0, repeated: 0, strange: 0 });
  assert.equal(ledger.isComplete(2), true);
  assert.deepEqual(ledger.delays(2), { median: [3], last: [10] });
});

test('the ledger tells what was lost, repeated, or heard otherwise than by the rest', () => {
  const ledger = two();
  ledger.hears(0, HELLO, 103);
  ledger.hears(0, HELLO, 104);
  ledger.hears(0, { event: 8, kind: 'away' }, 105);
  ledger.hears(1, { event: 5, kind: 'speak', line: 'never said' }, 106);
  assert.deepEqual(ledger.faults, { lost: 2, repeated: 1, strange: 1 });
  assert.equal(ledger.linesMissing(2), 1);
});

test('its frames are whole ones, of any length', () => {
  for (const length of [0, 125, 126, 65_535, 65_536]) {
    const head = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
    head[0] = 0x81;
    if (head.length === 2) head[1] = length;
    else head[1] = head.length === 4 ? 126 : 127;
    if (head.length === 4) head.writeUInt16BE(length, 2);
    if (head.length === 10) head.writeBigUInt64BE(BigInt(length), 2);
    const bytes = Buffer.concat([head, Buffer.alloc(length, 'x'), Buffer.from('next')]);
    const taken = takeFrame(bytes);
    assert.equal(taken?.size, head.length + length);
    assert.equal(taken?.frame.payload.length, length);
    assert.equal(takeFrame(bytes.subarray(0, head.length + length - 1)), undefined);
  }
  const masked = maskedFrame(1, Buffer.from('h'));
  assert.equal((masked[6] ?? 0) ^ (masked[2] ?? 0), 'h'.charCodeAt(0));
});

test('its figures are read as they are meant', () => {
  assert.equal(cpuSecondsOf('7 (retro) chat) S 1 7 7 0 -1 0 0 0 0 0 150 50 0 0 20 0 4'), 2);
  const samples = Array.from({ length: 100 }, (_, i) => 100 - i);
  assert.deepEqual(spreadOf(samples), { p50: 50, p99: 99, max: 100 });
});

test('a short run of it measures the program and writes its results down', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-chat-results-'));
  const results = join(folder, 'results.json');
  try {
    const options = ['--minutes', '0.02', '--people', '8', '--lines', '10', '--results', results];
    const ran = spawnSync(BENCH, options, { encoding: 'utf8' });
    assert.equal(ran.status, 0, ran.stdout + ran.stderr);
    const report = JSON.parse(readFileSync(results, 'utf8'));
    assert.equal(report.lines, 12);
    assert.equal(report.deliveries, 96);
    assert.ok(report.machine.cpu && report.programs[0].after.residentBytes > 0);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('it refuses a pace that the chat would refuse', () => {
  const ran = spawnSync(BENCH, ['--people', '2', '--lines', '20'], { encoding: 'utf8' });
  assert.equal(ran.status, 2);
  assert.match(ran.stderr, /take more people/);
});
