// Gate: a TCP way through to a server that does, at the test's word, what networks do: it cuts, resets, stalls, delays,
// refuses, holds back and stops in the middle of something. It knows no HTTP, but for the first line of a request, by which
// one kind of transport can be shut out.

import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { Flow } from './flow';
import { freePort } from './ports';

/** `up` is from the page to the server. */
export type Direction = 'up' | 'down' | 'both';
export type Kind = 'ws' | 'sse' | 'poll';

interface Line {
  readonly page: Socket;
  readonly server: Socket;
  readonly up: Flow;
  readonly down: Flow;
}

export class Gate {
  readonly #target: URL;
  readonly #port: number;
  readonly #lines = new Set<Line>();
  #listener: Server | undefined;
  #stalled = new Set<Flow['direction']>();
  #delayMs = 0;
  #holding = false;
  #shut: ReadonlySet<Kind> = new Set();

  private constructor(target: string, port: number) {
    this.#target = new URL(target);
    this.#port = port;
  }

  static async start(target: string): Promise<Gate> {
    const gate = new Gate(target, await freePort());
    await gate.refuse(false);
    return gate;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/`;
  }

  /** Connections that are open. */
  get lines(): number {
    return this.#lines.size;
  }

  /** Ends every connection in order, towards both sides. */
  cut(): void {
    for (const line of this.#lines) this.#end(line);
  }

  /** Breaks every connection off. */
  reset(): void {
    for (const { page, server } of this.#lines) {
      page.resetAndDestroy();
      server.resetAndDestroy();
    }
  }

  /** While on, nothing moves in that direction, on new connections neither. */
  stall(direction: Direction, on: boolean): void {
    for (const one of direction === 'both' ? (['up', 'down'] as const) : [direction]) {
      if (on) this.#stalled.add(one);
      else this.#stalled.delete(one);
    }
    for (const flow of this.#flows()) flow.stall(this.#stalled.has(flow.direction));
  }

  /** Everything comes so much later from now on, in both directions. */
  delay(delayMs: number): void {
    this.#delayMs = delayMs;
    for (const flow of this.#flows()) flow.delayMs = delayMs;
  }

  /** While on, what the server says is collected; then all of it comes at once. */
  hold(on: boolean): void {
    this.#holding = on;
    for (const { down } of this.#lines) down.hold(on);
  }

  /** Lets so many more bytes of what the server says through on each connection, and then ends it. */
  truncate(bytes: number): void {
    for (const line of this.#lines) line.down.stopAfter(bytes, () => this.#end(line));
  }

  /** While on, nobody listens; connections that are open stay. */
  async refuse(on: boolean): Promise<void> {
    if (on === !this.#listener) return;
    if (on) {
      this.#listener?.close();
      this.#listener = undefined;
      return;
    }
    this.#listener = createServer({ noDelay: true, allowHalfOpen: true }, (page) => this.#open(page));
    this.#listener.listen(this.#port, '127.0.0.1');
    await once(this.#listener, 'listening');
  }

  /** Breaks off connections as soon as they ask for one of these kinds; those that have done so already, at once. */
  shutOut(kinds: Iterable<Kind>): void {
    this.#shut = new Set(kinds);
    for (const { page, up } of this.#lines) if (this.#isShut(up.lastHead)) page.resetAndDestroy();
  }

  stop(): void {
    this.#listener?.close();
    for (const { page } of this.#lines) page.destroy();
  }

  #open(page: Socket): void {
    const { hostname: host, port } = this.#target;
    const server = connect({ host, port: Number(port), noDelay: true, allowHalfOpen: true });
    const line: Line = { page, server, up: new Flow('up', page, server), down: new Flow('down', server, page) };
    this.#lines.add(line);
    line.up.onHead = (head) => {
      if (this.#isShut(head)) page.resetAndDestroy();
    };
    for (const flow of [line.up, line.down]) {
      flow.stall(this.#stalled.has(flow.direction));
      flow.delayMs = this.#delayMs;
    }
    line.down.hold(this.#holding);
    for (const [one, other] of [
      [page, server],
      [server, page],
    ] as const) {
      one.on('error', () => undefined);
      one.on('close', (hadError) => {
        this.#lines.delete(line);
        // As the other side would see it without a gate: an orderly end is passed on by its flow.
        if (hadError) other.resetAndDestroy();
        else if (other.readable) other.destroySoon();
      });
    }
  }

  #isShut(head: string): boolean {
    const [, kind] = /^\S+ \S*\/(ws|sse|poll)[? ]/.exec(head) ?? [];
    return kind !== undefined && this.#shut.has(kind as Kind);
  }

  #end({ page, server, up, down }: Line): void {
    up.close();
    down.close();
    page.destroySoon();
    server.destroySoon();
  }

  *#flows(): Iterable<Flow> {
    for (const { up, down } of this.#lines) yield* [up, down];
  }
}
