import type { RefusalCode } from '@darmon/domain/refusal';
import type { RefusalWords } from '../entry.ts';

/** Refusals of the rules that a ministry sets: who must confirm, what may be prescribed and handed over, the patient's page. */
export const ruleRefusals = {
  'right-missing': {
    title: {
      uz: 'Nazoratdagi dorilar uchun huquqingiz yoʻq',
      ru: 'У вас нет права на учётные лекарства',
      en: 'You have no right for controlled medicines',
    },
    next: {
      uz: 'Bunday retseptni shu huquqqa ega hamkasbingiz yozadi yoki beradi. Huquqni administrator beradi.',
      ru: 'Такой рецепт выписывает или отпускает коллега с этим правом. Право даёт администратор.',
      en: 'A colleague with this right writes or dispenses it. The administrator gives the right.',
    },
  },
  'second-factor-needed': {
    title: {
      uz: 'Ikkinchi omil bilan qaytadan kiring',
      ru: 'Войдите заново со вторым фактором',
      en: 'Sign in again with your second factor',
    },
    next: {
      uz: 'Bu qadam uchun soʻnggi 5 daqiqada ilovadagi kod bilan kirgan boʻlishingiz kerak. Ikkinchi omilingiz boʻlmasa, uni «Ikkinchi omil» sahifasida sozlang: yuqorida, ismingiz ostida.',
      ru: 'Для этого шага нужен вход с кодом из приложения не раньше 5 минут назад. Если второго фактора у вас нет, настройте его на странице «Второй фактор»: вверху, под вашим именем.',
      en: 'This step needs a sign-in with the code of your app, at most 5 minutes ago. If you have no second factor, set one up on the page “Second factor”, at the top under your name.',
    },
  },
  'second-factor-none': {
    title: {
      uz: 'Bu xodimning ikkinchi omili yoʻq',
      ru: 'У этого сотрудника нет второго фактора',
      en: 'This person has no second factor',
    },
    next: {
      uz: 'Olib tashlanadigan narsa yoʻq. Xodim uni oʻz ismi ostidagi «Ikkinchi omil» sahifasida sozlaydi.',
      ru: 'Снимать нечего. Сотрудник настраивает его сам на странице «Второй фактор» под своим именем.',
      en: 'There is nothing to remove. The person sets one up under the own name, on the page “Second factor”.',
    },
  },
  'second-factor-not-begun': {
    title: { uz: 'Kalit endi amal qilmaydi', ru: 'Ключ больше не действует', en: 'This key no longer counts' },
    next: {
      uz: 'Sozlashni boshidan boshlang: yangi kalit koʻrsatiladi. Ilovadagi eskisini oʻchiring.',
      ru: 'Начните настройку заново: будет показан новый ключ. Старый удалите из приложения.',
      en: 'Begin again: a new key is shown. Delete the old one from the app.',
    },
  },
  'sign-in-stale': {
    title: { uz: 'Yana bir marta kiring', ru: 'Войдите ещё раз', en: 'Sign in once more' },
    next: {
      uz: 'Hisobingizni oʻzgartirish uchun hozirgina kirgan boʻlishingiz kerak. Hech narsa oʻzgarmadi.',
      ru: 'Чтобы изменить учётную запись, нужно войти только что. Ничего не изменилось.',
      en: 'Changing your account needs a sign-in from just now. Nothing was changed.',
    },
  },
  'code-wrong': {
    title: { uz: 'Kod toʻgʻri kelmadi', ru: 'Код не подошёл', en: 'That code is not right' },
    next: {
      uz: 'Ilovada hozir koʻrinib turgan olti raqamni kiriting. Yana toʻgʻri kelmasa, telefon soatini avtomatik vaqtga qoʻying.',
      ru: 'Введите шесть цифр, которые приложение показывает сейчас. Если снова не подойдёт, включите на телефоне автоматическое время.',
      en: 'Enter the six digits that the app shows now. If they are wrong again, let the telephone set its clock by itself.',
    },
  },
  'codes-locked': {
    title: { uz: 'Juda koʻp notoʻgʻri kod', ru: 'Слишком много неверных кодов', en: 'Too many wrong codes' },
    next: {
      uz: 'Besh daqiqadan keyin qayta urinib koʻring.',
      ru: 'Попробуйте снова через пять минут.',
      en: 'Try again after five minutes.',
    },
  },
  'approval-missing': {
    title: { uz: 'Tasdiq kerak', ru: 'Нужно подтверждение', en: 'A confirmation is needed' },
    next: {
      uz: 'Shifokor oʻzi tasdiqlaydi; dorixonada shu dorixonaning ikkinchi farmatsevti guvoh boʻladi.',
      ru: 'Врач подтверждает сам; в аптеке свидетелем становится второй фармацевт этой аптеки.',
      en: 'A doctor confirms for himself; in a pharmacy a second pharmacist of the same pharmacy is the witness.',
    },
  },
  'approval-invalid': {
    title: { uz: 'Tasdiq yaroqsiz', ru: 'Подтверждение недействительно', en: 'The confirmation does not hold' },
    next: {
      uz: 'U 2 daqiqa amal qiladi, bir marta va aynan shu mazmun uchun. Qaytadan soʻrang.',
      ru: 'Оно действует 2 минуты, один раз и только для этого содержания. Запросите снова.',
      en: 'It holds for 2 minutes, once, and only for this very content. Ask for it again.',
    },
  },
  'approver-is-author': {
    title: {
      uz: 'Oʻz ishini oʻzi tasdiqlab boʻlmaydi',
      ru: 'Нельзя подтвердить собственное действие',
      en: 'Nobody confirms the own work',
    },
    next: {
      uz: 'Boshqa xodim oʻz hisobi bilan tasdiqlashi kerak.',
      ru: 'Подтвердить должен другой сотрудник под своей учётной записью.',
      en: 'Somebody else has to confirm it, signed in as himself.',
    },
  },
  'medicine-not-registered': {
    title: {
      uz: 'Dori mamlakatda roʻyxatdan oʻtmagan',
      ru: 'Лекарство не зарегистрировано в стране',
      en: 'The medicine is not registered in the country',
    },
    next: {
      uz: 'Roʻyxatdan oʻtgan dorini tanlang; istisno faqat orfan dorilar uchun.',
      ru: 'Выберите зарегистрированное; исключение — только орфанные лекарства.',
      en: 'Choose one that is registered; only orphan medicines are excepted.',
    },
  },
  'must-stand-alone': {
    title: {
      uz: 'Bu dori alohida retseptda yoziladi',
      ru: 'Это лекарство выписывают отдельным рецептом',
      en: 'This medicine stands on a prescription of its own',
    },
    next: {
      uz: 'Boshqa dorilar uchun yana bitta retsept yozing.',
      ru: 'Для остальных лекарств выпишите ещё один рецепт.',
      en: 'Write a second prescription for the other medicines.',
    },
  },
  'course-too-long': {
    title: { uz: 'Kurs juda uzun', ru: 'Слишком длинный курс', en: 'The course is too long' },
    next: {
      uz: 'Bu sinfdagi dori uchun kunlar sonini kamaytiring.',
      ru: 'Уменьшите число дней: для этого класса есть предел.',
      en: 'Prescribe fewer days: this class of medicines has a limit.',
    },
  },
  'brand-not-allowed': {
    title: {
      uz: 'Bu dori savdo nomi bilan yozilmaydi',
      ru: 'Это лекарство не выписывают по торговому названию',
      en: 'This medicine is not prescribed by brand',
    },
    next: {
      uz: 'Xalqaro nomi bilan yozing. Savdo nomi faqat kuchli taʼsirli, psixotrop va imtiyozli dorilar uchun.',
      ru: 'Выпишите по МНН. Торговое название — только для сильнодействующих, психотропных и льготных.',
      en: 'Prescribe by INN. Brands are for potent, psychotropic and reimbursed medicines only.',
    },
  },
  'brand-unknown': {
    title: {
      uz: 'Bunday savdo nomi yoʻq',
      ru: 'Такого торгового названия нет',
      en: 'This medicine has no such brand',
    },
    next: {
      uz: 'Roʻyxatdan tanlang.',
      ru: 'Выберите из списка.',
      en: 'Choose one from the list.',
    },
  },
  'repeat-invalid': {
    title: {
      uz: 'Takroriy retsept notoʻgʻri toʻldirilgan',
      ru: 'Повторный рецепт заполнен неверно',
      en: 'The repeats do not fit',
    },
    next: {
      uz: '2 dan 12 martagacha; barcha davrlar amal qilish muddatiga sigʻishi, nazoratdagi dori boʻlmasligi kerak.',
      ru: 'От 2 до 12 выдач; все периоды должны уместиться в срок действия, без учётных лекарств.',
      en: 'From 2 to 12 issues; all of them must fit into the validity, and none may hold a controlled medicine.',
    },
  },
  'alert-contraindicated': {
    title: {
      uz: 'Bu bemorga mumkin emas',
      ru: 'Этому пациенту противопоказано',
      en: 'This is contraindicated for the patient',
    },
    next: {
      uz: 'Ogohlantirishni oʻqing va boshqa dori tanlang: bu holatda davom etib boʻlmaydi.',
      ru: 'Прочитайте предупреждение и выберите другое лекарство: продолжить нельзя.',
      en: 'Read the warning and choose another medicine: there is no way on from here.',
    },
  },
  'alert-unanswered': {
    title: {
      uz: 'Ogohlantirishga javob kerak',
      ru: 'Нужен ответ на предупреждение',
      en: 'A warning needs an answer',
    },
    next: {
      uz: 'Dorini oʻzgartiring yoki nima uchun davom etayotganingizni yozing.',
      ru: 'Измените назначение или напишите, почему продолжаете.',
      en: 'Change the medicine, or write why you go on.',
    },
  },
  'draft-closed': {
    title: {
      uz: 'Qoralama yopilgan',
      ru: 'Черновик закрыт',
      en: 'The draft is closed',
    },
    next: {
      uz: 'U imzolangan yoki oʻchirilgan. Roʻyxatni yangilang.',
      ru: 'Он подписан или удалён. Обновите список.',
      en: 'It was signed or thrown away. Refresh the list.',
    },
  },
  'policy-changed': {
    title: {
      uz: 'Qoidalar oʻzgardi',
      ru: 'Правила изменились',
      en: 'The rules have changed',
    },
    next: {
      uz: 'Retseptni qaytadan tekshiring va imzolang.',
      ru: 'Проверьте рецепт ещё раз и подпишите.',
      en: 'Check the prescription again and sign it.',
    },
  },
  'policy-invalid': {
    title: {
      uz: 'Qoidalar bir-biriga zid',
      ru: 'Правила противоречат друг другу',
      en: 'The rules contradict each other',
    },
    next: {
      uz: 'Belgilangan joyni tuzating. Yangi qoidalar saqlanganidan kamida bir daqiqa keyin kuchga kiradi.',
      ru: 'Исправьте отмеченное. Новые правила вступают в силу не раньше чем через минуту.',
      en: 'Correct what is marked. New rules take effect a minute after they are saved, at the earliest.',
    },
  },
  'knowledge-invalid': {
    title: {
      uz: 'Maʼlumotlar toʻplamida xato bor',
      ru: 'В наборе данных есть ошибки',
      en: 'The data set has mistakes',
    },
    next: {
      uz: 'Koʻrsatilgan qatorlarni tuzatib, faylni qaytadan yuklang.',
      ru: 'Исправьте указанные строки и загрузите файл снова.',
      en: 'Correct the rows that are named and load the file again.',
    },
  },
  'knowledge-unverified': {
    title: {
      uz: 'Toʻplamda tekshirilmagan qatorlar bor',
      ru: 'В наборе есть непроверенные строки',
      en: 'The set has rows that nobody verified',
    },
    next: {
      uz: 'Har bir qatorni mutaxassis tekshirsin, keyin tasdiqlang.',
      ru: 'Пусть специалист проверит каждую строку, затем утверждайте.',
      en: 'Have an expert verify each row, then approve the set.',
    },
  },
  'line-repeated': {
    title: { uz: 'Qator ikki marta yozilgan', ru: 'Строка указана дважды', en: 'The line is there twice' },
    next: {
      uz: 'Har bir qatorni bir marta yuboring.',
      ru: 'Отправьте каждую строку один раз.',
      en: 'Send each line once.',
    },
  },
  'line-closed': {
    title: { uz: 'Qator yopilgan', ru: 'Строка закрыта', en: 'The line is closed' },
    next: {
      uz: 'Dorixona uni bermaslik sababini yozgan. Xato boʻlsa, oʻsha yozuvni bekor qiling.',
      ru: 'Аптека записала, почему не отпускает её. Если это ошибка, отмените ту запись.',
      en: 'A pharmacy has said why it is not handed over. If that was a mistake, undo that record.',
    },
  },
  'lot-repeated': {
    title: { uz: 'Seriya ikki marta yozilgan', ru: 'Серия указана дважды', en: 'The lot is there twice' },
    next: {
      uz: 'Bitta seriyaning miqdorini bir joyga qoʻshing.',
      ru: 'Сложите количество одной серии в одну строку.',
      en: 'Add the quantity of one lot up in one place.',
    },
  },
  'pack-wrong-lot': {
    title: {
      uz: 'Skanerlangan qadoq boshqa seriyadan',
      ru: 'Упаковка из другой серии',
      en: 'The pack is of another lot',
    },
    next: {
      uz: 'Tanlangan seriyadagi qadoqni skanerlang yoki shu seriyani tanlang.',
      ru: 'Отсканируйте упаковку выбранной серии или выберите эту серию.',
      en: 'Scan a pack of the chosen lot, or choose this lot.',
    },
  },
  'not-yet-open': {
    title: {
      uz: 'Keyingi berish vaqti hali kelmagan',
      ru: 'Срок следующей выдачи ещё не наступил',
      en: 'The next issue is not open yet',
    },
    next: {
      uz: 'Bemorga qaysi kundan kelishini ayting.',
      ru: 'Скажите пациенту, с какого дня прийти.',
      en: 'Tell the patient from which day to come.',
    },
  },
  'substitution-not-allowed': {
    title: {
      uz: 'Bu dorini almashtirib boʻlmaydi',
      ru: 'Это лекарство нельзя заменить',
      en: 'This medicine may not be substituted',
    },
    next: {
      uz: 'Yozilgan savdo nomidagi qadoqni bering yoki shifokor bilan bogʻlaning.',
      ru: 'Отпустите упаковку назначенной марки или свяжитесь с врачом.',
      en: 'Hand over the brand that is prescribed, or speak with the doctor.',
    },
  },
  'serial-dispensed': {
    title: {
      uz: 'Bu qadoq allaqachon berilgan',
      ru: 'Эта упаковка уже отпущена',
      en: 'This pack was dispensed before',
    },
    next: {
      uz: 'Uni chetga oling va karantinga qoʻying: seriya raqami takrorlanmaydi. Boshqa qadoqni skanerlang.',
      ru: 'Отложите её в карантин: серийный номер не повторяется. Отсканируйте другую.',
      en: 'Set it aside in quarantine: a serial number is of one pack. Scan another.',
    },
  },
  'serial-quarantined': {
    title: {
      uz: 'Bu qadoq karantinda',
      ru: 'Эта упаковка в карантине',
      en: 'This pack is in quarantine',
    },
    next: { uz: 'Boshqa qadoqni bering.', ru: 'Отпустите другую упаковку.', en: 'Hand over another pack.' },
  },
  'serial-gone': {
    title: {
      uz: 'Bu qadoq hisobda yoʻq',
      ru: 'Этой упаковки нет на учёте',
      en: 'This pack is not in stock',
    },
    next: {
      uz: 'U hisobdan chiqarilgan yoki kirimi bekor qilingan. Chetga oling va boshqasini skanerlang.',
      ru: 'Она списана, или её приход отменён. Отложите её и отсканируйте другую.',
      en: 'It was written off, or its receipt was taken back. Set it aside and scan another.',
    },
  },
  'note-missing': {
    title: { uz: 'Izoh yozing', ru: 'Нужен комментарий', en: 'A note is needed' },
    next: {
      uz: '«Boshqa» sababini bir necha soʻz bilan yozing.',
      ru: 'Опишите причину «другое» в нескольких словах.',
      en: 'Say in a few words what the other reason is.',
    },
  },
  'identity-missing': {
    title: {
      uz: 'Hujjat tekshirilmagan',
      ru: 'Документ не проверен',
      en: 'No identity document was checked',
    },
    next: {
      uz: 'Nazoratdagi dori uchun oluvchining pasport raqami yoki JSHSHIRini kiriting.',
      ru: 'Для учётного лекарства введите паспорт или ПИНФЛ получателя.',
      en: 'For a controlled medicine type the passport or PINFL of whoever collects it.',
    },
  },
  'identity-mismatch': {
    title: {
      uz: 'Hujjat bu bemorniki emas',
      ru: 'Документ не этого пациента',
      en: 'The document is not this patient’s',
    },
    next: {
      uz: 'Raqamni tekshiring. Dorini boshqa kishi olsa, «boshqa kishi oladi»ni belgilang.',
      ru: 'Проверьте номер. Если получает другой человек, отметьте это.',
      en: 'Check the number. If somebody else collects it, say so.',
    },
  },
  'paper-known': {
    title: {
      uz: 'Bu retsept tizimda allaqachon bor',
      ru: 'Этот рецепт в системе уже есть',
      en: 'This prescription is already here',
    },
    next: {
      uz: 'Oʻsha kuni shu shifokor bu bemorga shu dorini yozgan: {number} raqamli retseptni oching.',
      ru: 'В тот же день этот врач уже выписал пациенту это лекарство: откройте рецепт {number}.',
      en: 'The same doctor prescribed this to the patient on that day: open prescription {number} instead.',
    },
  },
  'paper-not-allowed': {
    title: {
      uz: 'Bu retsept qogʻozdan kiritilmaydi',
      ru: 'Этот рецепт нельзя внести с бумаги',
      en: 'This cannot be entered from paper',
    },
    next: {
      uz: 'Nazoratdagi dorilar va eski yoki kelajakdagi sana qogʻozdan kiritilmaydi; shifokor litsenziyasi amalda boʻlishi kerak.',
      ru: 'Учётные лекарства, старая или будущая дата с бумаги не вносятся; лицензия врача должна действовать.',
      en: 'Controlled medicines and days too old or to come are not entered from paper; the doctor’s licence must hold.',
    },
  },
  'page-not-opened': {
    title: {
      uz: 'Retsept ochilmadi',
      ru: 'Рецепт не открыт',
      en: 'The prescription was not opened',
    },
    next: {
      uz: 'Raqam va toʻliq tugʻilgan sanani tekshiring. 5 marta xato boʻlsa, sahifa dorixona ochguncha yopiladi.',
      ru: 'Проверьте номер и полную дату рождения. После 5 ошибок страницу откроет только аптека.',
      en: 'Check the number and the full birth date. After 5 mistakes only a pharmacy can open the page again.',
    },
  },
  'page-locked': {
    title: { uz: 'Sahifa yopilgan', ru: 'Страница закрыта', en: 'The page is locked' },
    next: {
      uz: 'Istalgan dorixonaga hujjat bilan boring: u sahifani qayta ochadi.',
      ru: 'Подойдите с документом в любую аптеку: там откроют страницу.',
      en: 'Go to any pharmacy with your document: it opens the page again.',
    },
  },
  'feedback-token-invalid': {
    title: {
      uz: 'Chekdagi kod mos kelmadi',
      ru: 'Код с чека не подошёл',
      en: 'The code of the receipt does not fit',
    },
    next: {
      uz: 'Chekdagi kodni qaytadan skanerlang yoki fikringizni kodsiz yuboring.',
      ru: 'Отсканируйте код с чека ещё раз или отправьте отзыв без него.',
      en: 'Scan the receipt’s code again, or send the feedback without it.',
    },
  },
  'feedback-given': {
    title: {
      uz: 'Bu chek boʻyicha fikr yuborilgan',
      ru: 'Отзыв по этому чеку уже отправлен',
      en: 'Feedback for this receipt was given already',
    },
    next: {
      uz: 'Yana yozmoqchi boʻlsangiz, kodsiz yuboring.',
      ru: 'Если хотите написать ещё, отправьте без кода.',
      en: 'To write again, send it without the code.',
    },
  },
} satisfies Partial<Record<RefusalCode, RefusalWords>>;
