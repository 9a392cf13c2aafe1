import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keptTokens, transliterate } from './transliterate.ts';

const words: [latin: string, cyrillic: string][] = [
  // oʻ and gʻ, with whatever apostrophe the keyboard had
  ['Oʻzbekiston', 'Ўзбекистон'],
  ["bog'", 'боғ'],
  ['toʼgʼri', 'тўғри'],
  ['qoʻy', 'қўй'],
  ['toʻgʻri', 'тўғри'],
  ['OʻZGARISH', 'ЎЗГАРИШ'],
  // digraphs and their capitals
  ['shifokor', 'шифокор'],
  ['Shahar', 'Шаҳар'],
  ['SHAHAR', 'ШАҲАР'],
  ['choʻl', 'чўл'],
  ['Chorak', 'Чорак'],
  ['mashhur', 'машҳур'],
  ['Isʼhoq', 'Исҳоқ'],
  ['asʼhob', 'асҳоб'],
  // iotated letters, and й before ў
  ['yoʻq', 'йўқ'],
  ['Yoʻl', 'Йўл'],
  ['YOʻQ', 'ЙЎҚ'],
  ['yosh', 'ёш'],
  ['dunyo', 'дунё'],
  ['oyoq', 'оёқ'],
  ['yuz', 'юз'],
  ['yangi', 'янги'],
  ['yengil', 'енгил'],
  ['tayyor', 'тайёр'],
  // е or э
  ['ertalab', 'эрталаб'],
  ['Eslatma', 'Эслатма'],
  ['keyin', 'кейин'],
  ['poema', 'поэма'],
  ['aerozol', 'аэрозоль'],
  ['qayta-eshitish', 'қайта-эшитиш'],
  // the sign ъ
  ['maʼno', 'маъно'],
  ['Eʼtibor', 'Эътибор'],
  ["ma'lumot", 'маълумот'],
  ['sunʼiy', 'сунъий'],
  // ц, and a native тс
  ['retsept', 'рецепт'],
  ['litsenziya', 'лицензия'],
  ['shprits', 'шприц'],
  ['aytsa', 'айтса'],
  ['yotsin', 'ётсин'],
  ['vaqtsiz', 'вақтсиз'],
  ['infeksiya', 'инфекция'],
  ['anoreksiya', 'анорексия'],
  // loans with ь and ъ
  ['obyekt', 'объект'],
  ['inyeksiya', 'инъекция'],
  ['konyunktivit', 'конъюнктивит'],
  ['kompyuterda', 'компьютерда'],
  ['oktyabrdan', 'октябрьдан'],
  ['rol', 'роль'],
  ['roli', 'роли'],
  ['rolik', 'ролик'],
  ['parolingizni', 'паролингизни'],
  // ж, ҳ, қ, х
  ['jihoz', 'жиҳоз'],
  ['qoʻllanma', 'қўлланма'],
  ['xona', 'хона'],
  ['JSHSHIRning', 'ЖШШИРнинг'],
  ['PINFLni', 'ЖШШИРни'],
  ['XKT-10', 'ХКТ-10'],
];

describe('Uzbek in Cyrillic', () => {
  test.each(words)('%s is written %s', (latin, cyrillic) => {
    expect(transliterate(latin)).toBe(cyrillic);
  });

  test('placeholders, names of files and codes stay as they are', () => {
    expect(transliterate('{{shifokor}}ga QR-kod, PDF fayl va GTINni yubordi')).toBe(
      '{{shifokor}}га QR-код, PDF файл ва GTINни юборди',
    );
    expect(transliterate('J06.9 kodi, RX1 va 2,5 ml')).toBe('J06.9 коди, RX1 ва 2,5 ml');
    expect(transliterate('https://darmon.uz/p sahifasi')).toBe('https://darmon.uz/p саҳифаси');
  });

  test('punctuation, digits and quotation marks are not touched', () => {
    expect(transliterate('“Dori” — 3 ta, ‘tabletka’ (kuniga)!')).toBe('“Дори” — 3 та, ‘таблетка’ (кунига)!');
  });

  test('every kept name is kept', () => {
    for (const token of keptTokens) expect(transliterate(`bu ${token} edi`)).toBe(`бу ${token} эди`);
  });

  test('nothing that is already Cyrillic changes, so that rewriting twice is rewriting once', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words.map(([latin]) => latin)), { maxLength: 6 }), (chosen) => {
        const once = transliterate(chosen.join(' '));
        expect(transliterate(once)).toBe(once);
      }),
    );
  });

  test('any text is rewritten without a crash', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => typeof transliterate(text) === 'string'));
  });
});
