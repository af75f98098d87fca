// exchange: one HTTP request and its answer, as it comes.

/** A piece of the answer's body, decoded. */
export type OnText = (text: string, status: number) => void;

/** The answer is complete or was cut, or there was none at all: then `status` is 0. */
export type OnEnd = (status: number) => void;

/** Text, or a form. */
export type Body = string | URLSearchParams;

/**
 * POSTs `body`. `onEnd` comes last. What this returns ends the exchange, and then nothing is heard of it any more.
 *
 * Text goes as text/plain, which like a form asks pages of other origins for no preflight. A redirect is not followed: the
 * body holds a token that is meant for this server.
 */
export function exchange(url: string, body: Body, onText: OnText, onEnd: OnEnd): () => void {
  const abort = new AbortController();
  const { signal } = abort;
  let status = 0;
  const run = async (): Promise<void> => {
    const answer = await fetch(url, { method: 'POST', body, signal, redirect: 'error', cache: 'no-store' });
    status = answer.status;
    const reader = answer.body?.getReader();
    const decoder = new TextDecoder();
    while (reader) {
      const { value } = await reader.read();
      if (!value || signal.aborted) return;
      onText(decoder.decode(value, { stream: true }), status);
    }
  };
  const end = (): void => {
    if (!signal.aborted) onEnd(status);
  };
  run().then(end, end);
  return () => abort.abort();
}
