// Unread: how many lines came while the page was out of sight, shown in the window's title.

export class Unread {
  private readonly title = document.title;
  private lines = 0;

  constructor() {
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState !== 'visible') return;
      this.lines = 0;
      document.title = this.title;
    });
  }

  count(): void {
    if (document.visibilityState === 'visible') return;
    this.lines += 1;
    document.title = `(${this.lines}) ${this.title}`;
  }
}
