// Values: what a schema allows and what it forbids, near its edges, and of every wrong type.

import type { Schema } from './contract';

/** Words that were not used before, so that no case meets what another has left. */
export class Words {
  #count = 0;

  /** Of that many characters. Short ones are of the twenty thousand that CJK has, long ones of ASCII, a byte each. */
  next(length = 8): string {
    this.#count += 1;
    if (length < 4) return String.fromCharCode(FIRST_CJK + this.#count).repeat(length);
    return this.#count.toString(36).padStart(length, 'w');
  }
}

const FIRST_CJK = 0x4e00;
const WRONG_TYPES: readonly unknown[] = [null, true, 0, -1, 1.5, 'word', [], [null], {}, { a: 1 }];

/** How to make what a schema does not tell: by the name of the member, `name[]` for an item. */
export type Made = ReadonlyMap<string, () => unknown>;

export class Values {
  readonly #words: Words;
  readonly #made: Made;

  constructor(words: Words, made: Made) {
    this.#words = words;
    this.#made = made;
  }

  /** One that is good in every way. */
  good(name: string, schema: Schema): unknown {
    const make = this.#made.get(name);
    if (make) return make();
    if (schema.enum) return schema.enum[0];
    if (schema.const !== undefined) return schema.const;
    if (schema.type === 'string') return this.#words.next();
    if (schema.type === 'integer') return schema.minimum ?? 1;
    if (schema.type === 'boolean') return true;
    if (schema.type === 'array') return [this.good(`${name}[]`, schema.items ?? {})];
    throw new Error(`no good value is known for ${name}`);
  }

  /** Those about the edges of what is allowed, on both sides, and those of other types. */
  edges(name: string, schema: Schema): unknown[] {
    // A text that is the same in several cases would be good in the first one only, as a key.
    return [...this.#near(name, schema), ...WRONG_TYPES.filter((value) => typeof value !== schema.type)];
  }

  #near(name: string, schema: Schema): unknown[] {
    const { type, minimum, maximum, items } = schema;
    if (schema.enum) return [...schema.enum, 'other', ''];
    if (type === 'string') return this.#texts(schema);
    if (type === 'boolean') return [true, false];
    if (type === 'integer') {
      const edges = [minimum, maximum].flatMap((edge) => (edge === undefined ? [] : [edge - 1, edge, edge + 1]));
      return [...edges, 2 ** 53, -(2 ** 63), 1e300, String(minimum ?? 1)];
    }
    if (type === 'array' && items) {
      const many = (count: number): unknown[] => Array.from({ length: count }, () => this.good(`${name}[]`, items));
      const counts = [schema.minItems, schema.maxItems].flatMap((edge) =>
        edge === undefined ? [] : [edge - 1, edge, edge + 1].filter((count) => count >= 0),
      );
      // What is within an entry that is an object is tried as a request of its own.
      const inside = items.properties ? [] : this.edges(`${name}[]`, items).map((item) => [item]);
      return [...counts.map(many), ...inside];
    }
    return [];
  }

  #texts({ minLength, maxLength, pattern }: Schema): unknown[] {
    if (pattern) return ['', '-', 'e', 'e-', '-1', 'e-01', 'e-Z', 'E-1', 'e-1 ', 'e_1', `${'e'.repeat(33)}-1`, 'e-1-1'];
    const lengths = [minLength, maxLength].flatMap((edge) => (edge === undefined ? [] : [edge - 1, edge, edge + 1]));
    return lengths.map((length) => this.#words.next(length));
  }
}
