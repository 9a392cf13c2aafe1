import type { PinflRefusalCode } from '@darmon/domain/pinfl';
import type { ScanRefusalCode } from '@darmon/domain/scan';
import type { Entry, Words } from '../entry.ts';

/** Why one scan or typed number was not accepted, and what to try, for every code of the scan parsers. */

const again: Entry = {
  uz: 'Kod toʻliq oʻqilmadi. Qaytadan skanerlang.',
  ru: 'Код прочитан не полностью. Отсканируйте ещё раз.',
  en: 'The code was not read whole. Scan it again.',
};
const keyboard: Entry = {
  uz: 'Klaviatura lotin harflarida emas. Inglizcha tartibga oʻtkazib, qayta skanerlang.',
  ru: 'Клавиатура не в латинской раскладке. Переключите на английскую и отсканируйте снова.',
  en: 'The keyboard is not in a Latin layout. Switch to English and scan again.',
};
const separators: Entry = {
  uz: 'Skaner ajratuvchi belgilarni tushirib qoldiryapti. Kamera bilan oʻqing yoki maʼlumotni qadoqdan kiriting.',
  ru: 'Сканер теряет разделители. Прочитайте камерой или введите данные с упаковки.',
  en: 'The scanner drops the separators. Use the camera, or type the details from the pack.',
};
const pack: Entry = {
  uz: 'Qadoqdagi kodda xato bor. Maʼlumotni qadoqdan qarab kiriting.',
  ru: 'В коде упаковки ошибка. Введите данные с упаковки вручную.',
  en: 'The pack’s code has a fault. Type the details from the pack.',
};
const other: Entry = {
  uz: 'Bu boshqa turdagi kod. Retseptning katta kodini yoki qadoqdagi DataMatrix kodini skanerlang.',
  ru: 'Это код другого вида. Отсканируйте большой код рецепта или DataMatrix на упаковке.',
  en: 'This is another kind of code. Scan the prescription’s large code or the DataMatrix on the pack.',
};

export const scan = {
  empty: {
    uz: 'Hech narsa oʻqilmadi. Qaytadan skanerlang.',
    ru: 'Ничего не прочитано. Отсканируйте ещё раз.',
    en: 'Nothing was read. Scan again.',
  },
  'input-too-long': other,
  'mixed-keyboard': keyboard,
  'uncertain-keyboard': keyboard,
  'separator-lost': separators,
  'unsupported-symbology': other,
  'not-gs1-symbology': other,
  'mixed-separators': separators,
  'stray-separator': separators,
  'printed-brackets': {
    uz: 'Bu kod ostidagi yozuv. Kodning oʻzini skanerlang.',
    ru: 'Это подпись под кодом. Отсканируйте сам код.',
    en: 'This is the text printed under the code. Scan the code itself.',
  },
  'unknown-ai': pack,
  'value-too-short': again,
  'value-too-long': separators,
  'missing-separator': separators,
  'bad-character': again,
  'bad-check-digit': {
    uz: 'Raqamda xato bor: nazorat raqami mos kelmadi. Qaytadan skanerlang yoki diqqat bilan kiriting.',
    ru: 'В номере ошибка: не сходится контрольная цифра. Отсканируйте ещё раз или введите внимательнее.',
    en: 'A digit is wrong: the check digit does not agree. Scan again, or type it with care.',
  },
  'all-zeros': {
    uz: 'Kodda faqat nollar bor: bu sinov uchun bosilgan yorliq. Qadoqdagi boshqa kodni skanerlang.',
    ru: 'В коде одни нули: это пробная этикетка. Отсканируйте другой код на упаковке.',
    en: 'The code is nothing but zeros: a test label. Scan another code on the pack.',
  },
  'bad-date': pack,
  'bad-time': pack,
  'bad-country': pack,
  'bad-piece': pack,
  'contradicting-values': pack,
  'bad-uri': other,
  'number-bad-character': {
    uz: 'Retsept raqami harf bilan boshlanadi va faqat lotin harflari hamda raqamlardan iborat.',
    ru: 'Номер рецепта начинается с буквы и состоит только из латинских букв и цифр.',
    en: 'A prescription number begins with a letter and has only Latin letters and digits.',
  },
  'number-bad-length': {
    uz: 'Retsept raqamida 13 ta belgi boʻladi.',
    ru: 'В номере рецепта 13 знаков.',
    en: 'A prescription number has 13 characters.',
  },
  'number-bad-check': {
    uz: 'Raqamda xato bor. Qogʻozdagi raqam bilan solishtiring.',
    ru: 'В номере ошибка. Сверьте его с бумагой.',
    en: 'A character is wrong. Compare it with the paper.',
  },
  'prescription-unreadable': again,
  'not-a-gtin': pack,
  ambiguous: {
    uz: 'Bu raqamni ikki xil tushunish mumkin. Kodni kamera bilan skanerlang.',
    ru: 'Эти цифры можно понять по-разному. Отсканируйте код камерой.',
    en: 'These digits can mean two things. Scan the code with the camera.',
  },
  unrecognised: other,
  'not-json-string': again,
  'pinfl-not-14-digits': {
    uz: 'JSHSHIR 14 ta raqamdan iborat.',
    ru: 'ПИНФЛ состоит из 14 цифр.',
    en: 'A PINFL has 14 digits.',
  },
  'pinfl-bad-century': {
    uz: 'JSHSHIRning birinchi raqami 1 dan 6 gacha boʻladi.',
    ru: 'Первая цифра ПИНФЛ — от 1 до 6.',
    en: 'The first digit of a PINFL is 1 to 6.',
  },
  'pinfl-bad-birth-date': {
    uz: 'JSHSHIRdagi tugʻilgan sana notoʻgʻri. Raqamlarni hujjat bilan solishtiring.',
    ru: 'Дата рождения в ПИНФЛ неверна. Сверьте цифры с документом.',
    en: 'The birth date in the PINFL is not right. Compare the digits with the document.',
  },
  'pinfl-bad-check-digit': {
    uz: 'JSHSHIRning oxirgi raqami mos kelmadi. Raqamlarni hujjat bilan solishtiring.',
    ru: 'Не сходится последняя цифра ПИНФЛ. Сверьте цифры с документом.',
    en: 'The last digit of the PINFL does not agree. Compare the digits with the document.',
  },
} satisfies Record<ScanRefusalCode | PinflRefusalCode, Entry> satisfies Words;
