// TayoriError: why a call, or a webhook, was not taken.

import type { ErrorName } from '../src/codes.js';

/**
 * The names of docs/reference/errors.md, and those of this package:
 *
 * - `server_away`: no answer came
 * - `timed_out`: no answer came within the time limit of the call
 * - `not_an_answer`: what answered was not Tayori, but a proxy for example
 * - `invalid_webhook`: the signature is not that of the secret, or the time is too far off
 *
 * A newer server may have names that this list does not.
 */
export type TayoriErrorCode =
  | ErrorName
  | 'server_away'
  | 'timed_out'
  | 'not_an_answer'
  | 'invalid_webhook'
  | (string & Record<never, never>);

/** What an error is made of. */
export interface TayoriErrorFacts {
  readonly code: TayoriErrorCode;
  readonly status: number;
  readonly detail: string;
  readonly mayHaveArrived: boolean;
}

/** Why a call, one entry of a batch, or a webhook was not taken. */
export class TayoriError extends Error {
  override readonly name = 'TayoriError';
  /** Which error it is; what a program decides by. */
  readonly code: TayoriErrorCode;
  /** The HTTP status of the answer; 0 when there was none. */
  readonly status: number;
  /** What exactly was wrong, for people. Holds no message and no key. */
  readonly detail: string;
  /** False: nothing was done, so calling again does nothing twice. True: nobody can tell. */
  readonly mayHaveArrived: boolean;

  constructor(facts: TayoriErrorFacts, options?: ErrorOptions) {
    super(`${facts.code}: ${facts.detail}`, options);
    this.code = facts.code;
    this.status = facts.status;
    this.detail = facts.detail;
    this.mayHaveArrived = facts.mayHaveArrived;
  }
}
