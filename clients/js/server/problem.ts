// Problem documents (RFC 9457), read as errors: of a whole call, or of one entry of a batch.

import { TayoriError } from './error.js';
import type { BatchResult, Sent } from './types.js';

/** As much of a problem document as is used. */
export interface Problem {
  readonly code: string;
  readonly status: number;
  readonly detail: string;
}

/** What the server says when it has taken nothing of a request, and may take it a little later. */
const TAKEN_NOTHING = new Set(['overloaded', 'shutting_down', 'request_timeout']);

export const hasTakenNothing = ({ code }: TayoriError): boolean => TAKEN_NOTHING.has(code);

export function isProblem(value: unknown): value is Problem {
  const { code, status, detail } = (value ?? {}) as Partial<Record<keyof Problem, unknown>>;
  return typeof code === 'string' && typeof status === 'number' && typeof detail === 'string';
}

export function problemError({ code, status, detail }: Problem): TayoriError {
  // The only error after which something may have been done is the one that nobody expected.
  return new TayoriError({ code, status, detail, mayHaveArrived: code === 'internal_error' });
}

/** The answer of a batch with an error in each place where it has a problem document. */
export function batchResult(answer: { results: readonly (Sent | { error: Problem })[] }): BatchResult {
  return {
    results: answer.results.map((result) => ('error' in result ? { error: problemError(result.error) } : result)),
  };
}
