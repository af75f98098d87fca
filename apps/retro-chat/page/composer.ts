// Composer: the forms to speak, step away and come back, sent from within the page.
//
// What is sent leaves one after the other, in the order in which it was typed; the box is free for the next line at once. A
// line that was refused comes back into the box, so that nothing written is lost.

import { Draft } from './draft';
import { element } from './elements';
import { fieldsOf, type Reply, send } from './forms';

/** Who leaves waits no longer than this for lines that are still under way. */
const kLeaveMs = 3_000;

export class Composer {
  private readonly speak = element('#speak', HTMLFormElement);
  private readonly input = element('#line', HTMLInputElement);
  private readonly notice = element('#notice', HTMLElement);
  private readonly forms = [this.speak, element('#away', HTMLFormElement), element('#back', HTMLFormElement)];
  private unanswered: { line: string; once: string } | undefined;
  /** What the box begins with because it was given back. */
  private returned = '';
  private sending: Promise<void> = Promise.resolve();
  private waiting = 0;
  private isComposing = false;
  private readonly draft = new Draft(this.input, document.querySelector<HTMLElement>('main')?.dataset.me ?? '');

  /** `sent` is called after the server has taken something. */
  constructor(private readonly sent: () => void) {
    for (const form of this.forms) {
      form.addEventListener('submit', (event) => {
        event.preventDefault();
        this.submit(form);
      });
    }
    const leave = element('#leave', HTMLFormElement);
    leave.addEventListener('submit', (event) => {
      if (this.waiting === 0) return;
      event.preventDefault();
      const enough = new Promise((resolve) => setTimeout(resolve, kLeaveMs));
      void Promise.race([this.sending, enough]).then(() => leave.submit());
    });
    this.input.addEventListener('compositionstart', () => {
      this.isComposing = true;
    });
    this.input.addEventListener('compositionend', () => {
      this.isComposing = false;
    });
    this.input.addEventListener('keydown', (event) => {
      // Enter that ends a conversion is no sending; some browsers say so by the code alone, after the composition's end.
      if (event.key === 'Enter' && (event.isComposing || event.keyCode === 229)) event.preventDefault();
    });
  }

  complain(sentence: string): void {
    this.notice.textContent = sentence;
    this.notice.hidden = false;
  }

  end(): void {
    for (const control of document.querySelectorAll<HTMLButtonElement | HTMLInputElement>('#speak *, .keys > form *')) {
      control.disabled = true;
    }
  }

  private submit(form: HTMLFormElement): void {
    const fields = fieldsOf(form);
    if (form === this.speak) {
      fields.set('once', this.onceOf(this.input.value));
      this.input.value = '';
      this.returned = '';
      this.draft.keep();
    } else {
      for (const word of form.querySelectorAll<HTMLInputElement>('input[name=word]')) word.value = '';
    }
    this.input.focus();
    this.waiting += 1;
    this.sending = this.sending
      .then(() => send<unknown>(form.action, fields))
      .then((reply) => {
        this.waiting -= 1;
        this.answered(reply, fields);
      });
  }

  /** A name for this sending. A line sent again because no answer came keeps its own, so that it is said once. */
  private onceOf(line: string): string {
    if (this.unanswered?.line === line) return this.unanswered.once;
    return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  }

  private answered(reply: Reply<unknown>, fields: URLSearchParams): void {
    const line = fields.get('line');
    if (line) this.unanswered = undefined;
    if (reply.ok) {
      this.notice.hidden = true;
      this.sent();
      return;
    }
    this.complain(reply.refusal?.title ?? this.notice.dataset.unreachable ?? '');
    if (line && !reply.refusal) this.unanswered = { line, once: fields.get('once') ?? '' };
    if (line) this.giveBack(line);
    for (const word of document.querySelectorAll<HTMLInputElement>('#away input[name=word]')) {
      if (word.value === '') word.value = fields.get('word') ?? '';
    }
  }

  /** Puts `line` before what was written since, and behind lines given back earlier. */
  private giveBack(line: string): void {
    if (this.isComposing) {
      // Not into the middle of a conversion.
      this.input.addEventListener('compositionend', () => this.giveBack(line), { once: true });
      return;
    }
    const earlier = this.input.value.startsWith(this.returned) ? this.returned : '';
    const since = this.input.value.slice(earlier.length).trimStart();
    const joined = (...parts: string[]) => parts.filter((part) => part !== '').join(' ');
    this.returned = joined(earlier, line);
    const fromEnd = this.input.value.length - (this.input.selectionStart ?? 0);
    this.input.value = joined(this.returned, since);
    const caret = Math.max(0, this.input.value.length - fromEnd);
    this.input.setSelectionRange(caret, caret);
    this.draft.keep();
  }
}
