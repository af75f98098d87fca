// Sockets on a whole ladder of transports, and such as had to go down it.

import { Handoff } from '../handoff';
import type { SessionOptions } from '../session';
import { openedFrame } from './fake_web_socket';
import { ManualPlatform } from './manual_platform';
import { type Opened, openSocket, tokenFor } from './open_socket';

export const TOKEN = tokenFor('a');
export const SECOND = tokenFor('a', 'e1-0', 'second');

export function begin(options: Partial<SessionOptions> = {}, platform = new ManualPlatform()): Opened {
  return openSocket(TOKEN, {}, platform, new Handoff(), { transports: ['websocket', 'sse', 'poll'], ...options });
}

/** No WebSocket comes through: opened as an event stream. */
export function streaming(): Opened {
  const subject = begin();
  subject.platform.socket.cut();
  subject.platform.settle();
  subject.platform.request.open('e1-0', { heartbeat: 100_000, session: 's1' });
  subject.platform.settle();
  subject.heard.length = 0;
  return subject;
}

/** Nor does an event stream: opened by polls. */
export function polling(): Opened {
  const subject = begin();
  subject.platform.socket.cut();
  subject.platform.settle();
  subject.platform.request.end();
  subject.platform.request.frames(openedFrame('e1-0', { session: 's1' }));
  subject.platform.settle();
  subject.heard.length = 0;
  return subject;
}
