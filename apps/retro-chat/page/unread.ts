// Unread: how many lines came while the page was out of sight, shown in the window's title; being called goes first.

/** "(3) Lobby"; "(@2) Lobby" when two of the lines called the reader. */
export function titleWith(title: string, lines: number, calls: number): string {
  if (calls > 0) return `(@${calls}) ${title}`;
  return lines > 0 ? `(${lines}) ${title}` : title;
}

export class Unread {
  private title = document.title;
  private lines = 0;
  private calls = 0;

  constructor() {
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState !== 'visible') return;
      this.lines = 0;
      this.calls = 0;
      this.show();
    });
  }

  count(isCall: boolean): void {
    if (document.visibilityState === 'visible') return;
    this.lines += 1;
    if (isCall) this.calls += 1;
    this.show();
  }

  rename(from: string, to: string): void {
    if (this.title.startsWith(from)) this.title = to + this.title.slice(from.length);
    this.show();
  }

  private show(): void {
    document.title = titleWith(this.title, this.lines, this.calls);
  }
}
