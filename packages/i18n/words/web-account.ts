import type { Words } from '../entry.ts';

/** A person's own second factor, and an administrator's help where its device is lost. */
export const webAccount = {
  title: { uz: 'Ikkinchi omil', ru: 'Второй фактор', en: 'Second factor' },
  set: { uz: 'Sozlangan', ru: 'Настроен', en: 'Set up' },
  none: { uz: 'Sozlanmagan', ru: 'Не настроен', en: 'Not set up' },
  why: {
    uz: 'Bu parolga qoʻshimcha: telefondagi ilova har 30 soniyada yangi olti raqam koʻrsatadi. Parolingizni bilib olgan odam ham bu raqamlarsiz nazoratdagi dorini yoza olmaydi, unga guvoh boʻla olmaydi va oyni imzolay olmaydi.',
    ru: 'Это дополнение к паролю: приложение в телефоне каждые 30 секунд показывает новые шесть цифр. Даже узнав ваш пароль, никто без них не выпишет учётное лекарство, не станет его свидетелем и не подпишет месяц.',
    en: 'It comes on top of the password: an app on your telephone shows six new digits every 30 seconds. Whoever learns your password can still not prescribe a controlled medicine, be its witness or sign a month without them.',
  },
  setText: {
    uz: 'Har safar kirganingizda parolingizdan keyin ilovadagi olti raqam soʻraladi.',
    ru: 'При каждом входе после пароля спрашиваются шесть цифр из приложения.',
    en: 'Each sign-in asks for the six digits of your app after the password.',
  },
  lost: {
    uz: 'Telefon yoʻqolgan boʻlsa, administrator eskisini olib tashlaydi va siz shu sahifada yangisini sozlaysiz.',
    ru: 'Если телефон потерян, администратор снимет старый, и вы настроите новый на этой странице.',
    en: 'If the telephone is lost, an administrator removes the old one, and you set up a new one on this page.',
  },
  needs: {
    uz: 'Telefonda autentifikator ilovasi kerak (istalgani, masalan telefon bilan birga kelgani). Internet kerak emas.',
    ru: 'Нужно приложение-аутентификатор на телефоне (любое, например встроенное). Интернет ему не нужен.',
    en: 'You need an authenticator app on your telephone (any will do, such as one that came with it). It needs no internet.',
  },
  signInText: {
    uz: 'Boshlash uchun hozirgina kirgan boʻlishingiz kerak. Kirish sahifasidan shu yerga qaytasiz.',
    ru: 'Чтобы начать, нужно войти только что. Со страницы входа вы вернётесь сюда.',
    en: 'To begin you must have signed in just now. You come back here from the sign-in page.',
  },
  signInTextAnother: {
    uz: 'Boshqa ilovaga oʻtish uchun hozirgi olti raqam bilan qaytadan kiring. Shu yerga qaytasiz.',
    ru: 'Чтобы перейти на другое приложение, войдите заново с нынешними шестью цифрами. Вы вернётесь сюда.',
    en: 'To change to another app, sign in again with the present six digits. You come back here.',
  },
  signIn: { uz: 'Kirish va boshlash', ru: 'Войти и начать', en: 'Sign in and begin' },
  signInFailed: {
    uz: 'Kirish sahifasi ochilmadi. Tarmoqni tekshirib, qayta bosing.',
    ru: 'Страница входа не открылась. Проверьте сеть и нажмите снова.',
    en: 'The sign-in page did not open. Check the network and press again.',
  },
  begin: { uz: 'QR kodni koʻrsatish', ru: 'Показать QR-код', en: 'Show the QR code' },
  beginText: {
    uz: 'Ekranda kalit koʻrinadi. Uni yoningizdagilar koʻrmasin.',
    ru: 'На экране появится ключ. Следите, чтобы его не увидели посторонние.',
    en: 'The screen will show a key. Let nobody beside you see it.',
  },
  another: { uz: 'Boshqa ilovaga oʻtish', ru: 'Перейти на другое приложение', en: 'Change to another app' },
  scan: { uz: 'Ilovada kodni skanerlang', ru: 'Отсканируйте код в приложении', en: 'Scan the code with the app' },
  picture: { uz: 'Kalitning QR kodi', ru: 'QR-код ключа', en: 'QR code of the key' },
  orType: {
    uz: 'Skanerlab boʻlmasa (masalan, ilova shu telefonda boʻlsa), kalitni ilovaga oʻzingiz kiriting:',
    ru: 'Если отсканировать нельзя (например, приложение на этом же телефоне), введите ключ в приложение сами:',
    en: 'If you cannot scan it (the app may be on this very telephone), put the key into the app yourself:',
  },
  account: { uz: 'Hisob nomi', ru: 'Имя учётной записи', en: 'Account name' },
  key: { uz: 'Kalit', ru: 'Ключ', en: 'Key' },
  notKept: {
    uz: 'Kalit boshqa koʻrsatilmaydi va bu qurilmada saqlanmaydi.',
    ru: 'Ключ больше не будет показан и на этом устройстве не хранится.',
    en: 'The key is not shown again, and this device keeps nothing of it.',
  },
  typeCode: {
    uz: 'Ilova koʻrsatayotgan olti raqamni kiriting',
    ru: 'Введите шесть цифр, которые показывает приложение',
    en: 'Type the six digits that the app shows',
  },
  codeShape: {
    uz: 'Bu yerga olti raqam yoziladi.',
    ru: 'Здесь должно быть шесть цифр.',
    en: 'This must be six digits.',
  },
  finish: { uz: 'Yakunlash', ru: 'Завершить', en: 'Finish' },
  again: { uz: 'Boshidan boshlash', ru: 'Начать заново', en: 'Begin again' },
  done: { uz: 'Ikkinchi omil sozlandi', ru: 'Второй фактор настроен', en: 'Your second factor is set up' },
  doneText: {
    uz: 'Keyingi kirishda olti raqam soʻraladi. Nazoratdagi dorini yozish uchun hozir ular bilan bir marta kiring.',
    ru: 'При следующем входе будут спрошены шесть цифр. Чтобы выписать учётное лекарство, войдите с ними один раз сейчас.',
    en: 'The next sign-in asks for the six digits. To prescribe a controlled medicine, sign in with them once now.',
  },
  doneSignIn: {
    uz: 'Olti raqam bilan kirish',
    ru: 'Войти с шестью цифрами',
    en: 'Sign in with the six digits',
  },
  doneNext: {
    uz: 'Kod bir marta yaraydi: ilova keyingisini koʻrsatishini kuting.',
    ru: 'Код годится один раз: дождитесь следующего в приложении.',
    en: 'A code counts once: wait until the app shows the next one.',
  },
  // where somebody needs one who has none
  missingTitle: {
    uz: 'Sizda hali ikkinchi omil yoʻq',
    ru: 'У вас ещё нет второго фактора',
    en: 'You have no second factor yet',
  },
  missingText: {
    uz: 'Nazoratdagi retsept faqat ikkinchi omil bilan imzolanadi. Uni sozlash bir necha daqiqa oladi; yozganlaringiz qoralama boʻlib saqlanadi va keyin shu yerga qaytasiz.',
    ru: 'Рецепт на учётное лекарство подписывают только со вторым фактором. Настройка занимает несколько минут; написанное сохранится черновиком, и потом вы вернётесь сюда.',
    en: 'A controlled prescription is signed with a second factor only. Setting one up takes a few minutes; what you have written is kept as a draft, and you come back here afterwards.',
  },
  missingGo: { uz: 'Ikkinchi omilni sozlash', ru: 'Настроить второй фактор', en: 'Set up a second factor' },
  // an administrator's help
  remove: { uz: 'Ikkinchi omilni olib tashlash', ru: 'Снять второй фактор', en: 'Remove the second factor' },
  removeText: {
    uz: 'Faqat qurilma yoʻqolganda va soʻragan odam haqiqatan shu xodimligiga ishonch hosil qilgach. U keyin faqat parol bilan kiradi va yangisini oʻzi sozlaydi. Ismingiz va sabab yoziladi.',
    ru: 'Только если устройство потеряно и вы убедились, что просит сам сотрудник. После этого он входит только с паролем и сам настраивает новый. Ваше имя и причина записываются.',
    en: 'Only where the device is lost, and once you have made sure that it is this person who asks. They then sign in with the password alone and set up a new one themselves. Your name and the reason are recorded.',
  },
  reason: { uz: 'Sabab', ru: 'Причина', en: 'Reason' },
  reasonWrong: {
    uz: 'Sababni yozing, kamida uch harf.',
    ru: 'Укажите причину, не короче трёх букв.',
    en: 'Give the reason, three letters at least.',
  },
  removed: {
    uz: 'Ikkinchi omil olib tashlandi. Xodim yangisini «Ikkinchi omil» sahifasida sozlaydi.',
    ru: 'Второй фактор снят. Сотрудник настроит новый на странице «Второй фактор».',
    en: 'The second factor is removed. The person sets up a new one on the page “Second factor”.',
  },
} satisfies Words;
