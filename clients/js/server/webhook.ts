// Webhooks: whether what came was signed with the secret, not long ago, and what it says.
//
// Source: https://www.standardwebhooks.com/; docs/reference/presence.md

import { createHmac, timingSafeEqual } from 'node:crypto';
import { TayoriError } from './error.js';
import type { PresenceEvent } from './types.js';

/** The fields of a request as `node:http` gives them, as `fetch` does, or plain; in whatever case. */
export type HeaderFields =
  | Headers
  | Iterable<readonly [string, string]>
  | Readonly<Record<string, string | readonly string[] | undefined>>;

/** The request's body as it came, not parsed and written again. */
export type Body = string | Uint8Array;

export interface WebhookOptions {
  /** The time to compare with; that of the clock when missing. */
  readonly now?: Date | undefined;
  /** How far off the request's own time may be, either way: 300 when missing. */
  readonly toleranceS?: number | undefined;
}

/** A presence event, as it was posted. */
export interface WebhookEvent extends PresenceEvent {
  /** The same for every attempt to deliver one event. */
  readonly id: string;
}

const SECRET_PREFIX = 'whsec_';
const TOLERANCE_S = 300;

/**
 * The event that a webhook brings, once it is sure who sent it.
 *
 * `secret` is the server's `presence.webhook_secret`. Fails with `invalid_webhook`: the `status` is 401 when the
 * signature is not that of the secret or the time is too far off, 400 when what was signed is not an event of presence.
 * The same event may come more than once; its `generation` tells.
 *
 * @throws {TayoriError}
 */
export function verifyWebhook(
  secret: string,
  headers: HeaderFields,
  body: Body,
  { now = new Date(), toleranceS = TOLERANCE_S }: WebhookOptions = {},
): WebhookEvent {
  const id = field(headers, 'webhook-id');
  const timestamp = field(headers, 'webhook-timestamp');
  const signatures = field(headers, 'webhook-signature');
  if (!id || !timestamp || !signatures) throw refused(401, 'a field of the signature is missing');
  const key = signingKey(secret);
  if (!key.length) throw new TypeError('the secret of webhooks is empty');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64');
  if (!holds(signatures, `v1,${signature}`)) throw refused(401, 'the signature is not that of the secret');
  // Last, so that who does not know the secret learns nothing about the clock.
  const offS = Math.abs(now.getTime() / 1000 - Number(timestamp));
  if (!/^\d{1,12}$/.test(timestamp) || offS > toleranceS) throw refused(401, 'the time is too far off');
  return { id, ...readEvent(body) };
}

function refused(status: 400 | 401, detail: string): TayoriError {
  return new TayoriError({ code: 'invalid_webhook', status, detail, mayHaveArrived: false });
}

/** The bytes of `whsec_` and base64; those of any other text are the key itself, as for the server. */
function signingKey(secret: string): Buffer {
  return secret.startsWith(SECRET_PREFIX)
    ? Buffer.from(secret.slice(SECRET_PREFIX.length), 'base64')
    : Buffer.from(secret, 'utf8');
}

/** Whether one of the signatures, which stand apart by spaces, is this one. Takes as long for a near miss as for a far one. */
function holds(signatures: string, wanted: string): boolean {
  const bytes = Buffer.from(wanted);
  return signatures.split(' ').some((one) => {
    const given = Buffer.from(one);
    return given.length === bytes.length && timingSafeEqual(given, bytes);
  });
}

function field(headers: HeaderFields, name: string): string | undefined {
  const pairs = Symbol.iterator in headers ? headers : Object.entries(headers);
  for (const [key, value] of pairs as Iterable<readonly [string, string | readonly string[] | undefined]>) {
    if (key.toLowerCase() === name) return typeof value === 'string' ? value : value?.join(' ');
  }
  return undefined;
}

function readEvent(body: Body): PresenceEvent {
  const text = typeof body === 'string' ? body : Buffer.from(body).toString('utf8');
  let said: { type?: unknown; timestamp?: unknown; data?: Record<string, unknown> } | null = null;
  try {
    said = JSON.parse(text);
  } catch {
    // Told below.
  }
  const { type, timestamp, data } = said ?? {};
  const at = new Date(String(timestamp));
  if (
    (type !== 'presence.connected' && type !== 'presence.disconnected') ||
    Number.isNaN(at.getTime()) ||
    typeof data?.client_id !== 'string' ||
    typeof data.generation !== 'number'
  ) {
    throw refused(400, 'what was signed is not an event of presence');
  }
  return {
    type: type === 'presence.connected' ? 'connected' : 'disconnected',
    clientId: data.client_id,
    generation: data.generation,
    at,
    ...(data.reason === undefined ? {} : { reason: data.reason as NonNullable<PresenceEvent['reason']> }),
  };
}
