// What a step of a scenario means and whether an answer is what it expects (spec/scenarios/README.md).

const CURSOR = /^[0-9a-z]{1,32}-(0|[1-9a-z][0-9a-z]{0,12})$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

const KINDS: Record<string, (value: unknown) => boolean> = {
  '<string>': (value) => typeof value === 'string',
  '<number>': (value) => typeof value === 'number',
  '<cursor>': (value) => typeof value === 'string' && CURSOR.test(value),
  '<time>': (value) => typeof value === 'string' && TIME.test(value),
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A step with `{run}` and `$name` replaced by what they stand for. */
export function meant(written: unknown, word: string, kept: ReadonlyMap<string, unknown>): unknown {
  if (typeof written === 'string') {
    if (!written.startsWith('$')) return written.replaceAll('{run}', word);
    if (!kept.has(written.slice(1))) throw new Error(`nothing was kept as ${written}`);
    return kept.get(written.slice(1));
  }
  if (Array.isArray(written)) return written.map((item) => meant(item, word, kept));
  if (!isObject(written)) return written;
  return Object.fromEntries(Object.entries(written).map(([name, member]) => [name, meant(member, word, kept)]));
}

/** What an answer of the SDK is on the wire: names with underscores, times as text. */
export function toSnake(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(toSnake);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`),
      toSnake(member),
    ]),
  );
}

/** Where an answer is not what was expected; empty when it is. */
export function matches(answer: unknown, expected: unknown, path = 'answer'): string[] {
  if (typeof expected === 'string' && expected in KINDS) {
    return KINDS[expected]?.(answer) ? [] : [`${path} is no ${expected}`];
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(answer) || answer.length !== expected.length)
      return [`${path} has not ${expected.length} items`];
    return expected.flatMap((item, index) => matches(answer[index], item, `${path}.${index}`));
  }
  if (isObject(expected)) {
    if (!isObject(answer)) return [`${path} is no object`];
    return Object.entries(expected).flatMap(([name, member]) => matches(answer[name], member, `${path}.${name}`));
  }
  return answer === expected ? [] : [`${path} is not ${JSON.stringify(expected)}`];
}

/** The member of an answer that a path such as `a.0.b` names. */
export function reached(answer: unknown, path: string): unknown {
  return path.split('.').reduce((value, name) => (value as Record<string, unknown> | undefined)?.[name], answer);
}
