import type { RefusalCode } from '@darmon/domain/refusal';
import type { RefusalWords } from '../entry.ts';

/** Refusals of suppliers and orders. */
export const orderRefusals = {
  'supplier-unknown': {
    title: {
      uz: 'Bunday yetkazib beruvchi yoʻq yoki u yopilgan',
      ru: 'Такого поставщика нет, или он закрыт',
      en: 'There is no such supplier, or it is closed',
    },
    next: {
      uz: 'Roʻyxatdan ochiq yetkazib beruvchini tanlang.',
      ru: 'Выберите из списка открытого поставщика.',
      en: 'Choose an open one from the list.',
    },
  },
  'price-missing': {
    title: {
      uz: 'Bu dori uchun bugun hech kimning narxi yoʻq',
      ru: 'На это лекарство сегодня ни у кого нет цены',
      en: 'Nobody has a price for this medicine today',
    },
    next: {
      uz: 'Yetkazib beruvchi sahifasida narxni kiriting yoki boshqa qadoqni tanlang.',
      ru: 'Внесите цену на странице поставщика или выберите другую упаковку.',
      en: 'Enter a price on a supplier’s page, or choose another pack.',
    },
  },
  'price-repeated': {
    title: {
      uz: 'Bir qadoq bir kundan ikki marta narxlangan',
      ru: 'Одна упаковка оценена дважды с одного дня',
      en: 'One pack has two prices from the same day',
    },
    next: { uz: 'Bittasini qoldiring.', ru: 'Оставьте одну.', en: 'Leave one of them.' },
  },
  'order-empty': {
    title: { uz: 'Buyurtma qilinadigan narsa yoʻq', ru: 'Заказывать нечего', en: 'There is nothing to order' },
    next: {
      uz: 'Tasdiqlangan talabnomani yoki qatorlarni tanlang.',
      ru: 'Выберите утверждённую заявку или строки.',
      en: 'Choose an approved requisition, or lines.',
    },
  },
  'order-too-large': {
    title: {
      uz: 'Buyurtma bir hujjat uchun juda katta',
      ru: 'Заказ слишком велик для одного документа',
      en: 'The order is too large for one document',
    },
    next: {
      uz: 'Kamroq talabnomani birlashtiring.',
      ru: 'Объедините меньше заявок.',
      en: 'Put fewer requisitions together.',
    },
  },
  'order-ended': {
    title: { uz: 'Buyurtma allaqachon tugagan', ru: 'Заказ уже завершён', en: 'The order has ended' },
    next: {
      uz: 'Sahifani yangilang. Yana kerak boʻlsa, yangi buyurtma tuzing.',
      ru: 'Обновите страницу. Если нужно ещё, составьте новый заказ.',
      en: 'Load the page again. If more is needed, draw up a new order.',
    },
  },
  'order-not-sent': {
    title: { uz: 'Buyurtma hali yuborilmagan', ru: 'Заказ ещё не отправлен', en: 'The order was not sent yet' },
    next: { uz: 'Avval uni yuboring.', ru: 'Сначала отправьте его.', en: 'Send it first.' },
  },
  'order-over-approval': {
    title: {
      uz: 'Buyurtma tasdiqlanganidan qimmat',
      ru: 'Заказ дороже утверждённого',
      en: 'The order costs more than was approved',
    },
    next: {
      uz: 'Boshqa yetkazib beruvchini tanlang yoki shu summani tasdiqlashni soʻrang.',
      ru: 'Выберите другого поставщика или запросите утверждение этой суммы.',
      en: 'Choose another supplier, or ask for an approval of that value.',
    },
  },
  'currency-mismatch': {
    title: {
      uz: 'Hisob-faktura boshqa valyutada',
      ru: 'Счёт в другой валюте',
      en: 'The invoice is in another currency',
    },
    next: {
      uz: 'Buyurtma valyutasidagi hisob-fakturani soʻrang.',
      ru: 'Запросите счёт в валюте заказа.',
      en: 'Ask for one in the currency of the order.',
    },
  },
  'invoice-line-repeated': {
    title: {
      uz: 'Bir qadoq hisob-fakturada ikki marta turibdi',
      ru: 'Одна упаковка стоит в счёте дважды',
      en: 'One pack stands in the invoice twice',
    },
    next: { uz: 'Qatorlarni birlashtiring.', ru: 'Объедините строки.', en: 'Put the lines together.' },
  },
  'too-many-invoices': {
    title: {
      uz: 'Bu buyurtma uchun hisob-fakturalar juda koʻp',
      ru: 'По этому заказу слишком много счетов',
      en: 'This order has too many invoices',
    },
    next: {
      uz: 'Yetkazib beruvchidan ularni birlashtirishni soʻrang.',
      ru: 'Попросите поставщика объединить их.',
      en: 'Ask the supplier to put them together.',
    },
  },
  'invoice-paid': {
    title: { uz: 'Hisob-faktura toʻlangan', ru: 'Счёт уже оплачен', en: 'The invoice is paid' },
    next: {
      uz: 'Toʻlov belgisi xato boʻlsa, avval uni qaytarib oling.',
      ru: 'Если отметка об оплате ошибочна, сначала снимите её.',
      en: 'If the mark of payment is a mistake, take it back first.',
    },
  },
  'invoice-ended': {
    title: {
      uz: 'Hisob-faktura tuzatilgan yoki bekor qilingan',
      ru: 'Счёт исправлен или отменён',
      en: 'The invoice was corrected or cancelled',
    },
    next: {
      uz: 'Sahifani yangilang va amaldagi nusxani oching.',
      ru: 'Обновите страницу и откройте действующую версию.',
      en: 'Load the page again and take the version that counts.',
    },
  },
} satisfies Partial<Record<RefusalCode, RefusalWords>>;
