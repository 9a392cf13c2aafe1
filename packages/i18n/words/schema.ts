import type { Words } from '../entry.ts';

/** What is wrong with one value of a request, by the kind of issue that the schema found. */
export const schema = {
  required: { uz: 'Bu maʼlumot majburiy.', ru: 'Это поле обязательно.', en: 'This is required.' },
  'type.string': { uz: 'Matn boʻlishi kerak.', ru: 'Здесь нужен текст.', en: 'This must be text.' },
  'type.number': { uz: 'Son boʻlishi kerak.', ru: 'Здесь нужно число.', en: 'This must be a number.' },
  'type.int': { uz: 'Butun son boʻlishi kerak.', ru: 'Здесь нужно целое число.', en: 'This must be a whole number.' },
  'type.boolean': {
    uz: 'Ha yoki yoʻq boʻlishi kerak.',
    ru: 'Здесь нужно «да» или «нет».',
    en: 'This must be yes or no.',
  },
  'type.array': { uz: 'Roʻyxat boʻlishi kerak.', ru: 'Здесь нужен список.', en: 'This must be a list.' },
  'type.object': {
    uz: 'Maʼlumotlar toʻplami boʻlishi kerak.',
    ru: 'Здесь нужна группа полей.',
    en: 'This must be a group of fields.',
  },
  'type.other': {
    uz: 'Bu turdagi qiymat mos emas.',
    ru: 'Значение другого вида.',
    en: 'This is another kind of value.',
  },
  'tooSmall.number': { uz: 'Kamida {{limit}} boʻlishi kerak.', ru: 'Не меньше {{limit}}.', en: 'At least {{limit}}.' },
  'tooSmall.above': { uz: '{{limit}} dan katta boʻlishi kerak.', ru: 'Больше {{limit}}.', en: 'More than {{limit}}.' },
  'tooSmall.string': {
    uz: 'Kamida {{limit}} ta belgi boʻlishi kerak.',
    ru: 'Не короче {{limit}} знаков.',
    en: 'At least {{limit}} characters.',
  },
  'tooSmall.array': {
    uz: 'Kamida {{limit}} ta boʻlishi kerak.',
    ru: 'Не меньше {{limit}} записей.',
    en: 'At least {{limit}} entries.',
  },
  'tooBig.number': {
    uz: 'Koʻpi bilan {{limit}} boʻlishi kerak.',
    ru: 'Не больше {{limit}}.',
    en: 'At most {{limit}}.',
  },
  'tooBig.below': { uz: '{{limit}} dan kichik boʻlishi kerak.', ru: 'Меньше {{limit}}.', en: 'Less than {{limit}}.' },
  'tooBig.string': {
    uz: 'Koʻpi bilan {{limit}} ta belgi boʻlishi kerak.',
    ru: 'Не длиннее {{limit}} знаков.',
    en: 'At most {{limit}} characters.',
  },
  'tooBig.array': {
    uz: 'Koʻpi bilan {{limit}} ta boʻlishi kerak.',
    ru: 'Не больше {{limit}} записей.',
    en: 'At most {{limit}} entries.',
  },
  format: { uz: 'Yozilishi notoʻgʻri.', ru: 'Записано не в том виде.', en: 'It is not written the right way.' },
  'format.date': {
    uz: 'Sana YYYY-MM-DD koʻrinishida boʻlishi kerak.',
    ru: 'Дата нужна в виде ГГГГ-ММ-ДД.',
    en: 'The date must be written YYYY-MM-DD.',
  },
  'format.datetime': {
    uz: 'Vaqt UTC boʻyicha, Z bilan tugashi kerak.',
    ru: 'Время нужно в UTC, с Z на конце.',
    en: 'The time must be in UTC, ending in Z.',
  },
  step: {
    uz: '{{limit}} ga karrali boʻlishi kerak.',
    ru: 'Должно быть кратно {{limit}}.',
    en: 'It must be a multiple of {{limit}}.',
  },
  value: { uz: 'Bunday tanlov yoʻq.', ru: 'Такого варианта нет.', en: 'This is not one of the choices.' },
  extra: { uz: 'Bu yerda ortiqcha maydon bor.', ru: 'Здесь лишнее поле.', en: 'There is a field too many here.' },
  variant: {
    uz: 'Mumkin boʻlgan koʻrinishlarning birortasiga ham mos emas.',
    ru: 'Не подходит ни под один из вариантов.',
    en: 'It fits none of the allowed shapes.',
  },
  other: { uz: 'Bu qiymat mos emas.', ru: 'Это значение не подходит.', en: 'This value is not accepted.' },

  // Rules of the domain's own schemas, by their message.
  'rule.at most three decimals': {
    uz: 'Verguldan keyin koʻpi bilan uchta raqam.',
    ru: 'Не больше трёх знаков после запятой.',
    en: 'At most three decimals.',
  },
  'rule.exactly one of timesPerDay and everyHours': {
    uz: 'Kuniga necha mahal yoki necha soatda: faqat bittasini tanlang.',
    ru: 'Выберите одно: сколько раз в день или через сколько часов.',
    en: 'Choose one: times a day, or every so many hours.',
  },
  'rule.needed with asNeeded': {
    uz: '«Zarur boʻlganda» uchun bir kunlik eng koʻp miqdor kerak.',
    ru: 'Для приёма «при необходимости» нужно наибольшее количество в сутки.',
    en: 'With “when needed”, give the most in one day.',
  },
  'rule.no repeats': {
    uz: 'Har birini bir martadan tanlang.',
    ru: 'Выберите каждое один раз.',
    en: 'Choose each only once.',
  },
  'rule.ends before it begins': {
    uz: 'Tugash sanasi boshlanish sanasidan oldin.',
    ru: 'Окончание раньше начала.',
    en: 'It ends before it begins.',
  },
} satisfies Words;
