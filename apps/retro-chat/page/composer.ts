// Composer: the forms to speak, step away and come back, sent from within the page.

import { element } from './elements';
import { fieldsOf, send } from './forms';

export class Composer {
  private readonly speak = element('#speak', HTMLFormElement);
  private readonly input = element('#line', HTMLInputElement);
  private readonly notice = element('#notice', HTMLElement);
  private readonly forms = [this.speak, element('#away', HTMLFormElement), element('#back', HTMLFormElement)];
  private readonly busy = new Set<HTMLFormElement>();

  /** `sent` is called after the server has taken something. */
  constructor(private readonly sent: () => void) {
    for (const form of this.forms) {
      form.addEventListener('submit', (event) => {
        event.preventDefault();
        void this.submit(form);
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

  private async submit(form: HTMLFormElement): Promise<void> {
    if (this.busy.has(form)) return;
    this.busy.add(form);
    const said = this.input.value;
    const reply = await send<unknown>(form.action, fieldsOf(form));
    this.busy.delete(form);
    if (!reply.ok) {
      this.complain(reply.refusal?.title ?? this.notice.dataset['unreachable'] ?? '');
      return;
    }
    this.notice.hidden = true;
    if (form === this.speak && this.input.value === said) this.input.value = '';
    this.input.focus();
    this.sent();
  }
}
