/**
 * Uzbek from the Latin into the Cyrillic script, by the orthography of 1995 (Latin) and 1956 (Cyrillic).
 * Rules cover the native words; loan words whose Cyrillic spelling keeps what the Latin one lost (ь, ц, щ) are listed
 * by stem. It knows nothing of keys or areas: text in, text out.
 */

/** Latin names that are written the same in every script: what is printed on a pack, a file or a screen. */
export const keptTokens: readonly string[] = [
  'QR',
  'PDF',
  'CSV',
  'XLSX',
  'JSON',
  'GTIN',
  'SSCC',
  'GLN',
  'DataMatrix',
  'ICD',
  'ATC',
  'INN',
  'API',
  'URL',
  'USB',
  'Wi-Fi',
  'PIN',
  'TOTP',
  'FEFO',
  'mg',
  'ml',
  'mcg',
  'IU',
]; // prettier-ignore

const apostrophe = "[ʻʼ'’‘`]";

/** Left as it stands: placeholders, nested keys, addresses, the names above, and codes with digits such as RX1 or J03.9. */
const kept = new RegExp(
  `\\{\\{.*?\\}\\}|\\$t\\([^)]*\\)|https?://\\S+|[\\w.+-]+@[\\w.-]+|(?<![\\p{L}\\d])(?:${keptTokens.join('|')})(?![\\p{L}\\d])|(?<![\\p{L}\\d])[A-Za-z]+\\d[\\w.]*`,
  'gu',
);

const word = new RegExp(`[A-Za-z]+(?:${apostrophe}[A-Za-z]+|(?<=[OoGg])${apostrophe}[A-Za-z]*)*`, 'g');

const letters: Readonly<Record<string, string>> = {
  a: 'а',
  b: 'б',
  d: 'д',
  e: 'е',
  f: 'ф',
  g: 'г',
  h: 'ҳ',
  i: 'и',
  j: 'ж',
  k: 'к',
  l: 'л',
  m: 'м',
  n: 'н',
  o: 'о',
  p: 'п',
  q: 'қ',
  r: 'р',
  s: 'с',
  t: 'т',
  u: 'у',
  v: 'в',
  x: 'х',
  y: 'й',
  z: 'з',
  oʻ: 'ў',
  gʻ: 'ғ',
  sh: 'ш',
  ch: 'ч',
  yo: 'ё',
  yu: 'ю',
  ya: 'я',
  ye: 'е',
  ts: 'ц',
  ʼ: 'ъ',
}; // prettier-ignore

/** Stems at the start of a word whose Cyrillic spelling no rule can know. */
const stems: Readonly<Record<string, string>> = {
  aerozol: 'аэрозоль',
  aksiya: 'акция',
  albom: 'альбом',
  aprel: 'апрель',
  ambulatoriya: 'амбулатория',
  dekabr: 'декабрь',
  delta: 'дельта',
  dozator: 'дозатор',
  fevral: 'февраль',
  filtr: 'фильтр',
  funksiya: 'функция',
  gel: 'гель',
  inyeksiya: 'инъекция',
  inyeksion: 'инъекцион',
  instruksiya: 'инструкция',
  intervyu: 'интервью',
  iyul: 'июль',
  iyun: 'июнь',
  kalendar: 'календарь',
  kalsiy: 'кальций',
  kompyuter: 'компьютер',
  konyunktiv: 'конъюнктив',
  kontrol: 'контроль',
  kvitansiya: 'квитанция',
  litsey: 'лицей',
  medalyon: 'медальон',
  modul: 'модуль',
  nebulayzer: 'небулайзер',
  noyabr: 'ноябрь',
  nol: 'ноль',
  oktyabr: 'октябрь',
  parol: 'пароль',
  pitsa: 'пицца',
  premyera: 'премьера',
  protsedura: 'процедура',
  pult: 'пульт',
  rol: 'роль',
  sentyabr: 'сентябрь',
  sex: 'цех',
  sikl: 'цикл',
  sirk: 'цирк',
  stansiya: 'станция',
  tsex: 'цех',
  vaksina: 'вакцина',
  yanvar: 'январь',
  yogurt: 'йогурт',
  yod: 'йод',
}; // prettier-ignore

// `rol` must not catch `rolik`, nor `gel` `gelmint`: after these only a native ending or nothing may follow.
const ending =
  '(?:i|im|ing|imiz|ingiz|lar\\w*|ni\\w*|ning|ga\\w*|da\\w*|dan|siz\\w*|li\\w*|si\\w*|chi\\w*|dagi|sini|sining|iga|ida|idan|ini|ining|larni|sh\\w*|m|ng)?';
const stem = new RegExp(
  `^(${Object.keys(stems)
    .sort((a, b) => b.length - a.length)
    .join('|')})(?=${ending}$)`,
);

/** The conditional, the imperative and "without" put a native s after a stem's t: ketsa, aytsin, vaqtsiz. */
const nativeTs = /^ts(?:a|am|ang|ak|angiz|alar|in|inlar|iz[a-z]*)$/;
/** Prefixes after which Cyrillic writes ъ before a iotated vowel; elsewhere it writes ь. */
const hardPrefix = /^(?:ob|sub|in|ad|kon|s|diz|post|trans)$/;

const vowel = /[aeiou]/;

/** One word in lower case, apostrophes already ʻ after o and g, else ʼ. */
const spell = (latin: string): string => {
  const exception = stem.exec(latin)?.[1];
  let cyrillic = exception ? (stems[exception] as string) : '';
  let at = exception?.length ?? 0;
  while (at < latin.length) {
    const before = latin[at - 1] ?? '';
    const pair = latin.slice(at, at + 2);
    const single = latin[at] as string;
    if (pair === 'yo' && latin[at + 2] === 'ʻ') cyrillic += 'й';
    else if (pair === 'ts' && nativeTs.test(latin.slice(at))) cyrillic += 'т';
    else if (pair === 'ye' && at > 0 && !vowel.test(before) && before !== 'ʻ' && before !== 'ʼ') {
      cyrillic += hardPrefix.test(latin.slice(0, at)) ? 'ъе' : 'ье';
      at += 1;
    } else if (letters[pair] && pair.length === 2) {
      cyrillic += letters[pair];
      at += 1;
    } else if (single === 'ʼ' && before === 's' && latin[at + 1] === 'h') {
      // The apostrophe only keeps s and h apart (Isʼhoq); Cyrillic needs no sign for it.
    } else if (single === 'e' && (at === 0 || vowel.test(before) || before === 'ʻ')) cyrillic += 'э';
    else cyrillic += letters[single] ?? single;
    at += 1;
  }
  return cyrillic;
};

const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const spellWord = (written: string): string => {
  const latin = written
    .toLowerCase()
    .replace(new RegExp(`(?<=[og])${apostrophe}`, 'g'), 'ʻ')
    .replace(new RegExp(apostrophe, 'g'), (mark) => (mark === 'ʻ' ? mark : 'ʼ'));
  const cyrillic = spell(latin);
  const plain = written.replace(/[^A-Za-z]/g, '');
  if (plain.length > 1 && plain === plain.toUpperCase() && plain !== 'SH' && plain !== 'CH')
    return cyrillic.toUpperCase();
  return /^[A-Z]/.test(written) ? upperFirst(cyrillic) : cyrillic;
};

const spellText = (latin: string): string =>
  latin.replace(word, (written) => (written === 'PINFL' ? 'ЖШШИР' : spellWord(written)));

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
