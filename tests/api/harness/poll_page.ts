// PollPage: a page made of nothing but long polls (spec/protocol.md 3.2).

import assert from 'node:assert/strict';

const WAIT_S = 25;

type Facts = Record<string, unknown>;

export class PollPage {
  readonly #prefix: URL;
  readonly #token: string;
  readonly #heard: string[] = [];
  #session = '';
  #cursor: string | undefined;
  #end: string | undefined;

  private constructor(publicUrl: string, token: string) {
    this.#prefix = new URL('_ah/channel/', publicUrl);
    this.#token = token;
  }

  /** Opens with its first poll, which is answered at once. */
  static async open(publicUrl: string, token: string): Promise<PollPage> {
    const page = new PollPage(publicUrl, token);
    await page.poll(0);
    return page;
  }

  /** The name of the error that has ended it. */
  get end(): string | undefined {
    return this.#end;
  }

  /** Polls until it has heard as many messages, which have to be these; for none, polls once and expects none. */
  async hears(messages: readonly string[]): Promise<void> {
    if (!messages.length) await this.poll(0);
    while (this.#heard.length < messages.length && !this.#end) await this.poll(WAIT_S);
    assert.deepEqual(this.#heard.splice(0), messages, `ended by ${this.#end}`);
  }

  /** Polls until it is told that it has ended, which has to be by this error. */
  async ends(name: string): Promise<void> {
    while (!this.#end) await this.poll(WAIT_S);
    assert.equal(this.#end, name);
  }

  /** Says goodbye. */
  async leaves(): Promise<void> {
    const answer = await this.#post('close', { token: this.#token, session: this.#session });
    assert.equal(answer.status, 204);
  }

  /** One poll. What it brings counts as heard; with the next poll the server learns that. */
  async poll(waitS: number, signal?: AbortSignal): Promise<void> {
    const place = this.#cursor === undefined ? {} : { cursor: this.#cursor, session: this.#session };
    const answer = await this.#post('poll', { token: this.#token, wait_s: waitS, ...place }, signal);
    if (!answer.ok) {
      this.#end = String(((await answer.json()) as Facts).code);
      return;
    }
    for (const frame of (await answer.json()) as string[]) this.#take(frame);
  }

  #take(frame: string): void {
    const rest = frame.slice(1);
    if (frame[0] === 'm') {
      const end = rest.indexOf('\n');
      this.#heard.push(rest.slice(end + 1));
      this.#cursor = this.#cursor?.replace(/-.*/, `-${rest.slice(0, end)}`);
      return;
    }
    const facts = JSON.parse(rest) as Facts;
    if (frame[0] === 'o') {
      this.#session = String(facts.session);
      this.#cursor ??= String(facts.cursor);
    }
    if (frame[0] === 'g') this.#cursor = String(facts.to);
    if (frame[0] === 'e') this.#end = String(facts.name);
  }

  #post(verb: string, body: object, signal: AbortSignal | null = null): Promise<Response> {
    // Without preflight, as pages do it.
    const headers = { 'content-type': 'text/plain' };
    return fetch(new URL(verb, this.#prefix), { method: 'POST', headers, body: JSON.stringify(body), signal });
  }
}
