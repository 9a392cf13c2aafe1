import type { PastProblemCode } from '@darmon/domain/past-use';
import type { Entry, Words } from '../entry.ts';
import { rowProblems } from './row-problems.ts';

/** The screen that brings in what was used before Darmon. */

const problems: Record<`problem.${PastProblemCode}`, Entry> = {
  ...rowProblems,
  'problem.site-unknown': {
    uz: 'bunday dorixona yoki ombor yoʻq, yoki u sizniki emas',
    ru: 'такой аптеки или склада нет, или это не ваше учреждение',
    en: 'there is no such pharmacy or warehouse, or it is not yours',
  },
  'problem.pack-ambiguous': {
    uz: 'bu dorining qadoqlari har xil: GTIN yoki dona sonini yozing',
    ru: 'упаковки этого лекарства разные: укажите GTIN или число единиц',
    en: 'the packs of this medicine differ: give the GTIN, or units',
  },
  'problem.days-out-too-many': {
    uz: 'bu davrda {{most}} kundan koʻp emas',
    ru: 'в этом периоде не больше {{most}} дней',
    en: 'this period has no more than {{most}} days',
  },
  'problem.period-to-come': {
    uz: 'bu davr hali tugamagan',
    ru: 'этот период ещё не закончился',
    en: 'this period is not over',
  },
  'problem.period-kept': {
    uz: 'muassasa {{since}} dan oʻz hisobini yuritadi: shu kundan sarfni hisobning oʻzi aytadi',
    ru: 'с {{since}} учреждение ведёт свой учёт: с этого дня расход говорит он сам',
    en: 'the site keeps its own ledger since {{since}}: from that day on the ledger tells what was used',
  },
  'problem.period-repeated': {
    uz: 'shu dorining shu davri {{row}}-qatorda ham bor',
    ru: 'этот период этого лекарства уже есть в строке {{row}}',
    en: 'row {{row}} has this period of this medicine too',
  },
  'problem.period-mixed': {
    uz: 'bir oy ham oy, ham kunlar bilan berilgan ({{row}}-qator)',
    ru: 'один месяц дан и целиком, и по дням (строка {{row}})',
    en: 'one month is given as a month and by days (row {{row}})',
  },
  'problem.period-known': {
    uz: 'bu oy avval boshqacha kiritilgan: {{used}} dona, {{daysOut}} kun dori boʻlmagan',
    ru: 'этот месяц уже внесён иначе: {{used}} единиц, {{daysOut}} дней без препарата',
    en: 'this month was brought in with other figures: {{used}} units, {{daysOut}} days without stock',
  },
};

export const webPast = {
  title: { uz: 'Oldingi sarfni yuklash', ru: 'Загрузка прежнего расхода', en: 'Bring in past use' },
  text: {
    uz: 'Darmongacha nima va qancha sarflanganini eski hisobdan yuklang: shunda birinchi kundanoq prognoz va reja boʻladi. Ikki-uch yil yetarli. Muassasa hisobini oʻzi yuritadigan kunlar yuklanmaydi.',
    ru: 'Загрузите из старого учёта, сколько расходовали до Darmon: тогда прогноз и план будут с первого дня. Двух-трёх лет достаточно. Дни, за которые учреждение ведёт учёт само, не загружаются.',
    en: 'Load from the old books what was used before Darmon, so that forecasts and plans are there from the first day. Two or three years are enough. Days of which the site keeps its own ledger are not taken.',
  },
  link: { uz: 'Oldingi sarfni yuklash', ru: 'Загрузить прежний расход', en: 'Bring in past use' },
  back: { uz: 'Rejalarga qaytish', ru: 'Назад к планам', en: 'Back to the plans' },
  replace: {
    uz: 'Avval kiritilgan oylarni yangilash',
    ru: 'Заменить месяцы, внесённые раньше',
    en: 'Replace months that were brought in before',
  },
  replaceHint: {
    uz: 'Avvalgi raqamlar, kim va qachon kiritgani tarixda qoladi.',
    ru: 'Прежние числа, кто и когда их внёс, останутся в истории.',
    en: 'The figures before, who brought them and when stay in the trail.',
  },
  ready: {
    uz: 'Hamma qator toʻgʻri va yuborildi. Hozircha hech narsa saqlanmadi.',
    ru: 'Все строки верны и отправлены. Пока ничего не сохранено.',
    en: 'All rows are sound and sent. Nothing is kept yet.',
  },
  keep: {
    uz: { one: '{{count}} qatorni saqlash', other: '{{count}} qatorni saqlash' },
    ru: {
      one: 'Сохранить {{count}} строку',
      few: 'Сохранить {{count}} строки',
      many: 'Сохранить {{count}} строк',
      other: 'Сохранить {{count}} строки',
    },
    en: { one: 'Keep {{count}} row', other: 'Keep {{count}} rows' },
  },
  keeping: {
    uz: 'Saqlanyapti: {{done}} / {{of}} dori',
    ru: 'Сохраняется: {{done}} из {{of}} препаратов',
    en: 'Keeping: {{done}} of {{of}} medicines',
  },
  done: { uz: 'Oldingi sarf saqlandi', ru: 'Прежний расход сохранён', en: 'Past use is kept' },
  added: {
    uz: { one: '{{count}} oy qoʻshildi', other: '{{count}} oy qoʻshildi' },
    ru: {
      one: 'Добавлен {{count}} месяц',
      few: 'Добавлено {{count}} месяца',
      many: 'Добавлено {{count}} месяцев',
      other: 'Добавлено {{count}} месяца',
    },
    en: { one: '{{count}} month was added', other: '{{count}} months were added' },
  },
  replaced: {
    uz: { one: '{{count}} oy yangilandi', other: '{{count}} oy yangilandi' },
    ru: {
      one: 'Заменён {{count}} месяц',
      few: 'Заменено {{count}} месяца',
      many: 'Заменено {{count}} месяцев',
      other: 'Заменено {{count}} месяца',
    },
    en: { one: '{{count}} month was replaced', other: '{{count}} months were replaced' },
  },
  left: {
    uz: {
      one: '{{count}} oy oʻzgarmadi: uni shu orada boshqa fayl kiritgan',
      other: '{{count}} oy oʻzgarmadi: ularni shu orada boshqa fayl kiritgan',
    },
    ru: {
      one: '{{count}} месяц не изменён: его тем временем внёс другой файл',
      few: '{{count}} месяца не изменены: их тем временем внёс другой файл',
      many: '{{count}} месяцев не изменены: их тем временем внёс другой файл',
      other: '{{count}} месяца не изменены: их тем временем внёс другой файл',
    },
    en: {
      one: '{{count}} month was left as it is: another file brought it meanwhile',
      other: '{{count}} months were left as they are: another file brought them meanwhile',
    },
  },
  next: {
    uz: 'Keyingi reja buni hisobga oladi.',
    ru: 'Следующий план это учтёт.',
    en: 'The next plan goes by it.',
  },
  ...problems,
} satisfies Words;
