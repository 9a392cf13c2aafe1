import type { KnowledgeKind, KnowledgeSet } from '@darmon/domain/knowledge';
import type { Entry, Words } from '../entry.ts';

const kinds = {
  'kind.interaction': { uz: 'Oʻzaro taʼsirlar', ru: 'Взаимодействия', en: 'Interactions' },
  'kind.ceiling': { uz: 'Eng yuqori dozalar', ru: 'Предельные дозы', en: 'Highest doses' },
  'kind.cross-allergy': { uz: 'Kesishgan allergiyalar', ru: 'Перекрёстные аллергии', en: 'Cross allergies' },
  'kind.pregnancy': {
    uz: 'Homiladorlik va emizish',
    ru: 'Беременность и кормление',
    en: 'Pregnancy and breast-feeding',
  },
  'kind.age-limit': { uz: 'Yosh cheklovlari', ru: 'Ограничения по возрасту', en: 'Age limits' },
  'kind.duplicate-exempt': {
    uz: 'Birga yozish mumkin boʻlganlar',
    ru: 'Допустимые сочетания',
    en: 'Ordinary together',
  },
} satisfies Record<`kind.${KnowledgeKind}`, Entry>;

const states = {
  'state.importing': { uz: 'Toʻliq kiritilmagan', ru: 'Загружен не полностью', en: 'Not all in' },
  'state.imported': { uz: 'Tasdiq kutmoqda', ru: 'Ждёт утверждения', en: 'Waits for approval' },
  'state.approved': { uz: 'Tasdiqlangan', ru: 'Утверждён', en: 'Approved' },
} satisfies Record<`state.${KnowledgeSet['state']}`, Entry>;

/** The sets of what safety checks know: bringing one in, comparing, approving. */
export const webKnowledge = {
  ...kinds,
  ...states,
  title: { uz: 'Xavfsizlik maʼlumotlari', ru: 'Данные о безопасности', en: 'Safety knowledge' },
  note: {
    uz: 'Retsept imzolanishidan oldin shu toʻplam boʻyicha tekshiriladi.',
    ru: 'По этому набору рецепт проверяется перед подписью.',
    en: 'Prescriptions are checked against this set before they are signed.',
  },
  demo: {
    uz: 'Bu namuna mamlakat: bu yerda mutaxassis tekshirmagan qatorlarni ham tasdiqlash mumkin.',
    ru: 'Это учебная страна: здесь можно утвердить и строки, которые специалист не проверял.',
    en: 'This is a demo country: rows that no expert has verified may be approved here.',
  },
  noCurrent: {
    uz: 'Hech bir toʻplam tasdiqlanmagan. Retseptlar hozir deyarli tekshirilmayapti.',
    ru: 'Ни один набор не утверждён. Рецепты сейчас почти не проверяются.',
    en: 'No set is approved. Prescriptions are hardly checked now.',
  },
  none: { uz: 'Hali toʻplam yoʻq', ru: 'Наборов пока нет', en: 'No sets yet' },
  noneNote: {
    uz: 'Administrator fayllardan toʻplam kiritadi, keyin bosh shifokor uni tasdiqlaydi.',
    ru: 'Администратор загружает набор из файлов, затем главный врач его утверждает.',
    en: 'An administrator brings in a set from files, then the chief physician approves it.',
  },
  counts: { uz: 'Amalda', ru: 'Действует', en: 'In use' },
  set: { uz: '{{version}}-toʻplam: {{name}}', ru: 'Набор {{version}}: {{name}}', en: 'Set {{version}}: {{name}}' },
  dated: { uz: 'Sanasi: {{date}}', ru: 'Дата: {{date}}', en: 'Dated {{date}}' },
  rows: { uz: 'Qatorlar: {{count}}', ru: 'Строк: {{count}}', en: 'Rows: {{count}}' },
  unverified: {
    uz: 'Mutaxassis tekshirmagan: {{count}}',
    ru: 'Не проверено специалистом: {{count}}',
    en: 'Not verified by an expert: {{count}}',
  },
  broughtBy: {
    uz: '{{person}} kiritgan, {{at}}',
    ru: 'Загрузил(а) {{person}}, {{at}}',
    en: 'Brought in by {{person}}, {{at}}',
  },
  approvedBy: {
    uz: '{{person}} tasdiqlagan, {{at}}',
    ru: 'Утвердил(а) {{person}}, {{at}}',
    en: 'Approved by {{person}}, {{at}}',
  },
  unfinished: {
    uz: 'Kiritish uzilib qolgan. Uni boshlagan kishi oʻsha fayllarni yana yuklasa, davom etadi.',
    ru: 'Загрузка прервалась. Если тот же человек загрузит те же файлы снова, она продолжится.',
    en: 'The import was cut off. It goes on when the same person loads the same files again.',
  },
  approve: { uz: 'Tasdiqlash', ru: 'Утвердить', en: 'Approve' },
  approveTitle: { uz: 'Toʻplamni tasdiqlash', ru: 'Утверждение набора', en: 'Approve the set' },
  approveNote: {
    uz: 'Tasdiqlangach, barcha shifokorlarning retseptlari darhol shu toʻplam boʻyicha tekshiriladi.',
    ru: 'После утверждения рецепты всех врачей сразу проверяются по этому набору.',
    en: 'Once approved, every doctor’s prescriptions are checked against this set at once.',
  },
  approved: {
    uz: '{{version}}-toʻplam endi amalda',
    ru: 'Набор {{version}} теперь действует',
    en: 'Set {{version}} is in use now',
  },
  ownSet: {
    uz: 'Buni siz kiritgansiz: boshqa kishi tasdiqlashi kerak.',
    ru: 'Этот набор загрузили вы: утвердить должен другой человек.',
    en: 'You brought this in: somebody else must approve it.',
  },
  needsVerifying: {
    uz: 'Tekshirilmagan qatorlar bor: avval mutaxassis ularni tekshirsin.',
    ru: 'Есть непроверенные строки: сначала их должен проверить специалист.',
    en: 'Some rows are not verified: an expert must verify them first.',
  },
  compare: {
    uz: '{{since}}-toʻplam bilan solishtirish',
    ru: 'Сравнить с набором {{since}}',
    en: 'Compare with set {{since}}',
  },
  compareNone: { uz: 'Qatorlarini koʻrish', ru: 'Показать строки', en: 'Show its rows' },
  difference: {
    uz: 'Yangi: {{added}}, olib tashlangan: {{removed}}, oʻzgargan: {{changed}}',
    ru: 'Новых: {{added}}, убрано: {{removed}}, изменено: {{changed}}',
    en: 'New: {{added}}, gone: {{removed}}, changed: {{changed}}',
  },
  firstShown: {
    uz: 'Dastlabki {{count}} tasi koʻrsatilgan.',
    ru: 'Показаны первые {{count}}.',
    en: 'The first {{count}} are shown.',
  },
  added: { uz: 'Yangi', ru: 'Новая', en: 'New' },
  removed: { uz: 'Olib tashlangan', ru: 'Убрана', en: 'Gone' },
  changed: { uz: 'Oʻzgargan', ru: 'Изменена', en: 'Changed' },
  before: { uz: 'Avval', ru: 'Было', en: 'Before' },
  after: { uz: 'Keyin', ru: 'Стало', en: 'After' },

  bring: { uz: 'Toʻplam kiritish', ru: 'Загрузить набор', en: 'Bring in a set' },
  name: { uz: 'Toʻplam nomi', ru: 'Название набора', en: 'Name of the set' },
  nameWrong: { uz: 'Kamida 3 ta belgi yozing.', ru: 'Не короче 3 знаков.', en: 'At least 3 characters.' },
  date: { uz: 'Maʼlumotlar sanasi', ru: 'Дата данных', en: 'Day of its contents' },
  dateWrong: { uz: 'Sanani yozing.', ru: 'Укажите дату.', en: 'Give the day.' },
  files: { uz: 'CSV fayllar', ru: 'Файлы CSV', en: 'CSV files' },
  filesNote: {
    uz: 'Har bir turga bitta fayl, quyidagi nomlar bilan:',
    ru: 'По одному файлу на вид данных, с такими именами:',
    en: 'One file a kind, with these names:',
  },
  choose: { uz: 'Fayllarni tanlash', ru: 'Выбрать файлы', en: 'Choose files' },
  filesWrong: { uz: 'Fayllarni tanlang.', ru: 'Выберите файлы.', en: 'Choose the files.' },
  nothingSaved: {
    uz: 'Hali hech narsa saqlanmadi.',
    ru: 'Пока ничего не сохранено.',
    en: 'Nothing is saved yet.',
  },
  unknownFile: {
    uz: '{{file}}: bunday nomli fayl kutilmagan.',
    ru: '{{file}}: файл с таким именем не нужен.',
    en: '{{file}}: no file of this name is expected.',
  },
  tooLarge: {
    uz: 'Fayllar bu yerdan yuborish uchun juda katta. Ularni buyruq qatori orqali kiriting.',
    ru: 'Файлы слишком велики для загрузки отсюда. Загрузите их через командную строку.',
    en: 'The files are too large to be sent from here. Import them with the command line.',
  },
  problems: {
    uz: 'Xatolar: {{count}}. Ularni faylda tuzatib, yana tanlang.',
    ru: 'Ошибок: {{count}}. Исправьте их в файле и выберите его снова.',
    en: 'Mistakes: {{count}}. Correct them in the file and choose it again.',
  },
  problem: {
    uz: '{{kind}}, {{line}}-qator: {{what}}',
    ru: '{{kind}}, строка {{line}}: {{what}}',
    en: '{{kind}}, line {{line}}: {{what}}',
  },
  'problem.column': {
    uz: 'notanish ustun {{name}}',
    ru: 'неизвестный столбец {{name}}',
    en: 'unknown column {{name}}',
  },
  'problem.missing': {
    uz: '{{name}} ustuni yetishmayapti',
    ru: 'не хватает столбца {{name}}',
    en: 'column {{name}} is missing',
  },
  'problem.twice': { uz: '{{name}} takrorlangan', ru: '{{name}} повторяется', en: '{{name}} stands twice' },
  'problem.quote': { uz: 'qoʻshtirnoq yopilmagan', ru: 'не закрыта кавычка', en: 'a quote is not closed' },
  'problem.columns': {
    uz: 'ustunlar soni toʻgʻri kelmaydi',
    ru: 'не совпадает число столбцов',
    en: 'another number of columns',
  },
  'problem.value': { uz: 'notoʻgʻri qiymat: {{name}}', ru: 'неверное значение: {{name}}', en: 'wrong value: {{name}}' },
  brought: {
    uz: '{{version}}-toʻplam kiritildi va tasdiq kutmoqda',
    ru: 'Набор {{version}} загружен и ждёт утверждения',
    en: 'Set {{version}} is in and waits for approval',
  },
} satisfies Words;
