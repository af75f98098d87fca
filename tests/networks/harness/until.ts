// until(): waiting on a condition, with a limit that says what was waited for.

const LIMIT_MS = 30_000;
const PAUSE_MS = 40;

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Asks `condition` again and again until it answers something true, and answers that. */
export async function until<Answer>(
  what: string,
  condition: () => Promise<Answer> | Answer,
  limitMs = LIMIT_MS,
): Promise<Answer> {
  const end = Date.now() + limitMs;
  for (;;) {
    const answer = await condition();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`in ${limitMs / 1000} s not seen: ${what}`);
    await pause(PAUSE_MS);
  }
}
