// A page that comes back from the browser's cache, as by the button Back, goes on where it was.
//
// WebKit alone: the other browsers, as they are driven here, keep no page that was left.

import { after, before, test } from 'node:test';
import { hear, type Transport } from './harness/channel';
import { GOOD } from './harness/real_proxy';
import { Stage } from './harness/stage';
import { until } from './harness/until';

const TIMEOUT_MS = 60_000;
const TRANSPORTS: readonly Transport[] = ['websocket', 'sse', 'poll'];

let stage: Stage;

before(async () => {
  stage = await Stage.start('webkit');
});

after(() => stage?.stop());

for (const transport of TRANSPORTS) {
  test(`back from the cache, on ${transport}`, { timeout: TIMEOUT_MS }, async () => {
    const way = await stage.behind(GOOD.nginx);
    await stage.visiting('webkit', way, async (page) => {
      await page.open([transport]);
      await page.send(5);
      await page.assertHeard();
      await page.tab.goto(new URL('hello', way.url).href);
      await page.send(5);
      await page.tab.back();
      await until('the page', () => page.tab.run(() => (globalThis.heard?.length ?? 0) > 0, undefined));
      await page.send(5);
      await hear(page.tab, 'onmessage', page.sent.length);
      await page.assertHeard();
    });
  });
}
