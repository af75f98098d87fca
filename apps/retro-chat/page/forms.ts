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

/** Sends `fields` to `address`. `ok: false` without a refusal means that the server could not be reached. */
export async function send<T>(address: string, fields: URLSearchParams): Promise<Reply<T>> {
  try {
    const response = await fetch(address, {
      method: 'POST',
      body: fields,
      headers: { Accept: 'application/json' },
      credentials: 'same-origin',
    });
    const value: unknown = await response.json();
    if (response.ok) return { ok: true, value: value as T };
    return isRefusal(value) ? { ok: false, refusal: value } : { ok: false };
  } catch {
    return { ok: false };
  }
}

/** Reads JSON of this site; nothing when it could not be had. */
export async function read<T>(address: string): Promise<T | undefined> {
  try {
    const response = await fetch(address, { headers: { Accept: 'application/json' }, credentials: 'same-origin' });
    return response.ok ? ((await response.json()) as T) : undefined;
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
