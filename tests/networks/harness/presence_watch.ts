// PresenceWatch: looks again and again at how many clients and sessions the server counts, and keeps the extremes.

import type { TayoriServer } from '../../browser/harness/tayori_server';
import { pause } from './until';

const PAUSE_MS = 50;

export class PresenceWatch {
  readonly #server: TayoriServer;
  readonly #watching: Promise<void>;
  #stopped = false;
  readonly clients = { least: Number.POSITIVE_INFINITY, most: 0 };
  readonly sessions = { least: Number.POSITIVE_INFINITY, most: 0 };

  constructor(server: TayoriServer) {
    this.#server = server;
    this.#watching = this.#watch();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#watching;
  }

  async #watch(): Promise<void> {
    while (!this.#stopped) {
      for (const [extremes, metric] of [
        [this.clients, 'tayori_clients_present'],
        [this.sessions, 'tayori_sessions'],
      ] as const) {
        const now = await this.#server.metric(metric);
        extremes.least = Math.min(extremes.least, now);
        extremes.most = Math.max(extremes.most, now);
      }
      await pause(PAUSE_MS);
    }
  }
}
