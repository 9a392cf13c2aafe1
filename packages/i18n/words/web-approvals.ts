import type { Words } from '../entry.ts';

/** A second person's yes, the document of who collects, and a doctor's own confirmation: for controlled medicines, and for what is taken back. */
export const webApprovals = {
  title: {
    uz: 'Hamkasblar soʻrayotgan tasdiqlar',
    ru: 'Коллеги просят подтвердить',
    en: 'Colleagues ask you to confirm',
  },
  // The doctor's own confirmation.
  'sign.title': {
    uz: 'Nazoratdagi retseptni imzolash',
    ru: 'Подпись рецепта на учётное лекарство',
    en: 'Sign a controlled prescription',
  },
  'sign.text': {
    uz: 'Bemor, dori va miqdorni oʻqib chiqing. Tasdiq faqat aynan shu retsept uchun va bir marta amal qiladi.',
    ru: 'Прочтите, кому, что и сколько. Подтверждение действует один раз и только для этого рецепта.',
    en: 'Read for whom, what and how much. The confirmation holds once, for exactly this prescription.',
  },
  'sign.others': {
    uz: { one: 'va yana {{count}} ta dori', other: 'va yana {{count}} ta dori' },
    ru: {
      one: 'и ещё {{count}} лекарство',
      few: 'и ещё {{count}} лекарства',
      many: 'и ещё {{count}} лекарств',
      other: 'и ещё {{count}} лекарства',
    },
    en: { one: 'and {{count}} other medicine', other: 'and {{count}} other medicines' },
  },
  'sign.confirm': { uz: 'Tasdiqlayman va imzolayman', ru: 'Подтверждаю и подписываю', en: 'Confirm and sign' },
  'sign.factorTitle': { uz: 'Ikkinchi omil kerak', ru: 'Нужен второй фактор', en: 'Your second factor is needed' },
  'sign.factorText': {
    uz: 'Nazoratdagi retsept faqat besh daqiqadan oldin ikkinchi omil bilan kirilgan boʻlsa imzolanadi. Kirish sahifasi ilovangizdagi olti raqamni soʻraydi; yozganlaringiz saqlanadi va shu yerga qaytasiz.',
    ru: 'Рецепт на учётное лекарство подписывают не позже пяти минут после входа со вторым фактором. Страница входа спросит шесть цифр из вашего приложения; написанное сохранится, и вы вернётесь сюда.',
    en: 'A controlled prescription is signed within five minutes of a sign-in with the second factor. The sign-in page asks for the six digits of your app; what you have written is kept, and you come back here.',
  },
  'sign.toFactor': { uz: 'Olti raqamni kiritish', ru: 'Ввести шесть цифр', en: 'Enter the six digits' },
  'sign.notKept': {
    uz: 'Yozganlaringizni hozir saqlab boʻlmadi, shuning uchun sahifadan chiqilmadi. Tarmoqni tekshirib, qayta bosing.',
    ru: 'Написанное сейчас не сохранить, поэтому страница не закрыта. Проверьте сеть и нажмите снова.',
    en: 'What you have written could not be kept just now, so this page was not left. Check the network and press again.',
  },
  'sign.offline': {
    uz: 'Tarmoqsiz nazoratdagi retsept imzolanmaydi. Tarmoq qaytgach imzolang; yozganlaringiz shu sahifada turadi.',
    ru: 'Без сети рецепт на учётное лекарство не подписать. Подпишите, когда сеть появится; написанное остаётся на странице.',
    en: 'A controlled prescription cannot be signed without a network. Sign when it is back; what you have written stays on this page.',
  },
  // The dispenser's side.
  needed: { uz: 'Guvoh kerak', ru: 'Нужен свидетель', en: 'A witness is needed' },
  neededText: {
    uz: 'Nazoratdagi dorini shu dorixonaning ikkinchi farmatsevti koʻrib, oʻz nomidan tasdiqlaydi.',
    ru: 'Отпуск учётного лекарства видит и подтверждает от своего имени второй фармацевт этой аптеки.',
    en: 'A second pharmacist of this pharmacy looks at a controlled medicine and confirms in their own name.',
  },
  ask: { uz: 'Guvohdan soʻrash', ru: 'Позвать свидетеля', en: 'Ask for the witness' },
  askAgain: { uz: 'Qaytadan soʻrash', ru: 'Запросить снова', en: 'Ask again' },
  stop: { uz: 'Kutmaslik', ru: 'Не ждать', en: 'Stop waiting' },
  waiting: {
    uz: 'Hamkasbingizning tasdigʻi kutilmoqda',
    ru: 'Ждём подтверждения коллеги',
    en: 'Waiting for a colleague to confirm',
  },
  waitingText: {
    uz: 'Hamkasbingiz oʻz telefonida {{address}} sahifasini ochadi va shu kodni koʻradi. Tasdiqlashi bilan bu yerda koʻrinadi va dorini berish mumkin boʻladi.',
    ru: 'Коллега открывает на своём телефоне {{address}} и видит этот же код. Как только подтвердит, это появится здесь и лекарство можно будет отпустить.',
    en: 'Your colleague opens {{address}} on their own phone and sees this same code. Once they confirm, it shows here by itself and the medicine can be handed over.',
  },
  code: { uz: 'Solishtirish kodi', ru: 'Код для сверки', en: 'Code to compare' },
  left: { uz: 'yana {{left}}', ru: 'ещё {{left}}', en: '{{left}} left' },
  oneDevice: { uz: 'Qurilma bitta boʻlsa-chi?', ru: 'А если устройство одно?', en: 'Only one device?' },
  oneDeviceText: {
    uz: 'Guvoh shu kompyuterda brauzerning maxfiy (inkognito) oynasini ochib, {{address}} sahifasiga oʻz nomi bilan kiradi. Sizning oynangiz ochiq qoladi. Oʻz nomingiz bilan oʻzingizga guvoh boʻlolmaysiz.',
    ru: 'Свидетель открывает на этом же компьютере окно браузера в режиме инкогнито и входит на {{address}} под своим именем. Ваше окно остаётся открытым. Быть свидетелем самому себе нельзя.',
    en: 'The witness opens a private (incognito) window on this same computer and signs in at {{address}} in their own name. Your window stays open. Nobody can be their own witness.',
  },
  nobody: {
    uz: 'Ikkinchi farmatsevt boʻlmasa, nazoratdagi dori berilmaydi. Retseptning qolganini berishingiz mumkin.',
    ru: 'Если второго фармацевта нет, учётное лекарство не отпускается. Остальное по рецепту отпустить можно.',
    en: 'Without a second pharmacist a controlled medicine is not handed over. The rest of the prescription can be.',
  },
  approved: { uz: 'Hamkasbingiz tasdiqladi', ru: 'Коллега подтвердил', en: 'Your colleague confirmed' },
  approvedText: {
    uz: 'Tasdiq bir marta va aynan shu miqdor uchun amal qiladi:',
    ru: 'Подтверждение действует один раз и только для этого количества:',
    en: 'It holds once, for exactly these quantities:',
  },
  runOut: { uz: 'Tasdiqning vaqti tugadi', ru: 'Срок подтверждения истёк', en: 'The confirmation ran out' },
  runOutText: {
    uz: 'U ikki daqiqa amal qiladi. Qaytadan soʻrang.',
    ru: 'Оно действует две минуты. Запросите снова.',
    en: 'It holds two minutes. Ask again.',
  },
  changed: {
    uz: 'Soʻralganidan keyin miqdor yoki seriya oʻzgardi, shuning uchun avvalgi tasdiq yaramaydi.',
    ru: 'После запроса изменились количество или серия, прежнее подтверждение не подходит.',
    en: 'Quantities or lots changed since you asked, so the earlier confirmation no longer fits.',
  },
  declined: { uz: 'Hamkasbingiz rad etdi', ru: 'Коллега отказал', en: 'Your colleague said no' },
  declinedText: {
    uz: 'Dori bermang. Nima toʻgʻri emasligini undan soʻrang, tuzating va qaytadan soʻrang.',
    ru: 'Не отпускайте. Узнайте у коллеги, что не так, исправьте и запросите снова.',
    en: 'Do not hand it over. Ask what is wrong, correct it and ask again.',
  },
  lapsed: { uz: 'Hech kim javob bermadi', ru: 'Никто не ответил', en: 'Nobody answered' },
  lapsedText: {
    uz: 'Soʻrov oʻn daqiqa kutdi. Hamkasbingiz yoningizda boʻlsa, qaytadan soʻrang.',
    ru: 'Запрос ждал десять минут. Если коллега рядом, запросите снова.',
    en: 'The question waited ten minutes. If a colleague is there, ask again.',
  },
  // A movement of stock taken back.
  'back.needed': {
    uz: 'Ikkinchi kishining tasdigʻi kerak',
    ru: 'Нужно подтверждение второго человека',
    en: 'A second person has to confirm',
  },
  'back.neededText': {
    uz: 'Oʻzingiz yaqinda kiritgan yozuvni oʻzingiz qaytarasiz. Boshqa kishi kiritgan, eskirgan yoki nazoratdagi dori yozuvini shu muassasadagi hamkasbingiz ham koʻrib tasdiqlaydi.',
    ru: 'То, что вы сами внесли недавно, вы сторнируете сами. Чужую, давнюю запись или запись учётного лекарства смотрит и подтверждает коллега из этого учреждения.',
    en: 'What you entered yourself a short while ago you take back alone. What another entered, what is older and what is controlled a colleague of this site looks at and confirms.',
  },
  'back.waitingText': {
    uz: 'Hamkasbingiz oʻz telefonida {{address}} sahifasini ochadi va shu kodni koʻradi. Tasdiqlashi bilan bu yerda koʻrinadi va yozuvni qaytarish mumkin boʻladi.',
    ru: 'Коллега открывает на своём телефоне {{address}} и видит этот же код. Как только подтвердит, это появится здесь и запись можно будет сторнировать.',
    en: 'Your colleague opens {{address}} on their own phone and sees this same code. Once they confirm, it shows here by itself and the entry can be taken back.',
  },
  'back.changed': {
    uz: 'Soʻralganidan keyin sabab oʻzgardi, shuning uchun avvalgi tasdiq yaramaydi.',
    ru: 'После запроса изменилась причина, прежнее подтверждение не подходит.',
    en: 'The reason changed since you asked, so the earlier confirmation no longer fits.',
  },
  'back.approvedText': {
    uz: 'Tasdiq bir marta va aynan shu yozuv uchun amal qiladi:',
    ru: 'Подтверждение действует один раз и только для этой записи:',
    en: 'It holds once, for exactly this entry:',
  },
  'back.declinedText': {
    uz: 'Yozuvni qaytarmang. Nima toʻgʻri emasligini undan soʻrang va qaytadan soʻrang.',
    ru: 'Не сторнируйте. Узнайте у коллеги, что не так, и запросите снова.',
    en: 'Do not take it back. Ask what is wrong, and ask again.',
  },
  'back.nobody': {
    uz: 'Bu yerda yolgʻiz ishlasangiz, shu dorini sanang: sanoq farqni sababi bilan tuzatadi.',
    ru: 'Если вы здесь одни, пересчитайте это лекарство: пересчёт исправит разницу с указанием причины.',
    en: 'If you are alone here, count this medicine: a count puts the difference right, with its reason.',
  },
  'back.asks': { uz: 'Qaytarma yozuv', ru: 'Сторно', en: 'Take back' },
  'back.entered': {
    uz: 'Kiritgan: {{person}}, {{at}}',
    ru: 'Внёс: {{person}}, {{at}}',
    en: 'Entered by {{person}}, {{at}}',
  },
  'back.reason': { uz: 'Sababi: {{reason}}', ru: 'Причина: {{reason}}', en: 'Why: {{reason}}' },
  'back.leaves': { uz: 'Qoldiqqa: {{units}}', ru: 'К остатку: {{units}}', en: 'To the stock: {{units}}' },
  'back.howTo': {
    uz: 'Kod hamkasbingiz ekranidagi bilan bir xilmi, yozuv haqiqatan xatomi — javonga oʻzingiz qarang.',
    ru: 'Убедитесь, что код тот же, что на экране коллеги, а запись действительно ошибочна: посмотрите на полку сами.',
    en: 'See that the code is the one on your colleague’s screen, and look at the shelf yourself whether the entry really is a mistake.',
  },
  'back.confirmed': {
    uz: 'Tasdiqlandi. Hamkasbingiz ekranida koʻrindi, endi u yozuvni qaytara oladi.',
    ru: 'Подтверждено. Коллега это видит и теперь может сторнировать запись.',
    en: 'Confirmed. Your colleague sees it and can take the entry back now.',
  },
  'back.no.right': { uz: 'yozuv toʻgʻri', ru: 'запись верна', en: 'the entry is right' },
  'back.no.reason': { uz: 'sababi toʻgʻri emas', ru: 'причина не та', en: 'the reason is wrong' },
  'back.no.unseen': { uz: 'javonni koʻrmadim', ru: 'я не вижу полки', en: 'I have not seen the shelf' },
  // The witness's side.
  asking: { uz: 'Soʻramoqda: {{person}}', ru: 'Просит: {{person}}', en: 'Asked by {{person}}' },
  noneTitle: { uz: 'Hozir hech kim soʻramayapti', ru: 'Сейчас никто не просит', en: 'Nobody is asking now' },
  noneText: {
    uz: 'Hamkasbingiz peshtaxtada «Guvohdan soʻrash»ni bosganda, soʻrov shu yerda oʻzi paydo boʻladi.',
    ru: 'Когда коллега за прилавком нажмёт «Позвать свидетеля», запрос появится здесь сам.',
    en: 'When a colleague at the counter presses “Ask for the witness”, it appears here by itself.',
  },
  howTo: {
    uz: 'Kod hamkasbingizning ekranidagi bilan bir xilmi, qoʻldagi dori, seriya va miqdor shumi — oʻz koʻzingiz bilan koʻring.',
    ru: 'Посмотрите сами: код тот же, что на экране коллеги; лекарство, серия и количество те, что на прилавке.',
    en: 'See for yourself that the code is the one on your colleague’s screen, and that medicine, lot and quantity are those on the counter.',
  },
  handsOver: { uz: 'Beriladi', ru: 'Отпускается', en: 'Handed over' },
  fromLot: { uz: '{{lot}} seriya', ru: 'серия {{lot}}', en: 'lot {{lot}}' },
  until: { uz: '{{date}} gacha', ru: 'до {{date}}', en: 'until {{date}}' },
  pack: { uz: 'qadoq raqami {{serial}}', ru: 'упаковка № {{serial}}', en: 'pack no. {{serial}}' },
  firstExpiring: {
    uz: 'muddati birinchi tugaydigan seriyadan',
    ru: 'из серии, которая истекает первой',
    en: 'from the lot that expires first',
  },
  withheld: { uz: 'Hozir berilmaydi', ru: 'Сейчас не отпускается', en: 'Not handed over now' },
  controlled: { uz: 'nazoratda', ru: 'учётное', en: 'controlled' },
  confirm: { uz: 'Tasdiqlayman', ru: 'Подтверждаю', en: 'I confirm' },
  refuse: { uz: 'Yoʻq', ru: 'Нет', en: 'No' },
  whyNot: { uz: 'Nima toʻgʻri emas?', ru: 'Что не так?', en: 'What is wrong?' },
  'no.quantity': { uz: 'miqdor boshqa', ru: 'другое количество', en: 'the quantity differs' },
  'no.pack': { uz: 'dori yoki seriya boshqa', ru: 'другое лекарство или серия', en: 'the medicine or the lot differs' },
  'no.unseen': { uz: 'dorini koʻrmadim', ru: 'я не вижу лекарства', en: 'I do not see the medicine' },
  confirmed: {
    uz: 'Tasdiqlandi. Hamkasbingiz ekranida koʻrindi, endi u dorini bera oladi.',
    ru: 'Подтверждено. Коллега это видит и теперь может отпустить лекарство.',
    en: 'Confirmed. Your colleague sees it and can hand the medicine over now.',
  },
  refused: {
    uz: 'Rad etildi. Hamkasbingiz buni koʻrdi.',
    ru: 'Отказано. Коллега это увидел.',
    en: 'Declined. Your colleague sees it.',
  },
  unreadable: {
    uz: 'Bu soʻrovni bu yerda koʻrsatib boʻlmaydi. Tasdiqlamang; hamkasbingiz qaytadan soʻrasin.',
    ru: 'Этот запрос здесь не показать. Не подтверждайте; пусть коллега запросит снова.',
    en: 'This question cannot be shown here. Do not confirm it; let your colleague ask again.',
  },
  notYours: {
    uz: 'Guvohlik farmatsevt va omborchilar uchun. Shu muassasaning farmatsevti yoki omborchisi nomidan kiring.',
    ru: 'Подтверждают фармацевты и кладовщики. Войдите как фармацевт или кладовщик этого учреждения.',
    en: 'Pharmacists and store keepers confirm. Sign in as one of this site.',
  },
  // Who collects.
  collector: { uz: 'Dorini kim olmoqda?', ru: 'Кто получает лекарство?', en: 'Who collects it?' },
  'collector.patient': { uz: 'Bemorning oʻzi', ru: 'Сам пациент', en: 'The patient' },
  'collector.other': { uz: 'Boshqa kishi', ru: 'Другой человек', en: 'Another person' },
  collectorHint: {
    uz: 'Kelgan kishining shaxsini tasdiqlovchi hujjatiga qarang va raqamini yozing yoki skanerlang.',
    ru: 'Посмотрите документ пришедшего и введите или отсканируйте его номер.',
    en: 'Look at the identity document of whoever came, and type or scan its number.',
  },
  document: { uz: 'Hujjat', ru: 'Документ', en: 'Document' },
  passportHint: {
    uz: 'Seriya va raqam, masalan AA1234567',
    ru: 'Серия и номер, например AA1234567',
    en: 'Series and number, for example AA1234567',
  },
  passportWrong: {
    uz: '5 dan 20 gacha lotin harfi va raqam boʻlsin.',
    ru: 'От 5 до 20 латинских букв и цифр.',
    en: 'From 5 to 20 Latin letters and digits.',
  },
  camera: { uz: 'Kamera bilan oʻqish', ru: 'Считать камерой', en: 'Read with the camera' },
  notADocument: {
    uz: 'Bu hujjat raqami emas. Hujjatdagi kodni skanerlang yoki raqamni yozing.',
    ru: 'Это не номер документа. Отсканируйте код на документе или введите номер.',
    en: 'This is not a document’s number. Scan the code on the document, or type the number.',
  },
} satisfies Words;
