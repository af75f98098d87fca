// The backend ends the sessions of a client.

import assert from 'node:assert/strict';
import { hear, heardOn, open, openBeside, settle, visit } from './harness/page';
import { type Scene, scene } from './harness/scene';

const INVALID = [
  ['onerror', { code: 401, description: 'Invalid+token.' }],
  ['onclose', {}],
];

async function openPage(it: Scene): Promise<string> {
  await visit(it);
  const token = await it.server.createChannel(it.clientId);
  await open(it.page, token);
  await hear(it.page, 'onopen');
  return token;
}

/** How many pages of the client hold a connection at the moment: none that is between two polls. */
async function sessionsOf({ server, clientId }: Scene): Promise<number> {
  const { clients } = await server.call('presence', { client_ids: [clientId] });
  return (clients as { sessions: number }[])[0]?.sessions ?? 0;
}

for (const [transport, shut] of Object.entries({ websocket: [], sse: ['ws'], poll: ['ws', 'sse'] })) {
  scene(`on ${transport}: onerror 403 with the reason, then onclose, and no coming back`, async (it) => {
    it.app.refuse(...shut);
    await openPage(it);
    assert.equal(await it.page.evaluate(() => socket.transport), transport);
    await it.server.sendMessage(it.clientId, 'last words');
    await hear(it.page, 'onmessage');
    while ((await sessionsOf(it)) < 1);
    const reason = '席を「外して」ください & goodbye';
    const { sessions } = await it.server.call('disconnect', { client_id: it.clientId, reason });
    assert.equal(sessions, 1);
    await hear(it.page, 'onclose');
    let asked = 0;
    it.page.on('websocket', () => {
      asked += 1;
    });
    it.page.on('request', () => {
      asked += 1;
    });
    await it.page.evaluate(() => dispatchEvent(new Event('online')));
    // A page of its own shows that whoever wants to can open, and that it takes no longer than this.
    const other = await openBeside(it);
    await hear(other, 'onopen');
    await it.server.sendMessage(it.clientId, 'for the other');
    await hear(other, 'onmessage');
    assert.equal(asked, 0);
    assert.deepEqual(await heardOn(it.page), [
      ['onopen', {}],
      ['onmessage', { data: 'last words' }],
      ['onerror', { code: 403, description: reason }],
      ['onclose', {}],
    ]);
  });
}

scene('a page between two polls finds out by the next one', async (it) => {
  it.app.refuse('ws', 'sse');
  await openPage(it);
  await settle(it);
  while ((await sessionsOf(it)) < 1);
  let letGo = (): void => undefined;
  const asked = new Promise<void>((resolve) => {
    void it.page.route('**/_ah/channel/poll', async (poll) => {
      const isLetGo = new Promise<void>((resolveIt) => {
        letGo = resolveIt;
      });
      resolve();
      await isLetGo;
      await poll.continue();
    });
  });
  await it.server.sendMessage(it.clientId, 'last words');
  await asked;
  await it.server.call('disconnect', { client_id: it.clientId, reason: 'enough' });
  letGo();
  await hear(it.page, 'onclose');
  assert.deepEqual((await heardOn(it.page)).slice(1), [
    ['onmessage', { data: 'last words' }],
    ['onerror', { code: 403, description: 'enough' }],
    ['onclose', {}],
  ]);
});

scene('without a reason the page is told a sentence', async (it) => {
  await openPage(it);
  await it.server.call('disconnect', { client_id: it.clientId });
  await hear(it.page, 'onclose');
  assert.deepEqual((await heardOn(it.page))[1], [
    'onerror',
    { code: 403, description: 'The backend has ended this channel.' },
  ]);
});

scene('all pages of the client are ended, and those of others are not', async (it) => {
  await openPage(it);
  const second = await openBeside(it);
  await hear(second, 'onopen');
  const other = { ...it, clientId: `${it.clientId} too`, page: await it.context.newPage() };
  await openPage(other);
  const { sessions } = await it.server.call('disconnect', { client_id: it.clientId, reason: 'enough' });
  assert.equal(sessions, 2);
  for (const page of [it.page, second]) {
    await hear(page, 'onclose');
    assert.deepEqual((await heardOn(page)).slice(1), [
      ['onerror', { code: 403, description: 'enough' }],
      ['onclose', {}],
    ]);
  }
  await settle(other);
  assert.deepEqual(await heardOn(other.page), [['onopen', {}]]);
});

scene('not revoked, the same token opens again', async (it) => {
  const token = await openPage(it);
  await it.server.call('disconnect', { client_id: it.clientId });
  await hear(it.page, 'onclose');
  await open(it.page, token);
  await hear(it.page, 'onopen', 2);
  await settle(it);
});

scene('revoked, no token made before opens again, one made after does', async (it) => {
  const unused = await it.server.createChannel(it.clientId);
  const token = await openPage(it);
  await it.server.call('disconnect', { client_id: it.clientId, reason: 'signed out', revoke: true });
  await hear(it.page, 'onclose');
  assert.deepEqual((await heardOn(it.page))[1], ['onerror', { code: 403, description: 'signed out' }]);
  for (const revoked of [token, unused]) {
    await it.page.evaluate(() => heard.splice(0));
    await open(it.page, revoked);
    await hear(it.page, 'onclose');
    assert.deepEqual(await heardOn(it.page), INVALID);
  }
  await it.page.evaluate(() => heard.splice(0));
  await open(it.page, await it.server.createChannel(it.clientId));
  await settle(it);
  assert.deepEqual(await heardOn(it.page), [['onopen', {}]]);
});

scene('a page that is away when it is disconnected is told when it comes back', async (it) => {
  await openPage(it);
  it.app.setDown(true);
  await hear(it.page, 'onreconnecting');
  await it.server.call('disconnect', { client_id: it.clientId, reason: 'enough' });
  it.app.setDown(false);
  await hear(it.page, 'onclose');
  assert.deepEqual((await heardOn(it.page)).slice(-2), [
    ['onerror', { code: 403, description: 'enough' }],
    ['onclose', {}],
  ]);
});

scene('a page that is away when it is disconnected with its token finds that out when it comes back', async (it) => {
  await openPage(it);
  it.app.setDown(true);
  await hear(it.page, 'onreconnecting');
  await it.server.call('disconnect', { client_id: it.clientId, revoke: true });
  it.app.setDown(false);
  await hear(it.page, 'onclose');
  assert.deepEqual((await heardOn(it.page)).slice(-2), INVALID);
});

scene('what the page has sent and had no answer to is told first', async (it) => {
  await openPage(it);
  it.backend.answerWith('later');
  await it.page.evaluate(() => ['one', 'two'].map((text) => socket.send(text)));
  await it.backend.until(() => it.backend.receivedFrom(it.clientId).length > 0);
  await it.server.call('disconnect', { client_id: it.clientId, reason: 'enough' });
  await hear(it.page, 'onclose');
  const why = { code: 403, description: 'enough' };
  assert.deepEqual((await heardOn(it.page)).slice(1), [
    ['onsendfailed', { data: 'one', ...why }],
    ['onsendfailed', { data: 'two', ...why }],
    ['onerror', why],
    ['onclose', {}],
  ]);
});
