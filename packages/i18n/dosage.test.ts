import { Dosage, whens } from '@darmon/domain/dosage';
import { routes, units } from '@darmon/domain/medicine';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dosageSentence, quantityText } from './dosage.ts';
import { languages } from './language.ts';

const coded = (dosage: Record<string, unknown>): Dosage => Dosage.parse(dosage);

/** Each dosage with its sentence in uz-Latn, uz-Cyrl, ru and en. */
const table: [dosage: Record<string, unknown>, ...sentences: [string, string, string, string]][] = [
  [
    { amount: 1, unit: 'capsule', timesPerDay: 3, days: 7, when: ['after-meal'], route: 'oral' },
    '1 kapsuladan kuniga 3 mahal, ovqatdan keyin, 7 kun davomida ichiladi.',
    '1 капсуладан кунига 3 маҳал, овқатдан кейин, 7 кун давомида ичилади.',
    'Принимать внутрь по 1 капсуле 3 раза в день после еды в течение 7 дней.',
    'Take 1 capsule by mouth 3 times a day after meals for 7 days.',
  ],
  [
    {
      amount: 0.5,
      unit: 'tablet',
      timesPerDay: 2,
      days: 30,
      when: ['evening', 'morning', 'before-meal'],
      route: 'oral',
    },
    'Yarim (½) tabletkadan kuniga 2 mahal, ertalab va kechqurun, ovqatdan oldin, 30 kun davomida ichiladi.',
    'Ярим (½) таблеткадан кунига 2 маҳал, эрталаб ва кечқурун, овқатдан олдин, 30 кун давомида ичилади.',
    'Принимать внутрь по половине (½) таблетки 2 раза в день утром и вечером, до еды, в течение 30 дней.',
    'Take half (½) a tablet by mouth 2 times a day in the morning and in the evening, before meals, for 30 days.',
  ],
  [
    { amount: 1.5, unit: 'tablet', timesPerDay: 1, days: 21, when: ['night'], route: 'oral' },
    'Bir yarim (1½) tabletkadan kuniga 1 mahal, uxlashdan oldin, 21 kun davomida ichiladi.',
    'Бир ярим (1½) таблеткадан кунига 1 маҳал, ухлашдан олдин, 21 кун давомида ичилади.',
    'Принимать внутрь по полторы (1½) таблетки 1 раз в день на ночь в течение 21 дня.',
    'Take one and a half (1½) tablets by mouth once a day at bedtime for 21 days.',
  ],
  [
    { amount: 0.25, unit: 'tablet', everyHours: 48, days: 1, route: 'sublingual' },
    'Chorak (¼) tabletkadan har 2 kunda bir mahal, 1 kun davomida til ostiga qoʻyib shimiladi.',
    'Чорак (¼) таблеткадан ҳар 2 кунда бир маҳал, 1 кун давомида тил остига қўйиб шимилади.',
    'Рассасывать под языком по четверти (¼) таблетки один раз в 2 дня в течение 1 дня.',
    'Dissolve a quarter (¼) of a tablet under the tongue once every 2 days for 1 day.',
  ],
  [
    { amount: 0.75, unit: 'tablet', timesPerDay: 1, days: 2, route: 'oral' },
    'Toʻrtdan uch (¾) tabletkadan kuniga 1 mahal, 2 kun davomida ichiladi.',
    'Тўртдан уч (¾) таблеткадан кунига 1 маҳал, 2 кун давомида ичилади.',
    'Принимать внутрь по три четверти (¾) таблетки 1 раз в день в течение 2 дней.',
    'Take three quarters (¾) of a tablet by mouth once a day for 2 days.',
  ],
  [
    { amount: 2.5, unit: 'tablet', timesPerDay: 4, days: 3, route: 'oral' },
    '2½ tabletkadan kuniga 4 mahal, 3 kun davomida ichiladi.',
    '2½ таблеткадан кунига 4 маҳал, 3 кун давомида ичилади.',
    'Принимать внутрь по 2½ таблетки 4 раза в день в течение 3 дней.',
    'Take 2½ tablets by mouth 4 times a day for 3 days.',
  ],
  [
    { amount: 2.5, unit: 'ml', everyHours: 6, days: 5, route: 'oral' },
    '2,5 ml dan har 6 soatda, 5 kun davomida ichiladi.',
    '2,5 мл дан ҳар 6 соатда, 5 кун давомида ичилади.',
    'Принимать внутрь по 2,5 мл каждые 6 часов в течение 5 дней.',
    'Take 2.5 ml by mouth every 6 hours for 5 days.',
  ],
  [
    {
      amount: 1,
      unit: 'tablet',
      timesPerDay: 4,
      days: 3,
      asNeeded: true,
      maxPerDay: 4,
      when: ['after-meal'],
      route: 'oral',
    },
    'Zarur boʻlganda 1 tabletkadan kuniga koʻpi bilan 4 mahal, ovqatdan keyin, koʻpi bilan 3 kun ichiladi; 24 soat ichida 4 tabletkadan oshmasin.',
    'Зарур бўлганда 1 таблеткадан кунига кўпи билан 4 маҳал, овқатдан кейин, кўпи билан 3 кун ичилади; 24 соат ичида 4 таблеткадан ошмасин.',
    'Принимать внутрь по 1 таблетке при необходимости, не более 4 раз в день, после еды, не дольше 3 дней; не более 4 таблеток за 24 часа.',
    'Take 1 tablet by mouth when needed, up to 4 times a day, after meals, for up to 3 days; no more than 4 tablets in 24 hours.',
  ],
  [
    { amount: 2, unit: 'dose', everyHours: 4, days: 30, asNeeded: true, maxPerDay: 8, route: 'inhalation' },
    'Zarur boʻlganda 2 dozadan kamida 4 soat oralab, koʻpi bilan 30 kun nafas bilan ichga tortiladi; 24 soat ichida 8 dozadan oshmasin.',
    'Зарур бўлганда 2 дозадан камида 4 соат оралаб, кўпи билан 30 кун нафас билан ичга тортилади; 24 соат ичида 8 дозадан ошмасин.',
    'Вдыхать по 2 дозы при необходимости, с перерывом не менее 4 часов, не дольше 30 дней; не более 8 доз за 24 часа.',
    'Inhale 2 doses when needed, at least 4 hours apart, for up to 30 days; no more than 8 doses in 24 hours.',
  ],
  [
    { amount: 1, unit: 'capsule', timesPerDay: 1, days: 30, route: 'inhalation' },
    '1 kapsuladan kuniga 1 mahal, 30 kun davomida ingalyator orqali nafas bilan tortiladi (yutilmaydi).',
    '1 капсуладан кунига 1 маҳал, 30 кун давомида ингалятор орқали нафас билан тортилади (ютилмайди).',
    'Вдыхать через ингалятор (не глотать) по 1 капсуле 1 раз в день в течение 30 дней.',
    'Inhale 1 capsule through the inhaler (do not swallow) once a day for 30 days.',
  ],
  [
    { amount: 1, unit: 'drop', timesPerDay: 5, days: 10, route: 'ophthalmic' },
    '1 tomchidan kuniga 5 mahal, 10 kun davomida koʻzga tomiziladi.',
    '1 томчидан кунига 5 маҳал, 10 кун давомида кўзга томизилади.',
    'Закапывать в глаз по 1 капле 5 раз в день в течение 10 дней.',
    'Put 1 drop into the eye 5 times a day for 10 days.',
  ],
  [
    { amount: 1.5, unit: 'vial', timesPerDay: 1, days: 22, route: 'intramuscular' },
    'Bir yarim (1½) flakondan kuniga 1 mahal, 22 kun davomida mushak orasiga yuboriladi.',
    'Бир ярим (1½) флакондан кунига 1 маҳал, 22 кун давомида мушак орасига юборилади.',
    'Вводить внутримышечно по полтора (1½) флакона 1 раз в день в течение 22 дней.',
    'Inject one and a half (1½) vials into a muscle once a day for 22 days.',
  ],
  [
    { amount: 0.5, unit: 'ampoule', everyHours: 1, days: 2, route: 'subcutaneous' },
    'Yarim (½) ampuladan har soatda, 2 kun davomida teri ostiga yuboriladi.',
    'Ярим (½) ампуладан ҳар соатда, 2 кун давомида тери остига юборилади.',
    'Вводить подкожно по половине (½) ампулы каждый час в течение 2 дней.',
    'Inject half (½) an ampoule under the skin every hour for 2 days.',
  ],
  [
    { amount: 21, unit: 'tablet', everyHours: 21, days: 11, maxPerDay: 21, route: 'oral' },
    '21 tabletkadan har 21 soatda, 11 kun davomida ichiladi; 24 soat ichida 21 tabletkadan oshmasin.',
    '21 таблеткадан ҳар 21 соатда, 11 кун давомида ичилади; 24 соат ичида 21 таблеткадан ошмасин.',
    'Принимать внутрь по 21 таблетке каждый 21 час в течение 11 дней; не более 21 таблетки за 24 часа.',
    'Take 21 tablets by mouth every 21 hours for 11 days; no more than 21 tablets in 24 hours.',
  ],
  [
    { amount: 1, unit: 'patch', everyHours: 72, days: 30, route: 'transdermal' },
    '1 plastirdan har 3 kunda bir mahal, 30 kun davomida teriga yopishtiriladi.',
    '1 пластирдан ҳар 3 кунда бир маҳал, 30 кун давомида терига ёпиштирилади.',
    'Наклеивать на кожу по 1 пластырю один раз в 3 дня в течение 30 дней.',
    'Stick 1 patch on the skin once every 3 days for 30 days.',
  ],
  [
    { amount: 1, unit: 'suppository', timesPerDay: 1, days: 5, when: ['night'], route: 'rectal' },
    '1 shamchadan kuniga 1 mahal, uxlashdan oldin, 5 kun davomida toʻgʻri ichakka yuboriladi.',
    '1 шамчадан кунига 1 маҳал, ухлашдан олдин, 5 кун давомида тўғри ичакка юборилади.',
    'Вводить в прямую кишку по 1 суппозиторию 1 раз в день на ночь в течение 5 дней.',
    'Insert 1 suppository into the rectum once a day at bedtime for 5 days.',
  ],
  [
    { amount: 5, unit: 'g', timesPerDay: 2, days: 14, route: 'topical' },
    '5 g dan kuniga 2 mahal, 14 kun davomida teriga surtiladi.',
    '5 г дан кунига 2 маҳал, 14 кун давомида терига суртилади.',
    'Наносить на кожу по 5 г 2 раза в день в течение 14 дней.',
    'Apply 5 g to the skin 2 times a day for 14 days.',
  ],
];

const rows = table.flatMap(([dosage, ...sentences]) =>
  languages.map((language, i) => ({ dosage, language, sentence: sentences[i] as string })),
);

const arbitrary = fc
  .record({
    amount: fc.oneof(
      fc.integer({ min: 1, max: 10_000_000 }).map((n) => n / 1000),
      fc.constantFrom(0.25, 0.5, 0.75, 1, 1.5),
    ),
    unit: fc.constantFrom(...units),
    often: fc.oneof(
      fc.integer({ min: 1, max: 24 }).map((timesPerDay) => ({ timesPerDay })),
      fc.integer({ min: 1, max: 168 }).map((everyHours) => ({ everyHours })),
    ),
    days: fc.integer({ min: 1, max: 365 }),
    when: fc.option(fc.uniqueArray(fc.constantFrom(...whens), { maxLength: 4 }), { nil: undefined }),
    asNeeded: fc.boolean(),
    maxPerDay: fc.integer({ min: 1, max: 100_000 }),
    route: fc.constantFrom(...routes),
  })
  .map(({ often, when, asNeeded, maxPerDay, ...rest }) => ({
    ...rest,
    ...often,
    ...(when ? { when } : {}),
    ...(asNeeded ? { asNeeded, maxPerDay } : {}),
  }));

describe('a dosage reads back as a sentence', () => {
  test.each(rows)('$language: $sentence', ({ dosage, language, sentence }) => {
    expect(dosageSentence(coded(dosage), language)).toBe(sentence);
  });

  test('every dosage there can be is one whole sentence in every language', () => {
    fc.assert(
      fc.property(arbitrary, fc.constantFrom(...languages), (dosage, language) => {
        const sentence = dosageSentence(coded(dosage), language);
        expect(sentence).toMatch(/^[\p{Lu}\d].*[^\s.;,]\.$/u);
        expect(sentence).not.toMatch(/\{\{|undefined|NaN|dosage:| {2}| [,;.]|,,/);
        if (language === 'uz-Cyrl' || language === 'ru') expect(sentence).not.toMatch(/[A-Za-z]/);
      }),
      { numRuns: 1000 },
    );
  });

  test('dosages that differ in any field never read alike', () => {
    const base = { amount: 1, unit: 'tablet', timesPerDay: 2, days: 5, route: 'oral' };
    const others = [
      { ...base, amount: 2 },
      { ...base, amount: 1.001 },
      { ...base, unit: 'capsule' },
      { ...base, timesPerDay: 3 },
      { amount: 1, unit: 'tablet', everyHours: 12, days: 5, route: 'oral' },
      { ...base, days: 6 },
      { ...base, route: 'sublingual' },
      { ...base, maxPerDay: 3 },
      { ...base, asNeeded: true, maxPerDay: 3 },
      ...whens.map((when) => ({ ...base, when: [when] })),
    ];
    for (const language of languages) {
      const read = [base, ...others].map((dosage) => dosageSentence(coded(dosage), language));
      expect(new Set(read).size).toBe(read.length);
    }
  });
});

describe('a quantity', () => {
  test.each([
    [1, 'tablet', '1 ta tabletka', '1 та таблетка', '1 таблетка', '1 tablet'],
    [3, 'capsule', '3 ta kapsula', '3 та капсула', '3 капсулы', '3 capsules'],
    [20, 'tablet', '20 ta tabletka', '20 та таблетка', '20 таблеток', '20 tablets'],
    [21, 'vial', '21 ta flakon', '21 та флакон', '21 флакон', '21 vials'],
    [112, 'sachet', '112 ta paketcha', '112 та пакетча', '112 пакетиков', '112 sachets'],
    [100, 'ml', '100 ml', '100 мл', '100 мл', '100 ml'],
    [9400, 'ml', '9400 ml', '9400 мл', '9400 мл', '9400 ml'],
    [11_700.5, 'ml', '11\u00a0700,5 ml', '11\u00a0700,5 мл', '11\u00a0700,5 мл', '11,700.5 ml'],
    [1_200_000, 'ml', '1\u00a0200\u00a0000 ml', '1\u00a0200\u00a0000 мл', '1\u00a0200\u00a0000 мл', '1,200,000 ml'],
    [2, 'dose', '2 doza', '2 доза', '2 дозы', '2 doses'],
  ] as const)('%d × %s is counted in each language', (quantity, unit, ...texts) => {
    expect(languages.map((language) => quantityText(quantity, unit, language))).toEqual(texts);
  });

  test('every unit has a noun in every language', () => {
    for (const unit of units)
      for (const language of languages) expect(quantityText(5, unit, language)).toMatch(/^5 .*\p{L}$/u);
  });
});
