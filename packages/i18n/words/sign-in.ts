import type { Words } from '../entry.ts';

/** Words of the local cloud's sign-in pages; in the cloud these pages are Cognito's. */
export const signIn = {
  title: { uz: 'Kim boʻlib kirasiz?', ru: 'Кем вы войдёте?', en: 'Who is signing in?' },
  hint: {
    uz: 'Bu oʻquv maʼlumotlari: parol soʻralmaydi, bu yerda haqiqiy odam yoʻq.',
    ru: 'Это учебные данные: пароль не нужен, настоящих людей здесь нет.',
    en: 'This is demonstration data: no password is asked, and nobody here is real.',
  },
  signOut: { uz: 'Chiqish', ru: 'Выйти', en: 'Sign out' },
  signedOut: { uz: 'Siz chiqdingiz', ru: 'Вы вышли', en: 'You are signed out' },
  wentWrong: { uz: 'Kirib boʻlmadi', ru: 'Войти не удалось', en: 'Signing in did not work' },
  confirmTitle: { uz: 'Siz ekaningizni tasdiqlang', ru: 'Подтвердите, что это вы', en: 'Confirm that it is you' },
  confirmWhy: {
    uz: 'Keyingi qadam uchun ikkinchi omil kerak: autentifikator ilovasidagi olti raqamni kiriting. U besh daqiqa kuchda boʻladi.',
    ru: 'Для следующего шага нужен второй фактор: введите шесть цифр из приложения-аутентификатора. Он действует пять минут.',
    en: 'The next step needs your second factor: enter the six digits from your authenticator app. It holds for five minutes.',
  },
  chooseToConfirm: {
    uz: 'Faqat ikkinchi omili bor xodimlar koʻrsatilgan.',
    ru: 'Показаны только те, у кого есть второй фактор.',
    en: 'Only people who have a second factor are shown.',
  },
  code: { uz: 'Ilovadagi olti raqam', ru: 'Шесть цифр из приложения', en: 'Six digits from the app' },
  confirm: { uz: 'Tasdiqlash', ru: 'Подтвердить', en: 'Confirm' },
  cancel: { uz: 'Tasdiqlamasdan qaytish', ru: 'Вернуться без подтверждения', en: 'Go back without confirming' },
  someoneElse: { uz: 'Boshqa odam', ru: 'Другой человек', en: 'Somebody else' },
  codeWrong: {
    uz: 'Kod toʻgʻri kelmadi. Hozirgi olti raqamni qaytadan kiriting.',
    ru: 'Код не подошёл. Введите шесть цифр, которые видны сейчас.',
    en: 'That code is not right. Enter the six digits shown now.',
  },
  codeUsed: {
    uz: 'Bu kod allaqachon ishlatilgan. Keyingi kodni kuting, u yarim daqiqa ichida chiqadi.',
    ru: 'Этот код уже использован. Дождитесь следующего: он появится в течение полуминуты.',
    en: 'That code has been used. Wait for the next one: it comes within half a minute.',
  },
  codeLocked: {
    uz: 'Juda koʻp notoʻgʻri kod kiritildi. {{time}} dan keyin qayta urinib koʻring.',
    ru: 'Слишком много неверных кодов. Попробуйте снова после {{time}}.',
    en: 'Too many wrong codes. Try again after {{time}}.',
  },
  demoOnly: { uz: 'Faqat oʻquv namunasida', ru: 'Только в учебной версии', en: 'In the demo only' },
  demoCode: {
    uz: 'Bu yerda telefonsiz ham davom etish mumkin. Hozirgi kod:',
    ru: 'Здесь можно продолжить и без телефона. Код сейчас:',
    en: 'Here you can go on without a phone. The code now:',
  },
  demoWait: {
    uz: 'Hozirgi kodlar ishlatib boʻlindi. Keyingisi {{seconds}} soniyadan keyin chiqadi.',
    ru: 'Нынешние коды уже использованы. Следующий появится через {{seconds}} с.',
    en: 'The present codes are used up. The next one comes in {{seconds}} s.',
  },
  demoLocked: {
    uz: 'Kod hozir qabul qilinmaydi, shuning uchun koʻrsatilmaydi.',
    ru: 'Сейчас код не принимается, поэтому он не показан.',
    en: 'No code is accepted now, so none is shown.',
  },
  newCode: { uz: 'Yangi kodni koʻrsatish', ru: 'Показать новый код', en: 'Show the new code' },
  ownApp: { uz: 'Oʻz ilovangiz bilan', ru: 'С вашим приложением', en: 'With your own app' },
  ownAppHow: {
    uz: 'Autentifikator ilovasida bu rasmni skanerlang yoki kalitni qoʻlda kiriting:',
    ru: 'Отсканируйте картинку в приложении-аутентификаторе или введите ключ вручную:',
    en: 'Scan the picture in an authenticator app, or type the key in by hand:',
  },
  keyPicture: {
    uz: 'Kalitning QR kodi',
    ru: 'QR-код ключа',
    en: 'QR code of the key',
  },
  noFactor: {
    uz: 'Bu xodimning ikkinchi omili yoʻq',
    ru: 'У этого сотрудника нет второго фактора',
    en: 'This person has no second factor',
  },
  noFactorHow: {
    uz: 'Darmonga odatdagidek kiring va yuqorida, ismingiz ostida «Ikkinchi omil» sahifasida uni sozlang.',
    ru: 'Войдите в Darmon как обычно и настройте его на странице «Второй фактор»: вверху, под вашим именем.',
    en: 'Sign in to Darmon as usual and set one up on the page “Second factor”, at the top under your name.',
  },
  toStart: { uz: 'Boshiga qaytish', ru: 'Вернуться к началу', en: 'Back to the start' },
} satisfies Words;
