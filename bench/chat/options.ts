// What the command line asks for.

import { parseArgs } from 'node:util';

export interface Options {
  readonly minutes: number;
  readonly people: number;
  /** Lines a second, of all people together. */
  readonly lines: number;
  /** Whether the chat stands on a Tayori of its own process. */
  readonly separate: boolean;
  readonly results: string;
}

/** What one person may say in a minute (limits::kLinesOfPerson), with room for windows that begin within a minute. */
const LINES_OF_PERSON = 90;
/** People who may sign up from one address within an hour (limits::kSignUpsOfPeer). */
const SIGN_UPS = 300;

function positive(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0) throw new Error(`--${name} takes a number above 0`);
  return value;
}

export function readOptions(args: readonly string[], root: string): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      minutes: { type: 'string', default: '10' },
      people: { type: 'string', default: '200' },
      lines: { type: 'string', default: '20' },
      separate: { type: 'boolean', default: false },
      results: { type: 'string', default: `${root}/build/bench/chat.json` },
    },
  });
  const options: Options = {
    minutes: positive('minutes', values.minutes ?? ''),
    people: Math.floor(positive('people', values.people ?? '')),
    lines: positive('lines', values.lines ?? ''),
    separate: values.separate ?? false,
    results: values.results ?? '',
  };
  if (options.people < 2) throw new Error('a conversation takes two people');
  if (options.people > SIGN_UPS) throw new Error(`at most ${SIGN_UPS} people may sign up within an hour`);
  if ((options.lines * 60) / options.people > LINES_OF_PERSON) {
    throw new Error(`at that pace a person would say more than ${LINES_OF_PERSON} lines a minute; take more people`);
  }
  return options;
}

export function commandOf(options: Options): string {
  const separate = options.separate ? ' --separate' : '';
  return `bench/chat/run --minutes ${options.minutes} --people ${options.people} --lines ${options.lines}${separate}`;
}
