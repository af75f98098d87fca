// Webhooks: what is taken for the server's, and what is not.

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, test } from 'node:test';
import { type HeaderFields, TayoriError, verifyWebhook } from './index.js';

const KEY = Buffer.from('a key of twenty-four byte');
const SECRET = `whsec_${KEY.toString('base64')}`;
const SIGNED_AT = 1_795_000_001;
const NOW = new Date(SIGNED_AT * 1000);
const BODY =
  '{"type":"presence.disconnected","timestamp":"2026-11-18T12:00:00.123Z",' +
  '"data":{"client_id":"早い便り","generation":1795000000000002,"reason":"lost"}}';

/** Made here once more, from the text of the convention. */
function signed(body = BODY, { id = 'presence_2', time = String(SIGNED_AT), key = KEY } = {}): Record<string, string> {
  const signature = createHmac('sha256', key).update(`${id}.${time}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': `v1,${signature}` };
}

function refuses(headers: HeaderFields, body: string, status: number, secret = SECRET, now = NOW): void {
  assert.throws(
    () => verifyWebhook(secret, headers, body, { now }),
    (error: unknown) => {
      assert.ok(error instanceof TayoriError, String(error));
      assert.deepEqual([error.code, error.status], ['invalid_webhook', status]);
      return true;
    },
  );
}

describe('an event is read', () => {
  const EVENT = {
    id: 'presence_2',
    type: 'disconnected',
    clientId: '早い便り',
    generation: 1_795_000_000_000_002,
    at: new Date('2026-11-18T12:00:00.123Z'),
    reason: 'lost',
  };

  test('from text and from bytes', () => {
    assert.deepEqual(verifyWebhook(SECRET, signed(), BODY, { now: NOW }), EVENT);
    assert.deepEqual(verifyWebhook(SECRET, signed(), Buffer.from(BODY), { now: NOW }), EVENT);
    assert.deepEqual(verifyWebhook(SECRET, signed(), new TextEncoder().encode(BODY), { now: NOW }), EVENT);
  });

  test('with fields as node:http and as fetch give them, in any case', () => {
    assert.deepEqual(verifyWebhook(SECRET, new Headers(signed()), BODY, { now: NOW }), EVENT);
    assert.deepEqual(verifyWebhook(SECRET, Object.entries(signed()), BODY, { now: NOW }), EVENT);
    const upper = Object.fromEntries(Object.entries(signed()).map(([name, value]) => [name.toUpperCase(), [value]]));
    assert.deepEqual(verifyWebhook(SECRET, upper, BODY, { now: NOW }), EVENT);
  });

  test('without a reason when someone has come', () => {
    const body =
      '{"type":"presence.connected","timestamp":"2026-11-18T12:00:00Z","data":{"client_id":"ann","generation":1}}';
    assert.deepEqual(verifyWebhook(SECRET, signed(body), body, { now: NOW }), {
      id: 'presence_2',
      type: 'connected',
      clientId: 'ann',
      generation: 1,
      at: new Date('2026-11-18T12:00:00Z'),
    });
  });

  test('when one of several signatures fits, as while a secret is changed', () => {
    const fields = signed();
    const other = signed(BODY, { key: Buffer.from('other') })['webhook-signature'];
    const several = { ...fields, 'webhook-signature': `v1a,xyz ${other} ${fields['webhook-signature']}` };
    assert.equal(verifyWebhook(SECRET, several, BODY, { now: NOW }).clientId, '早い便り');
  });

  test('with a secret that is not written in base64', () => {
    const headers = signed(BODY, { key: Buffer.from('plain words') });
    assert.equal(verifyWebhook('plain words', headers, BODY, { now: NOW }).reason, 'lost');
  });

  test('up to five minutes away, either way, or as far as the caller allows', () => {
    const secondsOff = (s: number): Date => new Date((SIGNED_AT + s) * 1000);
    for (const s of [-300, 300]) verifyWebhook(SECRET, signed(), BODY, { now: secondsOff(s) });
    for (const s of [-301, 301]) refuses(signed(), BODY, 401, SECRET, secondsOff(s));
    verifyWebhook(SECRET, signed(), BODY, { now: secondsOff(3600), toleranceS: 3600 });
    assert.throws(() => verifyWebhook(SECRET, signed(), BODY, { now: secondsOff(2), toleranceS: 1 }));
  });

  test('by the clock when no time is given', () => {
    const time = String(Math.floor(Date.now() / 1000));
    assert.equal(verifyWebhook(SECRET, signed(BODY, { time }), BODY).type, 'disconnected');
    assert.throws(() => verifyWebhook(SECRET, signed(BODY, { time: '1000000000' }), BODY), { status: 401 });
  });
});

describe('nothing is taken', () => {
  test('with another body, id, time or secret than was signed', () => {
    refuses(signed(), BODY.replace('lost', 'last'), 401);
    refuses({ ...signed(), 'webhook-id': 'presence_3' }, BODY, 401);
    refuses({ ...signed(), 'webhook-timestamp': String(SIGNED_AT + 1) }, BODY, 401);
    refuses(signed(), BODY, 401, `whsec_${Buffer.from('another').toString('base64')}`);
  });

  test('with a field missing or a signature of another form', () => {
    for (const name of ['webhook-id', 'webhook-timestamp', 'webhook-signature']) {
      const { [name]: _, ...rest } = signed();
      refuses(rest, BODY, 401);
    }
    const [, bare = ''] = signed()['webhook-signature']?.split(',') ?? [];
    for (const text of [bare, `v2,${bare}`, `v1,${bare.slice(1)}`, `v1,${bare}=`, 'v1,', ' ']) {
      refuses({ ...signed(), 'webhook-signature': text }, BODY, 401);
    }
  });

  test('with a time that is no number, though it was signed', () => {
    for (const time of ['soon', '1795000001.5', '+1795000001', 'NaN']) refuses(signed(BODY, { time }), BODY, 401);
  });

  test('with an empty secret, which would let anyone sign', () => {
    for (const secret of ['', 'whsec_']) {
      const headers = signed(BODY, { key: Buffer.alloc(0) });
      assert.throws(() => verifyWebhook(secret, headers, BODY, { now: NOW }), TypeError);
    }
  });

  test('that was signed but is no event of presence', () => {
    const bodies = [
      '',
      'null',
      '[]',
      '{}',
      BODY.replace('presence.', 'absence.'),
      BODY.replace('"client_id"', '"who"'),
    ];
    bodies.push(BODY.replace('2026-11-18', 'yesterday'), BODY.replace('1795000000000002', '"2"'));
    for (const body of bodies) refuses(signed(body), body, 400);
  });
});
