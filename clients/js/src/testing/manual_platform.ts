// A Platform that the test drives: its clock stands still until told to go on.

import type { Body, OnEnd, OnText } from '../exchange';
import type { PageEvents, Platform, Wire } from '../platform';
import { FakeExchange } from './fake_exchange';
import { FakeWebSocket } from './fake_web_socket';

interface Timer {
  readonly due: number;
  readonly task: () => void;
}

export class ManualPlatform implements Platform {
  readonly sockets: FakeWebSocket[] = [];
  readonly exchanges: FakeExchange[] = [];
  readonly beacons: Array<{ url: string; body: string }> = [];
  readonly posts: string[] = [];
  /** What a post is answered with. */
  postAnswer: () => Promise<string> = () => Promise.resolve('');
  /** What all pages of the origin share: a test may give it to several platforms. */
  locks = new Set<string>();
  memory = new Map<string, string>();
  readonly watchers = new Set<PageEvents>();
  /** What timers threw: a browser would give it to window.onerror. */
  readonly uncaught: unknown[] = [];
  readonly timers = new Set<Timer>();
  chance = 0.5;
  connectThrows = false;
  #now = 1_000_000;
  #clockError = 0;

  now = (): number => this.#now + this.#clockError;

  random = (): number => this.chance;

  after(delayMs: number, task: () => void): () => void {
    const timer = { due: this.#now + delayMs, task };
    this.timers.add(timer);
    return () => this.timers.delete(timer);
  }

  connect(url: string, subprotocol: string): Wire {
    if (this.connectThrows) throw new Error('SecurityError');
    const socket = new FakeWebSocket(url, subprotocol);
    this.sockets.push(socket);
    return socket as unknown as Wire;
  }

  exchange(url: string, body: Body, onText: OnText, onEnd: OnEnd): () => void {
    const exchange = new FakeExchange(url, body, onText, onEnd);
    this.exchanges.push(exchange);
    return () => {
      exchange.isCancelled = true;
    };
  }

  beacon(url: string, body: string): void {
    this.beacons.push({ url, body });
  }

  post(url: string): Promise<string> {
    this.posts.push(url);
    return this.postAnswer();
  }

  lock(name: string, got: (release: (() => void) | undefined) => void): void {
    this.after(0, () => {
      if (this.locks.has(name)) {
        got(undefined);
        return;
      }
      this.locks.add(name);
      got(() => this.locks.delete(name));
    });
  }

  recall(key: string): string | undefined {
    return this.memory.get(key);
  }

  keep(key: string, value: string): void {
    this.memory.set(key, value);
  }

  watch(events: PageEvents): () => void {
    this.watchers.add(events);
    return () => this.watchers.delete(events);
  }

  /** The connection made last. */
  get socket(): FakeWebSocket {
    const socket = this.sockets.at(-1);
    if (!socket) throw new Error('no connection was made');
    return socket;
  }

  /** The request made last. */
  get request(): FakeExchange {
    const exchange = this.exchanges.at(-1);
    if (!exchange) throw new Error('no request was made');
    return exchange;
  }

  /** The route of each request so far. */
  get routes(): string[] {
    return this.exchanges.map(({ url }) => url.slice(url.lastIndexOf('/') + 1));
  }

  /** Lets time pass, and every timer run when it is due. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#now = Math.max(this.#now, next.due);
      this.#fire(next);
    }
    this.#now = end;
  }

  /** Runs the timers that are due without delay, and those that they cause. */
  settle(): void {
    this.advance(0);
  }

  /** Someone sets the wall clock; timers do not mind. */
  setClock(byMs: number): void {
    this.#clockError += byMs;
  }

  /** The machine is away for `ms`: no timer runs in time, then all that are due do. */
  sleep(ms: number): void {
    this.#now += ms;
    this.settle();
  }

  wake(): void {
    for (const events of [...this.watchers]) events.onWake();
  }

  #next(end: number): Timer | undefined {
    const due = [...this.timers].filter((timer) => timer.due <= end);
    return due.reduce<Timer | undefined>(
      (first, timer) => (first && first.due <= timer.due ? first : timer),
      undefined,
    );
  }

  #fire(timer: Timer): void {
    this.timers.delete(timer);
    try {
      timer.task();
    } catch (error) {
      this.uncaught.push(error);
    }
  }
}
