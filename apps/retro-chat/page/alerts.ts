// Alerts: a beep and a notification for lines, if the person has asked for them. Kept in this browser only.

import { element } from './elements';
import type { RoomEvent } from './room_types';

export type Wish = 'off' | 'mentions' | 'all';

export function wishOf(text: string | null): Wish {
  return text === 'mentions' || text === 'all' ? text : 'off';
}

export function wants(wish: Wish, isCall: boolean): boolean {
  return wish === 'all' || (wish === 'mentions' && isCall);
}

function remembered(key: string): Wish {
  try {
    return wishOf(localStorage.getItem(key));
  } catch {
    return 'off'; // A browser that keeps nothing.
  }
}

function remember(key: string, wish: Wish): void {
  try {
    localStorage.setItem(key, wish);
  } catch {
    // Then it holds for this page.
  }
}

/** From one tone to the next. */
const kToneSeconds = 0.09;
const kLateMs = 1_000;

/** One square-wave tone after another, as a loudspeaker on a main board would. */
class Beeper {
  private context: AudioContext | undefined;
  private until = 0;

  /** To be called when the person does something. */
  wake(): void {
    this.context ??= new AudioContext();
    this.context.resume().catch(() => undefined);
  }

  beep(tones: readonly number[]): void {
    this.context ??= new AudioContext();
    const { context } = this;
    const asked = Date.now();
    // Browsers keep a page silent until it is touched; what could not sound by then is not made up for.
    context.resume().then(
      () => {
        if (Date.now() - asked < kLateMs) this.play(context, tones);
      },
      () => undefined,
    );
  }

  private play(context: AudioContext, tones: readonly number[]): void {
    if (context.currentTime < this.until) return; // One beep is enough for lines that come at once.
    this.until = context.currentTime + tones.length * kToneSeconds;
    tones.forEach((hertz, i) => {
      const tone = context.createOscillator();
      const volume = context.createGain();
      const begin = context.currentTime + i * kToneSeconds;
      tone.type = 'square';
      tone.frequency.value = hertz;
      volume.gain.value = 0.04;
      tone.connect(volume).connect(context.destination);
      tone.start(begin);
      tone.stop(begin + 0.07);
    });
  }
}

const kLine = [880];
const kCalled = [1175, 1568];

/** One of a kind is shown at a time, and each is told anew; a call is not covered by what comes after it. */
function noteOf(body: string, isCall: boolean): NotificationOptions {
  const anew = { renotify: true }; // Not in TypeScript's list.
  return { ...anew, body, tag: isCall ? `${location.pathname} call` : location.pathname };
}

export class Alerts {
  private readonly sound = element('#sound', HTMLSelectElement);
  private readonly notify = element('#notify', HTMLSelectElement);
  private readonly denied = element('#denied', HTMLElement);
  private readonly beeper = new Beeper();

  constructor(private readonly room: () => string) {
    element('#alerts', HTMLElement).hidden = false;
    this.sound.value = remembered('retrochat_sound');
    // What was allowed once may have been withdrawn since.
    this.notify.value = this.mayNotify() ? remembered('retrochat_notify') : 'off';
    // Some browsers let a page sound only once it was touched.
    for (const touch of ['pointerdown', 'keydown'] as const) {
      addEventListener(touch, () => this.sound.value !== 'off' && this.beeper.wake(), { once: true });
    }
    this.sound.addEventListener('change', () => {
      const wish = wishOf(this.sound.value);
      remember('retrochat_sound', wish);
      if (wish !== 'off') this.beeper.beep(kCalled);
    });
    this.notify.addEventListener('change', () => void this.choose());
  }

  line(event: RoomEvent, isCall: boolean): void {
    if (wants(wishOf(this.sound.value), isCall)) this.beeper.beep(isCall ? kCalled : kLine);
    const unseen = document.visibilityState !== 'visible';
    if (!unseen || !wants(wishOf(this.notify.value), isCall)) return;
    if (!this.mayNotify()) return;
    try {
      const shown = new Notification(`${event.who} — ${this.room()}`, noteOf(event.line ?? '', isCall));
      shown.onclick = () => {
        shown.close();
        window.focus();
      };
    } catch {
      // Some phones show notifications of installed pages only.
    }
  }

  private mayNotify(): boolean {
    return 'Notification' in window && Notification.permission === 'granted';
  }

  /** Asks for permission, which browsers grant on a person's own act only. */
  private async choose(): Promise<void> {
    const wish = wishOf(this.notify.value);
    const can = 'Notification' in window;
    const granted = wish === 'off' || (can && (await Notification.requestPermission()) === 'granted');
    this.denied.hidden = granted;
    if (!granted) this.notify.value = 'off';
    remember('retrochat_notify', wishOf(this.notify.value));
  }
}
