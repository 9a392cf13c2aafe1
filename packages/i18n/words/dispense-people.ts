import type { Words } from '../entry.ts';

/** Finding by a document, the patient’s page, and paper prescriptions. */
export const dispensePeople = {
  byPerson: {
    uz: 'Kod ham, raqam ham yoʻqmi? Pasport yoki ism boʻyicha topish',
    ru: 'Нет ни кода, ни номера? Найти по паспорту или имени',
    en: 'No code and no number? Find by passport or name',
  },
  byWhat: { uz: 'Nima koʻrsatildi?', ru: 'Что предъявлено?', en: 'What was shown?' },
  byName: { uz: 'Ism va tugʻilgan sana', ru: 'Имя и дата рождения', en: 'Name and date of birth' },
  openPage: { uz: 'Bemor sahifasini ochish', ru: 'Открыть страницу пациента', en: 'Open the patient’s page' },
  openPageTitle: {
    uz: 'Bemor sahifasini qayta ochish',
    ru: 'Снова открыть страницу пациента',
    en: 'Open the patient’s page again',
  },
  openPageText: {
    uz: 'Tugʻilgan sana besh marta xato kiritilsa, bemorning telefondagi sahifasi yopiladi. Hujjatni koʻrgandan keyingina oching.',
    ru: 'После пяти неверных дат рождения страница пациента на телефоне закрывается. Открывайте, только увидев документ.',
    en: 'After five wrong birth dates the patient’s page on the phone is locked. Open it only when you have seen the document.',
  },
  openPageWhy: { uz: 'Nima tekshirildi?', ru: 'Что проверено?', en: 'What was checked?' },
  'openPageReason.passport': {
    uz: 'pasport yoki ID-karta koʻrildi',
    ru: 'паспорт или ID-карта проверены',
    en: 'passport or ID card seen',
  },
  'openPageReason.birth': {
    uz: 'bolaning tugʻilganlik guvohnomasi koʻrildi',
    ru: 'свидетельство о рождении ребёнка проверено',
    en: 'a child’s birth certificate seen',
  },
  pageOpened: {
    uz: 'Bemor sahifasi yana ochiq.',
    ru: 'Страница пациента снова открыта.',
    en: 'The patient’s page is open again.',
  },
  fromPaper: { uz: 'Qogʻozdan kiritilgan', ru: 'Внесён с бумаги', en: 'From paper' },
  fromPaperText: {
    uz: 'Tarmoq yoʻqligida {{day}} kuni qogʻozga yozilgan. Elektron imzosi yoʻq: qogʻoz bilan solishtiring.',
    ru: 'Выписан на бумаге {{day}}, когда не было сети. Электронной подписи нет: сверьте с бумагой.',
    en: 'Written on paper on {{day}}, while there was no network. It has no signature here: compare it with the paper.',
  },
  showPicture: { uz: 'Qogʻoz rasmi', ru: 'Снимок бумаги', en: 'Picture of the paper' },
  pictureOfPaper: { uz: 'Qogʻoz retsept rasmi', ru: 'Снимок бумажного рецепта', en: 'The paper prescription' },
  enterPaper: { uz: 'Qogʻoz retsept kiritish', ru: 'Внести бумажный рецепт', en: 'Enter a paper prescription' },
  paperText: {
    uz: 'Faqat tarmoq yoʻqligida yozilgan retseptlar uchun. Nazoratdagi dorilar qogʻozdan kiritilmaydi. Rasm kichraytirilib saqlanadi.',
    ru: 'Только для рецептов, выписанных без сети. Контролируемые препараты с бумаги не вносятся. Снимок уменьшается и сохраняется.',
    en: 'Only for prescriptions written while there was no network. Controlled medicines are not entered from paper. The picture is made small and kept.',
  },
  paperPicture: { uz: 'Qogʻozning rasmi', ru: 'Снимок бумаги', en: 'Picture of the paper' },
  paperHead: { uz: 'Kim va qachon yozgan', ru: 'Кто и когда выписал', en: 'Who wrote it and when' },
  takePicture: { uz: 'Suratga olish', ru: 'Сфотографировать', en: 'Take a picture' },
  chooseFile: { uz: 'Fayl tanlash', ru: 'Выбрать файл', en: 'Choose a file' },
  writtenOn: { uz: 'Yozilgan kuni', ru: 'Дата на бумаге', en: 'Date on the paper' },
  prescriber: { uz: 'Shifokorning tizimdagi nomi', ru: 'Имя врача в системе', en: 'The doctor’s name in the system' },
  prescriberHint: {
    uz: 'Shifokor tizimga qaysi nom bilan kirsa, shu. Bilmasangiz, klinikadan soʻrang.',
    ru: 'То, под которым врач входит в систему. Если не знаете, спросите в клинике.',
    en: 'The one the doctor signs in with. If you do not know it, ask the clinic.',
  },
  paperNoControlled: {
    uz: 'Nazoratdagi dori qogʻozdan kiritilmaydi: shifokor oʻzi imzolashi kerak.',
    ru: 'Контролируемый препарат с бумаги не вносится: врач должен подписать сам.',
    en: 'A controlled medicine is not entered from paper: the doctor has to sign it.',
  },
  paperMissing: { uz: 'Yetishmaydi:', ru: 'Не хватает:', en: 'Missing:' },
  'paperPart.picture': { uz: 'rasm', ru: 'снимок', en: 'picture' },
  'paperPart.written-on': { uz: 'yozilgan kuni', ru: 'дата', en: 'date' },
  'paperPart.prescriber': { uz: 'shifokor', ru: 'врач', en: 'doctor' },
  'paperPart.patient': { uz: 'bemor', ru: 'пациент', en: 'patient' },
  'paperPart.diagnosis': { uz: 'tashxis', ru: 'диагноз', en: 'diagnosis' },
  'paperPart.lines': { uz: 'dorilar', ru: 'лекарства', en: 'medicines' },
  paperReady: { uz: 'Hammasi kiritildi', ru: 'Всё внесено', en: 'Everything is there' },
  paperEnter: { uz: 'Kiritish', ru: 'Внести', en: 'Enter' },
} satisfies Words;
