import type { RefusalCode } from '@darmon/domain/refusal';
import type { RefusalWords } from '../entry.ts';

/** Refusals of who asks and how: standing, the request itself, staff and sites, races. */
export const requestRefusals = {
  'not-allowed': {
    title: { uz: 'Bu amalga ruxsatingiz yoʻq', ru: 'У вас нет прав на это действие', en: 'You may not do this' },
    next: {
      uz: 'Bu ish boshqa lavozimga tegishli. Ruxsat kerak boʻlsa, administratoringizga ayting.',
      ru: 'Это действие относится к другой должности. Если доступ нужен, обратитесь к администратору.',
      en: 'This belongs to another role. If you need it, ask your administrator.',
    },
  },
  'licence-lapsed': {
    title: { uz: 'Litsenziya amal qilmayapti', ru: 'Лицензия не действует', en: 'The licence is not in force' },
    next: {
      uz: 'Litsenziya yangilangach, administrator muddatini kiritadi va siz davom etasiz.',
      ru: 'Когда лицензию продлят, администратор внесёт новый срок и вы сможете продолжить.',
      en: 'Once it is renewed, your administrator records the new dates and you can go on.',
    },
  },
  'account-closed': {
    title: {
      uz: 'Hisobingiz yoki muassasangiz yopilgan',
      ru: 'Учётная запись или учреждение закрыты',
      en: 'Your account or site is closed',
    },
    next: {
      uz: 'Xato boʻlsa, administratoringizga murojaat qiling.',
      ru: 'Если это ошибка, обратитесь к администратору.',
      en: 'If this is a mistake, ask your administrator.',
    },
  },
  'unreadable-body': {
    title: { uz: 'Soʻrovni oʻqib boʻlmadi', ru: 'Запрос не удалось прочитать', en: 'The request could not be read' },
    next: {
      uz: 'Soʻrov JSON koʻrinishida boʻlishi kerak. Sahifani yangilab, qayta yuboring.',
      ru: 'Запрос должен быть в формате JSON. Обновите страницу и отправьте ещё раз.',
      en: 'It must be JSON. Reload the page and send it again.',
    },
  },
  'idempotency-key-missing': {
    title: {
      uz: 'Soʻrovning oʻz kaliti yoʻq',
      ru: 'У запроса нет ключа повтора',
      en: 'The request has no key of its own',
    },
    next: {
      uz: 'Har bir yozuvga yangi Idempotency-Key sarlavhasini qoʻshing: takror yuborilganda ish ikki marta bajarilmaydi.',
      ru: 'Добавьте к каждой записи новый заголовок Idempotency-Key: тогда повтор не выполнит действие дважды.',
      en: 'Send a new Idempotency-Key header with each change, so that a repeat cannot do it twice.',
    },
  },
  'bad-cursor': {
    title: {
      uz: 'Roʻyxatning bu joyi topilmadi',
      ru: 'Это место списка не найдено',
      en: 'That place in the list is unknown',
    },
    next: {
      uz: 'Roʻyxatni boshidan oching.',
      ru: 'Откройте список с начала.',
      en: 'Open the list from its beginning.',
    },
  },
  'body-too-large': {
    title: { uz: 'Soʻrov juda katta', ru: 'Запрос слишком большой', en: 'The request is too large' },
    next: {
      uz: 'Uni kichikroq qismlarga boʻlib yuboring.',
      ru: 'Разделите его на части поменьше.',
      en: 'Send it in smaller parts.',
    },
  },
  schema: {
    title: { uz: 'Maʼlumotda xato bor', ru: 'В данных есть ошибки', en: 'Something in the data is not right' },
    next: {
      uz: 'Belgilangan joylarni tuzating va qayta yuboring. Hech narsa saqlanmadi.',
      ru: 'Исправьте отмеченные места и отправьте ещё раз. Ничего не сохранено.',
      en: 'Correct the marked places and send it again. Nothing was saved.',
    },
  },
  'key-reused': {
    title: {
      uz: 'Bu kalit boshqa soʻrovda ishlatilgan',
      ru: 'Этот ключ уже был у другого запроса',
      en: 'This key belongs to another request',
    },
    next: {
      uz: 'Avvalgi soʻrov bajarilgan. Oʻzgartirilgan soʻrovni yangi kalit bilan yuboring.',
      ru: 'Прежний запрос выполнен. Изменённый отправьте с новым ключом.',
      en: 'The earlier request stands. Send the changed one with a new key.',
    },
  },
  'not-found': {
    title: { uz: 'Topilmadi', ru: 'Не найдено', en: 'Not found' },
    next: {
      uz: 'Raqamni tekshirib, qayta qidiring. Yozuv boshqa muassasaga tegishli boʻlsa, bu yerda koʻrinmaydi.',
      ru: 'Проверьте номер и найдите ещё раз. Записи других учреждений здесь не видны.',
      en: 'Check the number and search again. Records of other sites are not shown here.',
    },
  },
  'route-unknown': {
    title: { uz: 'Bunday manzil yoʻq', ru: 'Такого адреса нет', en: 'There is no such address' },
    next: {
      uz: 'Manzilni tekshiring yoki bosh sahifadan boshlang.',
      ru: 'Проверьте адрес или начните с главной страницы.',
      en: 'Check the address or begin at the start page.',
    },
  },
  'role-not-for-site': {
    title: {
      uz: 'Bu lavozim bunday muassasaga toʻgʻri kelmaydi',
      ru: 'Эта роль не подходит для такого учреждения',
      en: 'This role does not fit this kind of site',
    },
    next: {
      uz: 'Shifokor klinikada, dorixonachi dorixonada ishlaydi. Muassasani yoki lavozimni oʻzgartiring.',
      ru: 'Врач работает в клинике, фармацевт в аптеке. Измените учреждение или роль.',
      en: 'A doctor works at a clinic, a pharmacist at a pharmacy. Change the site or the role.',
    },
  },
  'site-kind-fixed': {
    title: {
      uz: 'Muassasa turi oʻzgarmaydi',
      ru: 'Вид учреждения не меняется',
      en: 'The kind of a site does not change',
    },
    next: {
      uz: 'Bu muassasani yoping va yangi turdagisini qoʻshing.',
      ru: 'Закройте это учреждение и добавьте новое.',
      en: 'Close this site and add a new one of the other kind.',
    },
  },
  'site-unknown': {
    title: { uz: 'Bunday muassasa yoʻq', ru: 'Такого учреждения нет', en: 'There is no such site' },
    next: {
      uz: 'Muassasani roʻyxatdan tanlang yoki avval uni qoʻshing.',
      ru: 'Выберите учреждение из списка или сначала добавьте его.',
      en: 'Choose a site from the list, or add it first.',
    },
  },
  'person-known': {
    title: { uz: 'Bunday xodim allaqachon bor', ru: 'Такой сотрудник уже есть', en: 'This person is already recorded' },
    next: {
      uz: 'Mavjud xodimni oching yoki boshqa belgi tanlang.',
      ru: 'Откройте существующую запись или выберите другой идентификатор.',
      en: 'Open the record that exists, or choose another id.',
    },
  },
  'site-known': {
    title: {
      uz: 'Bunday muassasa allaqachon bor',
      ru: 'Такое учреждение уже есть',
      en: 'This site is already recorded',
    },
    next: {
      uz: 'Mavjud muassasani oching yoki boshqa belgi tanlang.',
      ru: 'Откройте существующую запись или выберите другой идентификатор.',
      en: 'Open the record that exists, or choose another id.',
    },
  },
  'already-bootstrapped': {
    title: {
      uz: 'Birinchi administrator allaqachon bor',
      ru: 'Первый администратор уже есть',
      en: 'There is a first administrator already',
    },
    next: {
      uz: 'Yangi administratorni mavjud administrator qoʻshadi.',
      ru: 'Нового администратора добавляет действующий.',
      en: 'An administrator who exists adds further ones.',
    },
  },
  'version-changed': {
    title: {
      uz: 'Yozuvni shu orada boshqa kishi oʻzgartirdi',
      ru: 'Запись тем временем изменили',
      en: 'Somebody changed this in the meantime',
    },
    next: {
      uz: 'Sahifani yangilab, yangi holatini koʻring va oʻzgartirishni qayta kiriting.',
      ru: 'Обновите страницу, посмотрите новое состояние и внесите изменение снова.',
      en: 'Reload, look at the new state and make your change again.',
    },
  },
  'privacy-state': {
    title: {
      uz: 'Bu qadam hozir mumkin emas',
      ru: 'Этот шаг сейчас невозможен',
      en: 'This step is not possible now',
    },
    next: {
      uz: 'Sahifani yangilab, soʻrov qaysi holatda ekanini koʻring.',
      ru: 'Обновите страницу и посмотрите, в каком состоянии запрос.',
      en: 'Reload and look at how far the request is.',
    },
  },
  busy: {
    title: {
      uz: 'Hozir boshqa amal bajarilmoqda',
      ru: 'Сейчас выполняется другое действие',
      en: 'Others are working on the same goods',
    },
    next: {
      uz: 'Bir necha soniyadan keyin qayta urining. Hech narsa yoʻqolmadi.',
      ru: 'Повторите через несколько секунд. Ничего не потеряно.',
      en: 'Try again in a few seconds. Nothing was lost.',
    },
  },
  'too-many-requests': {
    title: { uz: 'Soʻrovlar juda koʻp', ru: 'Слишком много запросов', en: 'Too many requests' },
    next: {
      uz: 'Bir oz kutib, qayta urining.',
      ru: 'Немного подождите и повторите.',
      en: 'Wait a little and try again.',
    },
  },
  unavailable: {
    title: {
      uz: 'Xizmat vaqtincha ishlamayapti',
      ru: 'Сервис временно недоступен',
      en: 'The service is not available now',
    },
    next: {
      uz: 'Bir necha daqiqadan keyin qayta urining. Kiritilgan maʼlumot shu qurilmada turibdi.',
      ru: 'Повторите через несколько минут. Введённые данные остаются на этом устройстве.',
      en: 'Try again in a few minutes. What you typed stays on this device.',
    },
  },
} satisfies Partial<Record<RefusalCode, RefusalWords>>;
