// Wire: the server's end of one transport, the same for all three, so that a suite can run on each.

import type { TransportName } from '../transport';
import { openedFrame } from './fake_web_socket';
import type { ManualPlatform } from './manual_platform';

export interface Wire {
  /** What the page said when it opened this connection, or with its last poll. */
  said(): Record<string, unknown>;
  /** Accepts the token: the session stands at `cursor`. */
  open(cursor: string, options?: { recovered?: boolean; session?: string; expires?: number }): void;
  receive(...frames: string[]): void;
  /** The connection ends without a word. */
  cut(): void;
  /** Whether the page has given the connection up. */
  isGivenUp(): boolean;
  /** How often the page has said that it leaves. */
  leaves(): number;
}

/** The newest connection of the page, at each call. */
export function wireOf(platform: ManualPlatform, name: TransportName): Wire {
  return { websocket: webSocket, sse: eventStream, poll }[name](platform);
}

function webSocket(platform: ManualPlatform): Wire {
  return {
    said: () => {
      if (platform.socket.readyState === 0) platform.socket.accept();
      return JSON.parse((platform.socket.sent[0] ?? '').slice(1)) as Record<string, unknown>;
    },
    open: (cursor, options) => platform.socket.open(cursor, options),
    receive: (...frames) => platform.socket.receive(...frames),
    cut: () => platform.socket.cut(),
    isGivenUp: () => platform.socket.closedWith !== undefined,
    leaves: () => platform.sockets.filter(({ closedWith }) => closedWith === 1000).length,
  };
}

/** An event as the server writes it. REQUIRES: no CR in it. */
export function eventOf(frame: string, epoch = 'e1'): string {
  const [first = '', ...lines] = frame.split('\n');
  if (frame[0] === 'm') return `id: ${epoch}-${first.slice(1)}\n${lines.map((line) => `data: ${line}\n`).join('')}\n`;
  const name = { o: 'opened', g: 'gap', e: 'error', a: 'ask' }[frame.charAt(0)];
  return name ? `event: ${name}\ndata: ${frame.slice(1) || ' '}\n\n` : ':\n\n';
}

function eventStream(platform: ManualPlatform): Wire {
  return {
    said: () => {
      platform.settle(); // the slot
      return platform.request.members;
    },
    open: (cursor, options) => {
      platform.settle();
      platform.request.open(cursor, options);
    },
    receive: (...frames) => platform.request.text(frames.map((frame) => eventOf(frame)).join('')),
    cut: () => platform.request.end(),
    isGivenUp: () => platform.request.isCancelled,
    leaves: () => platform.beacons.length,
  };
}

function poll(platform: ManualPlatform): Wire {
  return {
    said: () => platform.request.members,
    open: (cursor, options) => {
      platform.request.frames(openedFrame(cursor, options));
      platform.settle(); // the slot
    },
    receive: (...frames) => {
      const { cursor, session } = platform.request.members;
      platform.request.frames(openedFrame(String(cursor), { session: String(session) }), ...frames);
    },
    cut: () => platform.request.end(),
    isGivenUp: () => platform.request.isCancelled,
    leaves: () => platform.beacons.length,
  };
}
