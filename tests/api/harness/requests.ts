// Requests: cases made from the schema of a request, each with what the contract says of it.

import type { Contract, Schema } from './contract';
import { type Made, Values, type Words } from './values';

type Facts = Record<string, unknown>;

export interface Case {
  readonly body: Facts;
  /** `either`: what is allowed depends on more than the schema and the prose say. */
  readonly is: 'taken' | 'refused' | 'either';
}

/** What the descriptions say beyond the schemas, by the names of the members that are there. */
const PROSE: Readonly<Record<string, (has: (name: string) => boolean) => boolean>> = {
  send_message: (has) => has('wait') || !has('timeout_s'),
  presence: (has) =>
    count(has, 'client_ids', 'group', 'events_since') <= 1 &&
    !(has('after') && (has('client_ids') || has('events_since'))),
  history: (has) => count(has, 'client_id', 'group', 'everyone') === 1,
  Send: (has) => count(has, 'client_id', 'group', 'everyone') === 1,
};

/** Members whose good values only the server can give; another may be refused. */
const OPAQUE = new Set(['after', 'events_since']);

const RANDOM_CASES = 40;

const count = (has: (name: string) => boolean, ...names: string[]): number => names.filter(has).length;

/** null is as good as a member that is missing, where one may be missing. */
function withoutMissing({ properties = {}, required = [] }: Schema, body: Facts): Facts {
  const isMissing = (name: string, value: unknown): boolean =>
    value === null && name in properties && !required.includes(name);
  return Object.fromEntries(Object.entries(body).filter(([name, value]) => !isMissing(name, value)));
}

export class Requests {
  readonly #contract: Contract;
  readonly #values: Values;
  readonly #random: () => number;

  constructor(contract: Contract, words: Words, made: Made, random: () => number) {
    this.#contract = contract;
    this.#values = new Values(words, made);
    this.#random = random;
  }

  /** All cases for an object of that schema; `name` is an operation's, or a schema's. */
  of(name: string, schema: Schema): Case[] {
    const bodies = [
      ...this.#subsets(schema),
      ...this.#variations(name, schema),
      ...Array.from({ length: RANDOM_CASES }, () => this.#mixture(schema)),
    ];
    return bodies.map((body) => ({ body, is: this.#judge(name, schema, body) }));
  }

  #judge(name: string, schema: Schema, body: Facts): Case['is'] {
    const given = withoutMissing(schema, body);
    if (this.#contract.faults(schema, given)) return 'refused';
    if (!this.#isByProse(name, given)) return 'refused';
    return Object.keys(given).some((member) => OPAQUE.has(member)) ? 'either' : 'taken';
  }

  #isByProse(name: string, body: Facts): boolean {
    return PROSE[name]?.((member) => member in body) ?? true;
  }

  /** Each member there or not, in every combination. */
  #subsets({ properties = {} }: Schema): Facts[] {
    let bodies: Facts[] = [{}];
    for (const [member, schema] of Object.entries(properties)) {
      bodies = bodies.flatMap((body) => [body, { ...body, [member]: this.#values.good(member, schema) }]);
    }
    // A good value is good once: an idempotency key of two requests would tell of the first one.
    return bodies.map((body) => this.#fresh(properties, Object.keys(body)));
  }

  /** The smallest good request with a member, with each edge of that member; and with one that nobody knows. */
  #variations(name: string, schema: Schema): Facts[] {
    const { properties = {}, required = [] } = schema;
    return Object.entries(properties).flatMap(([member, of]) => {
      const around = this.#smallestWith(name, schema, member);
      const bodies = this.#values
        .edges(member, of)
        .map((value) => ({ ...this.#fresh(properties, around), [member]: value }));
      const strange = { ...this.#fresh(properties, required), [`${member}_`]: 1 };
      return [...bodies, strange];
    });
  }

  #smallestWith(name: string, { properties = {}, required = [] }: Schema, member: string): string[] {
    const sets = Object.keys(properties).reduce<string[][]>(
      (all, one) => all.flatMap((set) => [set, [...set, one]]),
      [[]],
    );
    const good = sets
      .filter((set) => [...required, member].every((needed) => set.includes(needed)))
      .filter((set) => PROSE[name]?.((one) => set.includes(one)) ?? true)
      .sort((a, b) => a.length - b.length);
    if (!good[0]) throw new Error(`${name}: no good request has ${member}`);
    return good[0];
  }

  /** Members by chance, with good or bad values by chance. */
  #mixture({ properties = {}, required = [] }: Schema): Facts {
    const body: Facts = {};
    for (const [member, of] of Object.entries(properties)) {
      if (this.#random() < (required.includes(member) ? 0.1 : 0.5)) continue;
      const edges = this.#values.edges(member, of);
      const isGood = this.#random() < 0.7;
      body[member] = isGood ? this.#values.good(member, of) : edges[Math.floor(this.#random() * edges.length)];
    }
    return body;
  }

  #fresh(properties: Readonly<Record<string, Schema>>, members: readonly string[]): Facts {
    return Object.fromEntries(members.map((member) => [member, this.#values.good(member, properties[member] ?? {})]));
  }
}

/** mulberry32: the same seed gives the same numbers. */
export function seeded(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
