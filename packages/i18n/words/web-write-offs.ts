import type { Words } from '../entry.ts';

/** Screens of write-offs: what has expired, a new act, the acts that wait, one act. */
export const webWriteOffs = {
  listTitle: { uz: 'Hisobdan chiqarish', ru: 'Списания', en: 'Write-offs' },
  newTitle: { uz: 'Yangi dalolatnoma', ru: 'Новый акт списания', en: 'New write-off act' },
  newAct: { uz: 'Dalolatnoma tuzish', ru: 'Составить акт', en: 'Draw up an act' },

  expiredTitle: {
    uz: 'Muddati oʻtgan, hali hisobda',
    ru: 'Просрочено и ещё на учёте',
    en: 'Expired and still in stock',
  },
  expiredSum: {
    uz: '{{count}} ta seriya, {{value}}',
    ru: {
      one: '{{count}} серия, {{value}}',
      few: '{{count}} серии, {{value}}',
      many: '{{count}} серий, {{value}}',
      other: '{{count}} серии, {{value}}',
    },
    en: { one: '{{count}} lot, {{value}}', other: '{{count}} lots, {{value}}' },
  },
  expiredAct: {
    uz: 'Hammasiga bitta dalolatnoma tuzish',
    ru: 'Составить на всё один акт',
    en: 'Draw up one act for all of it',
  },
  expiredOn: { uz: 'muddati {{day}} gacha edi', ru: 'годен до {{day}}', en: 'expired on {{day}}' },

  toSign: { uz: 'Sizning imzoingiz kutilmoqda', ru: 'Ждут вашей подписи', en: 'Wait for your signature' },
  noneToSign: {
    uz: 'Sizning imzoingizni kutayotgan dalolatnoma yoʻq.',
    ru: 'Нет актов, которые ждут вашей подписи.',
    en: 'No act waits for your signature.',
  },
  othersWaiting: { uz: 'Boshqalarning imzosi kutilmoqda', ru: 'Ждут других', en: 'Wait for others' },
  allActs: { uz: 'Barcha dalolatnomalar', ru: 'Все акты', en: 'All acts' },
  noActs: { uz: 'Hali dalolatnoma yoʻq', ru: 'Актов пока нет', en: 'No acts yet' },
  noActsText: {
    uz: 'Yaroqsiz dori topilsa, dalolatnoma tuzing: u imzolangunicha ajratib qoʻyiladi.',
    ru: 'Если препарат непригоден, составьте акт: до подписи он будет удержан.',
    en: 'Where goods are no longer fit, draw up an act: they are held until others sign.',
  },
  no: { uz: '№ {{number}}', ru: '№ {{number}}', en: 'No. {{number}}' },
  lines: {
    uz: '{{count}} qator',
    ru: { one: '{{count}} строка', few: '{{count}} строки', many: '{{count}} строк', other: '{{count}} строки' },
    en: { one: '{{count}} line', other: '{{count}} lines' },
  },
  signedOf: {
    uz: 'Imzolar: {{signed}} / {{needed}}',
    ru: 'Подписей: {{signed}} из {{needed}}',
    en: 'Signatures: {{signed}} of {{needed}}',
  },
  by: { uz: 'Tuzuvchi: {{name}}', ru: 'Составил(а): {{name}}', en: 'By {{name}}' },

  reasonFirst: {
    uz: '1. Sababni tanlang',
    ru: '1. Выберите причину',
    en: '1. Choose the reason',
  },
  reasonHint: {
    uz: 'Bundan keyin qoʻshiladigan qatorlar shu sababni oladi; har birini alohida oʻzgartirsa boʻladi.',
    ru: 'Строки, которые вы добавите, получат её; у каждой можно сменить.',
    en: 'Lines that you add get it; each can be changed.',
  },
  kept: {
    uz: 'Boshlangan dalolatnoma saqlangan: davom etishingiz mumkin.',
    ru: 'Начатый акт сохранился: можно продолжать.',
    en: 'The act you began is kept: you can go on.',
  },
  startAgain: { uz: 'Boshidan boshlash', ru: 'Начать заново', en: 'Start again' },
  onTheWay: {
    uz: '№\u00a0{{number}} koʻchirish boʻyicha hali yoʻlda turgan dorilar: {{from}} → {{to}}. Dalolatnoma imzolangunicha ularni hech kim qabul qila olmaydi.',
    ru: 'То, что ещё в пути по перемещению №\u00a0{{number}}: {{from}} → {{to}}. До подписи акта никто не сможет это принять.',
    en: 'What is still on its way with transfer No.\u00a0{{number}}: {{from}} → {{to}}. Until the act is signed nobody can take it in.',
  },
  toTransfer: { uz: 'Koʻchirishga oʻtish', ru: 'К перемещению', en: 'To the transfer' },
  nothingOnWay: { uz: 'Yoʻlda hech narsa qolmagan', ru: 'В пути ничего не осталось', en: 'Nothing is left on the way' },
  nothingOnWayText: {
    uz: 'Hammasi qabul qilingan, qaytgan yoki boshqa dalolatnomaga kiritilgan.',
    ru: 'Всё принято, возвращено или уже включено в другой акт.',
    en: 'All of it was taken in, is back, or stands in another act.',
  },
  findOnWay: {
    uz: 'Yoʻldagi seriyani toping',
    ru: 'Найти серию среди того, что в пути',
    en: 'Find a lot among what is on its way',
  },
  samePack: {
    uz: 'Bu qadoq allaqachon qoʻshilgan: {{serial}}',
    ru: 'Эта упаковка уже добавлена: {{serial}}',
    en: 'This pack is added already: {{serial}}',
  },
  packsNamed: { uz: 'Qadoqlar: {{serials}}', ru: 'Упаковки: {{serials}}', en: 'Packs: {{serials}}' },
  goods: { uz: '2. Dorilarni qoʻshing', ru: '2. Добавьте препараты', en: '2. Add the goods' },
  proof: { uz: '3. Suratlar va izoh', ru: '3. Фото и примечание', en: '3. Photos and a note' },
  packField: { uz: 'Qadoq kodi', ru: 'Код упаковки', en: 'Code of a pack' },
  packHint: {
    uz: 'Har bir skaner bitta qadoq qoʻshadi.',
    ru: 'Каждое сканирование добавляет одну упаковку.',
    en: 'Each scan adds one pack.',
  },
  find: {
    uz: 'Yoki nomi yoki seriyasi boʻyicha toping',
    ru: 'Или найдите по названию или серии',
    en: 'Or find by name or lot',
  },
  lotWord: { uz: 'Seriya', ru: 'Серия', en: 'Lot' },
  freeOf: { uz: 'boʻsh: {{units}}', ru: 'свободно: {{units}}', en: 'free: {{units}}' },
  until: { uz: '{{day}} gacha', ru: 'до {{day}}', en: 'until {{day}}' },
  nothingAdded: { uz: 'Hali hech narsa qoʻshilmagan', ru: 'Пока ничего не добавлено', en: 'Nothing added yet' },
  nothingAddedText: {
    uz: 'Qadoqni skanerlang yoki seriyani toping.',
    ru: 'Отсканируйте упаковку или найдите серию.',
    en: 'Scan a pack or find a lot.',
  },
  notHere: {
    uz: 'Bu seriya shu yerda hisobda emas: {{what}}',
    ru: 'Этой серии здесь нет на учёте: {{what}}',
    en: 'This lot is not in stock here: {{what}}',
  },
  chooseLot: {
    uz: 'Kodda seriya yoʻq: pastdan seriyani toping ({{what}})',
    ru: 'В коде нет серии: найдите её ниже ({{what}})',
    en: 'The code names no lot: find it below ({{what}})',
  },
  noneFree: {
    uz: 'Bu seriyaning hammasi band qilingan: {{what}}',
    ru: 'Все единицы этой серии уже удержаны: {{what}}',
    en: 'All units of this lot are held already: {{what}}',
  },
  tooMany: {
    uz: 'Bitta dalolatnomada koʻpi bilan {{max}} qator. Qolganiga boshqasini tuzing.',
    ru: 'В одном акте не больше {{max}} строк. На остальное составьте другой.',
    en: 'At most {{max}} lines in one act. Draw up another for the rest.',
  },
  added: { uz: 'Qoʻshildi: {{what}}', ru: 'Добавлено: {{what}}', en: 'Added: {{what}}' },
  units: { uz: 'Miqdor', ru: 'Количество', en: 'Quantity' },
  takeAll: { uz: 'Hammasi: {{units}}', ru: 'Всё: {{units}}', en: 'All: {{units}}' },
  wrongUnits: {
    uz: '1 dan {{max}} gacha, har {{step}} tadan',
    ru: 'От 1 до {{max}}, кратно {{step}}',
    en: '1 to {{max}}, in steps of {{step}}',
  },
  noteNeeded: {
    uz: 'Sababni bir necha soʻz bilan yozing',
    ru: 'Опишите причину в нескольких словах',
    en: 'Say in a few words what it is',
  },
  notExpired: {
    uz: 'Muddati oʻtmagan: boshqa sababni tanlang',
    ru: 'Срок не истёк: выберите другую причину',
    en: 'It has not expired: choose another reason',
  },
  removeLine: {
    uz: '{{name}}, {{lot}} qatorini olib tashlash',
    ru: 'Убрать {{name}}, {{lot}}',
    en: 'Remove {{name}}, {{lot}}',
  },
  noteHint: {
    uz: 'Shaxsiy maʼlumotsiz: nima boʻldi, qayerda.',
    ru: 'Без личных данных: что случилось и где.',
    en: 'Nothing personal: what happened and where.',
  },
  earlier: {
    uz: 'Oldingi kunga yoziladi',
    ru: 'Относится к более раннему дню',
    en: 'Counts for an earlier day',
  },
  earlierDay: { uz: 'Kun', ru: 'День', en: 'Day' },
  earlierWhy: { uz: 'Nega endi yozilmoqda', ru: 'Почему записывается только теперь', en: 'Why it is entered only now' },
  summary: {
    uz: 'Jami {{count}} qator, {{value}}. Imzogacha bu miqdor band qilinadi.',
    ru: {
      one: '{{count}} строка, {{value}}. До подписи количество удержано.',
      few: '{{count}} строки, {{value}}. До подписи количество удержано.',
      many: '{{count}} строк, {{value}}. До подписи количество удержано.',
      other: '{{count}} строки, {{value}}. До подписи количество удержано.',
    },
    en: {
      one: '{{count}} line, {{value}}. It is held until others sign.',
      other: '{{count}} lines, {{value}}. They are held until others sign.',
    },
  },
  send: { uz: 'Imzoga yuborish', ru: 'Отправить на подпись', en: 'Send to be signed' },
  sent: {
    uz: 'Dalolatnoma yuborildi, miqdor band qilindi.',
    ru: 'Акт отправлен, количество удержано.',
    en: 'The act is sent, its units are held.',
  },
  notEnough: {
    uz: 'Bu orada miqdor kamaydi: bor-yoʻgʻi {{available}}. Kamroq kiriting.',
    ru: 'За это время стало меньше: есть {{available}}. Укажите меньше.',
    en: 'There is less by now: {{available}}. Enter less.',
  },

  unknownPrice: {
    uz: 'Baʼzi seriyalarning narxi nomaʼlum, qiymatga kirmagan.',
    ru: 'Цена некоторых серий неизвестна и не вошла в сумму.',
    en: 'The price of some lots is unknown and not in the sum.',
  },
  third: {
    uz: 'Qiymati katta: ikki kishi imzolashi kerak.',
    ru: 'Сумма велика: должны подписать двое.',
    en: 'Its value is high: two persons have to sign.',
  },
  sign: { uz: 'Imzolash', ru: 'Подписать', en: 'Sign' },
  signTitle: {
    uz: '№ {{number}} dalolatnomani imzolash',
    ru: 'Подписать акт № {{number}}',
    en: 'Sign act No. {{number}}',
  },
  signText: {
    uz: 'Dalolatnomani oʻqidim. Imzom bilan {{value}} qiymatdagi dori hisobdan chiqadi.',
    ru: 'Я прочитал(а) акт. С моей подписью препараты на {{value}} уйдут с учёта.',
    en: 'I have read the act. With my signature goods worth {{value}} leave the books.',
  },
  signFirstText: {
    uz: 'Dalolatnomani oʻqidim. Mendan keyin yana bir kishi imzolaydi.',
    ru: 'Я прочитал(а) акт. После меня подпишет ещё один человек.',
    en: 'I have read the act. One more person signs after me.',
  },
  signed: { uz: 'Imzolandi.', ru: 'Подписано.', en: 'Signed.' },
  signedLast: {
    uz: 'Imzolandi, dori hisobdan chiqdi.',
    ru: 'Подписано, препараты списаны.',
    en: 'Signed, and the goods are written off.',
  },
  refuse: { uz: 'Rad etish', ru: 'Отклонить', en: 'Refuse' },
  refuseTitle: {
    uz: '№ {{number}} dalolatnomani rad etish',
    ru: 'Отклонить акт № {{number}}',
    en: 'Refuse act No. {{number}}',
  },
  withdraw: { uz: 'Qaytarib olish', ru: 'Отозвать', en: 'Withdraw' },
  withdrawTitle: {
    uz: '№ {{number}} dalolatnomani qaytarib olish',
    ru: 'Отозвать акт № {{number}}',
    en: 'Withdraw act No. {{number}}',
  },
  closeText: {
    uz: 'Band qilingan miqdor yana ishlatiladigan boʻladi.',
    ru: 'Удержанное количество снова станет доступным.',
    en: 'The units that it holds are free again.',
  },
  why: { uz: 'Sababi', ru: 'Причина', en: 'Why' },
  refused: {
    uz: 'Rad etildi, miqdor boʻshatildi.',
    ru: 'Отклонено, количество освобождено.',
    en: 'Refused; its units are free again.',
  },
  withdrawn: {
    uz: 'Qaytarib olindi, miqdor boʻshatildi.',
    ru: 'Отозван, количество освобождено.',
    en: 'Withdrawn; its units are free again.',
  },
  ownAct: {
    uz: 'Oʻzingiz tuzgan dalolatnomani boshqa kishi imzolaydi.',
    ru: 'Акт, который составили вы, подписывает другой.',
    en: 'Somebody else signs an act that you drew up.',
  },
  youSigned: {
    uz: 'Siz imzoladingiz; yana bir kishi imzolashi kerak.',
    ru: 'Вы подписали; нужен ещё один человек.',
    en: 'You have signed; one more person has to.',
  },
  altered: {
    uz: 'Dalolatnoma nazorat yigʻindisiga mos kelmaydi. Imzolamang va administratorga xabar bering.',
    ru: 'Акт не совпадает с его контрольной суммой. Не подписывайте и сообщите администратору.',
    en: 'The act does not match its checksum. Do not sign, and tell the administrator.',
  },
  posting: { uz: 'Hisobdan chiqarilmoqda…', ru: 'Списывается…', en: 'Being written off…' },
  postingOf: { uz: '{{done}} / {{of}} qator', ru: '{{done}} из {{of}} строк', en: '{{done}} of {{of}} lines' },

  paperLanguage: { uz: 'Dalolatnoma tili', ru: 'Язык акта', en: 'Language of the act' },
  printAct: { uz: 'Chop etish', ru: 'Напечатать', en: 'Print' },
  downloadAct: { uz: 'PDF saqlash', ru: 'Сохранить PDF', en: 'Save as PDF' },
  making: { uz: 'PDF tayyorlanmoqda…', ru: 'PDF готовится…', en: 'Making the PDF…' },
  failed: {
    uz: 'PDF tayyorlanmadi. Tarmoqni tekshirib, qayta urinib koʻring.',
    ru: 'PDF не получился. Проверьте сеть и повторите.',
    en: 'The PDF could not be made. Check the network and try again.',
  },
  'file-name': { uz: 'dalolatnoma', ru: 'akt-spisaniya', en: 'write-off' },
} satisfies Words;
