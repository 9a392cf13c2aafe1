import type { RefusalCode } from '@darmon/domain/refusal';
import type { RefusalWords } from '../entry.ts';

/** Refusals of the prescriber's rules and of the prescription's own state. */
export const prescriptionRefusals = {
  'pinfl-invalid': {
    title: { uz: 'JSHSHIR notoʻgʻri', ru: 'ПИНФЛ указан неверно', en: 'The PINFL is not valid' },
    next: {
      uz: 'Pasport yoki ID-kartadagi 14 ta raqamni qaytadan kiriting: tugʻilgan sana yoki oxirgi raqam mos kelmayapti.',
      ru: 'Введите 14 цифр с паспорта или ID-карты ещё раз: не сходится дата рождения или последняя цифра.',
      en: 'Type the 14 digits from the passport or ID card again: the birth date or the last digit does not agree.',
    },
  },
  'number-invalid': {
    title: {
      uz: 'Retsept raqami notoʻgʻri',
      ru: 'Номер рецепта указан неверно',
      en: 'The prescription number is not right',
    },
    next: {
      uz: 'Qogʻozdagi 13 ta belgini qaytadan kiriting: birinchisi harf, orasidagi chiziqchalar shart emas.',
      ru: 'Введите 13 знаков с бумаги ещё раз: первый — буква, дефисы не обязательны.',
      en: 'Type the 13 characters from the paper again: the first is a letter, hyphens do not matter.',
    },
  },
  'patient-mismatch': {
    title: {
      uz: 'Bemor maʼlumotlari mos kelmadi',
      ru: 'Данные пациента не совпадают',
      en: 'The patient’s details do not agree',
    },
    next: {
      uz: 'Ism, tugʻilgan sana va jinsni hujjat bilan solishtiring: bu raqam boshqa maʼlumot bilan yozilgan.',
      ru: 'Сверьте имя, дату рождения и пол с документом: под этим номером записаны другие данные.',
      en: 'Compare name, birth date and sex with the document: this number is recorded with other details.',
    },
  },
  'medicine-unknown': {
    title: {
      uz: 'Bunday dori roʻyxatda yoʻq',
      ru: 'Такого лекарства нет в списке',
      en: 'This medicine is not in the formulary',
    },
    next: {
      uz: 'Dorini nomi boʻyicha qidirib, roʻyxatdan tanlang.',
      ru: 'Найдите лекарство по названию и выберите из списка.',
      en: 'Search for it by name and choose it from the list.',
    },
  },
  'medicine-not-allowed': {
    title: {
      uz: 'Bu dori ambulator retsept bilan berilmaydi',
      ru: 'Это лекарство нельзя выписать амбулаторно',
      en: 'This medicine is not prescribed to outpatients',
    },
    next: {
      uz: 'Amaldagi qoidalarga koʻra u faqat shifoxonada qoʻllanadi. Boshqa dori tanlang.',
      ru: 'По действующим правилам оно применяется только в стационаре. Выберите другое.',
      en: 'By the rules that hold now it is used only in hospital. Choose another.',
    },
  },
  'too-many-lines': {
    title: {
      uz: 'Bitta retseptga dori koʻp',
      ru: 'Слишком много лекарств в одном рецепте',
      en: 'Too many medicines on one prescription',
    },
    next: {
      uz: 'Qolgan dorilarni ikkinchi retseptga yozing.',
      ru: 'Остальные выпишите вторым рецептом.',
      en: 'Put the others on a second prescription.',
    },
  },
  'duplicate-medicine': {
    title: { uz: 'Dori ikki marta yozilgan', ru: 'Лекарство указано дважды', en: 'The medicine stands there twice' },
    next: {
      uz: 'Bitta qatorni olib tashlang yoki ikkalasini birlashtiring.',
      ru: 'Уберите одну строку или объедините обе.',
      en: 'Remove one line or join the two.',
    },
  },
  'dosage-invalid': {
    title: {
      uz: 'Qabul qilish tartibi bu doriga toʻgʻri kelmaydi',
      ru: 'Способ применения не подходит этому лекарству',
      en: 'The directions do not suit this medicine',
    },
    next: {
      uz: 'Qabul yoʻlini, oʻlchov birligini va miqdorni qayta tanlang.',
      ru: 'Выберите заново путь введения, единицу и дозу.',
      en: 'Choose the route, the unit and the amount again.',
    },
  },
  'quantity-contradicts-dosage': {
    title: {
      uz: 'Miqdor qabul tartibiga mos emas',
      ru: 'Количество не сходится с назначением',
      en: 'The quantity does not agree with the directions',
    },
    next: {
      uz: 'Miqdorni boʻsh qoldiring — u hisoblab chiqiladi — yoki qabul tartibini tuzating.',
      ru: 'Оставьте количество пустым — оно посчитается само — или исправьте назначение.',
      en: 'Leave the quantity empty and it is worked out, or correct the directions.',
    },
  },
  'quantity-missing': {
    title: { uz: 'Miqdor koʻrsatilmagan', ru: 'Не указано количество', en: 'The quantity is missing' },
    next: {
      uz: 'Bu qabul tartibidan miqdorni hisoblab boʻlmaydi: uni oʻzingiz kiriting.',
      ru: 'Из этого назначения количество не посчитать: укажите его сами.',
      en: 'It cannot be worked out from these directions: please give it.',
    },
  },
  'quantity-invalid': {
    title: {
      uz: 'Bunday miqdor berib boʻlmaydi',
      ru: 'Такое количество отпустить нельзя',
      en: 'This quantity is not possible',
    },
    next: {
      uz: 'Butun son kiriting; ochilmaydigan qadoq butunligicha hisoblanadi.',
      ru: 'Укажите целое число; упаковка, которую нельзя вскрыть, считается целиком.',
      en: 'Give a whole number; a pack that cannot be opened counts as a whole.',
    },
  },
  'line-unknown': {
    title: {
      uz: 'Retseptda bunday qator yoʻq',
      ru: 'В рецепте нет такой строки',
      en: 'The prescription has no such line',
    },
    next: {
      uz: 'Retseptni qayta oching va har bir dorini bir martadan tanlang.',
      ru: 'Откройте рецепт заново и выберите каждое лекарство один раз.',
      en: 'Open the prescription again and choose each medicine once.',
    },
  },
  'quantity-over-owed': {
    title: {
      uz: 'Qolganidan koʻp berib boʻlmaydi',
      ru: 'Нельзя отпустить больше, чем осталось',
      en: 'That is more than is still owed',
    },
    next: {
      uz: 'Miqdorni qolgan miqdorgacha kamaytiring.',
      ru: 'Уменьшите количество до оставшегося.',
      en: 'Lower the quantity to what is still owed.',
    },
  },
  'code-invalid': {
    title: {
      uz: 'Retsept kodi haqiqiy emas',
      ru: 'Код рецепта недействителен',
      en: 'The prescription code is not valid',
    },
    next: {
      uz: 'Dori bermang. Kodni qayta skanerlang; yana shunday chiqsa, retsept raqami boʻyicha qidiring.',
      ru: 'Не отпускайте лекарство. Отсканируйте ещё раз; если не поможет, найдите рецепт по номеру.',
      en: 'Do not dispense. Scan again; if it stays so, look the prescription up by its number.',
    },
  },
  'prescription-expired': {
    title: { uz: 'Retsept muddati oʻtgan', ru: 'Срок рецепта истёк', en: 'The prescription has expired' },
    next: {
      uz: 'Dori bermang. Bemor yangi retsept uchun shifokoriga murojaat qilsin.',
      ru: 'Не отпускайте лекарство. Пациенту нужен новый рецепт от врача.',
      en: 'Do not dispense. The patient needs a new prescription from the doctor.',
    },
  },
  'prescription-cancelled': {
    title: { uz: 'Retsept bekor qilingan', ru: 'Рецепт отменён', en: 'The prescription was cancelled' },
    next: {
      uz: 'Dori bermang. Savol boʻlsa, retsept yozgan shifokor bilan bogʻlaning.',
      ru: 'Не отпускайте лекарство. С вопросами обратитесь к выписавшему врачу.',
      en: 'Do not dispense. If in doubt, ask the doctor who wrote it.',
    },
  },
  'prescription-completed': {
    title: {
      uz: 'Retsept boʻyicha hamma dori berilgan',
      ru: 'По рецепту всё отпущено',
      en: 'Everything on it was dispensed',
    },
    next: {
      uz: 'Qayta berib boʻlmaydi. Davolash davom etsa, yangi retsept kerak.',
      ru: 'Повторно отпустить нельзя. Если лечение продолжается, нужен новый рецепт.',
      en: 'It cannot be dispensed again. To go on with treatment, a new prescription is needed.',
    },
  },
  'claimed-elsewhere': {
    title: {
      uz: 'Retsept bilan boshqa dorixona ishlayapti',
      ru: 'Рецепт сейчас у другой аптеки',
      en: 'Another pharmacy is working on it',
    },
    next: {
      uz: 'Oʻsha dorixona boʻshatguncha kuting yoki bemor oʻsha yerdan olsin.',
      ru: 'Подождите, пока она освободит рецепт, или пусть пациент получит лекарство там.',
      en: 'Wait until it is released, or the patient can collect it there.',
    },
  },
  'not-claimed': {
    title: { uz: 'Retsept band qilinmagan', ru: 'Рецепт не занят', en: 'The prescription is not claimed' },
    next: {
      uz: 'Boʻshatishga hojat yoʻq: uni har qanday dorixona olishi mumkin.',
      ru: 'Освобождать нечего: его может взять любая аптека.',
      en: 'There is nothing to release: any pharmacy can take it.',
    },
  },
  'cancel-requested': {
    title: {
      uz: 'Shifokor retseptni bekor qilishni soʻragan',
      ru: 'Врач попросил отменить рецепт',
      en: 'The doctor has asked to cancel it',
    },
    next: {
      uz: 'Dori bermang va retseptni boʻshating: shunda bekor qilish kuchga kiradi.',
      ru: 'Не отпускайте лекарство и освободите рецепт: тогда отмена вступит в силу.',
      en: 'Do not dispense; release the prescription and the cancellation takes effect.',
    },
  },
  'already-dispensed': {
    title: {
      uz: 'Bu dori allaqachon berilgan',
      ru: 'Это лекарство уже отпущено',
      en: 'This medicine was already dispensed',
    },
    next: {
      uz: 'Qayta bermang. Retseptni yangilab, nima qolganini koʻring.',
      ru: 'Не отпускайте повторно. Обновите рецепт и посмотрите, что осталось.',
      en: 'Do not hand it over again. Refresh the prescription to see what is still owed.',
    },
  },
  'undo-too-late': {
    title: { uz: 'Qaytarish vaqti oʻtib ketgan', ru: 'Отменять отпуск уже поздно', en: 'It is too late to undo' },
    next: {
      uz: 'Dori peshtaxtadan chiqib ketgan: u endi qaytarilgan tovar sifatida rasmiylashtiriladi.',
      ru: 'Лекарство уже ушло с прилавка: теперь это оформляется как возврат.',
      en: 'The goods have left the counter: this is now a return.',
    },
  },
  'already-undone': {
    title: {
      uz: 'Bu amal allaqachon bekor qilingan',
      ru: 'Этот отпуск уже отменён',
      en: 'This dispense was already undone',
    },
    next: {
      uz: 'Boshqa hech narsa qilish shart emas: dori zaxiraga qaytgan.',
      ru: 'Больше ничего не нужно: товар снова в остатке.',
      en: 'There is nothing more to do: the goods are back in stock.',
    },
  },
  'units-returned': {
    title: {
      uz: 'Bemor bu dorini qaytarib chaqirish boʻyicha olib kelgan',
      ru: 'Пациент уже вернул этот препарат по отзыву',
      en: 'The patient has brought this back in a recall',
    },
    next: {
      uz: 'Berishni bekor qilish mumkin emas: qaytgan dona qaytarib chaqirish roʻyxatida yozilgan.',
      ru: 'Отпуск больше не отменяется: возврат записан в списке отзыва.',
      en: 'The dispense can no longer be undone: what came back stands on the call list of the recall.',
    },
  },
} satisfies Partial<Record<RefusalCode, RefusalWords>>;
