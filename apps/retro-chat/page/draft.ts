// Draft: what stands in the box, kept for when this page comes again: in another colour or language, or entered once more.

export class Draft {
  /** Of this person in this room, and of this tab only. */
  private readonly key: string;

  constructor(
    private readonly input: HTMLInputElement,
    me: string,
  ) {
    this.key = `retrochat_draft ${me} ${location.pathname}`;
    if (input.value === '') input.value = this.kept();
    input.addEventListener('input', () => this.keep());
  }

  /** To be called after the box was changed by other than typing. */
  keep(): void {
    try {
      if (this.input.value === '') sessionStorage.removeItem(this.key);
      else sessionStorage.setItem(this.key, this.input.value);
    } catch {
      // A browser that keeps nothing.
    }
  }

  private kept(): string {
    try {
      return sessionStorage.getItem(this.key) ?? '';
    } catch {
      return '';
    }
  }
}
