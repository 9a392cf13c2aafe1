/**
 * Uzbek from the Latin into the Cyrillic script, by the orthography of 1995 (Latin) and 1956 (Cyrillic).
 * Rules cover the native words; loan words whose Cyrillic spelling keeps what the Latin one lost (ь, ц, щ) are listed
 * by stem. It knows nothing of keys or areas: text in, text out.
 */

/** Latin names that are written the same in every script: what is printed on a pack, a file or a screen; vitamins and viruses. */
export const keptTokens: readonly string[] = (
  'Darmon QR PDF CSV XLSX JSON GTIN SSCC GLN DataMatrix ICD Idempotency-Key ATC INN API AWaRe Access Watch Reserve ' +
  'URL USB Wi-Fi PIN TOTP ABC FEFO Enter Caps Lock mg ml mcg IU UTC UTF EPCIS YYYY-MM-DD B C D K Z'
).split(' ');

const apostrophe = "[ʻʼ'’‘`]";

const isAcronym = (token: string): boolean => /^[A-Z]{2,}$/.test(token);

/**
 * Left as it stands: placeholders, nested keys, addresses, the names above, and codes with digits such as RX1 or J03.9.
 * An acronym may carry an Uzbek ending (GTINni), which is transliterated.
 */
const kept = new RegExp(
  [
    '\\{\\{.*?\\}\\}',
    '\\$t\\([^)]*\\)',
    'https?://\\S+',
    '[\\w.+-]+@[\\w.-]+',
    `(?<![\\p{L}\\d])(?:${keptTokens.filter(isAcronym).join('|')})(?![A-Z\\d])`,
    `(?<![\\p{L}\\d])(?:${keptTokens.filter((token) => !isAcronym(token)).join('|')})(?![\\p{L}\\d])`,
    '(?<![\\p{L}\\d])[A-Za-z]+\\d[\\w.]*',
  ].join('|'),
  'gu',
);

const word = new RegExp(`[A-Za-z]+(?:${apostrophe}[A-Za-z]+|(?<=[OoGg])${apostrophe}[A-Za-z]*)*`, 'g');

/** Pairs `latin:cyrillic` as a table. */
const spelling = (pairs: string): ReadonlyMap<string, string> =>
  new Map(pairs.split(' ').map((pair) => pair.split(':') as [string, string]));

const letters = spelling(
  'a:а b:б d:д e:е f:ф g:г h:ҳ i:и j:ж k:к l:л m:м n:н o:о p:п q:қ r:р s:с t:т u:у v:в x:х y:й z:з oʻ:ў ' +
    'gʻ:ғ sh:ш ch:ч yo:ё yu:ю ya:я ye:е ts:ц ʼ:ъ',
);

/** Stems at the start of a word whose Cyrillic spelling no rule can know. */
const stems = spelling(
  'aerozol:аэрозоль albom:альбом aprel:апрель dekabr:декабрь delta:дельта fevral:февраль filtr:фильтр gel:гель ' +
    'intervyu:интервью iyul:июль iyun:июнь kalendar:календарь kalsiy:кальций kompyuter:компьютер kontrol:контроль ' +
    'kvitansiya:квитанция litsey:лицей medalyon:медальон modul:модуль noyabr:ноябрь nol:ноль oktyabr:октябрь ' +
    'parol:пароль pitsa:пицца premyera:премьера pult:пульт rol:роль sentyabr:сентябрь sex:цех sikl:цикл sirk:цирк ' +
    'stansiya:станция vaksina:вакцина yanvar:январь yod:йод yogurt:йогурт',
);

// `rol` must not catch `rolik`, nor `gel` `gelmint`: after these only a native ending or nothing may follow.
const ending = '(?:(?:i|im|ing|imiz|ingiz)(?:ni|ning|ga|da|dan|dagi)?|(?:lar|ni|ga|da|siz|li|si|chi|sh)\\w*|m|ng)?';
const longestFirst = [...stems.keys()].sort((a, b) => b.length - a.length).join('|');
const stem = new RegExp(`^(${longestFirst})(?=${ending}$)`);

/** The conditional, the imperative and "without" put a native s after a stem's t: ketsa, aytsin, vaqtsiz. */
const nativeTs = /^ts(?:a|am|ang|ak|angiz|alar|in|inlar|iz[a-z]*)$/;
/** Latin writes the ц of infeksiya as s; a true кс stays after these. */
const trueKs = /(?:ple|fle|anore|pire)$/;
/** Prefixes after which Cyrillic writes ъ before a iotated vowel; elsewhere it writes ь. */
const hardPrefix = /^(?:ob|sub|in|ad|kon|s|diz|post|trans)$/;

const vowel = /[aeiou]/;

const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Cyrillic for a piece of the word as it was written: the case follows the piece's first letter. */
const cased = (cyrillic: string, written: string): string => {
  if (written.length > 2 && written === written.toUpperCase()) return cyrillic.toUpperCase();
  return written.charAt(0) === written.charAt(0).toLowerCase() ? cyrillic : upperFirst(cyrillic);
};

const spellWord = (word: string): string => {
  const written = word.replace(new RegExp(`(?<=[og])${apostrophe}`, 'gi'), 'ʻ').replace(/['’‘`]/g, 'ʼ');
  const latin = written.toLowerCase();
  const exception = stem.exec(latin)?.[1] ?? '';
  let at = exception.length;
  const loan = stems.get(exception) ?? '';
  // роль, but роли: the soft sign gives way to a vowel.
  let cyrillic = cased(vowel.test(latin.charAt(at)) ? loan.replace(/ь$/, '') : loan, written.slice(0, at));
  while (at < latin.length) {
    const before = latin[at - 1] ?? '';
    const [pair, single] = [latin.slice(at, at + 2), latin.charAt(at)];
    const afterVowel = vowel.test(before) || before === 'ʻ';
    let piece = pair.length === 2 && letters.has(pair) ? pair : single;
    let letter = letters.get(piece) ?? piece;
    if (pair === 'yo' && latin[at + 2] === 'ʻ') [piece, letter] = ['y', 'й'];
    else if (pair === 'ts' && nativeTs.test(latin.slice(at))) [piece, letter] = ['t', 'т'];
    else if (/^ksi(?:ya|on)/.test(latin.slice(at)) && !trueKs.test(latin.slice(0, at))) [piece, letter] = ['ks', 'кц'];
    else if (pair === 'ye' && at > 0 && !afterVowel && before !== 'ʼ')
      letter = hardPrefix.test(latin.slice(0, at)) ? 'ъе' : 'ье';
    else if (pair === 'yu' && /^(?:ad|kon)$/.test(latin.slice(0, at))) letter = 'ъю';
    // The apostrophe only keeps s and h apart (Isʼhoq); Cyrillic needs no sign for it.
    else if (single === 'ʼ' && before === 's' && latin[at + 1] === 'h') letter = '';
    else if (single === 'e' && (at === 0 || afterVowel)) letter = 'э';
    cyrillic += cased(letter, written.slice(at, at + piece.length));
    at += piece.length;
  }
  return cyrillic;
};

const spellText = (latin: string): string => latin.replaceAll('PINFL', 'JSHSHIR').replace(word, spellWord);

/**
 * Uzbek text in Latin script rewritten in Cyrillic. Placeholders `{{x}}`, `keptTokens`, addresses and codes with
 * digits stay as they are; so does text that is already Cyrillic. Any of ʻ ʼ ' ’ ‘ may stand for the apostrophe.
 */
export const transliterate = (latin: string): string => {
  let cyrillic = '';
  let from = 0;
  for (const match of latin.matchAll(kept)) {
    cyrillic += spellText(latin.slice(from, match.index)) + match[0];
    from = match.index + match[0].length;
  }
  return cyrillic + spellText(latin.slice(from));
};
