// An HTTP request whose other side is the test.

import assert from 'node:assert/strict';
import type { Body, OnEnd, OnText } from '../exchange';
import { openedFrame } from './fake_web_socket';

export class FakeExchange {
  isCancelled = false;
  #status = 0; // none yet

  constructor(
    readonly url: string,
    readonly body: Body,
    readonly onText: OnText,
    readonly onEnd: OnEnd,
  ) {}

  /** What the page has said. */
  get members(): Record<string, unknown> {
    return JSON.parse(String(this.body)) as Record<string, unknown>;
  }

  /** What the page has said in a form. */
  get fields(): Record<string, string> {
    assert.ok(this.body instanceof URLSearchParams);
    return Object.fromEntries(this.body);
  }

  // What the other side does.

  text(text: string, status = 200): void {
    this.#status = status;
    if (!this.isCancelled) this.onText(text, status);
  }

  end(): void {
    if (!this.isCancelled) this.onEnd(this.#status);
  }

  /** The whole answer. */
  answer(text: string, status = 200): void {
    if (text) this.text(text, status);
    this.#status = status;
    this.end();
  }

  /** Answers a poll with these frames. */
  frames(...frames: string[]): void {
    this.answer(JSON.stringify(frames));
  }

  problem(status: number, code: string, description: string, reconnect: boolean): void {
    this.answer(JSON.stringify({ type: 'about:blank', title: 'x', status, code, description, reconnect }), status);
  }

  /** The stream begins, at `cursor`. */
  open(cursor: string, options: { recovered?: boolean; heartbeat?: number; session?: string } = {}): void {
    this.text(`:\n\nevent: opened\nid: ${cursor}\ndata: ${openedFrame(cursor, options).slice(1)}\n\n`);
  }
}
