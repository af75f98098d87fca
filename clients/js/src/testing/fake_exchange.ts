// An HTTP request whose other side is the test.

import type { OnText } from '../exchange';
import { openedFrame } from './fake_web_socket';

export class FakeExchange {
  isCancelled = false;

  constructor(
    readonly url: string,
    readonly body: string,
    readonly onText: OnText,
    readonly onEnd: () => void,
  ) {}

  /** What the page has said. */
  get members(): Record<string, unknown> {
    return JSON.parse(this.body) as Record<string, unknown>;
  }

  // What the other side does.

  text(text: string, status = 200): void {
    if (!this.isCancelled) this.onText(text, status);
  }

  end(): void {
    if (!this.isCancelled) this.onEnd();
  }

  /** The whole answer. */
  answer(text: string, status = 200): void {
    this.text(text, status);
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
