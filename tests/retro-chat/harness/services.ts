// Services: a stand-in for Mastodon's statuses API, X's posts API and a webhook, strict about what their documentation asks.

import { EventEmitter, once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Taken {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** What is wrong with it after the documentation; empty when nothing is. */
  readonly wrong: string;
}

/** How the next request is answered; 'well' as the documentation says. */
export type Mood = 'well' | 'unauthorized' | 'hurried' | 'broken' | 'garbage' | 'hang-up';

export const TOKEN = 'a-token_that.is-right';

export class Services {
  readonly taken: Taken[] = [];
  readonly moods: Mood[] = [];
  readonly #news = new EventEmitter();
  #posts = 0;
  /** Mastodon's: the same key brings the same post. */
  readonly #byKey = new Map<string, number>();

  private constructor(private readonly server: Server) {}

  static async start(): Promise<Services> {
    const server = createServer();
    const services = new Services(server);
    server.on('request', (request, response) => void services.#answer(request, response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return services;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Waits until `count` requests have come in all, however they are answered. */
  async tookSoMany(count: number): Promise<void> {
    while (this.taken.length < count) await once(this.#news, 'taken');
  }

  get posts(): number {
    return this.#posts;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const part of request) body += String(part);
    const path = request.url ?? '';
    const wrong = wrongWith(request.method ?? '', path, request.headers, body);
    this.taken.push({ path, headers: request.headers, body, wrong });
    this.#news.emit('taken');
    const mood = wrong ? 'broken' : (this.moods.shift() ?? 'well');
    if (mood === 'hang-up') request.socket.destroy();
    else if (mood === 'unauthorized') response.writeHead(401).end('{"error":"The access token is invalid"}');
    else if (mood === 'hurried') response.writeHead(429, { 'Retry-After': '1' }).end('{"title":"Too Many Requests"}');
    else if (mood === 'broken') response.writeHead(500).end(wrong);
    else if (mood === 'garbage') response.writeHead(200).end('<html>');
    else this.#well(path, String(request.headers['idempotency-key'] ?? ''), response);
  }

  #well(path: string, key: string, response: ServerResponse): void {
    if (path === '/hook') return void response.writeHead(204).end();
    const known = this.#byKey.get(key);
    const id = known ?? ++this.#posts;
    if (key) this.#byKey.set(key, id);
    const mastodon = { id: String(id), url: `https://mastodon.example/@room/${id}` };
    const x = { data: { id: String(id), text: '' } };
    response.writeHead(path === '/2/tweets' ? 201 : 200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(path === '/2/tweets' ? x : mastodon));
  }
}

function wrongWith(method: string, path: string, headers: IncomingHttpHeaders, body: string): string {
  if (method !== 'POST') return `${method} is not POST`;
  if (path === '/hook') return headers['content-type'] === 'application/json' ? '' : 'not JSON';
  if (headers.authorization !== `Bearer ${TOKEN}`) return 'no such token';
  if (path === '/2/tweets') return wrongWithX(headers, body);
  return path === '/api/v1/statuses' ? wrongWithMastodon(headers, body) : `nothing at ${path}`;
}

function wrongWithX(headers: IncomingHttpHeaders, body: string): string {
  if (headers['content-type'] !== 'application/json') return 'X takes JSON';
  const post = JSON.parse(body) as Record<string, unknown>;
  return Object.keys(post).join() === 'text' && typeof post.text === 'string' && post.text ? '' : 'not a post';
}

function wrongWithMastodon(headers: IncomingHttpHeaders, body: string): string {
  if (headers['content-type'] !== 'application/x-www-form-urlencoded') return 'not a form';
  if (!headers['idempotency-key']) return 'no Idempotency-Key';
  const form = new URLSearchParams(body);
  const status = form.get('status') ?? '';
  if (status === '' || [...status].length > 500) return 'status has 1 to 500 characters';
  const known = ['public', 'unlisted', 'private', 'direct'].includes(form.get('visibility') ?? '');
  return known && [...form.keys()].sort().join() === 'status,visibility' ? '' : 'not a status';
}
