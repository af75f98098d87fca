// The page of a room, alive: what others do appears, what one does is sent without leaving the page.

import { Room } from './room';
import { localiseTimes } from './times';

localiseTimes();
new Room().start();

// A page taken out of the browser's memory is of another moment.
addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload();
});
