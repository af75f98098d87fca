// A Socket on a manual platform, with everything it tells the page written down.

import { HANDLER_NAMES, type Handlers } from '../handlers';
import { Handoff } from '../handoff';
import type { SessionOptions } from '../session';
import { Socket } from '../socket';
import { ManualPlatform } from './manual_platform';

export const BASE = 'http://app.example/_ah/channel/';

/** An unsigned token with these claims, as only the server would mind. */
export function tokenFor(sub: string, cur = 'e1-0', jti = '1'): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub, cur, jti })}.c2lnbmF0dXJl`;
}

export interface Opened {
  readonly platform: ManualPlatform;
  readonly handoff: Handoff;
  readonly socket: Socket;
  /** Name and event of each callback, in order. */
  readonly heard: Array<[string, unknown]>;
  /** Only the names. */
  names(): string[];
}

/** `also` runs after each callback has been written down. Knows only WebSocket unless `options` say otherwise. */
export function openSocket(
  token: string = tokenFor('a'),
  also: Handlers = {},
  platform = new ManualPlatform(),
  handoff = new Handoff(),
  options: Partial<SessionOptions> = {},
): Opened {
  const heard: Array<[string, unknown]> = [];
  const handlers: Record<string, (event: never) => void> = {};
  for (const name of HANDLER_NAMES) {
    handlers[name] = (event: never) => {
      heard.push([name, event]);
      also[name]?.(event);
    };
  }
  const all: SessionOptions = { transports: ['websocket'], tokenSource: undefined, ...options };
  const socket = new Socket({ platform, handoff }, BASE, all, token, handlers);
  return { platform, handoff, socket, heard, names: () => heard.map(([name]) => name) };
}
