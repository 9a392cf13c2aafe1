/**
 * Letters of Russian and of Uzbek Cyrillic as Latin ones, as most people here would type them. The one table under every
 * search and spelling; what an Uzbek text needs to read well is more than this (`@darmon/i18n/transliterate`).
 */
export const latinOf: Readonly<Record<string, string>> = Object.fromEntries(
  (
    'а:a б:b в:v г:g ғ:g д:d е:e ё:yo ж:j з:z и:i й:y к:k қ:q л:l м:m н:n о:o ў:o п:p р:r с:s т:t у:u ф:f х:x ҳ:h ' +
    'ц:ts ч:ch ш:sh щ:sh ъ: ы:i ь: э:e ю:yu я:ya'
  )
    .split(' ')
    .map((pair) => pair.split(':') as [cyrillic: string, latin: string]),
);

// A name of a medicine writes kh, which Latin has as h and Uzbek as x.
const latin: Readonly<Record<string, string>> = { ...latinOf, х: 'h' };

const inLatin = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replace(/и\u0306/g, 'й')
    .replace(/е\u0308/g, 'ё')
    .replace(/у\u0306/g, 'ў')
    .replace(/[\u0400-\u04ff]/g, (letter) => latin[letter] ?? letter)
    .replace(/[\u0300-\u036f'ʻʼ’‘`´′]/g, '');

const once = (text: string): string => text.replace(/([a-z])\1+/g, '$1');

const bySound = (text: string): string =>
  once(
    text
      .replace(/ph/g, 'f')
      .replace(/th/g, 't')
      .replace(/\bx(?![iy])/g, 'h')
      .replace(/x+/g, 'ks')
      .replace(/ch|kh/g, 'h')
      .replace(/ts|c(?=[eiy])/g, 's')
      .replace(/[cq]/g, 'k')
      .replace(/w/g, 'v')
      .replace(/z/g, 's')
      .replace(/y/g, 'i'),
  );

/**
 * One spelling for all spellings of a medical name: Cyrillic as Latin, no accents or apostrophes, letters that Latin,
 * Uzbek and Russian writers use for the same sound made one. `амоксициллин`, `amoksitsillin` and `amoxicillin` fold alike.
 */
export const foldSpelling = (text: string): string => bySound(inLatin(text));

/** Sounds that a last letter may still come to, besides the one it has by itself: the c of "ac" is an s in "acetyl". */
const undecided: Readonly<Record<string, readonly string[]>> = {
  c: ['s', 'h'],
  k: ['h'],
  p: ['f'],
  t: ['s'],
  x: ['ks'],
};

/**
 * What one word that is still being typed may fold to: however `name` is spelt, one of these begins `foldSpelling(name)`
 * for every beginning of it.
 */
export const foldBeginning = (word: string): readonly string[] => {
  const typed = inLatin(word);
  const before = bySound(typed.slice(0, -1));
  const others = (undecided[typed.slice(-1)] ?? []).map((sound) => once(before + sound));
  return [...new Set([bySound(typed), ...others])];
};
