// Between the names and times of the wire and those of JavaScript: client_id and clientId, RFC 3339 text and Date.

/** Members whose text is a time. */
const TIMES = new Set(['expires_at', 'since', 'at']);

const toSnake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const toCamel = (name: string): string => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** A request as the server names its members. What is undefined is left out. */
export function toWire(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toWire);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([name, member]) => [toSnake(name), toWire(member)]),
  );
}

/** An answer as JavaScript names its members. */
export function fromWire(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fromWire);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      toCamel(name),
      TIMES.has(name) && typeof member === 'string' ? new Date(member) : fromWire(member),
    ]),
  );
}
