// Proxies that let not everything through: the page finds a transport that passes, and nothing is lost on the way there.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { BufferingProxy } from './harness/buffering_proxy';
import { close, hear, heardOn, type Transport, transportOn, visit } from './harness/channel';
import { Gate } from './harness/gate';
import { GOOD, hostile } from './harness/real_proxy';
import { Stage, type Visit, type Way } from './harness/stage';
import { until } from './harness/until';

const TIMEOUT_MS = 90_000;
// They mostly wait.
const CONCURRENCY = 5;
const RUNG_MS = 3_000;
// What a page takes on a machine that has other work to do.
const SLACK_MS = 4_000;
const RUNGS: readonly Transport[] = ['websocket', 'sse', 'poll'];

let stage: Stage;

before(async () => {
  stage = await Stage.start('chromium', 'firefox');
});

after(() => stage?.stop());

interface Case {
  readonly name: string;
  readonly way: () => Promise<Way>;
  readonly passes: Transport;
}

const CASES: readonly Case[] = [
  { name: 'nginx strips Upgrade', way: () => stage.behind(hostile('nginx-no-upgrade.conf')), passes: 'sse' },
  { name: 'HAProxy strips Upgrade', way: () => stage.behind(hostile('haproxy-no-upgrade.cfg')), passes: 'sse' },
  {
    name: 'nginx speaks HTTP/1.0 and buffers',
    way: () => stage.behind(hostile('nginx-buffering.conf')),
    passes: 'poll',
  },
  { name: 'nginx compresses and buffers', way: () => stage.behind(hostile('nginx-gzip.conf')), passes: 'poll' },
  {
    name: 'something holds every answer back to its end',
    way: () => BufferingProxy.start(stage.server.publicUrl, stage.application.url),
    passes: 'poll',
  },
];

for (const engine of ['chromium', 'firefox'] as const) {
  describe(`a ladder, in ${engine}`, { concurrency: CONCURRENCY }, () => {
    for (const { name, way, passes } of CASES) {
      test(`${name}: ${passes}`, { timeout: TIMEOUT_MS }, async (it) =>
        stage.visiting(engine, await way(), async (page) => {
          const since = performance.now();
          await page.open();
          await page.send(10);
          await hear(page.tab, 'onopen');
          const took = performance.now() - since;
          await page.send(10);
          await page.assertHeard();
          assert.equal(await transportOn(page.tab), passes);
          it.diagnostic(`${passes} after ${Math.round(took)} ms`);
          assert.ok(took < RUNG_MS * RUNGS.indexOf(passes) + SLACK_MS, `${took} ms`);
          await close(page.tab);
        }),
      );
    }
  });
}

test('what has worked on a host is what is tried first there', { timeout: TIMEOUT_MS }, async () => {
  const proxy = await BufferingProxy.start(stage.server.publicUrl, stage.application.url);
  await stage.visiting('chromium', proxy, async (page) => {
    await page.open();
    await hear(page.tab, 'onopen');
    await visit(page.tab, proxy.url);
    proxy.asked.length = 0;
    await page.open();
    await page.send(5);
    await page.assertHeard();
    assert.equal(await transportOn(page.tab), 'poll');
    const others = proxy.asked.filter((path) => /\/(ws|sse)$/.test(path));
    assert.deepEqual(others, []);
  });
});

for (const [how, whileClimbing] of [
  ['in silence', async () => undefined],
  ['while messages come', (page: Visit) => page.send(1)],
] as const) {
  test(`a page climbs back up ${how} when a better transport passes again, and loses nothing`, {
    timeout: TIMEOUT_MS,
  }, async () => {
    const gate = await Gate.start(stage.server.publicUrl);
    const way = await stage.behind(GOOD.nginx, gate.url);
    await stage
      .visiting('chromium', way, async (page) => {
        await climb(page, gate, whileClimbing);
        const told = new Set((await heardOn(page.tab)).map(([name]) => name));
        // A poll that is under way in that moment may take the session back: then the page is told that it comes back.
        if (how === 'while messages come') for (const name of ['onreconnecting', 'onreconnected']) told.delete(name);
        assert.deepEqual(told, new Set(['onopen', 'onmessage']));
      })
      .finally(() => gate.stop());
  });
}

/** Opens on polls, and lets better transports pass until the page has found the best. */
async function climb(page: Visit, gate: Gate, meanwhile: (page: Visit) => Promise<void>): Promise<void> {
  // What the client does after minutes it does after seconds here.
  await page.tab.run(() => {
    const real = globalThis.setTimeout;
    const hurried = (task: () => void, delay = 0): unknown => real(task, delay >= 60_000 ? delay / 150 : delay);
    globalThis.setTimeout = hurried as typeof setTimeout;
  }, undefined);
  gate.shutOut(['ws', 'sse']);
  await page.open();
  await hear(page.tab, 'onopen');
  assert.equal(await transportOn(page.tab), 'poll');
  gate.shutOut([]);
  await until('websocket', async () => {
    await meanwhile(page);
    return (await transportOn(page.tab)) === 'websocket';
  });
  await page.send(5);
  await page.assertHeard();
}
