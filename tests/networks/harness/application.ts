// Application: what stands beside the server on a page's own host. It gives out the page of the tests and the module.

import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { RECORDER } from '../../browser/harness/page';

const PAGE = `<!doctype html><meta charset="utf-8"><title>Test</title><body><script>${RECORDER}</script>
  <script type="module">import * as tayori from '/tayori.mjs'; globalThis.tayori = tayori;</script>`;

export class Application {
  readonly #http: Server;

  private constructor() {
    const module = readFileSync(process.env.TAYORI_MODULE ?? '', 'utf8');
    const files = new Map<string, readonly [string, string]>([
      ['/page', ['text/html; charset=utf-8', PAGE]],
      ['/tayori.mjs', ['text/javascript', module]],
      ['/hello', ['text/plain', 'hello']],
    ]);
    this.#http = createServer(({ url = '/' }, answer) => {
      const [type, body] = files.get(url) ?? [];
      if (type) answer.writeHead(200, { 'content-type': type }).end(body);
      else answer.writeHead(404).end();
    });
  }

  static async start(): Promise<Application> {
    const application = new Application();
    await new Promise<void>((resolve) => application.#http.listen(0, '127.0.0.1', resolve));
    return application;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}/`;
  }

  stop(): void {
    this.#http.close();
    this.#http.closeAllConnections();
  }
}
