// How the channel is: shown in the title bar, in the page's own words.

import { element } from './elements';

export type State = 'opening' | 'open' | 'reopening' | 'closed';

export class LineState {
  private readonly box = element('#line-state', HTMLElement);

  show(state: State): void {
    if (this.box.dataset.now === state) return;
    this.box.dataset.now = state;
    this.box.textContent = this.box.dataset[state] ?? '';
  }
}
