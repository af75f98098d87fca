// tayori/server: what a backend written for Node asks of a Tayori server, and how it reads what it is told.

export { Client } from './client.js';
export { TayoriError, type TayoriErrorCode } from './error.js';
export type { Listing } from './listing.js';
export type { ClientOptions, Fetch } from './settings.js';
export type * from './types.js';
export { type Body, type HeaderFields, verifyWebhook, type WebhookEvent, type WebhookOptions } from './webhook.js';
