import type { Words } from '../entry.ts';

/** What a doctor knows of a patient, and the warnings before signing. */
export const webPatientRecord = {
  // what is known
  known: { uz: 'Bemor haqida', ru: 'О пациенте', en: 'About the patient' },
  allergies: { uz: 'Allergiyalar', ru: 'Аллергии', en: 'Allergies' },
  'allergies-none': { uz: 'Allergiya yozilmagan', ru: 'Аллергии не записаны', en: 'No allergy recorded' },
  'allergy-to': { uz: 'Allergiya: {{what}}', ru: 'Аллергия: {{what}}', en: 'Allergy: {{what}}' },
  'atc-class': {
    uz: 'ATX {{code}} guruhi',
    ru: 'группа АТХ {{code}}',
    en: 'ATC class {{code}}',
    uzCyrl: 'АТХ {{code}} гуруҳи',
  },
  weight: { uz: '{{kg}} kg ({{day}})', ru: '{{kg}} кг ({{day}})', en: '{{kg}} kg ({{day}})' },
  'weight-label': { uz: 'Vazni, kg', ru: 'Вес, кг', en: 'Weight, kg' },
  'weight-measured': { uz: 'Oxirgi marta: {{day}}', ru: 'Последний раз: {{day}}', en: 'Last measured: {{day}}' },
  'weight-missing': {
    uz: 'Bola: dozani tekshirish uchun vazni kerak',
    ru: 'Ребёнок: чтобы проверить дозу, нужен вес',
    en: 'A child: the weight is needed to check the dose',
  },
  pregnant: { uz: 'Homilador', ru: 'Беременность', en: 'Pregnant' },
  lactating: { uz: 'Emizadi', ru: 'Кормит грудью', en: 'Breastfeeding' },
  'until-day': { uz: '{{state}}, {{day}} gacha', ru: '{{state}}, по {{day}}', en: '{{state}}, until {{day}}' },
  edit: { uz: 'Oʻzgartirish', ru: 'Изменить', en: 'Change' },
  'edit-title': { uz: 'Bemor haqida maʼlumot', ru: 'Сведения о пациенте', en: 'What is known of the patient' },

  // changing it
  'allergy-add': { uz: 'Allergiya qoʻshish', ru: 'Добавить аллергию', en: 'Add an allergy' },
  'allergy-add-hint': {
    uz: 'Modda yoki guruh nomi',
    ru: 'Название вещества или группы',
    en: 'A substance or a group',
  },
  'allergy-group': { uz: 'Guruh', ru: 'Группа', en: 'Group' },
  'allergy-substance': { uz: 'Modda', ru: 'Вещество', en: 'Substance' },
  'allergy-remove': { uz: '{{what}}: olib tashlash', ru: '{{what}}: убрать', en: '{{what}}: remove' },
  expecting: { uz: 'Homiladorlik va emizish', ru: 'Беременность и кормление', en: 'Pregnancy and breastfeeding' },
  neither: { uz: 'Yoʻq', ru: 'Нет', en: 'Neither' },
  until: { uz: 'Qaysi kungacha', ru: 'По какой день', en: 'Until which day' },
  'until-hint': {
    uz: 'Shu kundan keyin oʻzi olib tashlanadi',
    ru: 'После этого дня отметка снимется сама',
    en: 'After this day it goes away by itself',
  },
  'more-details': { uz: 'Ism va hujjatlar', ru: 'Имя и документы', en: 'Name and documents' },
  'name-hint': {
    uz: 'Faqat hujjatda oʻzgargan boʻlsa, masalan nikohdan keyin',
    ru: 'Только если изменилось в документе, например после брака',
    en: 'Only where the document has changed, as after a marriage',
  },
  'second-document': {
    uz: 'Pasport qoʻshish yoki yangilash',
    ru: 'Добавить или обновить паспорт',
    en: 'Add or renew the passport',
  },
  'second-pinfl': { uz: 'JSHSHIR qoʻshish', ru: 'Добавить ПИНФЛ', en: 'Add the PINFL', uzCyrl: 'ЖШШИР қўшиш' },
  save: { uz: 'Saqlash', ru: 'Сохранить', en: 'Save' },
  'write-down': {
    uz: 'Allergiya va vaznini yozish',
    ru: 'Записать аллергии и вес',
    en: 'Write down allergies and weight',
  },
  'new-patient': {
    uz: 'Yangi bemor: allergiyalari hali soʻralmagan',
    ru: 'Новый пациент: об аллергиях ещё не спрашивали',
    en: 'A new patient: nobody has asked about allergies yet',
  },

  // history
  'patient-page': { uz: 'Bemorlar', ru: 'Пациенты', en: 'Patients' },
  history: { uz: 'Dorilar tarixi', ru: 'История лекарств', en: 'Medicine history' },
  'history-empty': {
    uz: 'Bu bemorga hali retsept yozilmagan',
    ru: 'Этому пациенту ещё не выписывали рецептов',
    en: 'Nothing has been prescribed to this patient yet',
  },
  'history-recorded': {
    uz: 'Tarixni kim koʻrgani yozib boriladi',
    ru: 'Каждый просмотр истории записывается',
    en: 'Every look at the history is recorded',
  },
  'given-at': { uz: '{{day}} — {{site}}', ru: '{{day}} — {{site}}', en: '{{day}} — {{site}}' },
  'not-given': { uz: 'Hali hech narsa berilmagan', ru: 'Пока ничего не отпущено', en: 'Nothing handed over yet' },
  'owed-on': {
    uz: 'Qolgani {{day}} kuni beriladi',
    ru: 'Остальное обещано на {{day}}',
    en: 'The rest is promised for {{day}}',
  },
  renew: { uz: 'Takrorlash', ru: 'Повторить', en: 'Renew' },
  open: { uz: 'Ochish', ru: 'Открыть', en: 'Open' },
  'other-clinic': { uz: 'Boshqa klinika retsepti', ru: 'Рецепт другой клиники', en: 'From another clinic' },
  write: { uz: 'Yangi retsept', ru: 'Новый рецепт', en: 'New prescription' },

  // warnings
  warnings: { uz: 'Xavfsizlik tekshiruvi', ru: 'Проверка безопасности', en: 'Safety check' },
  checking: { uz: 'Tekshirilmoqda…', ru: 'Проверяется…', en: 'Checking…' },
  'check-failed': {
    uz: 'Tekshirib boʻlmadi. Imzolashda yana tekshiriladi.',
    ru: 'Проверить не удалось. При подписании проверка повторится.',
    en: 'The check did not come through. Signing checks again.',
  },
  'all-well': {
    uz: 'Ogohlantirish yoʻq. «{{set}}» ({{day}}) boʻyicha tekshirildi.',
    ru: 'Предупреждений нет. Проверено по набору «{{set}}» от {{day}}.',
    en: 'No warnings. Checked against “{{set}}” of {{day}}.',
  },
  'checked-by': {
    uz: '«{{set}}» ({{day}}) boʻyicha tekshirildi',
    ru: 'Проверено по набору «{{set}}» от {{day}}',
    en: 'Checked against “{{set}}” of {{day}}',
  },
  'no-knowledge': {
    uz: 'Tasdiqlangan maʼlumotlar toʻplami yoʻq: faqat takroriy davo tekshirildi.',
    ru: 'Утверждённого набора данных нет: проверено только двойное назначение.',
    en: 'No data set is approved: only double therapy was checked.',
  },
  stop: {
    uz: 'Imzolab boʻlmaydi: dorini olib tashlang yoki boshqasini tanlang.',
    ru: 'Подписать нельзя: уберите лекарство или выберите другое.',
    en: 'This cannot be signed: take the medicine out or choose another.',
  },
  source: { uz: 'Manba: {{source}}', ru: 'Источник: {{source}}', en: 'Source: {{source}}' },
  'why-go-on': { uz: 'Nega davom etasiz?', ru: 'Почему продолжаете?', en: 'Why do you go on?' },
  'why-hint': {
    uz: 'Kamida 3 ta belgi. Sabab shifrlangan holda saqlanadi.',
    ru: 'Не меньше 3 знаков. Причина хранится в зашифрованном виде.',
    en: 'At least 3 characters. The reason is kept encrypted.',
  },
  'usual-reasons': { uz: 'Odatiy sabablar', ru: 'Обычные причины', en: 'Usual reasons' },
  'reason.benefit': {
    uz: 'Foydasi xavfidan koʻp',
    ru: 'Польза больше риска',
    en: 'The benefit outweighs the risk',
  },
  'reason.watched': {
    uz: 'Nazorat qilaman, bemor ogohlantirilgan',
    ru: 'Буду наблюдать, пациент предупреждён',
    en: 'I will monitor; the patient is told',
  },
  'reason.tolerated': {
    uz: 'Ilgari yaxshi koʻtargan',
    ru: 'Раньше переносил хорошо',
    en: 'Well tolerated before',
  },
  'to-answer': {
    uz: '{{count}} ta ogohlantirishga javob kerak',
    ru: {
      one: 'Ответьте на {{count}} предупреждение',
      few: 'Ответьте на {{count}} предупреждения',
      many: 'Ответьте на {{count}} предупреждений',
      other: 'Ответьте на {{count}} предупреждения',
    },
    en: { one: 'Answer {{count}} warning', other: 'Answer {{count}} warnings' },
  },
  answered: { uz: 'Javob berilgan', ru: 'Ответ дан', en: 'Answered' },
} satisfies Words;
