import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Heartbeat } from './heartbeat';
import { ManualPlatform } from './testing/manual_platform';

const SECONDS = 20;
const HEARTBEAT = SECONDS * 1000;

function beating() {
  const platform = new ManualPlatform();
  const log: string[] = [];
  const heartbeat = new Heartbeat(
    platform,
    () => {
      log.push('silence');
      heartbeat.stop();
    },
    () => {
      log.push('beat');
      heartbeat.sent();
    },
  );
  heartbeat.start(SECONDS);
  return { platform, log, heartbeat };
}

/** Lets time pass in which the server is heard all the while. */
function passHearing({ platform, heartbeat }: ReturnType<typeof beating>, ms: number): void {
  for (let passed = 0; passed < ms; passed += 1000) {
    platform.advance(1000);
    heartbeat.heard();
  }
}

test('beats when nothing was sent for half of the heartbeat', () => {
  const subject = beating();
  subject.platform.advance(HEARTBEAT / 2);
  assert.deepEqual(subject.log, ['beat']);
});

test('answers the beat of the server even when no timer runs', () => {
  const { platform, log, heartbeat } = beating();
  platform.timers.clear(); // a tab in the background
  for (let beat = 0; beat < 3; beat += 1) {
    platform.sleep(HEARTBEAT / 2);
    heartbeat.heard();
  }
  assert.deepEqual(log, ['beat', 'beat', 'beat']);
});

test('does not answer every message', () => {
  const subject = beating();
  passHearing(subject, 5 * HEARTBEAT);
  assert.equal(subject.log.length, 20); // no more than one in a quarter of the heartbeat
  assert.ok(!subject.log.includes('silence'));
});

test('gives up after a whole heartbeat of silence, once', () => {
  const { platform, log } = beating();
  platform.advance(HEARTBEAT);
  assert.ok(!log.includes('silence'));
  platform.advance(10 * HEARTBEAT);
  assert.deepEqual(log, ['beat', 'beat', 'silence']);
  assert.equal(platform.timers.size, 0);
});

test('a suspicion is settled at once when the beat is overdue, else it waits', () => {
  for (const [silence, told] of [
    [0, []],
    [0.7, ['beat']],
    [0.8, ['silence']],
  ] as const) {
    const { platform, heartbeat, log } = beating();
    platform.timers.clear();
    platform.sleep(silence * HEARTBEAT);
    heartbeat.suspect();
    assert.deepEqual(log, told);
  }
});

test('a clock that is set back delays nothing', () => {
  const { platform, log } = beating();
  platform.setClock(-3_600_000);
  platform.advance(1.3 * HEARTBEAT);
  assert.equal(log.at(-1), 'silence');
});
