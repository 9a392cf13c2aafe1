import type { RefusalCode } from '@darmon/domain/refusal';
import type { Entry, RefusalWords, Words } from '../entry.ts';
import { orderRefusals } from './refusals-orders.ts';
import { oversightRefusals } from './refusals-oversight.ts';
import { prescriptionRefusals } from './refusals-prescription.ts';
import { procurementRefusals } from './refusals-procurement.ts';
import { requestRefusals } from './refusals-request.ts';
import { ruleRefusals } from './refusals-rules.ts';
import { stockRefusals } from './refusals-stock.ts';
import { warehouseRefusals } from './refusals-warehouse.ts';

/**
 * Why Darmon says no and what to do next, for every code of the domain and no other: neither a code without words nor
 * words without a code compile.
 */
const byCode = {
  ...requestRefusals,
  ...prescriptionRefusals,
  ...ruleRefusals,
  ...stockRefusals,
  ...warehouseRefusals,
  ...orderRefusals,
  ...procurementRefusals,
  ...oversightRefusals,
} satisfies Record<RefusalCode, RefusalWords>;

const flat = Object.fromEntries(
  Object.entries(byCode).flatMap(([code, { title, next }]) => [
    [`${code}.title`, title],
    [`${code}.next`, next],
  ]),
) as Record<`${RefusalCode}.title` | `${RefusalCode}.next`, Entry>;

/** What a fact adds, by its name; a fact with a closed list of values has one sentence a value. */
const facts = {
  'fact.line': { uz: '{{line}}-qator.', ru: 'Строка {{line}}.', en: 'Line {{line}}.' },
  'fact.owed': {
    uz: 'Yana berilishi kerak: {{owed}}.',
    ru: 'Осталось отпустить: {{owed}}.',
    en: 'Still owed: {{owed}}.',
  },
  'fact.available': { uz: 'Mavjud: {{available}}.', ru: 'В наличии: {{available}}.', en: 'Available: {{available}}.' },
  'fact.quantity': { uz: 'Miqdor: {{quantity}}.', ru: 'Количество: {{quantity}}.', en: 'Quantity: {{quantity}}.' },
  'fact.step': {
    uz: '{{step}} ga karrali boʻlishi kerak.',
    ru: 'Должно быть кратно {{step}}.',
    en: 'It must be a multiple of {{step}}.',
  },
  'fact.max': { uz: 'Koʻpi bilan: {{max}}.', ru: 'Не больше: {{max}}.', en: 'At most: {{max}}.' },
  'fact.approved': {
    uz: 'Tasdiqlangan: {{approved}} soʻm.',
    ru: 'Утверждено: {{approved}} сум.',
    en: 'Approved: {{approved}} soum.',
  },
  'fact.cost': {
    uz: 'Buyurtma qiymati: {{cost}} soʻm.',
    ru: 'Стоимость заказа: {{cost}} сум.',
    en: 'The order costs {{cost}} soum.',
  },
  'fact.hours': {
    uz: '{{hours}} soat ichida mumkin edi.',
    ru: 'Это было возможно в течение {{hours}} ч.',
    en: 'It was possible for {{hours}} hours.',
  },
  'fact.from': { uz: '{{from}} dan boshlab.', ru: 'С {{from}}.', en: 'From {{from}}.' },
  'fact.days': { uz: 'Koʻpi bilan {{days}} kun.', ru: 'Не больше {{days}} дн.', en: 'At most {{days}} days.' },
  'fact.until': { uz: '{{until}} gacha.', ru: 'До {{until}}.', en: 'Until {{until}}.' },
  'fact.expiryDate': {
    uz: 'Yaroqlilik muddati: {{expiryDate}}.',
    ru: 'Срок годности: {{expiryDate}}.',
    en: 'Expiry date: {{expiryDate}}.',
  },
  'fact.site': { uz: 'Muassasa: {{site}}.', ru: 'Учреждение: {{site}}.', en: 'Site: {{site}}.' },
  'fact.scanned': { uz: 'Kodda: {{scanned}}.', ru: 'В коде: {{scanned}}.', en: 'The code says: {{scanned}}.' },
  'fact.lot': { uz: 'Seriya: {{lot}}.', ru: 'Серия: {{lot}}.', en: 'Lot: {{lot}}.' },
  'fact.gtin': { uz: 'GTIN: {{gtin}}.', ru: 'GTIN: {{gtin}}.', en: 'GTIN: {{gtin}}.' },
  'fact.medicine': {
    uz: 'Dori kodi: {{medicine}}.',
    ru: 'Код лекарства: {{medicine}}.',
    en: 'Medicine code: {{medicine}}.',
  },
  'fact.of.person': { uz: 'Shaxsiy litsenziyangiz.', ru: 'Ваша личная лицензия.', en: 'Your own licence.' },
  'fact.of.site': { uz: 'Muassasangiz litsenziyasi.', ru: 'Лицензия вашего учреждения.', en: 'Your site’s licence.' },
  'fact.state.on-hold': { uz: 'Seriya ushlab turilibdi.', ru: 'Серия приостановлена.', en: 'The lot is on hold.' },
  'fact.state.quarantined': { uz: 'Seriya karantinda.', ru: 'Серия в карантине.', en: 'The lot is in quarantine.' },
  'fact.state.recalled': { uz: 'Seriya qaytarib olinmoqda.', ru: 'Серия отозвана.', en: 'The lot is recalled.' },
} satisfies Words;

export const refusals = { ...flat, ...facts } satisfies Words;
