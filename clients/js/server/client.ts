// Client: the calls of spec/openapi.yaml.

import { Caller } from './caller.js';
import { Listing } from './listing.js';
import { batchResult } from './problem.js';
import { type ClientOptions, readSettings, SURROUNDINGS } from './settings.js';
import type {
  BatchRequest,
  BatchResult,
  BroadcastRequest,
  CallOptions,
  Channel,
  CreateChannelRequest,
  Disconnected,
  DisconnectRequest,
  Group,
  Groups,
  GroupsRequest,
  History,
  HistoryMessage,
  HistoryRequest,
  Membership,
  MembershipRequest,
  PresenceEvent,
  PresenceEvents,
  PresenceEventsRequest,
  PresenceRequest,
  Present,
  PresentClient,
  SendGroupRequest,
  SendMessageRequest,
  Sent,
  ServerFacts,
  ServerRequest,
} from './types.js';
import { fromWire, toWire } from './wire.js';

const ACK_WAIT_S = 10;

/**
 * A Tayori server as its backend sees it. Keeps no state but the connections that Node keeps; one is enough for a
 * program.
 *
 * Every call fails with a {@link TayoriError}, or with the reason of the caller's own signal.
 *
 * A call is tried again when nothing of the first try can have been done: no connection came about, or the server
 * itself said that it took nothing. Where nobody can tell it is tried again only with an idempotency key.
 */
export class Client {
  readonly #caller: Caller;
  readonly #timeoutMs: number;

  /** @throws {TypeError} when the address or the key cannot be one. */
  constructor(options: ClientOptions = {}) {
    const settings = readSettings(options, process.env);
    this.#timeoutMs = settings.timeoutMs;
    this.#caller = new Caller(settings, SURROUNDINGS);
  }

  /** Makes a token for a page, a new one at every call. The page gets everything sent since, in order, once. */
  createChannel(request: CreateChannelRequest, options?: CallOptions): Promise<Channel> {
    return this.#call('create_channel', request, options);
  }

  /** Sends to one client id. Nobody there is no error: the message waits in the log. */
  sendMessage(request: SendMessageRequest, options?: CallOptions): Promise<Sent> {
    const waitMs = request.wait === undefined ? 0 : (request.timeoutS ?? ACK_WAIT_S) * 1000;
    return this.#call('send_message', request, options, { hasKey: hasKey(request), waitMs });
  }

  /** Sends to all who are in a group, by one entry of the log. */
  sendGroup(request: SendGroupRequest, options?: CallOptions): Promise<Sent> {
    return this.#call('send_group', request, options, { hasKey: hasKey(request) });
  }

  /** Sends to everyone, by one entry of the log. */
  broadcast(request: BroadcastRequest, options?: CallOptions): Promise<Sent> {
    return this.#call('broadcast', request, options, { hasKey: hasKey(request) });
  }

  /** Sends up to 1,000 messages. One that is refused does not keep the others from being sent: look at each result. */
  async batch(request: BatchRequest, options?: CallOptions): Promise<BatchResult> {
    const answer = await this.#call<Parameters<typeof batchResult>[0]>('batch', request, options, {
      hasKey: request.sends.every(hasKey),
    });
    return batchResult(answer);
  }

  /** Adds a client id to a group, here or not; it hears what is sent there from now on, until it leaves. */
  joinGroup(request: MembershipRequest, options?: CallOptions): Promise<Membership> {
    return this.#call('join_group', request, options);
  }

  /** Takes a client id out of a group. A page whose token names the group goes on hearing it. */
  leaveGroup(request: MembershipRequest, options?: CallOptions): Promise<Membership> {
    return this.#call('leave_group', request, options);
  }

  /** The groups that have members, by name: one page. */
  groups(request: GroupsRequest = {}, options?: CallOptions): Promise<Groups> {
    return this.#call('groups', request, options);
  }

  /** The groups that have members, across all pages. */
  allGroups(request: Omit<GroupsRequest, 'after'> = {}, options?: CallOptions): Listing<Group, Groups> {
    return new Listing({
      read: (after) => this.groups({ ...request, after }, options),
      items: ({ groups }) => groups,
      next: ({ next }) => next,
    });
  }

  /** Who is here: one page. */
  presence(request: PresenceRequest = {}, options?: CallOptions): Promise<Present> {
    return this.#call('presence', request, options);
  }

  /** Who is here, across all pages. The listing's `cursor` is the first page's, from which on no edge is missing. */
  allPresent(request: PresenceRequest = {}, options?: CallOptions): Listing<PresentClient, Present> {
    return new Listing({
      read: (after) =>
        this.presence(after === undefined ? request : ({ ...request, after } as PresenceRequest), options),
      items: ({ clients }) => clients,
      next: ({ next }) => next,
      cursor: (page, before) => before ?? page.cursor,
    });
  }

  /** Who came and went since a cursor: one page. */
  presenceEvents(request: PresenceEventsRequest, options?: CallOptions): Promise<PresenceEvents> {
    return this.#call('presence', request, options);
  }

  /** Who came and went since a cursor, across all pages. The listing's `cursor` is where to go on; look at its `gaps`. */
  allPresenceEvents(request: PresenceEventsRequest, options?: CallOptions): Listing<PresenceEvent, PresenceEvents> {
    return new Listing<PresenceEvent, PresenceEvents>({
      read: (after) => this.presenceEvents({ ...request, eventsSince: after ?? request.eventsSince }, options),
      items: ({ events }) => events,
      ...CURSOR_PAGES,
    });
  }

  /** Ends the sessions of a client id. Their pages get `onerror` 403 with the reason, and do not come back. */
  disconnect(request: DisconnectRequest, options?: CallOptions): Promise<Disconnected> {
    return this.#call('disconnect', request, options);
  }

  /** What was sent to a client id, a group or everyone, as far as it is still held: one page. */
  history(request: HistoryRequest, options?: CallOptions): Promise<History> {
    return this.#call('history', request, options);
  }

  /** What was sent, across all pages. The listing's `cursor` is where to go on; look at its `gaps`. */
  allHistory(request: HistoryRequest, options?: CallOptions): Listing<HistoryMessage, History> {
    return new Listing<HistoryMessage, History>({
      read: (after) => this.history({ ...request, after: after ?? request.after }, options),
      items: ({ messages }) => messages,
      ...CURSOR_PAGES,
    });
  }

  /** Which server this is, and where pages find it. */
  server(request: ServerRequest = {}, options?: CallOptions): Promise<ServerFacts> {
    return this.#call('server', request, options);
  }

  async #call<Answer>(
    verb: string,
    request: object,
    options: CallOptions = {},
    { hasKey = false, waitMs = 0 } = {},
  ): Promise<Answer> {
    const answer = await this.#caller.call({
      verb,
      body: JSON.stringify(toWire(request)),
      isRepeatable: hasKey,
      timeoutMs: (options.timeoutMs ?? this.#timeoutMs) + waitMs,
      signal: options.signal,
    });
    return fromWire(answer) as Answer;
  }
}

/** What pages by cursor have in common. */
const CURSOR_PAGES = {
  next: (page: { more: boolean; cursor: string }) => (page.more ? page.cursor : null),
  cursor: (page: { cursor: string }) => page.cursor,
  gap: (page: { gap: History['gap'] }) => page.gap,
};

const hasKey = ({ idempotencyKey }: { readonly idempotencyKey?: string | undefined }): boolean =>
  idempotencyKey !== undefined;
