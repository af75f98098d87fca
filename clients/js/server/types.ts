// What calls take and answer: spec/openapi.yaml in camelCase, with a Date wherever it has a time.

import type { TayoriError } from './error.js';

/** What any call takes besides its request. */
export interface CallOptions {
  /** Gives the call up; it then fails with the signal's reason. Whether the server has got it nobody can tell. */
  readonly signal?: AbortSignal | undefined;
  /** How long the call may take, with all its tries; the client's own `timeoutMs` when missing. */
  readonly timeoutMs?: number | undefined;
}

/** A place in the log, written `EPOCH-SEQ`. To be kept and given back, not to be looked into. */
export type Cursor = string;

/** Several pages at a time on one client id: all of them, the newest one, or the first one. */
export type Policy = 'multi' | 'replace' | 'reject';

/** What lay after `from` up to and including `to` is no longer held. */
export interface Gap {
  readonly from: Cursor;
  readonly to: Cursor;
}

export interface CreateChannelRequest {
  /** 1 to 256 bytes of UTF-8 without control characters. */
  readonly clientId: string;
  /** 1 to 1440; the server's `tokens.duration_minutes` (120) when missing. */
  readonly durationMinutes?: number | undefined;
  /** Up to 64 groups that the page hears besides. */
  readonly groups?: readonly string[] | undefined;
  /** `multi` when missing. */
  readonly policy?: Policy | undefined;
}

export interface Channel {
  /** What the page needs. */
  readonly token: string;
  readonly clientId: string;
  readonly expiresAt: Date;
}

interface Sending {
  /** 1 to 32,767 bytes of UTF-8, or up to the server's `session.message_bytes`. */
  readonly message: string;
  /** 1 to 256 bytes. What is sent again with the same key is sent once; only with one is an uncertain send repeated. */
  readonly idempotencyKey?: string | undefined;
}

export interface SendMessageRequest extends Sending {
  /** A client id, or one of its tokens. */
  readonly clientId: string;
  /** `ack`: the answer comes when a page has confirmed the message, or after `timeoutS`, with a verdict. */
  readonly wait?: 'ack' | undefined;
  /** Only with `wait`: 1 to 60, or 10 when missing. The call's own time limit begins after it. */
  readonly timeoutS?: number | undefined;
}

export interface SendGroupRequest extends Sending {
  readonly group: string;
}

export type BroadcastRequest = Sending;

export interface Sent {
  /** Where in the log the message is. */
  readonly cursor: Cursor;
  /** How many open pages it was queued for. */
  readonly sessions: number;
  /** The key was known: this is the answer of the first send. */
  readonly repeated?: true;
  /** With `wait`: a page has confirmed it; a page is there and has not yet; nobody is there. */
  readonly verdict?: 'delivered' | 'queued' | 'no_session';
}

/** To one of the three. */
export type Addressee =
  | { readonly clientId: string; readonly group?: never; readonly everyone?: never }
  | { readonly group: string; readonly clientId?: never; readonly everyone?: never }
  | { readonly everyone: true; readonly clientId?: never; readonly group?: never };

/** One entry of a batch. */
export type BatchSend = Addressee & Sending;

export interface BatchRequest {
  /** 1 to 1,000. */
  readonly sends: readonly BatchSend[];
}

/** Why one entry of a batch was not sent. */
export interface NotSent {
  readonly error: TayoriError;
}

export interface BatchResult {
  /** One for each entry, in the same order. */
  readonly results: readonly (Sent | NotSent)[];
}

export interface MembershipRequest {
  /** 1 to 128 bytes of UTF-8 without control characters. */
  readonly group: string;
  readonly clientId: string;
}

export interface Membership {
  /** From where in the log on this counts. */
  readonly cursor: Cursor;
  /** How many client ids the group has now. */
  readonly members: number;
}

/** The items of one page: 1 to 1,000, 100 when missing. */
interface Paged {
  readonly limit?: number | undefined;
}

export interface GroupsRequest extends Paged {
  /** Only the groups of this one. */
  readonly clientId?: string | undefined;
  /** The `next` of the answer before. */
  readonly after?: string | undefined;
}

export interface Group {
  readonly group: string;
  /** How many client ids have joined; pages that hear it by their token are not counted. */
  readonly members: number;
}

export interface Groups {
  readonly groups: readonly Group[];
  /** The `after` of the next page; null behind the last. */
  readonly next: string | null;
}

/** Those named, those of a group, or without either everybody. */
export type PresenceRequest =
  | (Paged & { readonly clientIds: readonly string[]; readonly group?: never; readonly after?: never })
  | (Paged & { readonly group?: string | undefined; readonly after?: string | undefined; readonly clientIds?: never });

export interface PresentClient {
  readonly clientId: string;
  /** 0 while a lost page may still come back. */
  readonly sessions: number;
  readonly since: Date;
}

export interface Present {
  /** Those who are here, by name; who is not is left out. */
  readonly clients: readonly PresentClient[];
  readonly next: string | null;
  /** The `eventsSince` from which on no edge is missing. */
  readonly cursor: Cursor;
}

export interface PresenceEventsRequest extends Paged {
  readonly eventsSince: Cursor;
}

/** A client id has come, with its first page, or gone, with its last one. */
export interface PresenceEvent {
  readonly type: 'connected' | 'disconnected';
  readonly clientId: string;
  /** Ascends with every edge of one client id: what is not above the last one is old. */
  readonly generation: number;
  readonly at: Date;
  /** Of `disconnected`. */
  readonly reason?: DisconnectReason;
}

export type DisconnectReason = 'closed' | 'lost' | 'expired' | 'replaced' | 'disconnected' | 'shutdown';

export interface PresenceEvents {
  readonly events: readonly PresenceEvent[];
  /** The `eventsSince` that goes on from here. */
  readonly cursor: Cursor;
  /** More is held behind these. */
  readonly more: boolean;
  /** Edges that are no longer held; null when none are missing. */
  readonly gap: Gap | null;
}

export interface DisconnectRequest {
  readonly clientId: string;
  /** What the page is told: at most 256 bytes without control characters. */
  readonly reason?: string | undefined;
  /** Every token of this client id made until now is refused from now on. */
  readonly revoke?: boolean | undefined;
}

export interface Disconnected {
  readonly cursor: Cursor;
  /** How many were ended. */
  readonly sessions: number;
}

/** Of one of the three. */
export type HistoryRequest = Addressee &
  Paged & {
    /** From the oldest that is held when missing. */
    readonly after?: Cursor | undefined;
  };

export interface HistoryMessage {
  readonly cursor: Cursor;
  readonly message: string;
}

export interface History {
  /** The oldest first. */
  readonly messages: readonly HistoryMessage[];
  /** The `after` that goes on from here. */
  readonly cursor: Cursor;
  /** More is held behind these. */
  readonly more: boolean;
  /** Messages that are no longer held; null when none are missing. */
  readonly gap: Gap | null;
}

/** It takes nothing. */
export type ServerRequest = Record<string, never>;

export interface ServerFacts {
  readonly version: string;
  /** The address that pages reach it under, without a slash at its end. */
  readonly publicUrl: string;
  /** The path of the channel endpoints, which begins and ends with a slash. */
  readonly prefix: string;
}
