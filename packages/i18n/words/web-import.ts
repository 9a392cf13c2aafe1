import type { importProblems } from '@darmon/domain/stock-import';
import type { Entry, Words } from '../entry.ts';
import { rowProblems } from './row-problems.ts';

/** The screens that take files: opening balances, sites, expected deliveries. */

const serverProblems: Record<`problem.${(typeof importProblems)[number]}`, Entry> = {
  ...rowProblems,
  'problem.pack-ambiguous': {
    uz: 'bu dorining bir necha xil qadogʻi bor: GTIN yozing',
    ru: 'у этого лекарства несколько видов упаковок: укажите GTIN',
    en: 'this medicine has several packs: give the GTIN',
  },
  'problem.quantity-invalid': {
    uz: 'bunday miqdor boʻlmaydi',
    ru: 'такого количества не бывает',
    en: 'is no quantity that can be',
  },
  'problem.expiry-mismatch': {
    uz: 'mamlakatda bu seriyaning muddati boshqa: {{expiryDate}}. Qadoqni qarang',
    ru: 'в стране у этой серии другой срок: {{expiryDate}}. Проверьте упаковку',
    en: 'the country knows this lot with another date: {{expiryDate}}. Look at the pack',
  },
  'problem.lot-repeated': {
    uz: 'bu seriya faylda ikki marta bor',
    ru: 'эта серия в файле дважды',
    en: 'this lot stands in the file twice',
  },
  'problem.lot-known-here': {
    uz: 'bu seriya bu yerda hisobda bor: boshlangʻich qoldiq emas, sanoq kerak',
    ru: 'эта серия здесь уже учтена: нужен не начальный остаток, а инвентаризация',
    en: 'this lot is in the books here already: it needs a count, not an opening balance',
  },
};

export const webImport = {
  openingTitle: {
    uz: 'Boshlangʻich qoldiqni yuklash',
    ru: 'Загрузка начальных остатков',
    en: 'Load the opening balance',
  },
  openingText: {
    uz: 'Omborda hozir nima borligini fayldan yuklang. Bu tizimda hali hisobi yoʻq seriyalar uchun: har bir seriya bir marta.',
    ru: 'Загрузите из файла то, что сейчас на складе. Это для серий, которых в системе ещё нет: каждая один раз.',
    en: 'Load what is on the shelves now from a file. It is for lots that the system does not know here yet: each one once.',
  },
  sitesTitle: { uz: 'Muassasalarni yuklash', ru: 'Загрузка учреждений', en: 'Load sites' },
  sitesText: {
    uz: 'Klinika, dorixona va omborlarni bitta fayldan qoʻshing. Har 40 ta muassasa yo toʻliq qoʻshiladi, yo umuman qoʻshilmaydi.',
    ru: 'Добавьте клиники, аптеки и склады одним файлом. Каждые 40 учреждений добавляются целиком или не добавляются вовсе.',
    en: 'Add clinics, pharmacies and warehouses from one file. Each 40 sites are added whole or not at all.',
  },
  expectedTitle: {
    uz: 'Kutilayotgan tovar roʻyxati',
    ru: 'Список ожидаемой поставки',
    en: 'List of an expected delivery',
  },
  expectedText: {
    uz: 'Yetkazib beruvchining roʻyxatini tanlang: XLSX, CSV yoki EPCIS 2.0 JSON.',
    ru: 'Выберите список поставщика: XLSX, CSV или EPCIS 2.0 JSON.',
    en: 'Choose the supplier’s list: XLSX, CSV or EPCIS 2.0 JSON.',
  },
  file: { uz: 'Fayl', ru: 'Файл', en: 'File' },
  choose: { uz: 'Faylni tanlash', ru: 'Выбрать файл', en: 'Choose a file' },
  chooseAgain: { uz: 'Boshqa fayl', ru: 'Другой файл', en: 'Another file' },
  fileHint: {
    uz: 'XLSX yoki CSV, 20 MB va {{most}} qatorgacha. Fayl shu qurilmada oʻqiladi va hech qayerga yuborilmaydi.',
    ru: 'XLSX или CSV, до 20 МБ и {{most}} строк. Файл читается на этом устройстве и никуда не отправляется.',
    en: 'XLSX or CSV, up to 20 MB and {{most}} rows. The file is read on this device and sent nowhere.',
  },
  template: { uz: 'Namuna: {{form}}', ru: 'Шаблон: {{form}}', en: 'Template: {{form}}' },
  whatGoesIn: { uz: 'Nima yoziladi', ru: 'Что писать', en: 'What goes in' },
  reading: { uz: 'Fayl oʻqilyapti', ru: 'Файл читается', en: 'Reading the file' },
  checking: { uz: 'Qatorlar tekshirilyapti', ru: 'Строки проверяются', en: 'Checking the rows' },
  refused: { uz: 'Fayl oʻqilmadi', ru: 'Файл не прочитан', en: 'The file was not read' },
  notes: { uz: 'Eʼtibor bering', ru: 'Обратите внимание', en: 'Please note' },
  noteRow: {
    uz: '{{count}} marta, birinchisi {{first}}-qatorda',
    ru: '{{count}}, первая в строке {{first}}',
    en: { one: 'once, in row {{first}}', other: '{{count}} times, first in row {{first}}' },
  },
  columns: { uz: 'Ustunlar', ru: 'Столбцы', en: 'Columns' },
  columnsHint: {
    uz: 'Qaysi ustunda nima borligini tekshiring. Topilmaganini oʻzingiz tanlang.',
    ru: 'Проверьте, что в каком столбце. Что не найдено, выберите сами.',
    en: 'Check what is in which column. Choose what was not found.',
  },
  noColumn: { uz: 'yoʻq', ru: 'нет', en: 'none' },
  sample: { uz: 'masalan: {{value}}', ru: 'например: {{value}}', en: 'such as {{value}}' },
  columnMissing: {
    uz: 'Ustunni tanlang: {{names}}',
    ru: 'Выберите столбец: {{names}}',
    en: 'Choose the column: {{names}}',
  },
  or: { uz: '{{one}} yoki {{other}}', ru: '{{one}} или {{other}}', en: '{{one}} or {{other}}' },
  rows: { uz: 'Qatorlar', ru: 'Строки', en: 'Rows' },
  sound: {
    uz: { one: '{{count}} qator toʻgʻri', other: '{{count}} qator toʻgʻri' },
    ru: {
      one: '{{count}} строка верна',
      few: '{{count}} строки верны',
      many: '{{count}} строк верны',
      other: '{{count}} строки верны',
    },
    en: { one: '{{count}} row is sound', other: '{{count}} rows are sound' },
  },
  wrong: {
    uz: { one: '{{count}} qatorda xato', other: '{{count}} qatorda xato' },
    ru: {
      one: '{{count}} строка с ошибкой',
      few: '{{count}} строки с ошибками',
      many: '{{count}} строк с ошибками',
      other: '{{count}} строки с ошибками',
    },
    en: { one: '{{count}} row has problems', other: '{{count}} rows have problems' },
  },
  onlyProblems: { uz: 'Faqat xatoli qatorlar', ru: 'Только строки с ошибками', en: 'Only rows with problems' },
  row: { uz: '{{row}}-qator', ru: 'Строка {{row}}', en: 'Row {{row}}' },
  problemAt: {
    uz: '{{column}}: {{what}}',
    ru: '{{column}}: {{what}}',
    en: '{{column}}: {{what}}',
    uzCyrl: '{{column}}: {{what}}',
  },
  saveProblems: { uz: 'Xatolarni yuklab olish', ru: 'Скачать ошибки', en: 'Download the problems' },
  cell: { uz: 'Katak', ru: 'Ячейка', en: 'Cell' },
  column: { uz: 'Ustun', ru: 'Столбец', en: 'Column' },
  what: { uz: 'Xato', ru: 'Ошибка', en: 'Problem' },
  mend: {
    uz: 'Faylni tuzatib, qayta tanlang. Hech narsa yozilmadi.',
    ru: 'Исправьте файл и выберите его снова. Ничего не записано.',
    en: 'Mend the file and choose it again. Nothing was written.',
  },
  byBooks: {
    uz: 'Muassasa hisobi bilan mos kelmadi',
    ru: 'Не сходится с учётом учреждения',
    en: 'The books of the site say otherwise',
  },
  pageOf: { uz: '{{from}}–{{to}}, jami {{all}}', ru: '{{from}}–{{to}} из {{all}}', en: '{{from}}–{{to}} of {{all}}' },
  earlier: { uz: 'Oldingilari', ru: 'Предыдущие', en: 'Earlier' },
  later: { uz: 'Keyingilari', ru: 'Следующие', en: 'Later' },
  send: {
    uz: 'Yuborish va hisob bilan solishtirish',
    ru: 'Отправить и сверить с учётом',
    en: 'Send, and compare with the books',
  },
  sending: {
    uz: 'Qatorlar yuborilyapti: {{done}} / {{of}}',
    ru: 'Строки отправляются: {{done}} из {{of}}',
    en: 'Sending rows: {{done}} of {{of}}',
  },
  ready: {
    uz: 'Hamma qator toʻgʻri va yuborildi. Hozircha hech narsa hisobga kirmadi.',
    ru: 'Все строки верны и отправлены. В учёт пока ничего не вошло.',
    en: 'All rows are sound and sent. Nothing is in the books yet.',
  },
  post: {
    uz: { one: '{{count}} seriyani hisobga olish', other: '{{count}} seriyani hisobga olish' },
    ru: {
      one: 'Принять к учёту {{count}} серию',
      few: 'Принять к учёту {{count}} серии',
      many: 'Принять к учёту {{count}} серий',
      other: 'Принять к учёту {{count}} серии',
    },
    en: { one: 'Take {{count}} lot into the books', other: 'Take {{count}} lots into the books' },
  },
  posting: {
    uz: 'Hisobga olinyapti: {{done}} / {{of}}',
    ru: 'Принимается к учёту: {{done}} из {{of}}',
    en: 'Taking into the books: {{done}} of {{of}}',
  },
  postingHint: {
    uz: 'Sahifani yopsangiz ham davom etadi.',
    ru: 'Это продолжится, даже если закрыть страницу.',
    en: 'It goes on even if you close this page.',
  },
  done: {
    uz: 'Boshlangʻich qoldiq hisobga olindi',
    ru: 'Начальный остаток принят к учёту',
    en: 'The opening balance is in the books',
  },
  doneText: {
    uz: { one: '{{count}} seriya', other: '{{count}} seriya' },
    ru: { one: '{{count}} серия', few: '{{count}} серии', many: '{{count}} серий', other: '{{count}} серии' },
    en: { one: '{{count}} lot', other: '{{count}} lots' },
  },
  notPostedBecause: {
    uz: 'hisobga yozilmadi ({{code}})',
    ru: 'не проведено ({{code}})',
    en: 'was not entered ({{code}})',
  },
  notPosted: {
    uz: { one: '{{count}} qator hisobga olinmadi', other: '{{count}} qator hisobga olinmadi' },
    ru: {
      one: '{{count}} строка не принята',
      few: '{{count}} строки не приняты',
      many: '{{count}} строк не приняты',
      other: '{{count}} строки не приняты',
    },
    en: { one: '{{count}} row could not be taken in', other: '{{count}} rows could not be taken in' },
  },
  toStock: { uz: 'Qoldiqni koʻrish', ru: 'Посмотреть остатки', en: 'See the stock' },
  another: { uz: 'Yana fayl yuklash', ru: 'Загрузить ещё файл', en: 'Load another file' },
  resume: {
    uz: '“{{name}}” toʻliq yuborilmagan: {{done}} / {{of}} qator. Shu faylni qayta tanlang, hech narsa ikki marta yozilmaydi.',
    ru: '«{{name}}» отправлен не весь: {{done}} из {{of}} строк. Выберите этот файл снова, дважды ничего не запишется.',
    en: '“{{name}}” was not sent whole: {{done}} of {{of}} rows. Choose that file again; nothing is written twice.',
  },
  forget: { uz: 'Undan voz kechish', ru: 'Отказаться от него', en: 'Give it up' },
  noRows: {
    uz: 'Faylda sarlavhadan boshqa qator yoʻq.',
    ru: 'В файле нет строк, кроме заголовка.',
    en: 'The file has no rows below its heading.',
  },
  siteKnown: {
    uz: 'bu kodli muassasa allaqachon bor',
    ru: 'учреждение с этим кодом уже есть',
    en: 'a site with this code exists already',
  },
  addSites: {
    uz: { one: '{{count}} muassasani qoʻshish', other: '{{count}} muassasani qoʻshish' },
    ru: {
      one: 'Добавить {{count}} учреждение',
      few: 'Добавить {{count}} учреждения',
      many: 'Добавить {{count}} учреждений',
      other: 'Добавить {{count}} учреждения',
    },
    en: { one: 'Add {{count}} site', other: 'Add {{count}} sites' },
  },
  sitesAdded: {
    uz: { one: '{{count}} muassasa qoʻshildi', other: '{{count}} muassasa qoʻshildi' },
    ru: {
      one: 'Добавлено {{count}} учреждение',
      few: 'Добавлено {{count}} учреждения',
      many: 'Добавлено {{count}} учреждений',
      other: 'Добавлено {{count}} учреждения',
    },
    en: { one: '{{count}} site was added', other: '{{count}} sites were added' },
  },
  toSites: { uz: 'Muassasalar roʻyxati', ru: 'Список учреждений', en: 'List of sites' },
  listed: {
    uz: '{{lines}} qator, {{units}} yashik yoki pallet',
    ru: 'Строк: {{lines}}, коробов и паллет: {{units}}',
    en: '{{lines}} lines, {{units}} cartons or pallets',
  },
  useList: { uz: 'Shu roʻyxat boʻyicha qabul qilish', ru: 'Принимать по этому списку', en: 'Receive by this list' },
  ...serverProblems,
  savePrices: {
    uz: '{{count}} ta narxni saqlash',
    ru: 'Сохранить цены: {{count}}',
    en: { one: 'Save {{count}} price', other: 'Save {{count}} prices' },
  },
  pricesSaved: {
    uz: 'Saqlandi: {{count}} ta narx',
    ru: 'Сохранено цен: {{count}}',
    en: { one: '{{count}} price was saved', other: '{{count}} prices were saved' },
  },
  tooMany: {
    uz: 'Bir martada koʻpi bilan {{most}} qator. Faylni boʻling.',
    ru: 'Не больше {{most}} строк за раз. Разделите файл.',
    en: 'At most {{most}} rows at once. Split the file.',
  },
} satisfies Words;
