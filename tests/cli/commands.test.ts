// The commands, as a user types them: what they print, how they end, what they say when it does not work.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ANY_PORTS, KEYS, Serving, tayori } from './harness/program';

let serving: Serving;
before(async () => {
  serving = await Serving.start(['serve', ...ANY_PORTS], KEYS);
});
after(() => serving.stop());

interface Claims {
  readonly sub: string;
  readonly grp?: readonly string[];
  readonly iat: number;
  readonly exp: number;
}

function claimsOf(token: string): Claims {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Claims;
}

/** What a page that opens a channel with `token` hears: one poll of the old development protocol each. */
async function messagesFor(token: string, count: number): Promise<string[]> {
  const messages: string[] = [];
  for (let i = 0; i < count; i += 1) {
    const address = new URL(`_ah/channel/dev?command=poll&channel=${token}`, serving.publicUrl);
    messages.push(await (await fetch(address)).text());
  }
  return messages;
}

async function tokenFor(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await tayori(['token', ...args], serving.clientVariables);
  assert.equal(code, 0, stderr);
  return stdout.trim();
}

test('version', async () => {
  for (const way of ['version', '--version']) {
    const { code, stdout } = await tayori([way]);
    assert.equal(code, 0);
    assert.match(stdout, /^tayori \d+\.\d+\.\d+\n$/);
  }
});

test('token prints a token for the client id, its groups and its life', async () => {
  const token = await tokenFor('ann-便り', '--minutes', '5', '--group', 'red', '--group', 'blue');
  const claims = claimsOf(token);
  assert.equal(claims.sub, 'ann-便り');
  assert.deepEqual([...(claims.grp ?? [])].sort(), ['blue', 'red']);
  assert.equal(claims.exp - claims.iat, 300);
});

test('send reaches one client, a group and everyone, byte for byte', async () => {
  const token = await tokenFor('ann', '--group', 'red');
  const send = (args: string[], input = '') => tayori(['send', ...args], serving.clientVariables, input);
  const hello = await send(['ann', 'hello 便り']);
  assert.equal(hello.code, 0, hello.stderr);
  assert.match(hello.stdout, /^sent [0-9a-z]+-[0-9a-z]+ to 0 sessions; it waits for pages that come\n$/);
  assert.equal((await send(['ann', '-'], 'two\nlines\n')).code, 0);
  assert.equal((await send(['bob', 'to another'])).code, 0);
  assert.equal((await send(['--group', 'red', 'to red'])).code, 0);
  assert.equal((await send(['--everyone', 'to all'])).code, 0);
  assert.deepEqual(await messagesFor(token, 5), ['hello 便り', 'two\nlines\n', 'to red', 'to all', '']);
});

test('a wrong key is refused, and the right one is not shown', async () => {
  const { code, stdout, stderr } = await tayori(['send', 'ann', 'hello'], {
    ...serving.clientVariables,
    TAYORI_API_KEY: 'wrong',
  });
  assert.equal(code, 1);
  assert.equal(stdout, '');
  assert.match(stderr, /does not accept the API key; set TAYORI_API_KEY/);
});

test('what is refused is told with its status and why', async () => {
  const { code, stderr } = await tayori(['token', 'x'.repeat(257)], serving.clientVariables);
  assert.equal(code, 1);
  assert.match(stderr, /refused with 400: .*256/);
  const binary = await tayori(['send', 'ann', '-'], serving.clientVariables, '\u0000');
  assert.equal(binary.code, 0, 'a NUL is a character like others');
});

test('where no server answers it says where it has looked', async () => {
  const { code, stderr } = await tayori(['send', 'ann', 'hello', '--url', 'http://127.0.0.1:1']);
  assert.equal(code, 1);
  assert.match(stderr, /no answer from http:\/\/127\.0\.0\.1:1: .*TAYORI_URL/);
});

test('where something else answers it says so', async () => {
  const { code, stderr } = await tayori(['send', 'ann', 'hello', '--url', `${serving.publicUrl}_ah/channel/jsapi`]);
  assert.equal(code, 1);
  assert.match(stderr, /refused with 404|does not answer like a Tayori server/);
});

test('a wrong command line ends with 2 and says where to look', async () => {
  for (const args of [[], ['serv'], ['serve', '--pubic', 'x'], ['send', 'ann'], ['token']]) {
    const { code, stdout, stderr } = await tayori(args);
    assert.equal(code, 2, args.join(' '));
    assert.equal(stdout, '');
    assert.match(stderr, /--help/);
  }
});
