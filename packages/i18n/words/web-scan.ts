import type { Words } from '../entry.ts';

/** Scanning: hand scanner, camera, picture; and a code of another kind than the screen wants. */
export const webScan = {
  find: { uz: 'Topish', ru: 'Найти', en: 'Find' },
  add: { uz: 'Qoʻshish', ru: 'Добавить', en: 'Add' },
  camera: { uz: 'Kamera', ru: 'Камера', en: 'Camera' },
  picture: { uz: 'Rasm', ru: 'Снимок', en: 'Picture' },
  dropHint: {
    uz: 'Rasmni shu yerga tashlash yoki xotiradan qoʻyish ham mumkin.',
    ru: 'Снимок можно перетащить сюда или вставить из буфера.',
    en: 'A picture can also be dropped or pasted here.',
  },
  dropNow: { uz: 'Rasmni qoʻyib yuboring', ru: 'Отпустите снимок', en: 'Let go of the picture' },
  reading: { uz: 'Rasm oʻqilmoqda…', ru: 'Снимок читается…', en: 'Reading the picture…' },
  cameraTitle: { uz: 'Kamera bilan oʻqish', ru: 'Считывание камерой', en: 'Read with the camera' },
  cameraAim: {
    uz: 'Kodni kameraga tuting: oʻzi oʻqiladi.',
    ru: 'Поднесите код к камере: он считается сам.',
    en: 'Hold the code up to the camera: it is read by itself.',
  },
  cameraAsking: {
    uz: 'Kamera ochilmoqda. Brauzer soʻrasa, ruxsat bering.',
    ru: 'Камера открывается. Если браузер спросит, разрешите доступ.',
    en: 'Opening the camera. Allow it if the browser asks.',
  },
  cameraRead: { uz: 'Oʻqildi: {{count}}', ru: 'Считано: {{count}}', en: 'Read: {{count}}' },
  cameraView: { uz: 'Kamera tasviri', ru: 'Изображение с камеры', en: 'What the camera sees' },
  torchOn: { uz: 'Chiroqni yoqish', ru: 'Включить свет', en: 'Light on' },
  torchOff: { uz: 'Chiroqni oʻchirish', ru: 'Выключить свет', en: 'Light off' },
  'camera.no-camera': {
    uz: 'Bu qurilmada kamera topilmadi. Qoʻl skaneri yoki rasmdan foydalaning.',
    ru: 'На этом устройстве нет камеры. Возьмите ручной сканер или снимок.',
    en: 'This device has no camera. Use a hand scanner or a picture.',
  },
  'camera.refused': {
    uz: 'Kameraga ruxsat berilmagan. Manzil satridagi qulf belgisini bosing, kameraga ruxsat bering va qayta urining.',
    ru: 'Доступ к камере запрещён. Нажмите на замок в строке адреса, разрешите камеру и повторите.',
    en: 'The camera is not allowed. Press the lock in the address bar, allow the camera and try again.',
  },
  'camera.in-use': {
    uz: 'Kamera ochilmadi: uni boshqa dastur band qilgan boʻlishi mumkin. Oʻsha dasturni yopib, qayta urining.',
    ru: 'Камера не открылась: возможно, она занята другой программой. Закройте её и повторите.',
    en: 'The camera did not open: another program may be using it. Close that program and try again.',
  },
  'camera.insecure': {
    uz: 'Kamera faqat himoyalangan (https) manzilda ishlaydi. Qoʻl skaneri yoki rasmdan foydalaning.',
    ru: 'Камера работает только по защищённому адресу (https). Возьмите ручной сканер или снимок.',
    en: 'The camera works only on a secure (https) address. Use a hand scanner or a picture.',
  },
  'camera.no-picture': {
    uz: 'Kameradan tasvir kelmayapti. Kamerani qayta oching yoki rasmdan foydalaning.',
    ru: 'С камеры не идёт изображение. Откройте её снова или возьмите снимок.',
    en: 'No picture comes from the camera. Open it again or use a picture.',
  },
  'camera.no-reader': {
    uz: 'Kod oʻquvchi dastur yuklanmadi. Tarmoqni tekshirib, qayta urining yoki raqamni qoʻlda yozing.',
    ru: 'Программа чтения кодов не загрузилась. Проверьте сеть и повторите или введите номер вручную.',
    en: 'The code reader did not load. Check the network and try again, or type the number.',
  },
  'picture.not-a-picture': {
    uz: 'Bu fayl rasm emas. JPEG yoki PNG rasm tanlang.',
    ru: 'Этот файл не снимок. Выберите JPEG или PNG.',
    en: 'This file is not a picture. Choose a JPEG or PNG.',
  },
  'picture.too-large': {
    uz: 'Rasm juda katta (25 MB dan ortiq). Kichikrogʻini tanlang.',
    ru: 'Снимок слишком большой (больше 25 МБ). Выберите поменьше.',
    en: 'The picture is too large (over 25 MB). Choose a smaller one.',
  },
  'picture.no-code': {
    uz: 'Rasmda kod topilmadi. Kodni yaqinroqdan, tekis va yorugʻda suratga oling.',
    ru: 'На снимке кода нет. Снимите код ближе, ровно и при хорошем свете.',
    en: 'No code was found in the picture. Take it closer, straight and in good light.',
  },
  'keys.caps-lock': {
    uz: 'Caps Lock yoqilgan: katta va kichik harflar almashib qoladi. Uni oʻchirib, qayta skanerlang.',
    ru: 'Включён Caps Lock: большие и маленькие буквы меняются местами. Выключите его и отсканируйте снова.',
    en: 'Caps Lock is on, so small and capital letters change places. Switch it off and scan again.',
  },
  'keys.layout': {
    uz: 'Klaviatura kirill tartibida: baʼzi belgilar boshqasiga almashgan. Inglizcha tartibga oʻtkazib, qayta skanerlang.',
    ru: 'Включена кириллическая раскладка: часть знаков подменена. Переключите на английскую и отсканируйте снова.',
    en: 'The keyboard is in a Cyrillic layout, which changes some signs. Switch to English and scan again.',
  },
  maybePinfl: {
    uz: 'Bu raqam ham JSHSHIR, ham dori qadogʻining kodi boʻlishi mumkin. JSHSHIR boʻlsa, tasdiqlang.',
    ru: 'Эти цифры могут быть и ПИНФЛ, и кодом упаковки. Если это ПИНФЛ, подтвердите.',
    en: 'These digits may be a PINFL or the code of a pack. If it is a PINFL, confirm it.',
  },
  'wanted.prescription.pack': {
    uz: 'Bu dori qadogʻining kodi. Bu yerda bemorning retsepti kerak: qogʻozdagi katta kodni skanerlang.',
    ru: 'Это код упаковки. Здесь нужен рецепт пациента: отсканируйте большой код на бумаге.',
    en: 'This is the code of a pack. A prescription is wanted here: scan the large code on the patient’s paper.',
  },
  'wanted.prescription.carton': {
    uz: 'Bu yashikning kodi. Bu yerda bemorning retsepti kerak: qogʻozdagi katta kodni skanerlang.',
    ru: 'Это код транспортной упаковки. Здесь нужен рецепт пациента: отсканируйте большой код на бумаге.',
    en: 'This is the code of a carton. A prescription is wanted here: scan the large code on the patient’s paper.',
  },
  'wanted.pack.prescription': {
    uz: 'Bu retsept kodi. Bu yerda dori qadogʻining kodi kerak.',
    ru: 'Это код рецепта. Здесь нужен код упаковки.',
    en: 'This is a prescription. The code of a pack is wanted here.',
  },
  'wanted.pack.person': {
    uz: 'Bu JSHSHIR. Bu yerda dori qadogʻining kodi kerak.',
    ru: 'Это ПИНФЛ. Здесь нужен код упаковки.',
    en: 'This is a PINFL. The code of a pack is wanted here.',
  },
  'wanted.pack.carton': {
    uz: 'Bu yashikning kodi va unda dori kodi yoʻq. Ichidagi dori qadogʻini skanerlang.',
    ru: 'Это код транспортной упаковки без кода лекарства. Отсканируйте упаковку внутри.',
    en: 'This is the code of a carton and names no medicine. Scan a pack inside it.',
  },
  'wanted.pack.inconsistent': {
    uz: 'Yorliqdagi kod notoʻgʻri tuzilgan. Qadoqdagi boshqa kodni skanerlang yoki maʼlumotni qoʻlda kiriting.',
    ru: 'Код на этикетке составлен неверно. Отсканируйте другой код или введите данные вручную.',
    en: 'The label’s code is put together wrongly. Scan another code on the pack, or type the details.',
  },
  'wanted.unit.none': {
    uz: 'Bu kodda na dori kodi (GTIN), na yashikning raqami (SSCC) bor. Boshqa kodni skanerlang.',
    ru: 'В этом коде нет ни кода лекарства (GTIN), ни номера грузовой единицы (SSCC). Отсканируйте другой код.',
    en: 'This code names neither a medicine (GTIN) nor a carton (SSCC). Scan another code.',
  },
  'wanted.pack.incomplete': {
    uz: 'Bu kodda dori kodi (GTIN) yoʻq. Qadoqdagi boshqa kodni skanerlang.',
    ru: 'В этом коде нет кода лекарства (GTIN). Отсканируйте другой код на упаковке.',
    en: 'This code names no medicine (GTIN). Scan another code on the pack.',
  },
} satisfies Words;
