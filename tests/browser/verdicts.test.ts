// `wait: "ack"`: the backend is told when a page has handled the message, and not before.

import assert from 'node:assert/strict';
import { hear, messagesOn, open, settle, visit } from './harness/page';
import { type Scene, scene } from './harness/scene';

// Each transport with the routes that have to be shut for a page to come to it.
const WAYS = { websocket: [], sse: ['ws'], poll: ['ws', 'sse'] } as const;
const SOME_CALLS = 20;

async function verdictOf({ server, clientId }: Scene, message: string, timeout_s = 30): Promise<unknown> {
  const answer = await server.call('send_message', { client_id: clientId, message, wait: 'ack', timeout_s });
  return answer.verdict;
}

// A poll's next cursor says that the page has the message; its handlers may still be running.
for (const [transport, shut] of Object.entries(WAYS).filter(([name]) => name !== 'poll')) {
  scene(`on ${transport}, delivered is what the handlers have run for`, async (it) => {
    it.app.refuse(...shut);
    await visit(it);
    const token = await it.server.createChannel(it.clientId);
    await it.page.evaluate((given) => {
      const waitAtBarrier = ({ data }: { data: string }) => {
        if (data !== 'wait') return;
        const asked = new XMLHttpRequest();
        asked.open('GET', '/barrier', false);
        asked.send();
      };
      globalThis.socket = new goog.appengine.Channel(given).open(recorder({ onmessage: waitAtBarrier }));
    }, token);
    await settle(it);
    assert.equal(await it.page.evaluate(() => socket.transport), transport);
    const barrier = it.app.barrier();
    let isAnswered = false;
    const verdict = verdictOf(it, 'wait').finally(() => {
      isAnswered = true;
    });
    const letGo = await barrier;
    // Time enough for a server that takes the message for handled.
    for (let i = 0; i < SOME_CALLS; i += 1) await it.server.sendMessage(`${it.clientId} not here`, 'x');
    const wasEarly = isAnswered;
    letGo();
    assert.equal(await verdict, 'delivered');
    assert.equal(wasEarly, false);
    assert.deepEqual(await messagesOn(it.page), ['wait']);
    assert.equal(await verdictOf(it, 'another'), 'delivered');
  });

  scene(`on ${transport}, a handler that throws has run`, async (it) => {
    it.app.refuse(...shut);
    await visit(it);
    const token = await it.server.createChannel(it.clientId);
    await it.page.evaluate((given) => {
      const fail = () => {
        throw new Error('from the page');
      };
      globalThis.socket = new goog.appengine.Channel(given).open(recorder({ onmessage: fail }));
    }, token);
    await hear(it.page, 'onopen');
    assert.equal(await verdictOf(it, 'hello'), 'delivered');
    await it.page.waitForFunction(() => heard.length === 2);
    assert.deepEqual(it.uncaught.splice(0), ['from the page']);
  });
}

scene('nobody there: no_session at once, before the page comes and when its tab is closed', async (it) => {
  assert.equal(await verdictOf(it, 'is anyone there?'), 'no_session');
  const page = await it.context.newPage();
  await visit({ ...it, page });
  await open(page, await it.server.createChannel(it.clientId));
  await hear(page, 'onopen');
  assert.equal(await verdictOf(it, 'is anyone there?'), 'delivered');
  await page.close();
  while ((await it.server.sendMessage(it.clientId, 'still there?')) > 0);
  assert.equal(await verdictOf(it, 'is anyone there?'), 'no_session');
});

scene('a page that is away: queued while it is, delivered when it is back', async (it) => {
  await visit(it);
  await open(it.page, await it.server.createChannel(it.clientId));
  await settle(it);
  it.app.setDown(true);
  while ((await it.server.sendMessage(it.clientId, 'still there?')) > 0);
  assert.equal(await verdictOf(it, 'one', 1), 'queued');
  const verdict = verdictOf(it, 'two');
  const isLogged = async () => {
    const { messages } = await it.server.call('history', { client_id: it.clientId });
    return (messages as { message: string }[]).some(({ message }) => message === 'two');
  };
  while (!(await isLogged()));
  it.app.setDown(false);
  assert.equal(await verdict, 'delivered');
  assert.deepEqual((await messagesOn(it.page)).slice(-2), ['one', 'two']);
});
