// Judge: asks the server something, and holds every answer against the contract.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import type { TayoriServer } from '../../browser/harness/tayori_server';
import type { Contract, Operation } from './contract';
import type { Witness } from './witness';

type Facts = Record<string, unknown>;

export interface Heard {
  readonly status: number;
  /** The answer, from JSON if it is. */
  readonly body: Facts;
}

export class Judge {
  readonly contract: Contract;
  readonly #witness: Witness;
  readonly #statusOf: ReadonlyMap<string, number>;
  readonly #url: string;
  readonly #key: string;

  /** `statusOf` is the table of errors: codes and their statuses. */
  constructor(contract: Contract, witness: Witness, statusOf: ReadonlyMap<string, number>, server: TayoriServer) {
    this.contract = contract;
    this.#witness = witness;
    this.#statusOf = statusOf;
    this.#url = server.backendEnvironment.TAYORI_URL ?? '';
    this.#key = server.backendEnvironment.TAYORI_API_KEY ?? '';
  }

  get key(): string {
    return this.#key;
  }

  /** Calls an operation as a backend does. */
  async call(id: string, body: unknown): Promise<Heard> {
    return this.send(this.contract.operation(id), JSON.stringify(body));
  }

  /** Calls one that has to be taken, and gives its answer. */
  async taken(id: string, body: unknown): Promise<Facts> {
    const heard = await this.call(id, body);
    assert.equal(heard.status, 200, `${id} ${JSON.stringify(body)}: ${JSON.stringify(heard.body)}`);
    return heard.body;
  }

  /** Posts bytes, with fields in the place of the usual ones. */
  async send(
    operation: Operation,
    body: string | Uint8Array<ArrayBuffer>,
    fields: Record<string, string> = {},
  ): Promise<Heard> {
    const { method, path } = operation;
    // As bytes, so that no type of content is added to them.
    const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
    const usual = { authorization: `Bearer ${this.#key}`, 'content-type': 'application/json' };
    const answer = await fetch(new URL(path, this.#url), {
      method,
      headers: { ...(Object.keys(fields).length ? {} : usual), ...fields },
      body: method === 'GET' ? null : bytes,
    });
    return this.hear(operation, answer.status, answer.headers.get('content-type') ?? '', await answer.text());
  }

  /** Sends any request at all, for which the contract has no answer but a problem document. */
  async stray(method: string, path: string): Promise<{ readonly status: number; readonly allow: string | null }> {
    const answer = await fetch(new URL(path, this.#url), { method, headers: { authorization: `Bearer ${this.#key}` } });
    const text = await answer.text();
    assert.equal(answer.headers.get('content-type'), 'application/problem+json', `${method} ${path}`);
    if (method !== 'HEAD') this.#fits(JSON.parse(text), answer.status, `${method} ${path}`);
    return { status: answer.status, allow: answer.headers.get('allow') };
  }

  /** Sends the beginning of a request, and waits for what comes without ever sending the rest. */
  async begin(operation: Operation, fields: Record<string, string>, body = ''): Promise<Heard> {
    const usual = { authorization: `Bearer ${this.#key}`, 'content-type': 'application/json' };
    const sending = request(new URL(operation.path, this.#url), {
      method: operation.method,
      headers: { ...usual, connection: 'close', ...fields },
      agent: false,
    });
    sending.write(body);
    const [answer] = (await once(sending, 'response')) as [IncomingMessage];
    // What is left unread may reset the connection after the answer.
    sending.on('error', () => undefined);
    const pieces = await answer.toArray();
    sending.destroy();
    const { statusCode = 0, headers } = answer;
    return this.hear(operation, statusCode, headers['content-type'] ?? '', Buffer.concat(pieces).toString());
  }

  /** Holds an answer against the contract: its status, its type, its body. */
  hear(operation: Operation, status: number, type: string, text: string): Heard {
    const answer = operation.answers.get(status);
    const where = `${operation.id} ${status} ${text.slice(0, 300)}`;
    assert.ok(answer, `a status that is not documented: ${where}`);
    assert.equal(type, answer.contentType, where);
    const body: unknown = type.endsWith('json') ? JSON.parse(text) : text;
    assert.equal(this.contract.faults(answer.schema, body), '', where);
    if (status !== 200) this.#fits(body as Facts, status, where);
    this.#witness.saw(operation, status, body);
    return { status, body: body as Facts };
  }

  /** Whether a problem document is of the table of errors. */
  #fits(problem: Facts, status: number, where: string): void {
    assert.equal(this.contract.faults(this.contract.schema('Problem'), problem), '', where);
    assert.equal(problem.status, status, where);
    assert.equal(this.#statusOf.get(String(problem.code)), status, where);
  }
}
