import type { Words } from '../entry.ts';

const sections = {
  'material-balance.by-kind': {
    uz: 'Nima keldi, nima ketdi',
    ru: 'Что пришло и что ушло',
    en: 'What came and what went',
  },
  'material-balance.by-site': { uz: 'Muassasalar boʻyicha', ru: 'По учреждениям', en: 'By site' },
  'material-balance.by-medicine': { uz: 'Dorilar boʻyicha', ru: 'По препаратам', en: 'By medicine' },
  'material-balance.by-lot': { uz: 'Seriyalar boʻyicha', ru: 'По сериям', en: 'By lot' },
  'material-balance.by-day': { uz: 'Kunlar boʻyicha', ru: 'По дням', en: 'By day' },
  'controlled-register.balances': { uz: 'Qoldiqlar', ru: 'Остатки', en: 'Balances' },
  'controlled-register.entries': { uz: 'Yozuvlar', ru: 'Записи', en: 'Entries' },
  'consumption-classes.by-class': { uz: 'ABC sinflari', ru: 'Классы ABC', en: 'ABC classes' },
  'consumption-classes.by-month': { uz: 'Oylar boʻyicha', ru: 'По месяцам', en: 'By month' },
  'consumption-classes.matrix': { uz: 'ABC va VEN', ru: 'ABC и VEN', en: 'ABC and VEN' },
  'consumption-classes.by-medicine': { uz: 'Dorilar boʻyicha', ru: 'По препаратам', en: 'By medicine' },
  'antibiotic-use.by-group': { uz: 'AWaRe guruhlari', ru: 'Группы AWaRe', en: 'AWaRe groups' },
  'antibiotic-use.by-medicine': { uz: 'Dorilar boʻyicha', ru: 'По препаратам', en: 'By medicine' },
  'antibiotic-use.by-site': { uz: 'Muassasalar boʻyicha', ru: 'По учреждениям', en: 'By site' },
} satisfies Words;

const columns = {
  'column.place': { uz: 'Joy', ru: 'Место', en: 'Place' },
  'column.opening': { uz: 'Boshida', ru: 'На начало', en: 'Opening' },
  'column.closing': { uz: 'Oxirida', ru: 'На конец', en: 'Closing' },
  'column.closing-value': { uz: 'Oxirida, qiymati', ru: 'На конец, сумма', en: 'Closing value' },
  'column.flow-received': { uz: 'Qabul', ru: 'Приёмка', en: 'Received' },
  'column.flow-dispensed': { uz: 'Bemorlarga', ru: 'Пациентам', en: 'Dispensed' },
  'column.flow-returned': { uz: 'Qaytgan', ru: 'Возврат', en: 'Brought back' },
  'column.flow-sent': { uz: 'Joʻnatilgan', ru: 'Отправлено', en: 'Sent' },
  'column.flow-arrived': { uz: 'Yetib kelgan', ru: 'Прибыло', en: 'Arrived' },
  'column.flow-written-off': { uz: 'Hisobdan chiqqan', ru: 'Списано', en: 'Written off' },
  'column.flow-counted': { uz: 'Sanoq va tuzatish', ru: 'Подсчёт, поправки', en: 'Counts, corrections' },
  'column.flow-reversed': { uz: 'Bekor qilingan', ru: 'Сторно', en: 'Taken back' },
  'column.flow': { uz: 'Harakat', ru: 'Движение', en: 'Movement' },
  'column.came': { uz: 'Kirim', ru: 'Приход', en: 'In' },
  'column.went': { uz: 'Chiqim', ru: 'Расход', en: 'Out' },
  'column.late-for': { uz: 'Kechikkan: qaysi kun uchun', ru: 'Поздно за день', en: 'Too late for' },
  'column.late': { uz: 'Kech yozilgan', ru: 'Введено поздно', en: 'Entered late' },
  'column.balance': { uz: 'Qoldiq', ru: 'Остаток', en: 'Balance' },
  'column.by-ledger': { uz: 'Hisob kitobida', ru: 'По книге учёта', en: 'By the ledger' },
  'column.entries': { uz: 'Yozuvlar', ru: 'Записей', en: 'Entries' },
  'column.seq': { uz: '№', ru: '№', en: 'No.' },
  'column.entry': { uz: 'Yozuv', ru: 'Запись', en: 'Entry' },
  'column.quantity': { uz: 'Miqdor', ru: 'Количество', en: 'Quantity' },
  'column.document': { uz: 'Hujjat', ru: 'Документ', en: 'Document' },
  'column.abc': { uz: 'ABC', ru: 'ABC', en: 'ABC' },
  'column.ven': { uz: 'VEN', ru: 'VEN', en: 'VEN' },
  'column.medicines': { uz: 'Dorilar', ru: 'Препаратов', en: 'Medicines' },
  'column.share-reached': { uz: 'Jami ulush', ru: 'Доля нарастающая', en: 'Share reached' },
  'column.aware': { uz: 'AWaRe guruhi', ru: 'Группа AWaRe', en: 'AWaRe group' },
  'column.doses': { uz: 'DDD', ru: 'DDD', en: 'DDD' },
  'column.doses-per-1000': {
    uz: 'Kuniga 1000 kishiga DDD',
    ru: 'DDD на 1000 жителей в день',
    en: 'DDD per 1,000 a day',
  },
  'column.access-share': { uz: 'Access ulushi', ru: 'Доля Access', en: 'Share of Access' },
} satisfies Words;

const figures = {
  'figure.opening': { uz: 'Boshida, birlik', ru: 'На начало, единиц', en: 'Opening, units' },
  'figure.closing': { uz: 'Oxirida, birlik', ru: 'На конец, единиц', en: 'Closing, units' },
  'figure.closing-value': { uz: 'Oxirida, qiymati', ru: 'На конец, сумма', en: 'Closing value' },
  'figure.on-the-way': { uz: 'Yoʻlda, birlik', ru: 'В пути, единиц', en: 'On the way, units' },
  'figure.register-late': {
    uz: 'Yopilgan oy uchun kech yozilgan',
    ru: 'Записано поздно за закрытый месяц',
    en: 'Entries late for a closed month',
  },
  'figure.entered-late': { uz: 'Kech yozilgan birliklar', ru: 'Введено поздно, единиц', en: 'Units entered late' },
  'figure.register-pages': { uz: 'Daftar sahifalari', ru: 'Страниц журнала', en: 'Pages of the register' },
  'figure.register-entries': { uz: 'Yozuvlar', ru: 'Записей', en: 'Entries' },
  'figure.register-apart': {
    uz: 'Hisob kitobidan farq qilgan sahifalar',
    ru: 'Страниц, расходящихся с учётом',
    en: 'Pages unlike the ledger',
  },
  'figure.used-value': { uz: 'Sarf qiymati', ru: 'Расход на сумму', en: 'Value of use' },
  'figure.used-medicines': { uz: 'Ishlatilgan dorilar', ru: 'Препаратов в расходе', en: 'Medicines used' },
  'figure.a-medicines': { uz: 'A sinfidagi dorilar', ru: 'Препаратов класса A', en: 'Medicines of class A' },
  'figure.vital-share': { uz: 'Hayotiy dorilar ulushi', ru: 'Доля жизненно важных', en: 'Share of vital medicines' },
  'figure.doses': { uz: 'Kunlik dozalar (DDD)', ru: 'Суточных доз (DDD)', en: 'Daily doses (DDD)' },
  'figure.doses-per-1000': {
    uz: 'Kuniga 1000 kishiga DDD',
    ru: 'DDD на 1000 жителей в день',
    en: 'DDD per 1,000 inhabitants a day',
  },
  'figure.access-share': { uz: 'Access guruhi ulushi', ru: 'Доля группы Access', en: 'Share of the Access group' },
  'figure.inhabitants': { uz: 'Aholi soni', ru: 'Жителей', en: 'Inhabitants' },
  'figure.population-of': {
    uz: 'Aholi soni yili va manbasi',
    ru: 'Год и источник численности',
    en: 'Inhabitants as counted in',
  },
  'figure.uncounted-medicines': {
    uz: 'Dozasi nomaʼlum dorilar',
    ru: 'Препаратов без известной дозы',
    en: 'Medicines without a known dose',
  },
} satisfies Words;

const checks = {
  'check.rows-add-up': {
    uz: 'Boshida + harakatlar = oxirida: toʻgʻri kelgan qatorlar',
    ru: 'Начало + движение = конец: сошлось строк',
    en: 'Opening + movements = closing: rows that add up',
  },
  'check.opening-and-moves': {
    uz: 'Boshida + barcha harakatlar = oxirida',
    ru: 'На начало + все движения = на конец',
    en: 'Opening + all movements = closing',
  },
  'check.medicines-are-sites': {
    uz: 'Dorilar yigʻindisi = muassasalar yigʻindisi',
    ru: 'Сумма по препаратам = сумма по учреждениям',
    en: 'Sum of the medicines = sum of the sites',
  },
  'check.closing-is-ledger': {
    uz: 'Oxirida = hisob kitobidagi qoldiq',
    ru: 'На конец = остаток по книге учёта',
    en: 'Closing = what the ledger says lay there',
  },
  'check.sent-is-arrived': {
    uz: 'Joʻnatilgan = yetib kelgan va yoʻldagi',
    ru: 'Отправлено = прибыло и в пути',
    en: 'Sent = arrived and on the way',
  },
  'check.next-opening': {
    uz: 'Oxirida = keyingi oyning boshida',
    ru: 'На конец = начало следующего месяца',
    en: 'Closing = opening of the next month',
  },
  'check.facts-still-hold': {
    uz: 'Qayta hisoblanganda ham shunday chiqqan muassasalar',
    ru: 'Учреждения, где пересчёт дал то же',
    en: 'Sites where reckoning it again says the same',
  },
  'check.all-sites-are-in': {
    uz: 'Hisobotdagi muassasalar = soʻralganlari',
    ru: 'Учреждений в отчёте = запрошено',
    en: 'Sites in it = sites asked for',
  },
  'check.register-adds-up': {
    uz: 'Boshida + kirim − chiqim = oxirgi yozuvdagi qoldiq',
    ru: 'Начало + приход − расход = остаток последней записи',
    en: 'Opening + in − out = balance of the last entry',
  },
  'check.register-is-ledger': {
    uz: 'Daftar qoldigʻi = hisob kitobi: mos sahifalar',
    ru: 'Остаток журнала = книга учёта: сошлось страниц',
    en: 'Balance of the register = ledger: pages that agree',
  },
  'check.register-balance-runs': {
    uz: 'Qoldigʻi oldingisidan kelib chiqqan yozuvlar',
    ru: 'Записи, чей остаток следует из предыдущей',
    en: 'Entries whose balance follows from the one before',
  },
  'check.register-no-gap': {
    uz: 'Raqami uzilmagan yozuvlar',
    ru: 'Записи без пропуска номера',
    en: 'Entries numbered without a gap',
  },
  'check.months-are-medicines': {
    uz: 'Oylar qiymati dorilar qiymatiga teng',
    ru: 'Сумма по месяцам равна сумме по препаратам',
    en: 'The months’ value is the medicines’ value',
  },
  'check.matrix-is-medicines': {
    uz: 'Jadvaldagi dorilar = roʻyxatdagilar',
    ru: 'Препаратов в матрице = в списке',
    en: 'Medicines of the matrix = those of the list',
  },
  'check.matrix-value-is-medicines': {
    uz: 'Jadval qiymati = dorilar yigʻindisi',
    ru: 'Сумма матрицы = сумма препаратов',
    en: 'Value of the matrix = sum of the medicines',
  },
  'check.groups-are-medicines': {
    uz: 'Guruhlar dozalari = dorilar dozalari',
    ru: 'Дозы групп = дозы препаратов',
    en: 'Doses of the groups = doses of the medicines',
  },
  'check.sites-are-medicines': {
    uz: 'Muassasalar dozalari = dorilar dozalari',
    ru: 'Дозы учреждений = дозы препаратов',
    en: 'Doses of the sites = doses of the medicines',
  },
  'check.units-of-sites': {
    uz: 'Muassasalar birliklari = dorilar birliklari',
    ru: 'Единиц по учреждениям = по препаратам',
    en: 'Units of the sites = units of the medicines',
  },
} satisfies Words;

const notes = {
  'note.balance-days': {
    uz: 'Faqat tugagan kunlar kiradi; bugungi yozuvlar ertaga koʻrinadi.',
    ru: 'Входят только завершённые дни; сегодняшние записи появятся завтра.',
    en: 'Only days that are over are in it; today’s entries show tomorrow.',
  },
  'note.balance-first-day': {
    uz: 'Oy bugun boshlandi: bir daqiqa oldingacha yozilganlar kiradi.',
    ru: 'Месяц начался сегодня: входит всё, что введено до последней минуты.',
    en: 'The month began today: what was entered until a minute ago is in it.',
  },
  'note.balance-late': {
    uz: 'Yopilgan oyga kech yozilgan harakatlar shu oyda, yozilgan kuni bilan hisoblanadi.',
    ru: 'Движения, введённые поздно за закрытый месяц, учтены в этом месяце днём ввода.',
    en: 'What was entered late for a closed month counts in this one, on the day on which it was entered.',
  },
  'note.balance-no-price': {
    uz: 'Narxi nomaʼlum seriyalar qiymatga qoʻshilmaydi.',
    ru: 'Серии без известной цены в сумму не входят.',
    en: 'Lots without a known price add nothing to the value.',
  },
  'note.balance-sites-left': {
    uz: 'Baʼzi muassasalar hali hisoblanmagan: birozdan soʻng yana soʻrang.',
    ru: 'Часть учреждений ещё не посчитана: запросите отчёт чуть позже.',
    en: 'Some sites are not reckoned yet: ask again in a while.',
  },
  'note.register-late': {
    uz: 'Yopilgan oy sanasi bilan kech kiritilgan yozuvlar shu yerda, yozilgan kuni turadi va belgilanadi.',
    ru: 'Записи, внесённые задним числом за уже закрытый месяц, стоят здесь, в день внесения, и отмечены.',
    en: 'Entries that are dated back into a month that was closed by then stand here, on the day on which they were made, and are marked.',
  },
  'note.register-as-entered': {
    uz: 'Yozuvlar kiritilgan vaqti boʻyicha. Hisob kitobi oxirgi kun tugaganda maʼlum boʻlganicha olingan.',
    ru: 'Записи стоят по времени ввода. Книга учёта взята такой, какой была известна на конец последнего дня.',
    en: 'Entries stand by the time at which they were made. The ledger is taken as it was known when the last day ended.',
  },
  'note.classes-value': {
    uz: 'Bemorlarga berilgani, qaytgani ayirilgan, soʻnggi qabul narxida. Omborda boshqalarga joʻnatilgani ham sarfdir.',
    ru: 'Отпущенное пациентам за вычетом возврата по цене последней приёмки. На складе расход — и отправленное другим.',
    en: 'What patients were given less what came back, at the price of the last receipt. At a warehouse what it sent is use as well.',
  },
  'note.classes-ven': {
    uz: 'VEN siyosatdagi ATC guruhlaridan olinadi; guruhi yoʻqlari muhim hisoblanadi.',
    ru: 'VEN берётся из групп ATC в правилах; без группы препарат считается необходимым.',
    en: 'VEN is taken from the rules by ATC group; what has none counts as essential.',
  },
  'note.antibiotics-source': {
    uz: 'DDD: JSST ATC/DDD indeksi 2024; guruhlar: AWaRe 2023. Faqat J01.',
    ru: 'DDD: индекс ATC/DDD ВОЗ 2024; группы: AWaRe 2023. Только J01.',
    en: 'DDD by the WHO ATC/DDD index 2024; groups by AWaRe 2023. J01 only.',
  },
  'note.antibiotics-uncounted': {
    uz: 'Dozasi aniq maʼlum boʻlmagan dorilar birliklarda koʻrsatilgan va DDD ga kirmaydi.',
    ru: 'Препараты без точно известной дозы показаны в единицах и в DDD не входят.',
    en: 'Medicines whose dose is not known for certain are shown in units and have no DDD.',
  },
  'note.antibiotics-population': {
    uz: 'Aholi soni maʼmur kiritgan, hisobot oyidan keyin boʻlmagan eng soʻnggi yil boʻyicha.',
    ru: 'Численность населения — за последний внесённый администратором год не позже месяца отчёта.',
    en: 'Inhabitants are those of the latest year that an administrator entered and that is not after the month.',
  },
  'note.antibiotics-no-population': {
    uz: 'Bitta muassasa uchun aholi soni yoʻq, shuning uchun 1000 kishiga hisoblanmaydi.',
    ru: 'У одного учреждения нет своего населения, поэтому на 1000 жителей не считается.',
    en: 'A single site has no inhabitants of its own, so nothing is told per 1,000.',
  },
} satisfies Words;

const words = {
  'word.place.shelf': { uz: 'javonda', ru: 'на полке', en: 'on the shelf' },
  'word.place.on-the-way': { uz: 'yoʻlda', ru: 'в пути', en: 'on the way' },
  'word.flow.received': { uz: 'qabul', ru: 'приёмка', en: 'received' },
  'word.flow.dispensed': { uz: 'bemorlarga berildi', ru: 'отпущено пациентам', en: 'dispensed' },
  'word.flow.returned': { uz: 'bemorlar qaytardi', ru: 'вернули пациенты', en: 'brought back' },
  'word.flow.sent': { uz: 'joʻnatildi', ru: 'отправлено', en: 'sent' },
  'word.flow.arrived': { uz: 'yetib keldi', ru: 'прибыло', en: 'arrived' },
  'word.flow.written-off': { uz: 'hisobdan chiqdi', ru: 'списано', en: 'written off' },
  'word.flow.counted': { uz: 'sanoq va tuzatish', ru: 'подсчёт и поправки', en: 'counts and corrections' },
  'word.flow.reversed': { uz: 'bekor qilindi', ru: 'сторнировано', en: 'taken back' },
  'word.movement.receipt': { uz: 'qabul', ru: 'приёмка', en: 'receipt' },
  'word.movement.opening': { uz: 'boshlangʻich qoldiq', ru: 'начальный остаток', en: 'opening balance' },
  'word.movement.dispense': { uz: 'berildi', ru: 'отпуск', en: 'dispensed' },
  'word.movement.dispense-undone': { uz: 'berish bekor qilindi', ru: 'отпуск отменён', en: 'dispense undone' },
  'word.movement.return': { uz: 'bemor qaytardi', ru: 'возврат пациента', en: 'brought back' },
  'word.movement.transfer-out': { uz: 'joʻnatildi', ru: 'отправлено', en: 'sent' },
  'word.movement.transfer-in': { uz: 'yetib keldi', ru: 'прибыло', en: 'arrived' },
  'word.movement.write-off': { uz: 'hisobdan chiqdi', ru: 'списание', en: 'written off' },
  'word.movement.count': { uz: 'sanoq', ru: 'подсчёт', en: 'count' },
  'word.movement.correction': { uz: 'tuzatish', ru: 'поправка', en: 'correction' },
  'word.movement.reversal': { uz: 'bekor qilindi', ru: 'сторно', en: 'taken back' },
  'word.abc.A': { uz: 'A', ru: 'A', en: 'A' },
  'word.abc.B': { uz: 'B', ru: 'B', en: 'B' },
  'word.abc.C': { uz: 'C', ru: 'C', en: 'C' },
  'word.ven.V': { uz: 'V — hayotiy', ru: 'V — жизненно важные', en: 'V — vital' },
  'word.ven.E': { uz: 'E — zarur', ru: 'E — необходимые', en: 'E — essential' },
  'word.ven.N': { uz: 'N — zarur emas', ru: 'N — второстепенные', en: 'N — non-essential' },
  'word.aware.access': { uz: 'Access — asosiy', ru: 'Access — доступ', en: 'Access' },
  'word.aware.watch': { uz: 'Watch — kuzatuv', ru: 'Watch — наблюдение', en: 'Watch' },
  'word.aware.reserve': { uz: 'Reserve — zaxira', ru: 'Reserve — резерв', en: 'Reserve' },
  'word.aware.unlisted': { uz: 'roʻyxatda yoʻq', ru: 'нет в списке', en: 'not listed' },
} satisfies Words;

/** Reports that stand on facts of stock: the balance, the register, what was used by value, antibiotics. */
export const reportStock = { ...sections, ...columns, ...figures, ...checks, ...notes, ...words };
