// Contract: spec/openapi.yaml as the tests need it: each operation with its request and its answers, references followed.

import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

/** A JSON schema whose references have been followed. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

/** What a status of an operation comes with. */
export interface Answer {
  readonly contentType: string;
  readonly schema: Schema;
}

export interface Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly needsKey: boolean;
  /** Null for what takes no body. */
  readonly request: { readonly schema: Schema; readonly example: unknown } | null;
  /** By status; those that `default` stands for with its schema, by what its description lists. */
  readonly answers: ReadonlyMap<number, Answer>;
  /** Those that the operation names itself. */
  readonly ownStatuses: readonly number[];
}

type Node = Record<string, unknown>;

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

export class Contract {
  readonly document: Node;
  readonly operations: readonly Operation[];
  /** What the description of the shared default says: codes and their statuses. */
  readonly defaults: ReadonlyMap<string, number>;
  readonly #ajv = addFormats.default(new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true }));
  readonly #names = new WeakMap<object, string>();
  readonly #compiled = new WeakMap<object, ValidateFunction>();

  constructor(text: string) {
    this.document = parse(text) as Node;
    const shared = this.#at('#/components/responses/Problem');
    this.defaults = new Map(
      [...String(shared.description).matchAll(/`(\w+)` \((\d+)\)/g)].map(([, code = '', status]) => [
        code,
        Number(status),
      ]),
    );
    this.operations = Object.entries(this.document.paths as Record<string, Record<string, Node>>).flatMap(
      ([path, methods]) =>
        Object.entries(methods).map(([method, node]) => this.#operation(path, method.toUpperCase(), node)),
    );
  }

  operation(id: string): Operation {
    const found = this.operations.find((operation) => operation.id === id);
    if (!found) throw new Error(`no operation ${id}`);
    return found;
  }

  /** The schema of that name among the components. */
  schema(name: string): Schema {
    return this.#followed({ $ref: `#/components/schemas/${name}` }) as Schema;
  }

  /** What is wrong with a value; empty when it fits. */
  faults(schema: Schema, value: unknown): string {
    const validate = this.#compiled.get(schema) ?? this.#ajv.compile(schema);
    this.#compiled.set(schema, validate);
    return validate(value) ? '' : this.#ajv.errorsText(validate.errors);
  }

  /** The name that a schema has among the components. */
  nameOf(schema: Schema): string | undefined {
    return this.#names.get(schema);
  }

  #operation(path: string, method: string, node: Node): Operation {
    const { operationId, security, requestBody, responses } = node as {
      operationId: string;
      security?: unknown[];
      requestBody?: Node;
      responses: Record<string, Node>;
    };
    const content = requestBody && (this.#followed(requestBody) as { content: Record<string, Node> }).content;
    const media = content?.['application/json'] as { schema: Schema; example: unknown } | undefined;
    const answers = new Map<number, Answer>();
    if (responses.default) {
      for (const status of this.defaults.values()) answers.set(status, this.#answer(responses.default));
    }
    const own = Object.keys(responses).filter((status) => status !== 'default');
    for (const status of own) answers.set(Number(status), this.#answer(responses[status] as Node));
    return {
      id: operationId,
      method,
      path,
      needsKey: security?.length !== 0,
      request: media ?? null,
      answers,
      ownStatuses: own.map(Number),
    };
  }

  #answer(node: Node): Answer {
    const { content } = this.#followed(node) as { content: Record<string, { schema: Schema }> };
    const [[contentType, { schema }] = ['', { schema: {} }], ...others] = Object.entries(content);
    if (!contentType || others.length) throw new Error('an answer has one type of content');
    return { contentType, schema };
  }

  #at(reference: string): Node {
    const found = reference
      .slice(2)
      .split('/')
      .reduce<unknown>((node, name) => (isNode(node) ? node[name] : undefined), this.document);
    if (!isNode(found)) throw new Error(`${reference} leads nowhere`);
    return found;
  }

  /** The same with every reference replaced by what it leads to; what stands beside a reference counts too. */
  #followed(node: unknown): unknown {
    if (Array.isArray(node)) return node.map((item) => this.#followed(item));
    if (!isNode(node)) return node;
    const { $ref: reference, ...beside } = node;
    if (typeof reference === 'string') {
      const whole = { ...(this.#followed(this.#at(reference)) as Node), ...(this.#followed(beside) as Node) };
      this.#names.set(whole, reference.replace(/.*\//, ''));
      return whole;
    }
    return Object.fromEntries(Object.entries(node).map(([name, member]) => [name, this.#followed(member)]));
  }
}
