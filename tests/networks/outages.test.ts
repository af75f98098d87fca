// Connections that are cut when they idle, and a server that is not there for a while: every transport comes back by
// itself, and what was sent meanwhile is heard in order and once.

import assert from 'node:assert/strict';
import { after, before, describe, type TestContext, test } from 'node:test';
import { close, hear, type Transport, transportOn } from './harness/channel';
import { Gate } from './harness/gate';
import { GOOD, hostile } from './harness/real_proxy';
import { Stage, type Visit } from './harness/stage';
import { pause } from './harness/until';

const TIMEOUT_MS = 90_000;
const CONCURRENCY = 8;
const LADDERS: ReadonlyArray<readonly Transport[]> = [['websocket'], ['sse'], ['poll'], ['websocket', 'sse', 'poll']];
// Somewhat more than the patience of the proxies called idle-cut.
const IDLE_MS = 2_400;

let stage: Stage;

before(async () => {
  stage = await Stage.start('chromium');
});

after(() => stage?.stop());

// 502: nginx finds nobody; 503: HAProxy neither; 504: nginx finds someone who does not answer.
const OUTAGES = [
  { status: 502, configuration: GOOD.nginx, lay: (gate: Gate, on: boolean) => gate.refuse(on) },
  { status: 503, configuration: hostile('haproxy-no-retries.cfg'), lay: (gate: Gate, on: boolean) => gate.refuse(on) },
  {
    status: 504,
    configuration: hostile('nginx-impatient.conf'),
    lay: async (gate: Gate, on: boolean) => gate.stall('both', on),
  },
] as const;

type Outage = (typeof OUTAGES)[number];

/** Plays on a page before whose server an outage can come; `lay(true)` is its begin. */
async function withOutage(
  outage: Outage,
  play: (page: Visit, lay: (on: boolean) => Promise<void>) => Promise<void>,
): Promise<void> {
  const gate = await Gate.start(stage.server.publicUrl);
  const way = await stage.behind(outage.configuration, gate.url);
  const lay = async (on: boolean): Promise<void> => {
    await outage.lay(gate, on);
    if (on) gate.cut();
  };
  await stage.visiting('chromium', way, (page) => play(page, lay)).finally(() => gate.stop());
}

/** The proxy says what it should; otherwise the test would test something else. */
async function assertAnswer({ tab }: Visit, status: number): Promise<void> {
  const answer = await tab.run(async () => {
    const { status: given, headers } = await fetch('/_ah/channel/poll', { method: 'POST', body: '{}' });
    return [given, headers.get('content-type')];
  }, undefined);
  assert.deepEqual(answer, [status, 'text/html']);
}

async function tellTransport(it: TestContext, { tab }: Visit): Promise<void> {
  it.diagnostic(await transportOn(tab));
}

// Side by side, since all of them mostly wait.
describe('outages', { concurrency: true }, () => {
  describe('what idles for 2 s is cut', { concurrency: true }, () => {
    for (const configuration of ['nginx-idle-cut.conf', 'haproxy-idle-cut.cfg']) {
      for (const ladder of LADDERS) {
        test(`${configuration}, ${ladder.join(' ')}`, { timeout: TIMEOUT_MS }, async (it) =>
          stage.visiting('chromium', await stage.behind(hostile(configuration)), async (page) => {
            await page.open(ladder);
            await hear(page.tab, 'onopen');
            for (let round = 0; round < 3; round += 1) {
              await page.send(5);
              await pause(IDLE_MS); // for the proxy to do what it is here for
            }
            await page.send(5);
            await page.assertHeard();
            await tellTransport(it, page);
            await close(page.tab);
          }),
        );
      }
    }
  });

  describe('a server that is away for a while', { concurrency: CONCURRENCY }, () => {
    for (const outage of OUTAGES) {
      for (const ladder of LADDERS) {
        test(`${outage.status}, ${ladder.join(' ')}`, { timeout: TIMEOUT_MS }, (it) =>
          withOutage(outage, async (page, lay) => {
            await page.open(ladder);
            await hear(page.tab, 'onopen');
            await page.send(5);
            for (let round = 1; round <= 2; round += 1) {
              await lay(true);
              await assertAnswer(page, outage.status);
              await page.send(10);
              await hear(page.tab, 'onreconnecting', 2 * round);
              await lay(false);
              await page.send(5);
              await page.assertHeard();
            }
            await tellTransport(it, page);
            await close(page.tab);
          }),
        );
      }
      test(`${outage.status} when the page opens`, { timeout: TIMEOUT_MS }, (it) =>
        withOutage(outage, async (page, lay) => {
          await lay(true);
          await page.open();
          await assertAnswer(page, outage.status);
          await page.send(10);
          await lay(false);
          await page.send(5);
          await page.assertHeard();
          await tellTransport(it, page);
        }),
      );
    }
  });
});
