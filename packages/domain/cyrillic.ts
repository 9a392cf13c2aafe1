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
