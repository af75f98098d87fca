// Groups that a client joins and leaves while its page is open.

import assert from 'node:assert/strict';
import { hear, heardOn, messagesOn, open, openBeside, settle, visit } from './harness/page';
import { type Scene, scene } from './harness/scene';

/** What a test asks of a group that no other test uses. */
function groupOf({ server, clientId }: Scene) {
  const group = `friends of ${clientId}`;
  return {
    group,
    join: () => server.call('join_group', { group, client_id: clientId }),
    leave: () => server.call('leave_group', { group, client_id: clientId }),
    send: (message: string) => server.call('send_group', { group, message }),
  };
}

async function openPage(it: Scene): Promise<void> {
  await visit(it);
  await open(it.page, await it.server.createChannel(it.clientId));
  await settle(it);
}

scene('a page hears a group from when its client has joined until it has left', async (it) => {
  const { join, leave, send } = groupOf(it);
  await openPage(it);
  await send('too early');
  await join();
  await send('one');
  await it.server.sendMessage(it.clientId, 'in between');
  await send('two');
  await leave();
  await send('too late');
  await join();
  await join();
  await send('three');
  await settle(it);
  assert.deepEqual(await messagesOn(it.page), ['one', 'in between', 'two', 'three']);
});

scene('joined and left a hundred times, it hears just what was sent between', async (it) => {
  const { join, leave, send } = groupOf(it);
  await openPage(it);
  const meant: string[] = [];
  for (let i = 0; i < 100; i += 1) {
    await join();
    await send(`in ${i}`);
    meant.push(`in ${i}`);
    await leave();
    await send(`out ${i}`);
  }
  await settle(it);
  assert.deepEqual(await messagesOn(it.page), meant);
});

scene('a page that comes back hears what the group was sent meanwhile, up to when its client left', async (it) => {
  const { join, leave, send } = groupOf(it);
  await openPage(it);
  await join();
  await send('before');
  await hear(it.page, 'onmessage');
  it.app.setDown(true);
  await send('while away');
  it.app.setDown(false);
  await hear(it.page, 'onreconnected');
  await send('back again');
  await hear(it.page, 'onmessage', 3);
  it.app.setDown(true);
  await send('while away again');
  await leave();
  await send('too late');
  it.app.setDown(false);
  await hear(it.page, 'onreconnected', 2);
  await send('far too late');
  await settle(it);
  assert.deepEqual(await messagesOn(it.page), ['before', 'while away', 'back again', 'while away again']);
  const names = new Set((await heardOn(it.page)).map(([name]) => name));
  assert.ok(!names.has('ongap') && !names.has('onerror'));
});

scene('a page that opens later hears the group of its client, from its token on', async (it) => {
  const { join, send } = groupOf(it);
  await join();
  await send('before the token');
  const token = await it.server.createChannel(it.clientId);
  await send('behind the token');
  await visit(it);
  await open(it.page, token);
  await settle(it);
  assert.deepEqual(await messagesOn(it.page), ['behind the token']);
});

scene('who leaves a group goes on hearing it by a token that names it', async (it) => {
  const { group, join, leave, send } = groupOf(it);
  await openPage(it);
  const { token } = await it.server.call('create_channel', { client_id: it.clientId, groups: [group] });
  const named = await openBeside(it, String(token));
  await hear(named, 'onopen');
  await join();
  await send('for both');
  await leave();
  await send('for one');
  await settle(it);
  await hear(named, 'onmessage', 3);
  assert.deepEqual(await messagesOn(it.page), ['for both']);
  assert.deepEqual((await messagesOn(named)).slice(0, 2), ['for both', 'for one']);
});
