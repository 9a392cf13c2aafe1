import type { WriteOffReason } from '@darmon/domain/write-off';
import type { Entry, Words } from '../entry.ts';
import { writeOff } from './write-off.ts';

const reasons = Object.fromEntries(
  Object.entries(writeOff).flatMap(([key, entry]) =>
    key.startsWith('reason.') ? [[`word.write-off.${key.slice('reason.'.length)}`, entry]] : [],
  ),
) as Record<`word.write-off.${WriteOffReason}`, Entry>;

const sections = {
  'write-offs.by-reason': { uz: 'Sabablar boʻyicha', ru: 'По причинам', en: 'By reason' },
  'write-offs.by-medicine': { uz: 'Dorilar boʻyicha', ru: 'По препаратам', en: 'By medicine' },
  'write-offs.acts': { uz: 'Dalolatnomalar', ru: 'Акты', en: 'Acts' },
  'expiry-risk.by-term': { uz: 'Qolgan muddat boʻyicha', ru: 'По оставшемуся сроку', en: 'By time left' },
  'expiry-risk.by-site': {
    uz: 'Muassasalar: 180 kun ichida',
    ru: 'Учреждения: в ближайшие 180 дней',
    en: 'Sites: within 180 days',
  },
  'expiry-risk.lots': {
    uz: 'Seriyalar: 180 kun ichida',
    ru: 'Серии: в ближайшие 180 дней',
    en: 'Lots: within 180 days',
  },
  'procurement-fulfilment.by-supplier': {
    uz: 'Yetkazib beruvchilar boʻyicha',
    ru: 'По поставщикам',
    en: 'By supplier',
  },
  'procurement-fulfilment.differences': {
    uz: 'Buyurtma, qabul va faktura farqlari',
    ru: 'Расхождения заказа, приёмки и счёта',
    en: 'How order, receipt and invoice differ',
  },
  'procurement-fulfilment.orders': { uz: 'Buyurtmalar', ru: 'Заказы', en: 'Orders' },
  'procurement-fulfilment.difference-lines': {
    uz: 'Farqlar qatorma-qator',
    ru: 'Расхождения построчно',
    en: 'Differences line by line',
  },
  'complaints-signals.by-subject': { uz: 'Mavzular boʻyicha', ru: 'По темам', en: 'By subject' },
  'complaints-signals.by-day': { uz: 'Kunlar boʻyicha', ru: 'По дням', en: 'By day' },
  'complaints-signals.by-site': { uz: 'Muassasalar boʻyicha', ru: 'По учреждениям', en: 'By site' },
  'complaints-signals.complained-lots': {
    uz: 'Shikoyat qilingan seriyalar',
    ru: 'Серии, на которые жалуются',
    en: 'Lots that are complained about',
  },
  'complaints-signals.signals': { uz: 'Signallar', ru: 'Сигналы', en: 'Signals' },
  'complaints-signals.entries': { uz: 'Fikrlar', ru: 'Отзывы', en: 'Feedback' },
} satisfies Words;

const columns = {
  'column.act': { uz: 'Dalolatnoma', ru: 'Акт', en: 'Act' },
  'column.author': { uz: 'Muallif', ru: 'Автор', en: 'Author' },
  'column.signatures': { uz: 'Imzolar', ru: 'Подписей', en: 'Signatures' },
  'column.term': { uz: 'Muddat', ru: 'Срок', en: 'Term' },
  'column.lots': { uz: 'Seriyalar', ru: 'Серий', en: 'Lots' },
  'column.on-hand': { uz: 'Qoldiq', ru: 'Остаток', en: 'On hand' },
  'column.used-in-time': { uz: 'Ulguradi', ru: 'Успеют', en: 'Used in time' },
  'column.left-over': { uz: 'Ortib qoladi', ru: 'Останется', en: 'Left over' },
  'column.left-value': { uz: 'Ortib qoladigan qiymat', ru: 'Стоимость остатка', en: 'Value left over' },
  'column.expiry': { uz: 'Yaroqlilik muddati', ru: 'Срок годности', en: 'Expiry date' },
  'column.days-left': { uz: 'Kun qoldi', ru: 'Осталось дней', en: 'Days left' },
  'column.lot-state': { uz: 'Seriya holati', ru: 'Состояние', en: 'State of the lot' },
  'column.judged-by': { uz: 'Nimaga asosan', ru: 'На основании', en: 'Judged by' },
  'column.orders': { uz: 'Buyurtmalar', ru: 'Заказов', en: 'Orders' },
  'column.late-orders': { uz: 'Kechikkan', ru: 'Опаздывают', en: 'Late' },
  'column.lines-in-full': { uz: 'Toʻliq', ru: 'Полностью', en: 'In full' },
  'column.lines-judged': { uz: 'Baholangan', ru: 'Оценено', en: 'Judged' },
  'column.lines-on-time': { uz: 'Oʻz vaqtida', ru: 'В срок', en: 'On time' },
  'column.on-time': { uz: 'Oʻz vaqtida, %', ru: 'В срок, %', en: 'On time, %' },
  'column.ordered-value': { uz: 'Buyurtma qiymati', ru: 'Заказано на', en: 'Ordered value' },
  'column.received-value': { uz: 'Kelgan qiymat', ru: 'Получено на', en: 'Received value' },
  'column.difference': { uz: 'Farq', ru: 'Расхождение', en: 'Difference' },
  'column.amount': { uz: 'Summa', ru: 'Сумма', en: 'Amount' },
  'column.order': { uz: 'Buyurtma', ru: 'Заказ', en: 'Order' },
  'column.order-state': { uz: 'Holati', ru: 'Состояние', en: 'State' },
  'column.due': { uz: 'Kutilgan kun', ru: 'Срок', en: 'Due' },
  'column.subject': { uz: 'Mavzu', ru: 'Тема', en: 'Subject' },
  'column.praise': { uz: 'Maqtovlar', ru: 'Похвал', en: 'Praise' },
  'column.complaints': { uz: 'Shikoyatlar', ru: 'Жалоб', en: 'Complaints' },
  'column.with-receipt': { uz: 'Chek bilan', ru: 'С чеком', en: 'With a receipt' },
  'column.signal-at': { uz: 'Signal vaqti', ru: 'Время сигнала', en: 'Signal raised' },
  'column.prescriptions': { uz: 'Retseptlar', ru: 'Рецептов', en: 'Prescriptions' },
  'column.feedback-kind': { uz: 'Turi', ru: 'Вид', en: 'Kind' },
} satisfies Words;

const figures = {
  'figure.acts': { uz: 'Dalolatnomalar', ru: 'Актов', en: 'Acts' },
  'figure.written-off-units': { uz: 'Chiqarilgan birliklar', ru: 'Списано единиц', en: 'Units written off' },
  'figure.written-off-value': { uz: 'Chiqarilgan qiymat', ru: 'Списано на сумму', en: 'Value written off' },
  'figure.left-value': {
    uz: '180 kun ichida yoʻqoladigan qiymat',
    ru: 'Пропадёт за 180 дней на',
    en: 'Value lost within 180 days',
  },
  'figure.left-units': {
    uz: 'Ishlatilmay qoladigan birliklar',
    ru: 'Единиц не израсходуют',
    en: 'Units that will not be used',
  },
  'figure.lots-near-expiry': {
    uz: '180 kun ichida tugaydigan seriyalar',
    ru: 'Серий со сроком до 180 дней',
    en: 'Lots that end within 180 days',
  },
  'figure.later-units': {
    uz: '180 kundan uzoqqa yetadigan birliklar',
    ru: 'Единиц со сроком дольше 180 дней',
    en: 'Units that last longer than 180 days',
  },
  'figure.orders': { uz: 'Buyurtmalar', ru: 'Заказов', en: 'Orders' },
  'figure.acts-late': {
    uz: 'Yopilgan oy uchun kechikkan dalolatnomalar',
    ru: 'Актов, опоздавших за закрытый месяц',
    en: 'Acts too late for a closed month',
  },
  'figure.late-orders': { uz: 'Kechikayotgan buyurtmalar', ru: 'Заказов опаздывает', en: 'Orders that are late' },
  'figure.on-time': { uz: 'Oʻz vaqtida kelgan qatorlar', ru: 'Строк в срок', en: 'Lines on time' },
  'figure.in-full': { uz: 'Toʻliq kelgan qatorlar', ru: 'Строк полностью', en: 'Lines in full' },
  'figure.complaints': { uz: 'Shikoyatlar', ru: 'Жалоб', en: 'Complaints' },
  'figure.praise': { uz: 'Maqtovlar', ru: 'Похвал', en: 'Praise' },
  'figure.signals': { uz: 'Yangi signallar', ru: 'Новых сигналов', en: 'New signals' },
} satisfies Words;

const checks = {
  'check.acts-are-reasons': {
    uz: 'Dalolatnomalar qiymati = sabablar yigʻindisi',
    ru: 'Стоимость актов = сумма по причинам',
    en: 'Value of the acts = sum of the reasons',
  },
  'check.acts-are-medicines': {
    uz: 'Dalolatnomalar qiymati = dorilar yigʻindisi',
    ru: 'Стоимость актов = сумма по препаратам',
    en: 'Value of the acts = sum of the medicines',
  },
  'check.acts-are-ledger': {
    uz: 'Dalolatnomadagi birliklar = hisob kitobidan chiqqani',
    ru: 'Единиц в актах = ушло по книге учёта',
    en: 'Units of the acts = what left the ledger',
  },
  'check.terms-are-shelf': {
    uz: 'Muddatlar yigʻindisi + 180 kundan uzoqqa yetadigani = javondagi qoldiq',
    ru: 'Сумма по срокам + годное дольше 180 дней = остаток на полках',
    en: 'Sum of the terms + what lasts longer than 180 days = what lies on the shelves',
  },
  'check.used-and-left-are-shelf': {
    uz: 'Ulguradigan + ortib qoladigan = javondagi qoldiq',
    ru: 'Успеют + останется = остаток на полках',
    en: 'Used in time + left over = what lies on the shelves',
  },
  'check.orders-are-suppliers': {
    uz: 'Barcha buyurtmalar = yetkazib beruvchilarniki + bekor qilinganlar',
    ru: 'Все заказы = заказы поставщиков + отменённые',
    en: 'All orders = those of the suppliers + cancelled ones',
  },
  'check.receipts-are-lines': {
    uz: 'Qabullar boʻyicha kelgan = qatorlarda yozilgan',
    ru: 'Пришло по приёмкам = записано в строках',
    en: 'Came by the receipts = stands on the lines',
  },
  'check.differences-are-kinds': {
    uz: 'Farqlar summasi = turlari yigʻindisi',
    ru: 'Сумма расхождений = сумма по видам',
    en: 'Sum of the differences = sum of their kinds',
  },
  'check.subjects-are-sites': {
    uz: 'Mavzular boʻyicha fikrlar = muassasalar boʻyicha',
    ru: 'Отзывы по темам = отзывы по учреждениям',
    en: 'Feedback by subject = feedback by site',
  },
  'check.praise-and-complaints': {
    uz: 'Maqtov + shikoyat = barcha fikrlar',
    ru: 'Похвалы + жалобы = все отзывы',
    en: 'Praise + complaints = all feedback',
  },
} satisfies Words;

const notes = {
  'note.written-off-when-signed': {
    uz: 'Dalolatnoma oxirgi imzo qoʻyilgan kunga, orqaga sanalgani esa oʻz kuniga yoziladi. Imzo kutayotganlari kirmaydi.',
    ru: 'Акт относится ко дню последней подписи, а датированный задним числом — к своему дню. Ожидающие подписи не входят.',
    en: 'An act counts on the day of its last signature, or on the day it is dated back to. Those that wait for a signature are not in it.',
  },
  'note.acts-late': {
    uz: 'Oyi yopilgandan keyin imzolangan, orqaga sanalgan dalolatnoma shu yerda, imzo kuni hisoblanadi va belgilanadi.',
    ru: 'Акт задним числом, подписанный после закрытия своего месяца, считается здесь, в день подписи, и отмечен.',
    en: 'An act that is dated back and was signed after its month was closed counts here, on the day of its signature, and is marked.',
  },
  'note.lost-on-the-way-apart': {
    uz: 'Yoʻlda yoʻqolgan tovar hech bir javonda turmagan, shuning uchun hisob kitobi bilan solishtirilmaydi.',
    ru: 'Утраченное в пути не лежало ни на одной полке и с книгой учёта не сравнивается.',
    en: 'What was lost on its way lay on no shelf and is not compared with the ledger.',
  },
  'note.expiry-judged': {
    uz: 'Sarf reja prognozi boʻyicha, u boʻlmasa soʻnggi uch oy boʻyicha baholanadi; avval muddati yaqini ishlatiladi. Toʻxtatilgan va muddati oʻtgan seriyalar toʻliq ortib qolgan hisoblanadi.',
    ru: 'Расход взят из прогноза плана, без него — по последним трём месяцам; сначала тратится то, чей срок ближе. Заблокированные и просроченные серии считаются остатком целиком.',
    en: 'Use is taken from the plan’s forecast, else from the last three months; what expires first is used first. Blocked and expired lots are left over whole.',
  },
  'note.expiry-no-price': {
    uz: 'Narxi nomaʼlum seriyalar qiymatga qoʻshilmaydi.',
    ru: 'Серии без известной цены в стоимость не входят.',
    en: 'Lots without a known price add nothing to the value.',
  },
  'note.orders-opened-in': {
    uz: 'Shu davrda ochilgan buyurtmalar, hozirgi holatida.',
    ru: 'Заказы, открытые в этом периоде, в их нынешнем состоянии.',
    en: 'Orders that were opened in these days, as they stand now.',
  },
  'note.orders-cancelled-apart': {
    uz: 'Bekor qilingan buyurtmalar roʻyxatda bor, lekin baholanmaydi.',
    ru: 'Отменённые заказы есть в списке, но не оцениваются.',
    en: 'Cancelled orders are listed but not judged.',
  },
  'note.orders-by-rate': {
    uz: 'Boshqa valyutadagi summalar buyurtma kursi boʻyicha soʻmda.',
    ru: 'Суммы в другой валюте пересчитаны в сумы по курсу заказа.',
    en: 'Amounts in another currency are in soum at the rate of their order.',
  },
  'note.feedback-lots-with-receipt': {
    uz: 'Seriya faqat bemor chek kodini kiritganda maʼlum boʻladi. Fikr matni hisobotda yoʻq.',
    ru: 'Серия известна, только если пациент ввёл код чека. Слов отзывов в отчёте нет.',
    en: 'A lot is known only where the patient gave the code of the receipt. The words of feedback are not in the report.',
  },
} satisfies Words;

const words = {
  'word.term.expired': { uz: 'muddati oʻtgan', ru: 'срок истёк', en: 'expired' },
  'word.term.within-30': { uz: '30 kungacha', ru: 'до 30 дней', en: 'up to 30 days' },
  'word.term.within-60': { uz: '31–60 kun', ru: '31–60 дней', en: '31–60 days' },
  'word.term.within-90': { uz: '61–90 kun', ru: '61–90 дней', en: '61–90 days' },
  'word.term.within-180': { uz: '91–180 kun', ru: '91–180 дней', en: '91–180 days' },
  'word.lot-state.available': { uz: 'ochiq', ru: 'доступна', en: 'available' },
  'word.lot-state.on-hold': { uz: 'ushlab turilgan', ru: 'приостановлена', en: 'on hold' },
  'word.lot-state.quarantined': { uz: 'karantinda', ru: 'в карантине', en: 'in quarantine' },
  'word.lot-state.recalled': { uz: 'chaqirib olingan', ru: 'отозвана', en: 'recalled' },
  'word.basis.forecast': { uz: 'reja prognozi', ru: 'прогноз плана', en: 'plan’s forecast' },
  'word.basis.recent-use': { uz: 'soʻnggi uch oy', ru: 'последние три месяца', en: 'last three months' },
  'word.basis.no-use': { uz: 'sarf boʻlmagan', ru: 'расхода не было', en: 'no use so far' },
  'word.order-state.open': { uz: 'ochiq', ru: 'открыт', en: 'open' },
  'word.order-state.sent': { uz: 'yuborilgan', ru: 'отправлен', en: 'sent' },
  'word.order-state.acknowledged': { uz: 'tasdiqlangan', ru: 'подтверждён', en: 'acknowledged' },
  'word.order-state.partly-received': { uz: 'qisman kelgan', ru: 'получен частично', en: 'partly received' },
  'word.order-state.received': { uz: 'kelgan', ru: 'получен', en: 'received' },
  'word.order-state.closed': { uz: 'yopilgan', ru: 'закрыт', en: 'closed' },
  'word.order-state.cancelled': { uz: 'bekor qilingan', ru: 'отменён', en: 'cancelled' },
  'word.order-state.late': { uz: 'kechikmoqda', ru: 'опаздывает', en: 'late' },
  'word.difference.short': { uz: 'kam keldi', ru: 'недопоставка', en: 'short' },
  'word.difference.over': { uz: 'ortiqcha keldi', ru: 'излишек', en: 'over' },
  'word.difference.not-ordered': { uz: 'buyurtma qilinmagan', ru: 'не заказано', en: 'not ordered' },
  'word.difference.price': { uz: 'narxi boshqa', ru: 'другая цена', en: 'another price' },
  'word.difference.invoiced-not-received': {
    uz: 'fakturada bor, kelmagan',
    ru: 'в счёте есть, не пришло',
    en: 'invoiced, not received',
  },
  'word.difference.received-not-invoiced': {
    uz: 'kelgan, fakturada yoʻq',
    ru: 'пришло, в счёте нет',
    en: 'received, not invoiced',
  },
  'word.feedback.service': { uz: 'xizmat', ru: 'обслуживание', en: 'service' },
  'word.feedback.price': { uz: 'narx', ru: 'цена', en: 'price' },
  'word.feedback.waiting': { uz: 'kutish', ru: 'ожидание', en: 'waiting' },
  'word.feedback.staff': { uz: 'xodimlar', ru: 'сотрудники', en: 'staff' },
  'word.feedback.medicine': { uz: 'dori', ru: 'препарат', en: 'medicine' },
  'word.feedback.other': { uz: 'boshqa', ru: 'другое', en: 'other' },
  'word.feedback-kind.praise': { uz: 'maqtov', ru: 'похвала', en: 'praise' },
  'word.feedback-kind.complaint': { uz: 'shikoyat', ru: 'жалоба', en: 'complaint' },
} satisfies Words;

/** Reports of write-offs, of what expires, of orders and of what patients say. */
export const reportSupply = { ...reasons, ...sections, ...columns, ...figures, ...checks, ...notes, ...words };
