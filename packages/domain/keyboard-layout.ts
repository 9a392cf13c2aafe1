// A hand scanner types as if the keyboard were American. When the machine is set to Russian or to Uzbek Cyrillic,
// letters and half of the punctuation arrive as something else. This module undoes that, and owns the question of
// when it may: it knows keys, and nothing of what a scan means.
//
// The layouts are those of Windows and of X11, which agree: Russian (kbdru, ru winkeys) and Uzbek Cyrillic (kbduzb, uz).
// They differ only in the letters О and S type and in the two keys right of 0. Apple's own Russian layout moves more
// punctuation; no pharmacy here is known to use it, and its letters are the same.

const AMERICAN = '`qwertyuiop[]asdfghjkl;\'zxcvbnm,./~QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>?!@#$%^&*()\\|';
const SHARED = 'ёйцукенгш_зхъф_вапролджэячсмитьбю.ЁЙЦУКЕНГШ_ЗХЪФ_ВАПРОЛДЖЭЯЧСМИТЬБЮ,!"№;%:?*()\\/';
const ONLY_RUSSIAN = { щ: 'o', Щ: 'O', ы: 's', Ы: 'S', '-': '-', _: '_', '=': '=', '+': '+' };
const ONLY_UZBEK = { ў: 'o', Ў: 'O', қ: 's', Қ: 'S', ғ: '-', Ғ: '_', ҳ: '=', Ҳ: '+' };
// Keys that type the same in every layout.
const UNCHANGED = '0123456789 \u001d\t\r\n';

// Cyrillic letters that look like a Latin one: somebody who copies a lot by eye types these on purpose.
const LOOKALIKES = 'АВЕКМНОРСТУХаеорсух';

const CYRILLIC = /[\u0400-\u04ff№]/;
const CERTAIN = new RegExp(`(?![${LOOKALIKES}])[\u0400-\u04ff№]`);

// American keys by the code of the character that a layout types; № is the last of them.
type Keys = readonly (string | undefined)[];
const RUSSIAN = layout(ONLY_RUSSIAN);
const UZBEK = layout(ONLY_UZBEK);

/** What became of a text that may have been typed in a Cyrillic layout. `position` counts UTF-16 units of the input. */
export type LayoutRecovery =
  | { kind: 'unchanged' }
  | { kind: 'recovered'; text: string }
  | { kind: 'refused'; code: 'mixed-keyboard' | 'uncertain-keyboard'; detail: string; position: number };

/**
 * Gives back the American keys behind a scan typed in a Russian or Uzbek Cyrillic layout, character for character,
 * so that positions stay. A text without Cyrillic is unchanged: nothing in it tells that `.` was typed for `/`.
 *
 * It recovers only what one keyboard, left in one layout, can have typed:
 * - `mixed-keyboard`: some character cannot come from that layout (a Latin letter beside a Cyrillic one, a letter of
 *   another alphabet, Ы together with Қ), so no single layout explains the text;
 * - `uncertain-keyboard`: every Cyrillic letter looks like a Latin one. `А12` may be `F12` typed by a scanner in the
 *   wrong layout or `A12` copied by a person; both are well formed, so neither is taken.
 */
export function recoverKeyboardLayout(text: string): LayoutRecovery {
  if (!CYRILLIC.test(text)) return { kind: 'unchanged' };
  const russian = undo(text, RUSSIAN);
  const american = typeof russian === 'string' ? russian : undo(text, UZBEK);
  if (typeof american === 'number') {
    return {
      kind: 'refused',
      code: 'mixed-keyboard',
      detail: 'no single keyboard layout types this text',
      position: Math.max(russian as number, american),
    };
  }
  if (!CERTAIN.test(text)) {
    return {
      kind: 'refused',
      code: 'uncertain-keyboard',
      detail: 'Cyrillic letters that may be a wrong keyboard layout or look-alikes of Latin ones',
      position: text.search(CYRILLIC),
    };
  }
  return { kind: 'recovered', text: american };
}

function undo(text: string, keys: Keys): string | number {
  let american = '';
  for (let i = 0; i < text.length; i++) {
    const key = keys[text.charCodeAt(i)];
    if (key === undefined) return i;
    american += key;
  }
  return american;
}

function layout(own: Record<string, string>): Keys {
  const keys: (string | undefined)[] = new Array('№'.charCodeAt(0) + 1).fill(undefined);
  const put = (typed: string, key: string) => {
    keys[typed.charCodeAt(0)] = key;
  };
  for (const [typed, key] of Object.entries(own)) put(typed, key);
  for (const character of UNCHANGED) put(character, character);
  for (let i = 0; i < AMERICAN.length; i++) if (SHARED[i] !== '_') put(SHARED[i]!, AMERICAN[i]!);
  return keys;
}
