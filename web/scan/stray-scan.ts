/**
 * A scan while no field has the focus. It comes as keys like any other, and its last one is Enter, which would press
 * whatever button has the focus: so a burst is caught for the whole page, and its end is never a press.
 */
import { useEffect, useRef } from 'react';
import { groupSeparator, type KeyDoubt, makeBurst, meaningOf, typedOf } from './keys.ts';

const acceptsText = (element: Element | null): boolean =>
  element instanceof HTMLElement &&
  (element.isContentEditable || element.matches('textarea, select, input:not([type="checkbox"], [type="radio"])'));

/** Longer pauses than a burst's begin a new scan. */
const restartMs = 300;

/**
 * Hands over what a hand scanner typed outside of fields, or why that cannot be what it read. Keys of a person pass
 * untouched.
 */
export const useStrayScan = (onScan: (raw: string) => void, onDoubt: (doubt: KeyDoubt) => void): void => {
  const latest = useRef({ onScan, onDoubt });
  latest.current = { onScan, onDoubt };
  useEffect(() => {
    const burst = makeBurst();
    let text = '';
    let last = 0;
    let isSpaceScanned = false;
    const onKey = (event: KeyboardEvent) => {
      if (acceptsText(document.activeElement)) return;
      const now = performance.now();
      if (now - last > restartMs) text = '';
      last = now;
      const meaning = meaningOf(event);
      if (meaning === 'other') {
        if (event.key.length !== 1) return;
        burst.press(now, typedOf(event));
        text += event.key;
        // A space amid characters is part of a scan, and must neither scroll nor press.
        isSpaceScanned = event.key === ' ' && text.length > 1;
        if (isSpaceScanned) event.preventDefault();
        return;
      }
      if (!burst.isScanner(now)) return;
      event.preventDefault();
      event.stopPropagation();
      if (meaning === 'separator') {
        burst.press(now);
        text += groupSeparator;
        return;
      }
      const raw = text;
      text = '';
      const doubt = burst.doubtOf(raw);
      if (doubt) latest.current.onDoubt(doubt);
      else latest.current.onScan(raw);
    };
    const onKeyUp = (event: KeyboardEvent) => {
      if (event.key === ' ' && isSpaceScanned) event.preventDefault();
    };
    document.addEventListener('keydown', onKey, true);
    document.addEventListener('keyup', onKeyUp, true);
    return () => {
      document.removeEventListener('keydown', onKey, true);
      document.removeEventListener('keyup', onKeyUp, true);
    };
  }, []);
};
