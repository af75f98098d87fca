// The page of a room, alive: what others do appears, what one does is sent without leaving the page.

import { Room } from './room';
import { keepTimes, localiseTimes } from './times';

localiseTimes();
keepTimes();
new Room().start();

// Esc closes what is open, else leads to where one writes.
addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || event.isComposing) return;
  const open = document.querySelector<HTMLDetailsElement>('details[open]');
  if (open) open.open = false;
  const next = open?.querySelector('summary') ?? document.querySelector<HTMLElement>('#line');
  next?.focus();
});

// A page taken out of the browser's memory is of another moment.
addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload();
});
