// The frames of tayori.v1, read and written. Pure: text in, values out.
//
// Source: spec/protocol.md section 2; spec/vectors/frames.json holds the cases.

import { type Cursor, formatCursor, isSeq, parseCursor } from './cursor';

export interface OpenedFrame {
  readonly kind: 'o';
  readonly session: string;
  readonly cursor: Cursor;
  /** False when history could not bridge the gap; a gap frame follows. */
  readonly recovered: boolean;
  readonly heartbeatSeconds: number;
  readonly expiresInSeconds: number;
}

export interface MessageFrame {
  readonly kind: 'm';
  readonly seq: string;
  readonly data: string;
}

export interface GapFrame {
  readonly kind: 'g';
  readonly from: Cursor;
  readonly to: Cursor;
}

export interface ErrorFrame {
  readonly kind: 'e';
  readonly code: number;
  readonly description: string;
  readonly reconnect: boolean;
}

/** `unknown` is a kind of a later protocol: to be passed over. */
export type Frame =
  | OpenedFrame
  | MessageFrame
  | GapFrame
  | ErrorFrame
  | { readonly kind: 'h' }
  | { readonly kind: 'unknown' };

export const SUBPROTOCOL = 'tayori.v1';
export const HEARTBEAT = 'h';
export const LEAVE = 'c';

/** Reads a frame from the server; undefined when a known kind is malformed. */
export function parseFrame(text: string): Frame | undefined {
  const rest = text.slice(1);
  switch (text[0]) {
    case 'm':
      return parseMessage(rest);
    case 'o':
      return parseOpened(members(rest));
    case 'g':
      return parseGap(members(rest));
    case 'e':
      return parseError(members(rest));
    case 'h':
      return rest === '' ? { kind: 'h' } : undefined;
    case undefined:
      return undefined;
    default:
      return { kind: 'unknown' };
  }
}

/** The frame that opens a session, resumes it from `cursor`, or renews it in place. */
export function formatToken(token: string, cursor?: Cursor): string {
  return `t${JSON.stringify(cursor ? { token, cursor: formatCursor(cursor) } : { token })}`;
}

type Members = Partial<Record<string, unknown>>;

function members(text: string): Members {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Members) : {};
  } catch {
    return {};
  }
}

function parseMessage(rest: string): MessageFrame | undefined {
  const end = rest.indexOf('\n');
  const seq = rest.slice(0, Math.max(end, 0));
  return isSeq(seq) ? { kind: 'm', seq, data: rest.slice(end + 1) } : undefined;
}

function parseOpened(frame: Members): OpenedFrame | undefined {
  const { session, recovered, heartbeat_s: heartbeatSeconds, expires_in_s: expiresInSeconds } = frame;
  const cursor = parseCursor(frame.cursor);
  if (
    typeof session !== 'string' ||
    cursor === undefined ||
    typeof recovered !== 'boolean' ||
    typeof heartbeatSeconds !== 'number' ||
    heartbeatSeconds <= 0 ||
    typeof expiresInSeconds !== 'number'
  ) {
    return undefined;
  }
  return { kind: 'o', session, cursor, recovered, heartbeatSeconds, expiresInSeconds };
}

function parseGap(frame: Members): GapFrame | undefined {
  const from = parseCursor(frame.from);
  const to = parseCursor(frame.to);
  return from && to && { kind: 'g', from, to };
}

function parseError({ code, description, reconnect }: Members): ErrorFrame | undefined {
  return typeof code === 'number' && typeof description === 'string' && typeof reconnect === 'boolean'
    ? { kind: 'e', code, description, reconnect }
    : undefined;
}
