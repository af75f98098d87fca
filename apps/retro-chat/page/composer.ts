// Composer: the forms to speak, step away and come back, sent from within the page.
//
// What is sent leaves one after the other, in the order in which it was typed; the box is free for the next line at once. A
// line that was refused comes back into the box, so that nothing written is lost.

import { element } from './elements';
import { fieldsOf, type Reply, send } from './forms';

export class Composer {
  private readonly speak = element('#speak', HTMLFormElement);
  private readonly input = element('#line', HTMLInputElement);
  private readonly notice = element('#notice', HTMLElement);
  private readonly forms = [this.speak, element('#away', HTMLFormElement), element('#back', HTMLFormElement)];
  private sending: Promise<void> = Promise.resolve();

  /** `sent` is called after the server has taken something. */
  constructor(private readonly sent: () => void) {
    for (const form of this.forms) {
      form.addEventListener('submit', (event) => {
        event.preventDefault();
        this.submit(form);
      });
    }
  }

  complain(sentence: string): void {
    this.notice.textContent = sentence;
    this.notice.hidden = false;
  }

  end(): void {
    for (const control of document.querySelectorAll<HTMLButtonElement | HTMLInputElement>('#speak *, .keys button')) {
      control.disabled = true;
    }
  }

  private submit(form: HTMLFormElement): void {
    const fields = fieldsOf(form);
    if (form === this.speak) this.input.value = '';
    this.input.focus();
    this.sending = this.sending
      .then(() => send<unknown>(form.action, fields))
      .then((reply) => this.answered(reply, fields.get('line')));
  }

  private answered(reply: Reply<unknown>, line: string | null): void {
    if (reply.ok) {
      this.notice.hidden = true;
      this.sent();
      return;
    }
    this.complain(reply.refusal?.title ?? this.notice.dataset.unreachable ?? '');
    if (line) this.input.value = [line, this.input.value].filter((part) => part !== '').join(' ');
  }
}
