// Presence told by signed JSON: the real server signs, an independent implementation of Standard Webhooks and the SDK's
// own both take it, and neither takes anything else.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, afterEach, before, describe, test } from 'node:test';
import { Webhook } from 'standardwebhooks';
import { type DisconnectReason, verifyWebhook, type WebhookEvent } from 'tayori/server';
import { TayoriServer } from '../browser/harness/tayori_server';
import { Listener, type Told } from './harness/listener';
import { PollPage } from './harness/poll_page';

const TIMEOUT_MS = 30_000;
const newSecret = (): string => `whsec_${randomBytes(24).toString('base64')}`;
const SECRET = newSecret();

/** A backend that listens, a server that tells it, and pages. */
class Scene {
  readonly listener: Listener;
  readonly server: TayoriServer;

  private constructor(listener: Listener, server: TayoriServer) {
    this.listener = listener;
    this.server = server;
  }

  static async start(settings: Record<string, string> = {}): Promise<Scene> {
    const listener = await Listener.start();
    const server = await TayoriServer.start({ TAYORI_PRESENCE_WEBHOOK_URL: listener.url, ...settings });
    return new Scene(listener, server);
  }

  async page(clientId: string): Promise<PollPage> {
    return PollPage.open(this.server.publicUrl, await this.server.createChannel(clientId));
  }

  stop(): void {
    this.server.stop();
    this.listener.stop();
  }
}

const verifiedByOthers = ({ headers, body }: Told, secret = SECRET): unknown =>
  new Webhook(secret).verify(body, headers as Record<string, string>);
const verified = ({ headers, body }: Told, secret = SECRET): WebhookEvent => verifyWebhook(secret, headers, body);

function refusedByBoth(told: Told, secret = SECRET): void {
  assert.throws(() => verifiedByOthers(told, secret));
  assert.throws(() => verified(told, secret), { code: 'invalid_webhook', status: 401 });
}

describe('with a secret', () => {
  let scene: Scene;
  before(async () => {
    scene = await Scene.start({ TAYORI_PRESENCE_WEBHOOK_SECRET: SECRET });
  });
  after(() => scene?.stop());

  test('who comes and who goes is told, in order, and both verify it', { timeout: TIMEOUT_MS }, async () => {
    // All that JSON and UTF-8 can make difficult.
    const clientId = 'an"n\\ </script> 早い便り 🐦';
    const began = Date.now();
    const page = await scene.page(clientId);
    await page.leaves();
    const told = await scene.listener.hears(2);
    const [come, gone] = told.map((one) => verified(one));
    assert.ok(come && gone);
    assert.deepEqual([come.type, come.clientId, come.reason], ['connected', clientId, undefined]);
    assert.deepEqual([gone.type, gone.clientId, gone.reason], ['disconnected', clientId, 'closed' as DisconnectReason]);
    assert.ok(come.generation < gone.generation);
    assert.notEqual(come.id, gone.id);
    // Down to the millisecond, as it is written.
    assert.ok(began <= come.at.getTime() && come.at <= gone.at && gone.at.getTime() <= Date.now());
    for (const one of told) {
      assert.equal(one.path, '/hooks/tayori');
      assert.equal(one.headers['content-type'], 'application/json');
      const said = verifiedByOthers(one) as { type: string; timestamp: string; data: Record<string, unknown> };
      const event = verified(one);
      assert.deepEqual(said, {
        type: `presence.${event.type}`,
        timestamp: event.at.toISOString(),
        data: {
          client_id: event.clientId,
          generation: event.generation,
          ...(event.reason === undefined ? {} : { reason: event.reason }),
        },
      });
    }
  });

  test('a changed body, id or time, and another secret are refused', { timeout: TIMEOUT_MS }, async () => {
    const page = await scene.page('ann');
    const [told] = await scene.listener.hears(1);
    assert.ok(told);
    verifiedByOthers(told);
    verified(told);
    const { headers, body } = told;
    refusedByBoth({ ...told, body: Buffer.from(body.toString().replace('"ann"', '"bob"')) });
    refusedByBoth({ ...told, body: Buffer.concat([body, Buffer.from('\n')]) });
    refusedByBoth({ ...told, headers: { ...headers, 'webhook-id': 'presence_1' } });
    const later = String(Number(headers['webhook-timestamp']) + 1);
    refusedByBoth({ ...told, headers: { ...headers, 'webhook-timestamp': later } });
    refusedByBoth({ ...told, headers: { ...headers, 'webhook-signature': 'v1,' } });
    refusedByBoth(told, newSecret());
    await page.leaves();
    await scene.listener.hears(1);
  });

  test('what was not taken is told again under the same id, signed anew', { timeout: TIMEOUT_MS }, async () => {
    scene.listener.answers.push(500, 503);
    const page = await scene.page('ann');
    const tries = await scene.listener.hears(3);
    assert.deepEqual(
      tries.map((one) => verified(one)),
      Array(3).fill(verified(tries[0] as Told)),
    );
    for (const one of tries) verifiedByOthers(one);
    await page.leaves();
    const [gone] = await scene.listener.hears(1);
    assert.ok(gone);
    assert.ok(verified(gone).generation > verified(tries[0] as Told).generation);
  });
});

describe('otherwise', () => {
  let scene: Scene | undefined;
  afterEach(() => scene?.stop());

  test('a page that goes without a word is told as lost', { timeout: TIMEOUT_MS }, async () => {
    scene = await Scene.start({ TAYORI_PRESENCE_WEBHOOK_SECRET: SECRET, TAYORI_PRESENCE_GRACE_S: '0' });
    const page = await scene.page('ann');
    await scene.listener.hears(1);
    // Breaks off the poll that it holds.
    const controller = new AbortController();
    const polling = page.poll(25, controller.signal);
    setImmediate(() => controller.abort());
    await assert.rejects(polling);
    const [gone] = await scene.listener.hears(1);
    assert.ok(gone);
    verifiedByOthers(gone);
    assert.deepEqual([verified(gone).type, verified(gone).reason], ['disconnected', 'lost']);
  });

  test('without a secret nothing is signed, so nobody takes it', { timeout: TIMEOUT_MS }, async () => {
    scene = await Scene.start();
    await scene.page('ann');
    const [told] = await scene.listener.hears(1);
    assert.ok(told);
    assert.equal(told.headers['webhook-signature'], undefined);
    assert.match(String(told.headers['webhook-id']), /^presence_\d+$/);
    refusedByBoth(told);
  });
});
