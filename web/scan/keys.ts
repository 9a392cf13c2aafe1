/**
 * What a hand scanner's keystrokes mean. A scanner is a keyboard that is too fast for a person, and it types signs that
 * no person types: the separator GS between the fields of a pack's code, and an end of its own choice. This module
 * knows keys and their times, and nothing of screens or of what a code says.
 */

/** The sign that ends a field of variable length in a GS1 element string. */
export const groupSeparator = '\u001d';

export interface Key {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
}

export type Meaning = 'separator' | 'end' | 'end-if-scanned' | 'other';

/**
 * What one key press of a scanner stands for. GS comes as itself, as Ctrl+] (by place, so in any keyboard layout) or as
 * F8; the end as Enter, Ctrl+M or Ctrl+J, or as Tab, which a person presses too: it ends a scan only after a burst.
 */
export const meaningOf = ({ key, code, ctrlKey, altKey, metaKey }: Key): Meaning => {
  if (altKey || metaKey) return 'other';
  if (key === groupSeparator || key === 'F8') return 'separator';
  if (ctrlKey) {
    if (key === ']' || code === 'BracketRight') return 'separator';
    return code === 'KeyM' || code === 'KeyJ' ? 'end' : 'other';
  }
  if (key === 'Enter') return 'end';
  return key === 'Tab' ? 'end-if-scanned' : 'other';
};

/** Nobody types eight keys within 50 ms of each other; the slowest scanners on radio stay below 40. */
const burstKeys = 8;
const burstGapMs = 50;

/** A key that typed a character, and the state of the keyboard around it. */
export interface TypedKey {
  readonly key: string;
  readonly code: string;
  readonly shiftKey: boolean;
  readonly capsLock: boolean;
}

/** A key event as what it typed, of the browser or of React. */
export const typedOf = (event: {
  key: string;
  code: string;
  shiftKey: boolean;
  getModifierState: (key: 'CapsLock') => boolean;
}): TypedKey => ({
  key: event.key,
  code: event.code,
  shiftKey: event.shiftKey,
  capsLock: event.getModifierState('CapsLock'),
});

/** Why a burst of keys did not type what the scanner read. */
export type KeyDoubt = 'caps-lock' | 'layout';

/** Signs that the Russian and the Uzbek Cyrillic layout type with another key than the American one, by place. */
const movedSigns: Readonly<Record<string, string>> = {
  Slash: '.',
  'Slash+Shift': ',',
  'Digit2+Shift': '"',
  'Digit4+Shift': ';',
  'Digit6+Shift': ':',
  'Digit7+Shift': '?',
  'Backslash+Shift': '/',
};

const isMoved = ({ key, code, shiftKey }: TypedKey): boolean => movedSigns[shiftKey ? `${code}+Shift` : code] === key;
const isLetter = (key: string): boolean => key.toLowerCase() !== key.toUpperCase();
const letters = /[a-z\u0400-\u04ff]/i;

export interface Burst {
  /** A key was pressed at `at` (milliseconds of any steady clock). */
  press: (at: number, typed?: TypedKey) => void;
  /** True while the keys of late came too fast for a person, the last of them just before `at`. */
  isScanner: (at: number) => boolean;
  /**
   * Why the text of this burst may be another one than was scanned: Caps Lock exchanges the cases of letters, which a
   * serial number means; and a Cyrillic layout types `.` for `/`. The latter is told from the keys where the text has no
   * letter; a letter tells it by itself.
   */
  doubtOf: (text: string) => KeyDoubt | undefined;
}

/** Watches keys that follow each other faster than a person's. */
export const makeBurst = (): Burst => {
  let last = Number.NEGATIVE_INFINITY;
  let run = 0;
  let isCapital = false;
  let hasMoved = false;
  return {
    press: (at, typed) => {
      if (at - last <= burstGapMs) run += 1;
      else {
        run = 1;
        isCapital = false;
        hasMoved = false;
      }
      last = at;
      if (!typed) return;
      isCapital ||= typed.capsLock && isLetter(typed.key);
      hasMoved ||= isMoved(typed);
    },
    isScanner: (at) => run >= burstKeys && at - last <= 2 * burstGapMs,
    doubtOf: (text) => (isCapital ? 'caps-lock' : hasMoved && !letters.test(text) ? 'layout' : undefined),
  };
};
