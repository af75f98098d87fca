// What nobody should send, sent from outside: it is refused with a fitting status and a kind word, breaks nothing and tells nothing.

import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import { Chat } from './harness/chat';
import { LOBBY, PASSPHRASE } from './harness/person';

/** Words that only a program's insides know. */
const INSIDES =
  /sqlite|select [^>]* from |insert into |exception|terminate|std::|boost|\.cc\b|\/tmp\/|\/home\/|\/usr\/|retrochat\.sqlite/i;

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

type Fields = Record<string, string>;

/** Somebody with a session and no browser. */
class Caller {
  cookie = '';
  formToken = '';

  constructor(readonly chat: Chat) {}

  async send(method: string, path: string, body?: BodyInit, headers: Fields = {}): Promise<Answer> {
    const all = { ...(this.cookie ? { Cookie: this.cookie } : {}), 'Accept-Language': 'en', ...headers };
    const init = { method, headers: all, redirect: 'manual' as const, ...(body === undefined ? {} : { body }) };
    const answer = await fetch(this.chat.url.replace(/\/$/, '') + path, init);
    const text = await answer.text();
    assert.doesNotMatch(text, INSIDES, `${method} ${path}`);
    assert.ok(answer.status < 500, `${method} ${path}: ${answer.status} ${text}`);
    return { status: answer.status, headers: answer.headers, text };
  }

  get(path: string): Promise<Answer> {
    return this.send('GET', path);
  }

  post(path: string, fields: Fields, headers: Fields = {}): Promise<Answer> {
    return this.send('POST', path, new URLSearchParams(fields), headers);
  }

  async signUp(handle: string): Promise<this> {
    const answer = await this.post('/sign-up', { handle, passphrase: PASSPHRASE });
    assert.equal(answer.status, 303, answer.text);
    this.cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    this.formToken = hidden('form_token', (await this.get('/')).text);
    return this;
  }

  submit(path: string, fields: Fields = {}, headers: Fields = { Accept: 'application/json' }): Promise<Answer> {
    return this.post(path, { form_token: this.formToken, ...fields }, headers);
  }

  async openRoom(name: string): Promise<string> {
    const answer = await this.submit('/rooms/new', { name }, {});
    assert.equal(answer.status, 303, answer.text);
    return answer.headers.get('location') ?? '';
  }
}

function hidden(name: string, page: string): string {
  return new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? '';
}

/** A refusal in JSON, with its sentence. */
function isRefused(answer: Answer, status: number, code: string): void {
  assert.equal(answer.status, status, answer.text);
  const told = JSON.parse(answer.text);
  assert.equal(told.code, code);
  assert.ok(told.title.length > 10);
}

function unwanted(name: string, play: (chat: Chat) => Promise<void>): void {
  test(name, { timeout: 120_000 }, async () => {
    const chat = await Chat.start();
    try {
      await play(chat);
      assert.equal((await new Caller(chat).get('/')).status, 200, 'the house still stands');
    } finally {
      assert.equal(await chat.stop(), 0);
    }
  });
}

/** Bytes as they are, and the head of the answer. */
function raw(chat: Chat, bytes: string | Buffer): Promise<string> {
  const { hostname, port } = new URL(chat.url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.end(bytes));
    let heard = '';
    socket.on('data', (part) => {
      heard += String(part);
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(heard));
  });
}

unwanted('names that are no names are refused, whatever they are made of', async (chat) => {
  const caller = new Caller(chat);
  const handles = [
    '',
    '<b>',
    'a\u202Eb',
    'z̸̡̢̛̗̘̙̜̝̞̟̠',
    'a b',
    '../retro',
    'ann\0',
    '%00',
    "' OR 1=1 --",
    'x'.repeat(10_000),
    '日本',
  ];
  for (const handle of handles) {
    const answer = await caller.post('/sign-up', { handle, passphrase: PASSPHRASE }, { Accept: 'application/json' });
    assert.equal(answer.status, 400, `${handle.slice(0, 20)}: ${answer.text}`);
    assert.match(JSON.parse(answer.text).code, /^handle_/);
  }
  const ann = await caller.signUp('ann');
  isRefused(await ann.submit('/rooms/new', { name: 'n'.repeat(10_000) }), 413, 'room_name_too_long');
  isRefused(await ann.submit('/rooms/new', { name: '\u202E\u200B' }), 400, 'room_name_missing');
  const tower = await ann.openRoom(`z${'\u0301'.repeat(39)}`);
  assert.match((await ann.get(tower)).text, /<bdi id="room-name">z\u0301{4}<\/bdi>/);
  const quoted = await ann.openRoom('"><script>alert(1)</script>');
  assert.ok(!(await ann.get(quoted)).text.includes('<script>alert'));
});

unwanted('forms with a forged, foreign or missing token change nothing', async (chat) => {
  const ann = await new Caller(chat).signUp('ann');
  const bob = await new Caller(chat).signUp('bob');
  const room = await ann.openRoom('guarded');
  await ann.get(room);
  for (const form_token of ['', '0'.repeat(32), bob.formToken, 'x'.repeat(10_000), ann.formToken.toUpperCase()]) {
    for (const act of ['speak', 'away', 'back', 'leave', 'poll']) {
      const answer = await ann.submit(`${room}/${act}`, { form_token, line: 'forged' });
      isRefused(answer, 403, 'form_expired');
    }
  }
  for (const headers of [
    { Origin: 'https://elsewhere.example' },
    { Origin: 'null' },
    { 'Sec-Fetch-Site': 'cross-site' },
  ]) {
    const answer = await ann.submit(`${room}/speak`, { line: 'forged' }, { Accept: 'application/json', ...headers });
    isRefused(answer, 403, 'other_site');
  }
  assert.ok(!(await ann.get(room)).text.includes('forged'));
});

unwanted('fields that nobody asked for do not speak for somebody else', async (chat) => {
  const ann = await new Caller(chat).signUp('ann');
  const bob = await new Caller(chat).signUp('bob');
  const room = await ann.openRoom('honest');
  await ann.get(room);
  const forged = { line: 'as myself', who: 'ann', handle: 'ann', owner: 'ann', event: '-1', kind: 'removed', id: '1' };
  assert.equal((await bob.submit(`${room}/speak`, forged)).status, 200);
  const seen = JSON.parse((await bob.submit(`${room}/poll`, { after: '0' })).text);
  const line = seen.events.at(-1);
  assert.deepEqual([line.kind, line.who, line.line], ['speak', 'bob', 'as myself']);
  for (const after of ['-1', '99999999999999999999', '1e9', 'x', "1' OR 1=1"]) {
    assert.equal((await bob.submit(`${room}/poll`, { after })).status, 200, after);
  }
});

for (const [how, headers, taken] of [
  ['with a script', { Accept: 'application/json' }, 200],
  ['without a script', {}, 303],
] as const) {
  unwanted(`a form sent twice is one line, and two tabs are two, ${how}`, async (chat) => {
    const ann = await new Caller(chat).signUp('ann');
    const room = await ann.openRoom('twice');
    const tabs = (await Promise.all([ann.get(room), ann.get(room)])).map(({ text }) => hidden('once', text));
    const [one = '', two = ''] = tabs;
    const said: [string, string][] = [
      // Two tabs in one moment; a double click; a page of the browser's history with something else in it.
      ...[one, two, one, two].map((once): [string, string] => [once, 'yes']),
      [one, 'and then'],
    ];
    const answers = await Promise.all(said.map(([once, line]) => ann.submit(`${room}/speak`, { once, line }, headers)));
    for (const { status, text } of answers) assert.equal(status, taken, text);
    const { events } = JSON.parse((await ann.submit(`${room}/poll`, { after: '0' })).text);
    const lines = events.flatMap((event: { line?: string }) => event.line ?? []);
    assert.deepEqual(lines.sort(), ['and then', 'yes', 'yes']);
  });
}

unwanted('the token of another room is worth nothing at a poll: the page gets one of its own', async (chat) => {
  const ann = await new Caller(chat).signUp('ann');
  const one = await ann.openRoom('one');
  const two = await ann.openRoom('two');
  const page = (await ann.get(one)).text;
  const held = { channel_token: hidden('channel_token', page), channel_issued: hidden('channel_issued', page) };
  assert.equal(JSON.parse((await ann.submit(`${one}/poll`, held)).text).token, undefined);
  for (const other of [two, LOBBY]) {
    const { token } = JSON.parse((await ann.submit(`${other}/poll`, held)).text);
    assert.ok(token && token !== held.channel_token);
  }
  const future = { ...held, channel_issued: '99999999999999' };
  assert.ok(JSON.parse((await ann.submit(`${one}/poll`, future)).text).token);
});

unwanted('a session that is unknown or malformed is a stranger', async (chat) => {
  const ann = await new Caller(chat).signUp('ann');
  const room = await ann.openRoom('mine');
  for (const cookie of ['0'.repeat(64), 'x', '', 'a'.repeat(5_000), "' OR 1=1 --"]) {
    const stranger = new Caller(chat);
    stranger.cookie = `retrochat_session=${cookie}`;
    stranger.formToken = ann.formToken;
    isRefused(await stranger.submit(`${room}/speak`, { line: 'who am I' }), 401, 'sign_in_first');
    const shown = await stranger.get(room);
    assert.equal(shown.status, 303);
    assert.match(shown.headers.get('location') ?? '', /^\/sign-in\?to=/);
  }
});

unwanted('a passphrase guessed a thousand times stays a secret, and whoever is in stays in', async (chat) => {
  const ann = await new Caller(chat).signUp('ann');
  const room = await ann.openRoom('calm');
  const guesser = new Caller(chat);
  const codes = new Map<string, number>();
  for (let i = 0; i < 1_000; ++i) {
    const guess = { handle: 'ann', passphrase: `guess number ${i}` };
    const answer = await guesser.post('/sign-in', guess, { Accept: 'application/json' });
    const { code } = JSON.parse(answer.text);
    codes.set(code, (codes.get(code) ?? 0) + 1);
    if (answer.status === 429) assert.equal(answer.headers.get('retry-after'), '600');
  }
  // Ten are weighed (limits::kSignInFailuresOfHandle); the others cost no proof.
  assert.deepEqual(Object.fromEntries(codes), { not_recognised: 10, too_many_attempts: 990 });
  assert.equal((await ann.submit(`${room}/speak`, { line: 'undisturbed' })).status, 200);
});

unwanted('bodies that are too large, of the wrong type or no text are refused', async (chat) => {
  const ann = await new Caller(chat).signUp('ann');
  const room = await ann.openRoom('sturdy');
  const speak = `${room}/speak`;
  assert.equal((await ann.submit(speak, { line: 'x'.repeat(1_000_000) })).status, 413);
  isRefused(await ann.submit(speak, { line: 'x'.repeat(20_000) }), 413, 'line_too_long');
  const json = { Accept: 'application/json' };
  const body = `form_token=${ann.formToken}&line=smuggled`;
  for (const type of ['application/json', 'text/plain', 'multipart/form-data; boundary=x', 'image/png']) {
    isRefused(await ann.send('POST', speak, body, { ...json, 'Content-Type': type }), 403, 'form_expired');
  }
  const form = { ...json, 'Content-Type': 'application/x-www-form-urlencoded' };
  for (const line of ['%FF%FE', '%C0%AF', '%ED%A0%80', '%F4%90%80%80', 'a%E3%81']) {
    const answer = await ann.send('POST', speak, `form_token=${ann.formToken}&line=${line}`, form);
    isRefused(answer, 400, 'not_text');
  }
  assert.ok(!(await ann.get(room)).text.includes('smuggled'));
});

unwanted('addresses that play tricks lead nowhere', async (chat) => {
  const caller = await new Caller(chat).signUp('ann');
  const paths = ['/rooms/retro/0', '/rooms/retro/01', '/rooms/retro/-1', '/rooms/retro/99999999999', '/rooms/%2e%2e/1'];
  paths.push('/rooms/retro/1%00', '/static/x/..%2f..%2fretrochat.sqlite', '/static/x/%2e%2e', '/%FF');
  paths.push('/rooms/%3Cscript%3E/1', '/.env', '/rooms/retro/1/%27', `/${'a'.repeat(8_000)}`);
  for (const path of paths) {
    const answer = await caller.get(path);
    assert.ok([400, 404].includes(answer.status), `${path.slice(0, 60)}: ${answer.status}`);
    assert.doesNotMatch(answer.text, /<script>/);
  }
});

unwanted('methods that a page does not have do nothing', async (chat) => {
  const ann = await new Caller(chat).signUp('ann');
  for (const method of ['HEAD', 'OPTIONS', 'PUT', 'DELETE', 'PATCH']) {
    for (const path of ['/', LOBBY, '/sign-in', `${LOBBY}/speak`]) {
      const { status } = await ann.send(method, path);
      assert.ok([200, 204, 303, 404, 405, 501].includes(status), `${method} ${path}: ${status}`);
    }
  }
});

unwanted('a place to return to cannot carry header lines or another site', async (chat) => {
  const ann = await new Caller(chat).signUp('ann');
  const places = [
    '/x\r\nSet-Cookie: a=b',
    '//elsewhere.example',
    '/\\elsewhere.example',
    'javascript:alert(1)',
    '/\t/elsewhere',
  ];
  for (const to of places) {
    const answer = await new Caller(chat).post('/sign-in', { handle: 'ann', passphrase: PASSPHRASE, to });
    assert.equal(answer.status, 303);
    assert.equal(answer.headers.get('location'), '/');
    assert.equal(answer.headers.getSetCookie().length, 1);
    const asked = await ann.get(`/sign-in?to=${encodeURIComponent(to)}`);
    assert.equal(asked.headers.get('location'), '/');
  }
});

unwanted('bytes that are no HTTP get an answer without insides, or none', async (chat) => {
  const host = `Host: ${new URL(chat.url).host}`;
  const heads = ['\0\0\0\0\r\n\r\n', 'GET / HTTP/9.9\r\n\r\n', `GET /\x01 HTTP/1.1\r\n${host}\r\n\r\n`];
  heads.push(`POST /sign-in HTTP/1.1\r\n${host}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`);
  heads.push(
    `POST /sign-in HTTP/1.1\r\n${host}\r\nContent-Length: -1\r\n\r\n`,
    `GET / HTTP/1.1\r\nX: ${'x'.repeat(70_000)}\r\n\r\n`,
  );
  for (const head of heads) {
    const heard = await raw(chat, head).catch(() => '');
    assert.match(heard, /^$|^HTTP\/1\.1 4\d\d |^HTTP\/1\.1 505 /);
    assert.doesNotMatch(heard, INSIDES);
  }
});
