/**
 * Names by which people head the columns of their sheets, and by which they call kinds of sites. Spelling, script and case
 * do not matter, and the Uzbek ones serve both scripts; what stands here is what other programs and people really write.
 * Names are looked for, never shown: what is shown is in `sheet.ts`.
 */
import type { Field, HeaderNames } from '@darmon/domain/sheet';
import type { SiteKind } from '@darmon/domain/standing';
import { transliterate } from '../transliterate.ts';
import { regions } from './regions.ts';
import { sheet } from './sheet.ts';

const more: HeaderNames = {
  gtin: ['штрихкод', 'штрих код', 'ean', 'ean13', 'barcode', 'gtin14', 'shtrix kod', 'shtrixkod'],
  medicine: ['код', 'код препарата', 'kod', 'dori kodi', 'code', 'item code', 'product code', 'ksm'],
  lot: [
    'серия',
    'партия',
    'номер серии',
    'seriya raqami',
    'partiya',
    'lot number',
    'batch',
    'batch number',
    'batch no',
  ],
  expiryDate: [
    'годен до',
    'срок',
    'срок годности',
    'годность',
    'дата окончания срока',
    'muddat',
    'muddati',
    'yaroqlilik',
    'yaroqli',
    'expiry',
    'expiry date',
    'expiration date',
    'exp',
    'use by',
    'best before',
  ],
  quantity: [
    'единиц',
    'количество',
    'количество единиц',
    'кол во',
    'остаток',
    'расход',
    'отпущено',
    'штук',
    'шт',
    'miqdor',
    'miqdori',
    'soni',
    'qoldiq',
    'sarf',
    'dona',
    'units',
    'quantity',
    'qty',
    'balance',
    'used',
    'consumption',
  ],
  packs: [
    'упаковки',
    'упаковок',
    'количество упаковок',
    'кол во упаковок',
    'уп',
    'пачек',
    'quti',
    'qutilar',
    'qadoq',
    'qadoqlar',
    'packs',
    'packages',
    'boxes',
    'pack count',
  ],
  packPrice: [
    'цена',
    'цена упаковки',
    'цена за упаковку',
    'цена сум',
    'стоимость',
    'narx',
    'narxi',
    'quti narxi',
    'qadoq narxi',
    'price',
    'unit price',
    'pack price',
  ],
  price: [
    'цена',
    'цена упаковки',
    'цена за упаковку',
    'отпускная цена',
    'narx',
    'narxi',
    'qadoq narxi',
    'price',
    'unit price',
  ],
  currency: ['валюта', 'valyuta', 'currency'],
  rate: ['курс', 'курс валюты', 'kurs', 'kursi', 'rate', 'exchange rate'],
  minPacks: ['минимум', 'минимальный заказ', 'мин партия', 'eng kam', 'kamida', 'minimum', 'moq', 'minimum order'],
  multiple: ['кратность', 'кратно', 'karrali', 'multiple', 'multiples of', 'order multiple'],
  leadDays: [
    'срок поставки',
    'доставка дней',
    'дней доставки',
    'yetkazish',
    'yetkazish kun',
    'lead time',
    'lead days',
    'delivery days',
  ],
  validFrom: ['действует с', 'с даты', 'дата', 'qaysi kundan', 'boshlanishi', 'valid from', 'from'],
  validUntil: ['действует до', 'по дату', 'qaysi kungacha', 'tugashi', 'valid until', 'valid to', 'until'],
  source: ['основание', 'источник', 'приказ', 'asos', 'manba', 'source', 'decision'],
  zone: ['зона', 'зона хранения', 'склад', 'zona', 'hudud', 'zone', 'area'],
  shelf: ['полка', 'стеллаж', 'ячейка', 'место', 'tokcha', 'javon', 'joy', 'shelf', 'bin', 'location', 'rack'],
  id: ['код учреждения', 'идентификатор', 'muassasa kodi', 'id', 'site', 'site id', 'code'],
  kind: ['вид', 'тип', 'тип учреждения', 'turi', 'tur', 'kind', 'type', 'site type'],
  name: ['название', 'наименование', 'nomi', 'nom', 'name', 'site name', 'title'],
  region: ['регион', 'область', 'viloyat', 'hudud', 'region', 'province'],
  address: ['адрес', 'manzil', 'manzili', 'address'],
  licenceNumber: [
    'лицензия',
    'номер лицензии',
    'litsenziya',
    'litsenziya raqami',
    'licence',
    'license',
    'license number',
  ],
  licenceFrom: [
    'лицензия с',
    'дата выдачи',
    'лицензия от',
    'litsenziya boshlanishi',
    'license from',
    'valid from',
    'issued',
  ],
  licenceUntil: [
    'лицензия по',
    'лицензия до',
    'действует до',
    'litsenziya tugashi',
    'license until',
    'valid until',
    'valid to',
  ],
  site: [
    'код учреждения',
    'код аптеки',
    'аптека',
    'склад',
    'muassasa kodi',
    'dorixona',
    'ombor',
    'site',
    'site id',
    'pharmacy',
    'facility',
  ],
  period: ['период', 'месяц', 'дата', 'день', 'davr', 'oy', 'sana', 'kun', 'period', 'month', 'date', 'day'],
  daysOut: [
    'дней без препарата',
    'дней без остатка',
    'дни отсутствия',
    'дефицит дней',
    'boʻlmagan kunlar',
    'qoldiqsiz kunlar',
    'days out',
    'days out of stock',
    'stock out days',
    'stockout days',
  ],
  sscc: ['код короба', 'код паллеты', 'короб', 'паллета', 'quti kodi', 'sscc', 'pallet', 'carton', 'logistic unit'],
};

const shown = (field: Field): readonly string[] => {
  const { uz, ru, en } = sheet[`field.${field}`];
  return [uz, ru, en];
};

// Both scripts of Uzbek: an x of one is an h to most readers, and a kh of the other is not an x.
const inBothScripts = (names: readonly string[]): readonly string[] => [
  ...new Set([...names, ...names.map(transliterate)]),
];

const namesOf = (field: Field): readonly string[] => inBothScripts([...shown(field), ...more[field]]);

/** For each field its names as our templates head it, and as others do. */
export const headerNames: HeaderNames = Object.fromEntries(
  (Object.keys(more) as Field[]).map((field) => [field, namesOf(field)] as const),
) as unknown as HeaderNames;

/** Words for kinds of sites and for regions, under their codes. */
export const siteWords: {
  readonly kinds: Readonly<Record<SiteKind, readonly string[]>>;
  readonly regions: Readonly<Record<string, readonly string[]>>;
} = {
  kinds: {
    clinic: inBothScripts([
      'klinika',
      'poliklinika',
      'shifoxona',
      'клиника',
      'поликлиника',
      'больница',
      'hospital',
      'polyclinic',
    ]),
    pharmacy: inBothScripts(['dorixona', 'аптека', 'drugstore', 'chemist']),
    warehouse: inBothScripts(['ombor', 'склад', 'store', 'depot']),
    office: inBothScripts(['boshqarma', 'idora', 'офис', 'управление', 'administration']),
  },
  regions: Object.fromEntries(
    Object.entries(regions).map(([code, { uz, ru, en }]) => {
      const short = [uz, ru, en].map((name) =>
        name.replace(/ (?:viloyati|Respublikasi|область|Region)$/u, '').replace(/^(?:Республика|Republic of) /u, ''),
      );
      // The city and its region share their short name, so neither answers to it.
      return [code, inBothScripts(code === 'UZ-TK' || code === 'UZ-TO' ? [uz, ru, en] : [uz, ru, en, ...short])];
    }),
  ),
};
