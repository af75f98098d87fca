// The page's forms, sent without leaving the page. Each says the same as when it is sent without this script.

export interface Refusal {
  status: number;
  code: string;
  title: string;
}

export type Reply<T> = { ok: true; value: T } | { ok: false; refusal?: Refusal };

function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'title' in value && 'code' in value;
}

/** An answer that takes longer is none: on a network that went away a browser waits for many minutes. */
const kAnswerMs = 20_000;

async function ask(address: string, options: RequestInit): Promise<{ ok: boolean; value: unknown }> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), kAnswerMs);
  try {
    const headers = { Accept: 'application/json' };
    const response = await fetch(address, { ...options, headers, credentials: 'same-origin', signal: patience.signal });
    return { ok: response.ok, value: await response.json() };
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Sends `fields` to `address`, also when the page is left meanwhile. `ok: false` without a refusal means that the server could not
 * be reached; it may have taken them nonetheless.
 */
export async function send<T>(address: string, fields: URLSearchParams): Promise<Reply<T>> {
  try {
    const { ok, value } = await ask(address, { method: 'POST', body: fields, keepalive: true });
    if (ok) return { ok: true, value: value as T };
    return isRefusal(value) ? { ok: false, refusal: value } : { ok: false };
  } catch {
    return { ok: false };
  }
}

/** Reads JSON of this site; nothing when it could not be had. */
export async function read<T>(address: string): Promise<T | undefined> {
  try {
    const { ok, value } = await ask(address, {});
    return ok ? (value as T) : undefined;
  } catch {
    return undefined;
  }
}

export function fieldsOf(form: HTMLFormElement): URLSearchParams {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string') fields.append(name, value);
  }
  return fields;
}
