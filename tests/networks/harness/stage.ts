// Stage: the run's one server, application and browsers, and pages that come by one way or another.

import assert from 'node:assert/strict';
import { TayoriServer } from '../../browser/harness/tayori_server';
import { Application } from './application';
import { hear, heardOn, messagesOn, open, type Transport, visit } from './channel';
import { type Engine, type EngineName, startEngine, type Tab } from './engines';
import { RealProxy } from './real_proxy';

/** What stands between the pages and everything else. */
export interface Way {
  readonly url: string;
  stop(): void;
}

/** One page and what it is sent. */
export class Visit {
  readonly tab: Tab;
  readonly clientId: string;
  readonly sent: string[] = [];
  readonly #server: TayoriServer;

  constructor(tab: Tab, clientId: string, server: TayoriServer) {
    this.tab = tab;
    this.clientId = clientId;
    this.#server = server;
  }

  /** Opens a channel on the page's own host, by default with the client's own ladder. */
  async open(transports?: readonly Transport[]): Promise<void> {
    const token = await this.#server.createChannel(this.clientId);
    await open(this.tab, { token, ...(transports ? { transports } : {}) });
  }

  async send(count: number): Promise<void> {
    for (let i = 0; i < count; i += 1) {
      const text = `便り ${this.sent.length}\r\n`;
      await this.#server.sendMessage(this.clientId, text);
      this.sent.push(text);
    }
  }

  /** The page has heard all that was sent, in order and once, and was told of nothing that went wrong. */
  async assertHeard(): Promise<void> {
    await hear(this.tab, 'onmessage', this.sent.length);
    assert.deepEqual(await messagesOn(this.tab), this.sent);
    const names = new Set((await heardOn(this.tab)).map(([name]) => name));
    for (const name of ['onerror', 'onclose', 'ongap']) assert.ok(!names.has(name), name);
  }
}

export class Stage {
  readonly server: TayoriServer;
  readonly application: Application;
  readonly #engines: ReadonlyMap<EngineName, Engine>;
  #visits = 0;

  private constructor(server: TayoriServer, application: Application, engines: ReadonlyMap<EngineName, Engine>) {
    this.server = server;
    this.application = application;
    this.#engines = engines;
  }

  static async start(...names: EngineName[]): Promise<Stage> {
    const server = await TayoriServer.start({ TAYORI_SERVER_LOOPS: '2' });
    const engines = new Map<EngineName, Engine>();
    for (const name of names) engines.set(name, await startEngine(name));
    return new Stage(server, await Application.start(), engines);
  }

  /** By a real proxy, of which `configuration` is the path in the tree. */
  async behind(configuration: string, server = this.server.publicUrl): Promise<Way> {
    return RealProxy.start(configuration, server, this.application.url);
  }

  /** Plays on a page that has come by `way`, which is stopped at the end. */
  async visiting(name: EngineName, way: Way, play: (visit: Visit) => Promise<void>): Promise<void> {
    const tab = await this.#engines.get(name)?.tab();
    assert.ok(tab);
    this.#visits += 1;
    const clientId = `client ${this.#visits}`;
    try {
      await visit(tab, way.url);
      await play(new Visit(tab, clientId, this.server));
    } finally {
      await tab.close();
      way.stop();
    }
  }

  async stop(): Promise<void> {
    for (const engine of this.#engines.values()) await engine.stop();
    this.application.stop();
    this.server.stop();
  }
}
