// Listener: a backend of the test that is told of presence, and keeps each request as it came.

import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Told {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Byte for byte. */
  readonly body: Buffer;
}

export class Listener {
  readonly #http: Server;
  readonly #told: Told[] = [];
  /** Statuses of the next answers; afterwards all are 204. */
  readonly answers: number[] = [];

  private constructor() {
    this.#http = createServer((request, answer) => {
      const pieces: Buffer[] = [];
      request.on('data', (piece: Buffer) => pieces.push(piece));
      request.on('end', () => {
        this.#told.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(pieces) });
        answer.writeHead(this.answers.shift() ?? 204).end(() => this.#http.emit('told'));
      });
    });
  }

  static async start(): Promise<Listener> {
    const listener = new Listener();
    listener.#http.listen(0, '127.0.0.1');
    await once(listener.#http, 'listening');
    return listener;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}/hooks/tayori`;
  }

  /** Waits for the next `count` requests that were not given out yet. */
  async hears(count: number): Promise<Told[]> {
    while (this.#told.length < count) await once(this.#http, 'told');
    return this.#told.splice(0, count);
  }

  stop(): void {
    this.#http.close();
    this.#http.closeAllConnections();
  }
}
