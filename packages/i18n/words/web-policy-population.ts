import type { Words } from '../entry.ts';

/** How many people live where, on the administrator's screen of rules. */
export const policyPopulation = {
  population: { uz: 'Aholi soni', ru: 'Численность населения', en: 'Inhabitants' },
  populationNote: {
    uz: 'Hisobotlarda 1000 kishiga hisoblangan sonlar shular boʻyicha. Har oy oʻz yilidan kech boʻlmagan eng soʻnggi yil bilan hisoblanadi.',
    ru: 'По ним считаются показатели на 1000 жителей. Для каждого месяца берётся последний год не позже него.',
    en: 'Figures per 1,000 inhabitants are by these. Each month is told by the latest year that is not after it.',
  },
  populationYear: {
    uz: '{{year}}: {{all}} kishi ({{source}})',
    ru: '{{year}}: {{all}} чел. ({{source}})',
    en: '{{year}}: {{all}} people ({{source}})',
  },
  populationEnter: { uz: 'Yilni kiritish', ru: 'Внести год', en: 'Enter a year' },
  populationSaved: { uz: '{{year}}-yil saqlandi', ru: 'Год {{year}} сохранён', en: '{{year}} is saved' },
  populationOf: { uz: 'Yil', ru: 'Год', en: 'Year' },
  populationYearWrong: {
    uz: '1990 dan 2100 gacha yil yozing.',
    ru: 'Укажите год от 1990 до 2100.',
    en: 'Give a year from 1990 to 2100.',
  },
  populationSource: { uz: 'Manba', ru: 'Источник', en: 'Source' },
  populationSourceHint: {
    uz: 'Kim sanagan va qaysi sanaga',
    ru: 'Кто и на какую дату посчитал',
    en: 'Who counted, and as of which day',
  },
  populationSourceWrong: { uz: 'Manbani yozing.', ru: 'Укажите источник.', en: 'Say where the figures are from.' },
  populationReasonWrong: {
    uz: 'Asosni qisqacha yozing.',
    ru: 'Коротко укажите основание.',
    en: 'Say why in a few words.',
  },
  populationNumberWrong: {
    uz: '1 dan 100 000 000 gacha butun son.',
    ru: 'Целое число от 1 до 100 000 000.',
    en: 'A whole number from 1 to 100,000,000.',
  },
  populationNone: {
    uz: 'Hech boʻlmasa bitta hudud uchun son yozing.',
    ru: 'Укажите число хотя бы для одного региона.',
    en: 'Give a number for one region at least.',
  },
} satisfies Words;
