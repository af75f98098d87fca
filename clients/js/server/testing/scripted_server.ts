// ScriptedServer: answers each request with the next line of a script, and keeps what it was asked.

import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly fields: IncomingHttpHeaders;
  readonly body: unknown;
}

/** What it does with a request: an answer, no answer ever, or the end of the connection with nothing said. */
export type Line =
  | { readonly status?: number; readonly body?: unknown; readonly fields?: Record<string, string> }
  | 'silence'
  | 'hang up'
  | 'hang up in the answer';

/** A problem document, as the server writes one. */
export function problem(code: string, status: number, detail = `about ${code}`): Line {
  return {
    status,
    body: { type: `urn:tayori:error:${code}`, title: code, status, detail, code },
    fields: { 'content-type': 'application/problem+json' },
  };
}

export class ScriptedServer {
  readonly asked: Asked[] = [];
  readonly #script: Line[] = [];
  readonly #http: Server;

  private constructor() {
    this.#http = createServer((request, answer) => {
      const pieces: Buffer[] = [];
      request.on('data', (piece: Buffer) => pieces.push(piece));
      request.on('end', () => {
        const { method = '', url = '', headers } = request;
        this.asked.push({ method, path: url, fields: headers, body: JSON.parse(Buffer.concat(pieces).toString()) });
        perform(this.#script.shift() ?? { status: 418, body: 'the script is over' }, answer);
      });
    });
  }

  static async start(): Promise<ScriptedServer> {
    const server = new ScriptedServer();
    await new Promise<void>((resolve) => server.#http.listen(0, '127.0.0.1', resolve));
    return server;
  }

  /** Forgets what was before, and answers with these from now on. */
  script(...lines: Line[]): void {
    this.#script.splice(0, Number.POSITIVE_INFINITY, ...lines);
    this.asked.length = 0;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.#http.close();
    this.#http.closeAllConnections();
  }
}

function perform(line: Line, answer: ServerResponse): void {
  if (line === 'silence') return;
  if (line === 'hang up') {
    answer.destroy();
    return;
  }
  if (line === 'hang up in the answer') {
    answer.writeHead(200, { 'content-length': '100' }).write('{"cur', () => answer.destroy());
    return;
  }
  const { status = 200, body = {}, fields = {} } = line;
  // Nothing is kept open, so that a hang-up is never that of a connection used before.
  const head = { 'content-type': 'application/json', connection: 'close', ...fields };
  answer.writeHead(status, head).end(typeof body === 'string' ? body : JSON.stringify(body));
}
