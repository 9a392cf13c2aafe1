import type { CaseRule, CaseState } from '@darmon/domain/case';
import type { Entry, Words } from '../entry.ts';

const rules = {
  'rule.doctor-shopping': {
    uz: 'Bir dori turli shifokorlardan',
    ru: 'Одно средство у разных врачей',
    en: 'One medicine from several doctors',
  },
  'rule.unusual-quantity': { uz: 'Gʻayrioddiy miqdor', ru: 'Необычное количество', en: 'Unusual quantity' },
  'rule.night-dispensing': { uz: 'Tungi dori berish', ru: 'Отпуск по ночам', en: 'Supplies at night' },
  'rule.many-overrides': {
    uz: 'Ogohlantirishlar koʻp oʻtkazilgan',
    ru: 'Много обойдённых предупреждений',
    en: 'Many warnings passed',
  },
  'rule.close-pair': { uz: 'Doim bir juftlik', ru: 'Всегда одна пара', en: 'Always the same two' },
  'rule.idle-look-ups': {
    uz: 'Natijasiz qidiruvlar',
    ru: 'Поиски, за которыми ничего нет',
    en: 'Look-ups that nothing follows',
  },
  'rule.refused-sign-ins': { uz: 'Rad etilgan kirishlar', ru: 'Отказы во входе', en: 'Refused sign-ins' },
  'rule.clock-drift': { uz: 'Soat notoʻgʻri', ru: 'Часы неточны', en: 'A clock is off' },
  'rule.look-review': {
    uz: 'Bemor maʼlumotiga qarash',
    ru: 'Просмотр данных пациента',
    en: 'A look at a patient',
  },
} satisfies Record<`rule.${CaseRule}`, Entry>;

/** What a rule counted, as a sentence of its numbers. */
const told = {
  'told.doctor-shopping': {
    uz: 'Bitta bemor {{prescribers}} shifokordan ({{clinics}} klinika) {{courses}} kurs olgan, {{overlaps}} tasi oldingisi tugamay boshlangan. Jami {{quantity}} birlik, {{pharmacies}} dorixonadan.',
    ru: 'Один пациент получил {{courses}} курсов у {{prescribers}} врачей ({{clinics}} клиник), из них {{overlaps}} начались до конца предыдущего. Всего {{quantity}} единиц, аптек: {{pharmacies}}.',
    en: 'One patient got {{courses}} courses from {{prescribers}} doctors at {{clinics}} clinics; {{overlaps}} of them began while another still ran. {{quantity}} units in all, from {{pharmacies}} pharmacies.',
  },
  'told.unusual-quantity': {
    uz: 'Kuzatiladigan dorilar yozilgan {{of}} qatordan {{large}} tasida miqdor katta: boshqalar yozganidan odatda {{times}} baravar. Bemorlar: {{patients}}.',
    ru: 'Из {{of}} строк со средствами под наблюдением в {{large}} количество велико: обычно в {{times}} раза больше, чем у других. Пациентов: {{patients}}.',
    en: 'Of {{of}} lines of watched medicines {{large}} are large: typically {{times}} times what others write. Patients: {{patients}}.',
  },
  'told.night-dispensing': {
    uz: 'Kuzatiladigan dorilarning {{of}} berilishidan {{nights}} tasi tunda ({{percent}} %). Boshqa dorilarda tungi ulush {{expectedPercent}} %.',
    ru: 'Из {{of}} отпусков под наблюдением {{nights}} ночью ({{percent}} %). У других средств ночная доля {{expectedPercent}} %.',
    en: 'Of {{of}} supplies of watched medicines {{nights}} were at night ({{percent}} %). Of other medicines it is {{expectedPercent}} %.',
  },
  'told.many-overrides': {
    uz: '{{of}} retseptdan {{passed}} tasida ogohlantirish oʻtkazib yuborilgan ({{percent}} %). Boshqalarda odatda {{usualPercent}} %.',
    ru: 'На {{passed}} из {{of}} рецептов предупреждение обойдено ({{percent}} %). У других обычно {{usualPercent}} %.',
    en: 'On {{passed}} of {{of}} prescriptions a warning was passed ({{percent}} %). Others usually pass {{usualPercent}} %.',
  },
  'told.close-pair': {
    uz: 'Shifokor retseptlarining {{of}} tasidan {{together}} tasini shu farmatsevt bergan ({{percent}} %). Kutilgan ulush {{expectedPercent}} %.',
    ru: 'Из {{of}} рецептов врача {{together}} отпустил этот фармацевт ({{percent}} %). Ожидалось бы {{expectedPercent}} %.',
    en: 'Of {{of}} of the doctor’s prescriptions this pharmacist supplied {{together}} ({{percent}} %). {{expectedPercent}} % would be expected.',
  },
  'told.idle-look-ups': {
    uz: '{{of}} qidiruvdan {{idle}} tasidan keyin hech narsa berilmagan va yozilmagan ({{percent}} %), shu kunda {{today}} ta. Bemorlar: {{patients}}.',
    ru: 'После {{idle}} из {{of}} поисков ничего не отпущено и не выписано ({{percent}} %), в этот день {{today}}. Пациентов: {{patients}}.',
    en: 'After {{idle}} of {{of}} look-ups nothing was supplied or prescribed ({{percent}} %), {{today}} of them on this day. Patients: {{patients}}.',
  },
  'told.refused-sign-ins': {
    uz: '{{refused}} ta rad etilgan kirish, bir soatda eng koʻpi {{inHour}}, tunda {{nights}}.',
    ru: 'Отказов во входе: {{refused}}, больше всего за час {{inHour}}, ночью {{nights}}.',
    en: '{{refused}} refused sign-ins, at most {{inHour}} within an hour, {{nights}} at night.',
  },
  'told.clock-drift': {
    uz: 'Qurilma soati {{days}} kun davomida taxminan {{seconds}} soniyaga farq qilgan.',
    ru: 'Часы устройства в течение {{days}} дней расходились примерно на {{seconds}} с.',
    en: 'A device’s clock was off by about {{seconds}} s on {{days}} days.',
  },
  'told.look-review': {
    uz: 'Auditor bu qarashni koʻrib chiqib, ish ochdi. Sababi birinchi izohda.',
    ru: 'Аудитор проверил этот просмотр и завёл дело. Почему, сказано в первой заметке.',
    en: 'An auditor reviewed this look and opened a case. The first note says why.',
  },
} satisfies Record<`told.${CaseRule}`, Entry>;

const states = {
  'state.open': { uz: 'Yangi', ru: 'Новые', en: 'New' },
  'state.taken': { uz: 'Koʻrilmoqda', ru: 'В работе', en: 'Being looked into' },
  'state.decided': { uz: 'Qaror qilingan', ru: 'Решены', en: 'Decided' },
} satisfies Record<`state.${CaseState}`, Entry>;

/** Cases of the daily analysis and of reviews. */
export const webCases = {
  ...rules,
  ...told,
  ...states,
  title: { uz: 'Ishlar', ru: 'Дела', en: 'Cases' },
  note: {
    uz: 'Har kecha tahlil oʻtgan kunni koʻradi; auditor ham qarashdan ish ochishi mumkin. Topilma ayb isboti emas: odam koʻrishi kerak degani.',
    ru: 'Каждую ночь анализ просматривает прошедший день; дело может завести и аудитор, проверяя просмотры. Находка ничего не доказывает: она просит человека посмотреть.',
    en: 'Every night the analysis looks at the day before; an auditor who reviews looks can open a case too. A finding proves nothing: it asks a person to look.',
  },
  stateField: { uz: 'Holati', ru: 'Состояние', en: 'State' },
  ruleField: { uz: 'Nima topilgan', ru: 'Что найдено', en: 'What was found' },
  allRules: { uz: 'Hammasi', ru: 'Всё', en: 'Everything' },
  mine: { uz: 'Faqat menikilar', ru: 'Только мои', en: 'Mine only' },
  none: { uz: 'Bunday ish yoʻq', ru: 'Таких дел нет', en: 'No such cases' },
  noneNext: {
    uz: 'Boshqa holat yoki qoidani tanlang. Yangi ishlar kechasi ochiladi.',
    ru: 'Выберите другое состояние или правило. Новые дела заводятся ночью.',
    en: 'Choose another state or rule. New cases are opened at night.',
  },
  analysed: {
    uz: 'Oxirgi tahlil qilingan kun: {{day}}, hodisalar: {{events}}, topilmalar: {{findings}}.',
    ru: 'Последний проверенный день: {{day}}, событий: {{events}}, находок: {{findings}}.',
    en: 'Last day analysed: {{day}}, {{events}} events, {{findings}} findings.',
  },
  neverAnalysed: {
    uz: 'Hali hech bir kun tahlil qilinmagan. Tahlil kechasi oʻzi ishlaydi.',
    ru: 'Ещё ни один день не проверен. Анализ работает ночью сам.',
    en: 'No day has been analysed yet. The analysis runs by itself at night.',
  },
  score: { uz: '{{score}} ball', ru: 'Оценка {{score}}', en: 'Score {{score}}' },
  days: {
    uz: 'Topilgan kunlar: {{count}}, oxirgisi {{day}}',
    ru: 'Дней с находками: {{count}}, последний {{day}}',
    en: 'Found on {{count}} days, last on {{day}}',
  },
  ownedBy: { uz: 'Masʼul: {{person}}', ru: 'Ведёт: {{person}}', en: 'With {{person}}' },
  nobody: { uz: 'Hech kim olmagan', ru: 'Никто не ведёт', en: 'Nobody has it' },
  open: { uz: 'Ishni ochish', ru: 'Открыть дело', en: 'Open the case' },
  about: { uz: 'Kim haqida', ru: 'О ком', en: 'About whom' },
  aPatient: {
    uz: 'Bitta bemor; ismi bu yerda koʻrsatilmaydi',
    ru: 'Один пациент; имя здесь не показано',
    en: 'One patient; the name is not shown here',
  },
  aDevice: {
    uz: 'Qurilma {{device}}; kimning qoʻlida ekani hodisalarda koʻrinadi',
    ru: 'Устройство {{device}}; у кого оно, видно из событий',
    en: 'Device {{device}}; the events say who works at it',
  },
  openLook: { uz: 'Qarash va uning xulosasi', ru: 'Просмотр и вывод о нём', en: 'The look and its review' },
  aPair: {
    uz: 'Shifokor {{doctor}} va farmatsevt {{pharmacist}}',
    ru: 'Врач {{doctor}} и фармацевт {{pharmacist}}',
    en: 'Doctor {{doctor}} and pharmacist {{pharmacist}}',
  },
  numbers: { uz: 'Nimaga koʻra', ru: 'На чём основано', en: 'What it stands on' },
  scoreNote: {
    uz: 'Ball: 50 chegaraning oʻzi, 100 uning ikki barobari va undan ortigʻi.',
    ru: 'Оценка: 50 на самом пороге, 100 при двойном пороге и выше.',
    en: 'Score: 50 at the threshold, 100 at twice the threshold and above.',
  },
  foundOn: { uz: 'Topilgan kunlar', ru: 'Дни находок', en: 'Found on' },
  evidence: { uz: 'Hodisalar ({{count}})', ru: 'События ({{count}})', en: 'Events ({{count}})' },
  evidenceNote: {
    uz: 'Eng oxirgi oltmishtasi. Retsept bilan bogʻliq hodisa oʻz tarixini ochadi.',
    ru: 'Последние шестьдесят. У событий рецепта открывается его история.',
    en: 'The latest sixty. Those of a prescription open its trail.',
  },
  trail: { uz: 'Retsept tarixi', ru: 'История рецепта', en: 'Trail of the prescription' },
  'kind.prescribed': { uz: 'Retsept yozildi', ru: 'Выписан рецепт', en: 'Prescribed' },
  'kind.dispensed': { uz: 'Dori berildi', ru: 'Отпущено', en: 'Supplied' },
  'kind.not-dispensed': { uz: 'Berilmadi', ru: 'Не отпущено', en: 'Not supplied' },
  'kind.undone': { uz: 'Berish bekor qilindi', ru: 'Отпуск отменён', en: 'Supply undone' },
  'kind.looked-up': { uz: 'Qidirildi', ru: 'Поиск', en: 'Looked up' },
  'kind.sign-in-refused': { uz: 'Kirish rad etildi', ru: 'Отказ во входе', en: 'Sign-in refused' },
  'kind.password-given': { uz: 'Parol berildi', ru: 'Выдан пароль', en: 'Password given' },
  'kind.clock-read': { uz: 'Soat farqi', ru: 'Расхождение часов', en: 'Clock off' },
  notes: { uz: 'Izohlar', ru: 'Заметки', en: 'Notes' },
  noNotes: {
    uz: 'Hali izoh yoʻq. Nima soʻraganingiz va nima koʻrganingizni yozing.',
    ru: 'Заметок ещё нет. Запишите, кого спросили и что увидели.',
    en: 'No notes yet. Write down whom you asked and what you saw.',
  },
  noteField: { uz: 'Yangi izoh', ru: 'Новая заметка', en: 'New note' },
  nothingPersonal: {
    uz: 'Bemorning ismi va hujjatini yozmang.',
    ru: 'Без имён и документов пациентов.',
    en: 'No names or documents of patients.',
  },
  addNote: { uz: 'Izohni saqlash', ru: 'Сохранить заметку', en: 'Save the note' },
  take: { uz: 'Ishni olish', ru: 'Принять дело', en: 'Take the case' },
  takeOver: { uz: 'Ishni oʻzimga olish', ru: 'Принять дело на себя', en: 'Take it over' },
  decide: { uz: 'Qaror qilish', ru: 'Решить', en: 'Decide' },
  decision: { uz: 'Qaror', ru: 'Решение', en: 'Decision' },
  takeFirst: {
    uz: 'Qaror qilish uchun ishni oling.',
    ru: 'Чтобы решить дело, примите его.',
    en: 'Take the case to decide it.',
  },
  'outcome.confirmed': { uz: 'Tasdiqlandi', ru: 'Подтвердилось', en: 'Confirmed' },
  'outcome.not-founded': { uz: 'Asossiz', ru: 'Не подтвердилось', en: 'Not founded' },
  'outcome.passed-on': { uz: 'Boshqaga topshirildi', ru: 'Передано дальше', en: 'Passed on' },
  reason: { uz: 'Nega shunday', ru: 'Почему так', en: 'Why' },
  silent: {
    uz: 'Shu haqda necha kun ish ochilmasin',
    ru: 'Сколько дней не заводить об этом дел',
    en: 'For how many days to open no case about it',
  },
  silentHint: {
    uz: 'Boʻsh qoldirilsa, keyingi oyda yana ochiladi. Ishni qayta koʻrish buni bekor qiladi.',
    ru: 'Если пусто, в следующем месяце дело заведут снова. Пересмотр дела это отменяет.',
    en: 'Left empty, next month opens one again. Taking the case up again ends it.',
  },
  silentUntil: {
    uz: '{{day}} gacha shu haqda ish ochilmaydi',
    ru: 'До {{day}} об этом дел не заводят',
    en: 'No case about it is opened until {{day}}',
  },
  foundAfter: {
    uz: 'Qarordan keyin ham topilgan.',
    ru: 'После решения найдено ещё.',
    en: 'More was found after the decision.',
  },
  decidedBy: { uz: '{{person}}, {{at}}', ru: '{{person}}, {{at}}', en: '{{person}}, {{at}}' },
  reopen: { uz: 'Qayta koʻrish', ru: 'Пересмотреть', en: 'Take it up again' },
  earlier: { uz: 'Avvalgi qarorlar', ru: 'Прежние решения', en: 'Earlier decisions' },
  back: { uz: 'Barcha ishlar', ru: 'Все дела', en: 'All cases' },
} satisfies Words;
