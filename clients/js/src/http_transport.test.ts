import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HttpTransport } from './http_transport';
import { Slot } from './slot';
import { ManualPlatform } from './testing/manual_platform';
import { BASE } from './testing/open_socket';

/** The two protected calls, as a transport makes them. */
class Asking extends HttpTransport {
  readonly log: unknown[] = [];

  post(route: string): void {
    this.ask(
      route,
      { a: 1 },
      (text) => this.log.push(text),
      () => this.log.push('end'),
    );
  }

  hold(): void {
    this.withSlot((free) => this.log.push(free));
  }
}

function asking() {
  const platform = new ManualPlatform();
  const told: unknown[] = [];
  const access = {
    platform,
    base: BASE,
    slot: new Slot(platform),
    hasSuccessor: () => false,
    opening: () => ({ token: 't' }),
  };
  const transport = new Asking(access, { onFrame: (frame) => told.push(frame), onLost: () => told.push('lost') });
  return { platform, told, transport, log: transport.log };
}

test('gives out the body of a good answer only', () => {
  const { platform, told, transport, log } = asking();
  transport.post('x');
  assert.deepEqual([platform.request.url, platform.request.body], [`${BASE}x`, '{"a":1}']);
  platform.request.text('a');
  platform.request.answer('b');
  transport.post('x');
  platform.request.answer('<h1>Bad Gateway</h1>', 502);
  assert.deepEqual([log, told], [['a', 'b', 'end', 'end'], []]);
});

test('a problem document in any number of pieces is the error it stands for', () => {
  const { platform, told, transport, log } = asking();
  transport.post('x');
  const problem = { status: 409, code: 'replaced', description: 'd', reconnect: false };
  for (const piece of JSON.stringify(problem)) platform.request.text(piece, 409);
  platform.request.end();
  assert.deepEqual(told, [{ kind: 'e', code: 409, name: 'replaced', description: 'd', reconnect: false }]);
  assert.deepEqual(log, []);
});

test('a request takes the place of the one before', () => {
  const { platform, transport } = asking();
  transport.post('x');
  transport.post('x');
  assert.deepEqual(
    platform.exchanges.map(({ isCancelled }) => isCancelled),
    [true, false],
  );
});

test('hears nothing any more once it is dropped', () => {
  const { platform, told, transport, log } = asking();
  transport.post('x');
  transport.hold();
  transport.drop();
  platform.request.answer('late');
  platform.settle();
  assert.deepEqual([log, told], [[], []]);
});
