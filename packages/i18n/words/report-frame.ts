import type { ReportKind } from '@darmon/domain/report';
import type { Entry, Words } from '../entry.ts';

const titles = {
  'title.dispensing-trail': { uz: 'Dori berish izlari', ru: 'Журнал отпуска', en: 'Dispensing trail' },
  'title.controlled-register': {
    uz: 'Nazoratdagi dorilar daftari',
    ru: 'Журнал контролируемых препаратов',
    en: 'Register of controlled medicines',
  },
  'title.material-balance': { uz: 'Moddiy balans', ru: 'Материальный баланс', en: 'Material balance' },
  'title.issued-to-dispensed': {
    uz: 'Retseptdan dorigacha',
    ru: 'От рецепта до отпуска',
    en: 'From issued to dispensed',
  },
  'title.write-offs': {
    uz: 'Hisobdan chiqarish va dalolatnomalar',
    ru: 'Списания и акты',
    en: 'Write-offs and acts',
  },
  'title.expiry-risk': { uz: 'Muddati oʻtish xavfi', ru: 'Риск истечения срока', en: 'Risk of expiry' },
  'title.consumption-classes': {
    uz: 'Sarf: ABC va VEN',
    ru: 'Расход: ABC и VEN',
    en: 'Consumption: ABC and VEN',
  },
  'title.antibiotic-use': { uz: 'Antibiotiklar sarfi', ru: 'Расход антибиотиков', en: 'Use of antibiotics' },
  'title.outliers': {
    uz: 'Odatdan chetga chiqishlar',
    ru: 'Отклонения от обычного',
    en: 'Unlike the others',
  },
  'title.substitutions-overrides': {
    uz: 'Almashtirish va ogohlantirishdan oʻtish',
    ru: 'Замены и обход предупреждений',
    en: 'Substitutions and overrides',
  },
  'title.procurement-fulfilment': {
    uz: 'Buyurtmalar bajarilishi',
    ru: 'Выполнение заказов',
    en: 'Fulfilment of orders',
  },
  'title.complaints-signals': { uz: 'Shikoyatlar va signallar', ru: 'Жалобы и сигналы', en: 'Complaints and signals' },
  'title.patient-access': { uz: 'Bemorlarga kirish', ru: 'Доступ к пациентам', en: 'Access to patients' },
} satisfies Record<`title.${ReportKind}`, Entry>;

const sentences = {
  'about.dispensing-trail': {
    uz: 'Har bir berilgan dori: qachon, qayerda, kim bergan va qaysi seriyadan.',
    ru: 'Каждый отпуск: когда, где, кем и из какой серии.',
    en: 'Every hand-over: when, where, by whom and from which lot.',
  },
  'about.controlled-register': {
    uz: 'Nazoratdagi har bir dori: boshlangʻich qoldiq, har bir yozuv va undan keyingi qoldiq.',
    ru: 'Каждый контролируемый препарат: остаток на начало, каждая запись и остаток после неё.',
    en: 'Each controlled medicine: what was there, each entry and the balance after it.',
  },
  'about.material-balance': {
    uz: 'Nima bor edi, nima keldi, nima ketdi va nima qoldi: har bir dori va muassasa boʻyicha.',
    ru: 'Что было, что пришло, что ушло и что осталось: по каждому препарату и учреждению.',
    en: 'What was there, what came, what went and what is left, for each medicine and site.',
  },
  'about.issued-to-dispensed': {
    uz: 'Yozilgan retseptlarning qanchasi dorigacha yetdi va qolganlari nega yetmadi.',
    ru: 'Сколько выписанного дошло до отпуска и почему не дошло остальное.',
    en: 'How much of what was prescribed was handed over, and why the rest was not.',
  },
  'about.write-offs': {
    uz: 'Nima, nega va qancha pulga hisobdan chiqarildi; har bir dalolatnoma ochiladi.',
    ru: 'Что, почему и на какую сумму списано; каждый акт открывается.',
    en: 'What was written off, why and at what value; each act opens.',
  },
  'about.expiry-risk': {
    uz: 'Javondagi qaysi seriyalar muddatigacha ishlatilmaydi va bu qancha pul.',
    ru: 'Какие серии на полках не успеют израсходовать и сколько это денег.',
    en: 'Which lots on the shelves will not be used in time, and what that costs.',
  },
  'about.consumption-classes': {
    uz: 'Qaysi dorilarga eng koʻp pul ketadi va ular hayot uchun qanchalik zarur.',
    ru: 'На какие препараты уходит больше всего денег и насколько они жизненно важны.',
    en: 'Which medicines take most of the money, and how vital they are.',
  },
  'about.antibiotic-use': {
    uz: 'Antibiotiklar kuzatuv guruhlari va kunlik dozalar boʻyicha.',
    ru: 'Антибиотики по группам AWaRe и в суточных дозах.',
    en: 'Antibiotics by AWaRe group and in daily doses.',
  },
  'about.outliers': {
    uz: 'Qaysi shifokor va dorixonalar boshqalardan keskin farq qiladi, hisob-kitobi bilan.',
    ru: 'Какие врачи и аптеки резко отличаются от остальных, с расчётом.',
    en: 'Which prescribers and pharmacies differ sharply from the others, with the reckoning.',
  },
  'about.substitutions-overrides': {
    uz: 'Qayerda dori almashtirildi va qayerda ogohlantirishga qaramay yozildi.',
    ru: 'Где препарат заменили и где выписали вопреки предупреждению.',
    en: 'Where a medicine was substituted, and where a warning was passed over.',
  },
  'about.procurement-fulfilment': {
    uz: 'Nima buyurtma qilindi, nima keldi, nima kechikdi va hisob-fakturalar nimada farq qiladi.',
    ru: 'Что заказано, что пришло, что опоздало и чем отличаются счета.',
    en: 'What was ordered, what came, what is late, and how invoices differ.',
  },
  'about.complaints-signals': {
    uz: 'Bemorlar nimadan shikoyat qiladi va qaysi seriyalar boʻyicha signal bor.',
    ru: 'На что жалуются пациенты и по каким сериям есть сигналы.',
    en: 'What patients complain about, and which lots have a signal.',
  },
  'about.patient-access': {
    uz: 'Kim qaysi bemor maʼlumotini ochgan va qanday sabab koʻrsatgan.',
    ru: 'Кто открывал данные пациентов и какую причину указал.',
    en: 'Who opened patients’ data, and which reason was given.',
  },
} satisfies Record<`about.${ReportKind}`, Entry>;

/** Headings that several reports have. */
const columns = {
  'column.site': { uz: 'Muassasa', ru: 'Учреждение', en: 'Site' },
  'column.medicine': { uz: 'Dori', ru: 'Препарат', en: 'Medicine' },
  'column.lot': { uz: 'Seriya', ru: 'Серия', en: 'Lot' },
  'column.gtin': { uz: 'GTIN', ru: 'GTIN', en: 'GTIN' },
  'column.day': { uz: 'Kun', ru: 'День', en: 'Day' },
  'column.at': { uz: 'Vaqt', ru: 'Время', en: 'Time' },
  'column.units': { uz: 'Birlik', ru: 'Единиц', en: 'Units' },
  'column.value': { uz: 'Qiymati', ru: 'Стоимость', en: 'Value' },
  'column.lines': { uz: 'Qatorlar', ru: 'Строк', en: 'Lines' },
  'column.reason': { uz: 'Sabab', ru: 'Причина', en: 'Reason' },
  'column.supplier': { uz: 'Yetkazib beruvchi', ru: 'Поставщик', en: 'Supplier' },
  'column.person': { uz: 'Xodim', ru: 'Сотрудник', en: 'Person' },
  'column.month': { uz: 'Oy', ru: 'Месяц', en: 'Month' },
} satisfies Words;

const frame = {
  period: { uz: 'Davr', ru: 'Период', en: 'Period' },
  periodDays: { uz: '{{from}} – {{through}}', ru: '{{from}} – {{through}}', en: '{{from}} – {{through}}' },
  asOf: { uz: '{{day}} holatiga', ru: 'на {{day}}', en: 'as at {{day}}' },
  scope: { uz: 'Qamrov', ru: 'Охват', en: 'Scope' },
  country: { uz: 'Butun mamlakat', ru: 'Вся страна', en: 'The whole country' },
  madeAt: { uz: 'Tuzilgan', ru: 'Составлен', en: 'Made' },
  figures: { uz: 'Asosiy raqamlar', ru: 'Главные цифры', en: 'Main figures' },
  figure: { uz: 'Koʻrsatkich', ru: 'Показатель', en: 'Figure' },
  checks: {
    uz: 'Tekshiruv: raqamlar mos keladimi',
    ru: 'Проверка: сходятся ли цифры',
    en: 'Check: do the figures agree',
  },
  check: { uz: 'Tekshiruv', ru: 'Проверка', en: 'Check' },
  left: { uz: 'Bir tomon', ru: 'Одна сторона', en: 'One side' },
  right: { uz: 'Boshqa tomon', ru: 'Другая сторона', en: 'Other side' },
  result: { uz: 'Natija', ru: 'Результат', en: 'Result' },
  holds: { uz: 'mos keladi', ru: 'сходится', en: 'agrees' },
  fails: { uz: 'mos kelmaydi', ru: 'не сходится', en: 'does not agree' },
  notes: { uz: 'Izohlar', ru: 'Примечания', en: 'Notes' },
  total: { uz: 'Jami', ru: 'Итого', en: 'Total' },
  summary: { uz: 'Xulosa', ru: 'Сводка', en: 'Summary' },
  noRows: { uz: 'Bu davrda yozuv yoʻq.', ru: 'За этот период записей нет.', en: 'There is nothing in these days.' },
  rowsOf: {
    uz: '{{of}} qatordan {{shown}} tasi koʻrsatilgan',
    ru: 'Показано строк: {{shown}} из {{of}}',
    en: '{{shown}} of {{of}} rows are shown',
  },
  pageOf: { uz: '{{page}}-bet, jami {{pages}}', ru: 'стр. {{page}} из {{pages}}', en: 'page {{page}} of {{pages}}' },
  yes: { uz: 'ha', ru: 'да', en: 'yes' },
  no: { uz: 'yoʻq', ru: 'нет', en: 'no' },
  soum: { uz: 'soʻm', ru: 'сум', en: 'soum' },
  others: { uz: 'boshqalar ({{count}})', ru: 'остальные ({{count}})', en: 'others ({{count}})' },
} satisfies Words;

/** What every report says of itself, whoever reckons it. */
export const reportFrame = { ...titles, ...sentences, ...columns, ...frame };
