// App: the web application of the tests. It serves their pages, gives out tokens, and stands before the server's public
// listener as a proxy would, so that pages and channel are of one origin and the test can cut the line between them.

import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { TayoriServer } from './tayori_server';

const PREFIX = '/_ah/channel/';
const BARRIER = '/barrier';
const SOME_CALLS = 20;

export class App {
  readonly #server: TayoriServer;
  readonly #http: Server;
  readonly #pages = new Map<string, { type: string; body: string }>();
  readonly #lines = new Set<Duplex>();
  readonly #passing = new Set<ServerResponse>();
  #down = false;
  #refused: readonly string[] = [];
  #overtaken: string | undefined;
  readonly #overtaking = new EventEmitter();
  #onBarrier: (held: ServerResponse) => void = (held) => held.end();

  private constructor(server: TayoriServer) {
    this.#server = server;
    this.#http = createServer((asked, answer) => void this.#answer(asked, answer));
    this.#http.on('upgrade', (asked: IncomingMessage, line: Duplex, head: Buffer) => this.#upgrade(asked, line, head));
  }

  static async start(server: TayoriServer): Promise<App> {
    const app = new App(server);
    await new Promise<void>((resolve) => app.#http.listen(0, '127.0.0.1', resolve));
    return app;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}/`;
  }

  /** Serves `body`; answers its address. */
  serve(body: string, type = 'text/html; charset=utf-8', path = `/page/${this.#pages.size}`): string {
    this.#pages.set(path, { type, body });
    return new URL(path, this.url).href;
  }

  /** How many channels pass through here. */
  get lines(): number {
    return this.#lines.size / 2;
  }

  /** Breaks every channel, as a network does: without a word to either side. */
  cut(): void {
    for (const line of this.#lines) line.destroy();
    for (const answer of this.#passing) answer.destroy();
  }

  /** While down, no channel comes through. */
  setDown(down: boolean): void {
    this.#down = down;
    if (down) this.cut();
  }

  /** These routes come through no more: `ws` or `sse`, as in networks that let no WebSocket through. */
  refuse(...routes: string[]): void {
    this.#refused = routes;
  }

  /** What shows that a page has left, its beacon and the end of its stream, comes through behind the next request for `route`. */
  overtakeGoodbyes(route: string | undefined): void {
    this.#overtaken = route;
    this.#overtaking.emit('done');
  }

  /** A page asks for `/barrier`, and gets no answer before the function is called that this gives out. */
  async barrier(): Promise<() => void> {
    const held = await new Promise<ServerResponse>((resolve) => {
      this.#onBarrier = resolve;
    });
    return () => held.end();
  }

  stop(): void {
    this.cut();
    this.#http.close();
    this.#http.closeAllConnections();
  }

  async #answer(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(asked.url ?? '/', this.url);
    const page = this.#pages.get(pathname);
    if (page) answer.writeHead(200, { 'content-type': page.type }).end(page.body);
    else if (pathname === '/token') answer.end(await this.#server.createChannel(searchParams.get('client_id') ?? ''));
    else if (pathname === BARRIER) this.#onBarrier(answer);
    else if (pathname.startsWith(PREFIX)) await this.#passInTurn(asked, answer, pathname.slice(PREFIX.length));
    else answer.writeHead(404).end();
  }

  #isShut({ url = '' }: IncomingMessage): boolean {
    return this.#down || this.#refused.some((route) => url.startsWith(PREFIX + route));
  }

  async #passInTurn(asked: IncomingMessage, answer: ServerResponse, route: string): Promise<void> {
    if (route === 'close') await this.#isOvertaken();
    this.#pass(asked, answer);
    if (route === this.#overtaken) asked.once('end', () => this.#overtaking.emit('done'));
  }

  async #isOvertaken(): Promise<void> {
    if (this.#overtaken === undefined) return;
    await once(this.#overtaking, 'done');
    // Time enough for the server to see to what has come first.
    for (let i = 0; i < SOME_CALLS; i += 1) await this.#server.sendMessage('nobody', 'x');
  }

  #pass(asked: IncomingMessage, answer: ServerResponse): void {
    if (this.#isShut(asked)) {
      answer.destroy();
      return;
    }
    this.#passing.add(answer);
    const { method, headers } = asked;
    const onward = request(new URL(asked.url ?? '', this.#server.publicUrl), { method, headers }, (got) => {
      answer.writeHead(got.statusCode ?? 502, got.headers);
      got.pipe(answer);
    });
    onward.on('error', () => answer.destroy());
    answer.on('close', () => {
      this.#passing.delete(answer);
      void this.#isOvertaken().then(() => onward.destroy());
    });
    asked.pipe(onward);
  }

  #upgrade(asked: IncomingMessage, line: Duplex, head: Buffer): void {
    if (this.#isShut(asked)) {
      line.destroy();
      return;
    }
    const { hostname, port } = new URL(this.#server.publicUrl);
    const onward: Socket = connect(Number(port), hostname);
    const fields = Array.from({ length: asked.rawHeaders.length / 2 }, (_, i) =>
      asked.rawHeaders.slice(2 * i, 2 * i + 2).join(': '),
    );
    onward.write(`${[`GET ${asked.url} HTTP/1.1`, ...fields].join('\r\n')}\r\n\r\n`);
    onward.write(head);
    for (const [one, other] of [
      [line, onward],
      [onward, line],
    ] as const) {
      this.#lines.add(one);
      one.pipe(other);
      one.on('error', () => undefined);
      one.on('close', () => {
        this.#lines.delete(one);
        other.destroy();
      });
    }
  }
}
