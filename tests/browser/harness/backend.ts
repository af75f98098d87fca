// Backend: where the server tells the application of the tests what pages send, and who comes and goes.

import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const HOOK = '/hooks/presence';

/** What a page has sent, as the server passes it on. */
export interface Received {
  readonly key: string;
  readonly msg: string;
}

/** A status; or the connection is broken off; or there is none for the time being. */
export type Answer = number | 'none' | 'later';

/** A client id has come or gone. */
export interface Edge {
  readonly type: 'presence.connected' | 'presence.disconnected';
  readonly client_id: string;
  readonly reason?: string;
}

export class Backend {
  readonly #http: Server;
  readonly #news = new EventEmitter();
  readonly #received: Received[] = [];
  readonly #edges: Edge[] = [];
  #answer: Answer = 200;
  readonly #held: ServerResponse[] = [];

  private constructor() {
    this.#http = createServer((asked, answer) => void this.#take(asked, answer));
  }

  static async start(): Promise<Backend> {
    const backend = new Backend();
    await new Promise<void>((resolve) => backend.#http.listen(0, '127.0.0.1', resolve));
    return backend;
  }

  /** The variables by which a server finds it. */
  get settings(): Record<string, string> {
    const base = `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
    return { TAYORI_RECEIVE_URL: base, TAYORI_PRESENCE_WEBHOOK_URL: base + HOOK };
  }

  /** How what pages send is answered from now on; so is what waits for a later answer. */
  answerWith(answer: Answer): void {
    this.#answer = answer;
    for (const held of this.#held.splice(0)) this.#give(held);
  }

  /** What it has taken from pages of this client id, in order. */
  receivedFrom(clientId: string): string[] {
    return this.#received.filter(({ key }) => key === clientId).map(({ msg }) => msg);
  }

  /** How this client id has come and gone, in order. */
  edgesOf(clientId: string): Edge[] {
    return this.#edges.filter(({ client_id }) => client_id === clientId);
  }

  /** Waits until it has been told something that makes this true. */
  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) await once(this.#news, 'told');
  }

  stop(): void {
    this.#http.close();
    this.#http.closeAllConnections();
  }

  async #take(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    let body = '';
    for await (const part of asked.setEncoding('utf8')) body += String(part);
    if (asked.url === HOOK) {
      const { type, data } = JSON.parse(body) as { type: Edge['type']; data: Omit<Edge, 'type'> };
      this.#edges.push({ ...data, type });
      answer.end();
    } else {
      const { key = '', msg = '' } = Object.fromEntries(new URLSearchParams(body));
      if (this.#answer === 200 || this.#answer === 'later') this.#received.push({ key, msg });
      this.#give(answer);
    }
    this.#news.emit('told');
  }

  #give(answer: ServerResponse): void {
    if (this.#answer === 'later') this.#held.push(answer);
    else if (this.#answer === 'none') answer.destroy();
    else answer.writeHead(this.#answer).end();
  }
}
