// Witness: what of the contract has occurred. Each status, optional member, word of an enumeration, kind of a value that may
// have several, and list that is not empty is a point, which at least one answer has to bring.

import type { Contract, Operation, Schema } from './contract';

export class Witness {
  readonly #contract: Contract;
  readonly #wanted = new Set<string>();
  readonly #seen = new Set<string>();

  constructor(contract: Contract) {
    this.#contract = contract;
    for (const operation of contract.operations) {
      for (const status of operation.ownStatuses) this.#wanted.add(`${operation.id} ${status}`);
      for (const [status, { schema }] of operation.answers) this.#want(schema, `${operation.id} ${status}`);
    }
    for (const code of contract.defaults.keys()) this.#wanted.add(`code ${code}`);
  }

  /** An answer that fits its schema. */
  saw(operation: Operation, status: number, value: unknown): void {
    const answer = operation.answers.get(status);
    this.#seen.add(`${operation.id} ${status}`);
    if (answer) this.#look(answer.schema, value, `${operation.id} ${status}`);
    const { code } = (value ?? {}) as { code?: unknown };
    if (typeof code === 'string') this.#seen.add(`code ${code}`);
  }

  /** The points that no answer has brought, but for those excused. */
  missing(excused: ReadonlySet<string>): string[] {
    return [...this.#wanted].filter((point) => !this.#seen.has(point) && !excused.has(point)).sort();
  }

  /** Excuses for what the contract does not have. */
  needless(excused: ReadonlySet<string>): string[] {
    return [...excused].filter((point) => !this.#wanted.has(point));
  }

  /** An object of a name is one thing wherever it stands, so its members count together. */
  #place(schema: Schema, path: string): string {
    return (schema.properties && this.#contract.nameOf(schema)) || path;
  }

  #want(schema: Schema, path: string): void {
    const place = this.#place(schema, path);
    for (const word of wordsOf(schema)) this.#wanted.add(`${place} = ${word}`);
    for (const branch of schema.oneOf ?? []) {
      this.#wanted.add(`${place} as ${this.#branch(branch)}`);
      this.#want(branch, `${place} as ${this.#branch(branch)}`);
    }
    if (schema.items) {
      this.#wanted.add(`${place} with an item`);
      this.#want(schema.items, `${place}[]`);
    }
    for (const [name, member] of Object.entries(schema.properties ?? {})) {
      if (!schema.required?.includes(name)) this.#wanted.add(`${place}.${name}`);
      this.#want(member, `${place}.${name}`);
    }
  }

  #look(schema: Schema, value: unknown, path: string): void {
    const place = this.#place(schema, path);
    for (const word of wordsOf(schema)) {
      if (word === value || word === typeof value || (word === 'null' && value === null))
        this.#seen.add(`${place} = ${word}`);
    }
    for (const branch of schema.oneOf ?? []) {
      if (this.#contract.faults(branch, value)) continue;
      this.#seen.add(`${place} as ${this.#branch(branch)}`);
      this.#look(branch, value, `${place} as ${this.#branch(branch)}`);
    }
    if (schema.items && Array.isArray(value)) {
      if (value.length) this.#seen.add(`${place} with an item`);
      for (const item of value) this.#look(schema.items, item, `${place}[]`);
    }
    for (const [name, member] of Object.entries(schema.properties ?? {})) {
      const object = value as Record<string, unknown>;
      if (!(name in object)) continue;
      this.#seen.add(`${place}.${name}`);
      this.#look(member, object[name], `${place}.${name}`);
    }
  }

  #branch(schema: Schema): string {
    return this.#contract.nameOf(schema) ?? String(schema.type);
  }
}

/** What a value may be, where there is a choice. */
function wordsOf({ enum: words, type, const: only }: Schema): readonly unknown[] {
  if (words) return words;
  if (Array.isArray(type)) return type;
  return type === 'boolean' && only === undefined ? [true, false] : [];
}
