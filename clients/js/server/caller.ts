// Caller: carries one call to the server and brings the answer back; knows HTTP, and of the calls only their names.
//
// A call may be tried several times within one time limit. What decides is whether a try that failed can have done
// something: not when no connection came about, and not when the server itself said that it took nothing. Everything
// else nobody can tell ("ended just before it arrived" and "done, then ended" look the same from here), so it is tried
// again only if the call is repeatable.

import { TayoriError } from './error.js';
import { hasTakenNothing, isProblem, problemError } from './problem.js';
import type { Settings, Surroundings } from './settings.js';
import { TimeLimit } from './time_limit.js';

export interface Call {
  readonly verb: string;
  readonly body: string;
  /** Whether doing it twice is doing it once. */
  readonly isRepeatable: boolean;
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

/** A try that brought no answer. */
interface Failure {
  readonly error: TayoriError;
  readonly again: 'always' | 'if_repeatable' | 'never';
  /** How long the server asks to be left alone. */
  readonly afterMs?: number;
}

const FIRST_PAUSE_MS = 100;
const MOST_PAUSE_MS = 2_000;
/** What a proxy says when the server behind it did not answer, or not in time. */
const FROM_BETWEEN = new Set([500, 502, 503, 504]);

export class Caller {
  readonly #settings: Settings;
  readonly #surroundings: Surroundings;

  constructor(settings: Settings, surroundings: Surroundings) {
    this.#settings = settings;
    this.#surroundings = surroundings;
  }

  /** What the server answers, from JSON. Fails with a TayoriError, or with the reason of the call's signal. */
  async call(call: Call): Promise<unknown> {
    const limit = new TimeLimit(call.timeoutMs, call.signal);
    try {
      for (let tries = 0; ; tries += 1) {
        const outcome = await this.#attempt(call, limit);
        if (!isFailure(outcome)) return outcome;
        const mayAgain = outcome.again === 'always' || (outcome.again === 'if_repeatable' && call.isRepeatable);
        if (!mayAgain || tries >= this.#settings.retries) throw outcome.error;
        const pauseMs = Math.max(outcome.afterMs ?? 0, this.#pauseMs(tries));
        // A try that would come too late says less than the failure at hand.
        if (pauseMs >= limit.leftMs) throw outcome.error;
        await this.#surroundings.wait(pauseMs, limit.signal);
      }
    } finally {
      limit.clear();
    }
  }

  /** Twice as long each time, and by chance up to half shorter, so that many clients do not come back as one. */
  #pauseMs(tries: number): number {
    const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** tries, MOST_PAUSE_MS);
    return pauseMs * (1 - this.#surroundings.random() / 2);
  }

  async #attempt(call: Call, limit: TimeLimit): Promise<unknown | Failure> {
    const { url, apiKey, fetch } = this.#settings;
    limit.signal.throwIfAborted();
    try {
      const response = await fetch(new URL(`v1/${call.verb}`, url), {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json, application/problem+json',
          ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
        },
        body: call.body,
        // A message and a key are for the server that was named, and for no other.
        redirect: 'manual',
        signal: limit.signal,
      });
      return read(response, await response.text());
    } catch (cause) {
      limit.signal.throwIfAborted();
      return failureOf(cause);
    }
  }
}

class Failed implements Failure {
  constructor(
    readonly error: TayoriError,
    readonly again: Failure['again'],
    readonly afterMs = 0,
  ) {}
}

const isFailure = (outcome: unknown): outcome is Failure => outcome instanceof Failed;

/** What a whole answer says. */
function read(response: Response, text: string): unknown | Failure {
  const { status } = response;
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch {
    // Not from Tayori; told below.
  }
  if (status === 200 && typeof said === 'object' && said !== null) return said;
  if (status !== 200 && isProblem(said)) {
    const error = problemError(said);
    const afterMs = Number(response.headers.get('retry-after') ?? 0) * 1000 || 0;
    if (hasTakenNothing(error)) return new Failed(error, 'always', afterMs);
    return new Failed(error, error.mayHaveArrived ? 'if_repeatable' : 'never');
  }
  const detail = `something other than a Tayori server answered, with status ${status}`;
  return new Failed(
    new TayoriError({ code: 'not_an_answer', status, detail, mayHaveArrived: true }),
    FROM_BETWEEN.has(status) ? 'if_repeatable' : 'never',
  );
}

/** What a fetch that failed says. Its own text is only "fetch failed"; the reason is in the cause. */
function failureOf(problem: unknown): Failure {
  const cause = problem instanceof Error && problem.cause instanceof Error ? problem.cause : problem;
  const { code, message } = (cause ?? {}) as { code?: unknown; message?: unknown };
  const detail = String(message || code || cause);
  const mayHaveArrived = !isWithoutConnection(cause);
  const error = new TayoriError({ code: 'server_away', status: 0, detail, mayHaveArrived }, { cause: problem });
  return new Failed(error, mayHaveArrived ? 'if_repeatable' : 'always');
}

/** Whether the request cannot have left, because no connection came about. */
function isWithoutConnection(cause: unknown): boolean {
  // One for each address that was tried.
  if (cause instanceof AggregateError) return cause.errors.length > 0 && cause.errors.every(isWithoutConnection);
  const { code, syscall } = (cause ?? {}) as { code?: unknown; syscall?: unknown };
  return syscall === 'connect' || syscall === 'getaddrinfo' || code === 'UND_ERR_CONNECT_TIMEOUT';
}
