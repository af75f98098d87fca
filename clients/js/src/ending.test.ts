// The server ends a channel for good: told once, on whichever transport, and never come back from.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codes, type ErrorName } from './codes';
import { Handoff } from './handoff';
import { errorFrame } from './testing/fake_web_socket';
import { ManualPlatform } from './testing/manual_platform';
import { type Opened, openSocket, tokenFor } from './testing/open_socket';
import { type Wire, wireOf } from './testing/wire';
import type { TransportName } from './transport';

const HOUR = 3_600_000;

/** With the descriptions that come; that of `disconnected` is the backend's own. */
const ENDS: Array<[name: ErrorName, description: string]> = [
  ['disconnected', '席を外してください。'],
  ['token_revoked', codes.token_revoked.description],
  ['already_open', codes.already_open.description],
  ['replaced', codes.replaced.description],
];

type Subject = Opened & { wire: Wire };

function begin(transport: TransportName): Subject {
  const platform = new ManualPlatform();
  const options = { transports: [transport], tokenSource: '/token' };
  const subject = openSocket(tokenFor('a'), {}, platform, new Handoff(), options);
  return { ...subject, wire: wireOf(platform, transport) };
}

function opened(transport: TransportName): Subject {
  const subject = begin(transport);
  subject.wire.open('e1-0', { session: 's1' });
  subject.platform.settle();
  subject.heard.length = 0;
  return subject;
}

/** How many connections and requests the page has made, to the server or for a token. */
function made({ platform }: Subject): number {
  return platform.sockets.length + platform.exchanges.length + platform.posts.length + platform.beacons.length;
}

function expectEnd(subject: Subject, name: ErrorName, description: string, before: number): void {
  const { platform, socket, heard } = subject;
  platform.advance(HOUR);
  platform.wake();
  platform.advance(HOUR);
  const told = heard.filter(([event]) => event !== 'onreconnecting');
  assert.deepEqual(told, [
    ['onerror', { code: codes[name].http, description }],
    ['onclose', {}],
  ]);
  assert.equal(socket.readyState, 3);
  assert.equal(made(subject), before);
  assert.equal(platform.timers.size + platform.watchers.size + platform.locks.size, 0);
}

/** The server's answer to an opening: a frame, or a problem document. */
function refuse({ platform }: Subject, transport: TransportName, name: ErrorName, description: string): void {
  const { http, reconnect } = codes[name];
  if (transport === 'websocket') platform.socket.receive(errorFrame(http, description, reconnect, name));
  else platform.request.problem(http, name, description, reconnect);
}

for (const transport of ['websocket', 'sse', 'poll'] as const) {
  for (const [name, description] of ENDS) {
    test(`${transport}: ${name} ends a channel that is open`, () => {
      const subject = opened(transport);
      const before = made(subject);
      const { http, reconnect } = codes[name];
      subject.wire.receive(errorFrame(http, description, reconnect, name));
      expectEnd(subject, name, description, before);
    });

    test(`${transport}: ${name} ends a channel that is being opened`, () => {
      const subject = begin(transport);
      subject.wire.said();
      const before = made(subject);
      refuse(subject, transport, name, description);
      expectEnd(subject, name, description, before);
    });

    test(`${transport}: ${name} ends a channel that is coming back`, () => {
      const subject = opened(transport);
      subject.wire.cut();
      subject.platform.advance(125);
      assert.equal(subject.wire.said().session, 's1');
      const before = made(subject);
      refuse(subject, transport, name, description);
      expectEnd(subject, name, description, before);
    });
  }
}
