// The frames of tayori.v1, read and written. Pure: text in, values out.
//
// Source: spec/protocol.md sections 2 and 3; spec/vectors/frames.json holds the cases.

import { type Cursor, isSeq, parseCursor } from './cursor';

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
  /** One of codes.ts; of a later table; or none at all. */
  readonly name: unknown;
}

/** How far has the page come? */
export interface AskFrame {
  readonly kind: 'a';
}

/** `unknown` is a kind of a later protocol: to be passed over. */
export type Frame =
  | OpenedFrame
  | MessageFrame
  | GapFrame
  | ErrorFrame
  | AskFrame
  | { readonly kind: 'h' }
  | { readonly kind: 'unknown' };

/** What opens a session; the page's cursor and session, once it has them, resume it. */
export interface Opening {
  readonly token: string;
  readonly cursor?: string | undefined;
  readonly session?: string | undefined;
}

export const SUBPROTOCOL = 'tayori.v1';
export const HEARTBEAT = 'h';
export const LEAVE = 'c';
/** From the page with its SEQ behind it. */
export const ASK = 'a';

/** Reads a frame from the server; undefined when it is no text, or of a known kind and malformed. */
export function parseFrame(text: unknown): Frame | undefined {
  if (typeof text !== 'string') return undefined;
  const rest = text.slice(1);
  switch (text[0]) {
    case 'm':
      return parseMessage(rest);
    case 'o':
      return parseOpened(parseMembers(rest));
    case 'g':
      return parseGap(parseMembers(rest));
    case 'e':
      return parseError(parseMembers(rest));
    case 'h':
    case 'a':
      return rest ? undefined : { kind: text[0] };
    default:
      return text ? { kind: 'unknown' } : undefined;
  }
}

/** Reads the frames of an answer to a poll; none when it is malformed in any way. */
export function parseFrames(text: string): Frame[] {
  const texts = parseJson(text);
  const frames = Array.isArray(texts) ? texts.map(parseFrame) : [];
  return frames.every((frame) => frame !== undefined) ? frames : [];
}

/** Reads a problem document as the error frame that it stands for; undefined when the text is no such document. */
export function parseProblem(text: string): ErrorFrame | undefined {
  const { status, code, ...rest } = parseMembers(text);
  return parseError({ ...rest, code: status, name: code });
}

/** The frame that opens or resumes a session, or with the token alone renews it in place. */
export function formatToken(opening: Opening): string {
  return `t${JSON.stringify(opening)}`;
}

type Members = Partial<Record<string, unknown>>;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The members of a JSON object; none when the text is anything else. */
export function parseMembers(text: string): Members {
  return Object(parseJson(text)) as Members;
}

function parseMessage(rest: string): MessageFrame | undefined {
  const [, seq = '', data = ''] = /^(.*?)\n(.*)$/s.exec(rest) ?? [];
  return isSeq(seq) ? { kind: 'm', seq, data } : undefined;
}

function parseOpened(frame: Members): OpenedFrame | undefined {
  const { session, recovered, heartbeat_s: heartbeatSeconds, expires_in_s: expiresInSeconds } = frame;
  const cursor = parseCursor(frame.cursor);
  return typeof session === 'string' &&
    cursor &&
    typeof recovered === 'boolean' &&
    typeof heartbeatSeconds === 'number' &&
    heartbeatSeconds > 0 &&
    typeof expiresInSeconds === 'number'
    ? { kind: 'o', session, cursor, recovered, heartbeatSeconds, expiresInSeconds }
    : undefined;
}

function parseGap(frame: Members): GapFrame | undefined {
  const from = parseCursor(frame.from);
  const to = parseCursor(frame.to);
  return from && to && { kind: 'g', from, to };
}

function parseError({ code, description, reconnect, name }: Members): ErrorFrame | undefined {
  return typeof code === 'number' && typeof description === 'string' && typeof reconnect === 'boolean'
    ? { kind: 'e', code, description, reconnect, name }
    : undefined;
}
