import type { Words } from '../entry.ts';

/** The thresholds of the daily analysis and the closing of months, in the administrator's form of rules. */
export const policyAnalysis = {
  analysis: { uz: 'Kunlik tahlil', ru: 'Ежедневный анализ', en: 'Daily analysis' },
  analysisNote: {
    uz: 'Shu sonlardan boshlab tahlil ish ochadi. Pastroq son koʻproq ish va koʻproq behuda tekshiruv degani.',
    ru: 'Начиная с этих чисел анализ заводит дело. Чем ниже число, тем больше дел и тем больше напрасных проверок.',
    en: 'From these numbers on the analysis opens a case. Lower numbers mean more cases, and more that come to nothing.',
  },
  windowDays: { uz: 'Necha kunga qaraladi', ru: 'За сколько дней смотрит', en: 'Looks back' },
  watchedAtc: {
    uz: 'Qoʻshimcha kuzatiladigan dorilar (ATX kodlari boshi)',
    ru: 'Дополнительно под наблюдением (начала кодов АТХ)',
    en: 'Watched as well (beginnings of ATC codes)',
  },
  overlaps: {
    uz: 'Turli shifokorlardan ustma-ust tushgan kurslar',
    ru: 'Перекрывающихся курсов у разных врачей',
    en: 'Overlapping courses of different doctors',
  },
  largeTimes: {
    uz: 'Katta miqdor: odatdagidan necha baravar',
    ru: 'Большое количество: во сколько раз больше обычного',
    en: 'A large quantity: times the usual one',
  },
  largeMany: {
    uz: 'Bir shifokorda katta miqdorlar',
    ru: 'Больших количеств у одного врача',
    en: 'Large ones of one doctor',
  },
  nightMany: {
    uz: 'Bir kishi tunda bergan kuzatiladigan dorilar',
    ru: 'Ночных отпусков под наблюдением у одного человека',
    en: 'Watched medicines supplied at night by one person',
  },
  overrideTimes: {
    uz: 'Ogohlantirishni oʻtkazish: boshqalardan necha baravar koʻp',
    ru: 'Обход предупреждений: во сколько раз чаще других',
    en: 'Passed warnings: times the share of others',
  },
  overrideMany: { uz: 'Kamida shuncha oʻtkazish', ru: 'Не меньше обходов', en: 'At least so many passed' },
  pairMany: {
    uz: 'Bir shifokor va bir farmatsevt: kamida necha marta',
    ru: 'Один врач и один фармацевт: не меньше раз',
    en: 'One doctor and one pharmacist: at least so often',
  },
  pairTimes: {
    uz: 'Juftlik: kutilgandan necha baravar koʻp',
    ru: 'Пара: во сколько раз чаще ожидаемого',
    en: 'A pair: times what is expected',
  },
  idlePercent: {
    uz: 'Natijasiz qidiruvlar ulushi',
    ru: 'Доля поисков, за которыми ничего нет',
    en: 'Share of look-ups that nothing follows',
  },
  idleMany: { uz: 'Kamida shuncha natijasiz qidiruv', ru: 'Не меньше таких поисков', en: 'At least so many of them' },
  idleInDay: { uz: 'Yoki bir kunda shuncha', ru: 'Или столько за один день', en: 'Or so many in one day' },
  refusedInHour: {
    uz: 'Bir soatda rad etilgan kirishlar',
    ru: 'Отказов во входе за час',
    en: 'Refused sign-ins within an hour',
  },
  refusedAtNight: { uz: 'Yoki tunlari rad etilganlari', ru: 'Или отказов по ночам', en: 'Or refused ones at night' },
  driftSeconds: {
    uz: 'Soat farqi shundan katta',
    ru: 'Часы расходятся больше чем на',
    en: 'A clock is off by more than',
  },
  driftDays: { uz: 'Shuncha kun davomida', ru: 'Столько дней', en: 'On so many days' },
  nightFrom: { uz: 'Tun boshlanishi, soat', ru: 'Ночь начинается в', en: 'Night begins at' },
  nightUntil: { uz: 'Tun tugashi, soat', ru: 'Ночь кончается в', en: 'Night ends at' },
  'unit.cases': { uz: '{{count}} ta', ru: '{{count}}', en: '{{count}}' },
  'unit.times': { uz: '{{count}} baravar', ru: '{{count}} раза', en: '{{count}} times' },
  'unit.seconds': { uz: '{{count}} soniya', ru: '{{count}} с', en: '{{count}} s' },
  'unit.oclock': { uz: 'soat {{count}}', ru: '{{count}} ч', en: '{{count}}:00' },
  'in.cases': { uz: 'ta', ru: 'шт.', en: 'number' },
  'in.times': { uz: 'baravar', ru: 'раз', en: 'times' },
  'in.seconds': { uz: 'soniya', ru: 'секунд', en: 'seconds' },
  closing: { uz: 'Oylarni yopish', ru: 'Закрытие месяцев', en: 'Closing of months' },
  closingNote: {
    uz: 'Auditor oyni tugashi bilan oʻzi yopishi mumkin. Yopmasa, jadval uni keyingi oyning shu kuni boshida yopadi. Bundan keyin kelgan yozuv keyingi oyda belgilab hisoblanadi.',
    ru: 'Аудитор может закрыть месяц, как только тот кончился. Иначе его закроет расписание в начале этого дня следующего месяца. Что придёт позже, войдёт в следующий месяц с отметкой.',
    en: 'An auditor may close a month once it is over. Otherwise the schedule does so when this day of the next month begins. What comes later counts in the next month and is marked there.',
  },
  freezeDay: { uz: 'Jadval boʻyicha yopish kuni', ru: 'День закрытия по расписанию', en: 'Closed by schedule on' },
  'unit.monthday': { uz: '{{count}}-kun', ru: '{{count}}-е число', en: 'day {{count}}' },
  'in.monthday': { uz: 'keyingi oy kuni', ru: 'число следующего месяца', en: 'day of the next month' },
  'in.oclock': { uz: 'soat', ru: 'часов', en: 'o’clock' },
} satisfies Words;
