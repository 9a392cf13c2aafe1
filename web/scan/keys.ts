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

export interface Burst {
  /** A key was pressed at `at` (milliseconds of any steady clock). */
  press: (at: number) => void;
  /** True while the keys of late came too fast for a person, the last of them just before `at`. */
  isScanner: (at: number) => boolean;
}

/** Counts keys that follow each other faster than a person's. */
export const makeBurst = (): Burst => {
  let last = Number.NEGATIVE_INFINITY;
  let run = 0;
  return {
    press: (at) => {
      run = at - last <= burstGapMs ? run + 1 : 1;
      last = at;
    },
    isScanner: (at) => run >= burstKeys && at - last <= 2 * burstGapMs,
  };
};
