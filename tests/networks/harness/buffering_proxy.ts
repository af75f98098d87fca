// BufferingProxy: reads every answer to its end before it gives on any of it, as filters that look for viruses do. A stream
// without an end never comes out; of a WebSocket only what the page says goes through.

import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { Duplex } from 'node:stream';

export class BufferingProxy {
  readonly #server: URL;
  readonly #application: URL;
  readonly #http: Server;
  /** The paths that were asked for. */
  readonly asked: string[] = [];

  private constructor(server: string, application: string) {
    this.#server = new URL(server);
    this.#application = new URL(application);
    this.#http = createServer((asked, answer) => this.#pass(asked, answer));
    this.#http.on('upgrade', (asked: IncomingMessage, line: Duplex, head: Buffer) => this.#swallow(asked, line, head));
  }

  static async start(server: string, application: string): Promise<BufferingProxy> {
    const proxy = new BufferingProxy(server, application);
    await new Promise<void>((resolve) => proxy.#http.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}/`;
  }

  stop(): void {
    this.#http.close();
    this.#http.closeAllConnections();
  }

  #pass(asked: IncomingMessage, answer: ServerResponse): void {
    const { method = 'GET', headers, url = '/' } = asked;
    this.asked.push(url);
    const onward = request(new URL(url, this.#targetOf(url)), { method, headers }, async (got) => {
      try {
        const parts: Buffer[] = [];
        for await (const part of got) parts.push(part as Buffer);
        const { 'transfer-encoding': _, ...fields } = got.headers;
        const body = Buffer.concat(parts);
        answer.writeHead(got.statusCode ?? 502, { ...fields, 'content-length': body.length }).end(body);
      } catch {
        answer.destroy();
      }
    });
    onward.on('error', () => answer.destroy());
    answer.on('close', () => onward.destroy());
    asked.pipe(onward);
  }

  #swallow(asked: IncomingMessage, line: Duplex, head: Buffer): void {
    this.asked.push(asked.url ?? '/');
    const { hostname, port } = this.#targetOf(asked.url ?? '/');
    const onward = connect(Number(port), hostname);
    const fields = Array.from({ length: asked.rawHeaders.length / 2 }, (_, i) =>
      asked.rawHeaders.slice(2 * i, 2 * i + 2).join(': '),
    );
    onward.write(`${[`GET ${asked.url} HTTP/1.1`, ...fields].join('\r\n')}\r\n\r\n`);
    onward.write(head);
    onward.resume();
    line.pipe(onward);
    for (const [one, other] of [
      [line, onward],
      [onward, line],
    ] as const) {
      one.on('error', () => undefined);
      one.on('close', () => other.destroy());
    }
  }

  #targetOf(path: string): URL {
    return path.startsWith('/_ah/channel/') ? this.#server : this.#application;
  }
}
