// The scenarios that every SDK for backends passes (spec/scenarios/README.md), by tayori/server against the real server.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Client, TayoriError } from 'tayori/server';
import { TayoriServer } from '../browser/harness/tayori_server';
import { PollPage } from './harness/poll_page';
import { matches, meant, reached, toSnake } from './harness/scenario';

type Facts = Record<string, unknown>;

interface Step {
  readonly call?: string;
  readonly with?: Facts;
  readonly expect?: Facts;
  readonly error?: string;
  readonly keep?: Record<string, string>;
  readonly page?: string;
  readonly opens?: string;
  readonly hears?: readonly string[];
  readonly ends?: string;
  readonly leaves?: boolean;
}

const TIMEOUT_MS = 30_000;
const file = join(process.env.TAYORI_ROOT ?? '.', 'spec/scenarios/backend.json');
const { scenarios } = JSON.parse(readFileSync(file, 'utf8')) as {
  scenarios: readonly { readonly name: string; readonly steps: readonly Step[] }[];
};

const toCamel = (name: string): string => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** The SDK's method of a call, and its request. */
function translated(call: string, request: Facts): readonly [string, Facts] {
  const deep = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(deep);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [toCamel(name), deep(member)]));
  };
  // The one call of the contract that is two methods, since it has two answers.
  const method = call === 'presence' && 'events_since' in request ? 'presenceEvents' : toCamel(call);
  return [method, deep(request) as Facts];
}

class Run {
  readonly #server: TayoriServer;
  readonly #tayori: Client;
  readonly #pages = new Map<string, PollPage>();
  readonly #kept = new Map<string, unknown>();
  readonly #word = randomUUID().slice(0, 8);

  constructor(server: TayoriServer) {
    this.#server = server;
    const { TAYORI_URL, TAYORI_API_KEY } = server.backendEnvironment;
    this.#tayori = new Client({ url: TAYORI_URL, apiKey: TAYORI_API_KEY });
  }

  async take(written: Step): Promise<void> {
    const step = meant(written, this.#word, this.#kept) as Step;
    if (step.call) await this.#call(step.call, step);
    else await this.#page(step);
  }

  async #call(call: string, { with: request = {}, expect, error, keep = {} }: Step): Promise<void> {
    const [name, options] = translated(call, request);
    const method = (this.#tayori as unknown as Record<string, (request: Facts) => Promise<unknown>>)[name];
    assert.ok(method, `the SDK has no ${name}`);
    const outcome = method.call(this.#tayori, options);
    if (error) {
      await assert.rejects(outcome, (problem) => problem instanceof TayoriError && problem.code === error);
      return;
    }
    const answer = toSnake(await outcome);
    assert.deepEqual(matches(answer, expect ?? {}), [], JSON.stringify(answer));
    for (const [kept, path] of Object.entries(keep)) this.#kept.set(kept, reached(answer, path));
  }

  async #page({ page: name = '', opens, hears, ends, leaves }: Step): Promise<void> {
    if (opens !== undefined) {
      this.#pages.set(name, await PollPage.open(this.#server.publicUrl, opens));
      return;
    }
    const page = this.#pages.get(name);
    assert.ok(page, `no page ${name}`);
    if (hears) await page.hears(hears);
    else if (ends) await page.ends(ends);
    else if (leaves) await page.leaves();
    else assert.fail('a step of no known kind');
  }
}

describe('a backend in Node', () => {
  let server: TayoriServer;
  before(async () => {
    server = await TayoriServer.start();
  });
  after(() => server?.stop());
  assert.ok(scenarios.length > 0);
  for (const { name, steps } of scenarios) {
    test(name, { timeout: TIMEOUT_MS }, async () => {
      const run = new Run(server);
      for (const [index, step] of steps.entries()) {
        try {
          await run.take(step);
        } catch (problem) {
          throw new Error(`step ${index + 1}, ${JSON.stringify(step)}: ${problem}`, { cause: problem });
        }
      }
    });
  }
});
