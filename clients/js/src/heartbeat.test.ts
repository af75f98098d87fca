import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Heartbeat } from './heartbeat';
import { ManualPlatform } from './testing/manual_platform';

const INTERVAL = 20_000;

function beating() {
  const platform = new ManualPlatform();
  const log: string[] = [];
  const heartbeat = new Heartbeat(platform, INTERVAL, {
    onBeat: () => {
      log.push('beat');
      heartbeat.sent();
    },
    onSilence: () => {
      log.push('silence');
      heartbeat.stop();
    },
  });
  return { platform, log, heartbeat };
}

/** Lets time pass in which the server is heard all the while. */
function passHearing({ platform, heartbeat }: ReturnType<typeof beating>, ms: number): void {
  for (let passed = 0; passed < ms; passed += 1000) {
    platform.advance(1000);
    heartbeat.heard();
  }
}

test('beats when nothing was sent for an interval', () => {
  const subject = beating();
  subject.platform.advance(INTERVAL);
  assert.deepEqual(subject.log, ['beat']);
});

test('answers the beat of the server even when no timer runs', () => {
  const { platform, log, heartbeat } = beating();
  platform.timers.clear(); // a tab in the background
  for (let beat = 0; beat < 3; beat += 1) {
    platform.sleep(INTERVAL);
    heartbeat.heard();
  }
  assert.deepEqual(log, ['beat', 'beat', 'beat']);
});

test('does not answer every message', () => {
  const subject = beating();
  passHearing(subject, 5 * INTERVAL);
  assert.equal(subject.log.length, 10); // no more than one in half an interval
  assert.ok(!subject.log.includes('silence'));
});

test('gives up after two intervals of silence, once', () => {
  const { platform, log } = beating();
  platform.advance(2 * INTERVAL);
  assert.ok(!log.includes('silence'));
  platform.advance(10 * INTERVAL);
  assert.deepEqual(log, ['beat', 'beat', 'silence']);
  assert.equal(platform.timers.size, 0);
});

test('after a sleep an overdue beat is enough to give up', () => {
  const { platform, log } = beating();
  platform.sleep(1.6 * INTERVAL);
  assert.deepEqual(log, ['silence']);
});

test('a short sleep is no loss', () => {
  const { platform, log } = beating();
  platform.sleep(0.9 * INTERVAL);
  assert.deepEqual(log, []);
});

test('a suspicion is settled at once when the beat is overdue, else it waits', () => {
  const patient = beating();
  patient.heartbeat.suspect();
  assert.deepEqual(patient.log, []);
  const overdue = beating();
  overdue.platform.timers.clear();
  overdue.platform.sleep(1.6 * INTERVAL);
  overdue.heartbeat.suspect();
  assert.deepEqual(overdue.log, ['silence']);
});

test('a clock that is set back delays nothing', () => {
  const { platform, log } = beating();
  platform.setClock(-3_600_000);
  platform.advance(2.5 * INTERVAL);
  assert.equal(log.at(-1), 'silence');
});
