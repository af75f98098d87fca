// Times in the visitor's own zone; the server, which does not know it, wrote its own.

const two = (part: number): string => String(part).padStart(2, '0');

/** "09:05" today, "01-31 09:05" on another day. */
export function shortTime(at: number, now = new Date()): string {
  const time = new Date(at);
  const clock = `${two(time.getHours())}:${two(time.getMinutes())}`;
  if (time.toDateString() === now.toDateString()) return clock;
  return `${two(time.getMonth() + 1)}-${two(time.getDate())} ${clock}`;
}

export function showTime(row: Element, at: number): void {
  const time = row.querySelector('time');
  if (!time) return;
  time.dateTime = new Date(at).toISOString();
  time.dataset.at = String(at);
  time.textContent = shortTime(at);
}

/** Rewrites what the server wrote, and what was written on another day. */
export function localiseTimes(): void {
  for (const time of document.querySelectorAll<HTMLElement>('time[data-at]')) {
    const at = Number(time.dataset.at);
    if (at > 0) time.textContent = shortTime(at);
  }
}

/** Keeps the times right on a page that stays open over midnight. */
export function keepTimes(): void {
  let day = new Date().toDateString();
  const look = () => {
    const today = new Date().toDateString();
    if (today !== day) localiseTimes();
    day = today;
  };
  setInterval(look, 60_000);
  document.addEventListener('visibilitychange', look);
}
