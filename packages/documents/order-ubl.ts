/**
 * A purchase order as OASIS UBL 2.1 (ISO/IEC 19845:2015), for systems of suppliers that read it. Elements stand in the
 * order of the schema, since its sequences allow no other; an element that would be empty is left out, as UBL asks. Amounts
 * have the decimals of their currency. It names no person.
 */
import type { OrderText } from '@darmon/domain/order-message';
import { tashkentDay } from '@darmon/domain/time';
import { plainAmount } from '@darmon/i18n/money';

const namespaces = {
  xmlns: 'urn:oasis:names:specification:ubl:schema:xsd:Order-2',
  'xmlns:cac': 'urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2',
  'xmlns:cbc': 'urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2',
};

/** Children in their order; undefined ones do not stand there. */
type Node = readonly [
  name: string,
  content: string | readonly (Node | undefined)[],
  attributes?: Record<string, string>,
];

const escaped = (text: string): string =>
  text
    // what XML 1.0 cannot hold at all is left out
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

const written = ([name, content, attributes = {}]: Node, indent: string): string => {
  const named = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  const open = `${indent}<${name}${named.join('')}>`;
  if (typeof content === 'string') return `${open}${escaped(content)}</${name}>`;
  const inside = content.filter((node) => node !== undefined).map((node) => written(node, `${indent}  `));
  return [open, ...inside, `${indent}</${name}>`].join('\n');
};

const maybe = (name: string, text: string | undefined): Node | undefined =>
  text === undefined || text.trim() === '' ? undefined : [name, text];

/** The buyer is the authority that runs the system, named here by the place of delivery. */
const partyOf = (of: {
  id: string;
  scheme?: string;
  name: string;
  address?: string | undefined;
  region?: string;
  country: string;
  taxId?: string | undefined;
}): Node => [
  'cac:Party',
  [
    ['cac:PartyIdentification', [['cbc:ID', of.id, of.scheme === undefined ? {} : { schemeID: of.scheme }]]],
    ['cac:PartyName', [['cbc:Name', of.name]]],
    [
      'cac:PostalAddress',
      [
        maybe('cbc:CountrySubentityCode', of.region),
        of.address === undefined ? undefined : ['cac:AddressLine', [['cbc:Line', of.address]]],
        ['cac:Country', [['cbc:IdentificationCode', of.country]]],
      ],
    ],
    of.taxId === undefined
      ? undefined
      : [
          'cac:PartyTaxScheme',
          [
            ['cbc:CompanyID', of.taxId],
            ['cac:TaxScheme', [['cbc:ID', 'TIN']]],
          ],
        ],
    ['cac:PartyLegalEntity', [['cbc:RegistrationName', of.name]]],
  ],
];

/** The order as an XML document in UTF-8. The same order gives the same text. */
export const orderUbl = ({ order, number, supplier, site }: OrderText): string => {
  const { currency } = order;
  const money = (name: string, amount: number): Node => [name, plainAmount(amount, currency), { currencyID: currency }];
  const lines = order.lines.map(
    (line): Node => [
      'cac:OrderLine',
      [
        [
          'cac:LineItem',
          [
            ['cbc:ID', String(line.line)],
            // XPK is a package (UNECE recommendations 20 and 21)
            ['cbc:Quantity', String(line.packs), { unitCode: 'XPK' }],
            money('cbc:LineExtensionAmount', line.packs * line.packPrice),
            ['cbc:PartialDeliveryIndicator', 'true'],
            ['cac:Price', [money('cbc:PriceAmount', line.packPrice), ['cbc:BaseQuantity', '1', { unitCode: 'XPK' }]]],
            [
              'cac:Item',
              [
                ['cbc:PackSizeNumeric', String(line.packUnits)],
                ['cbc:Name', line.brand],
                ['cac:BuyersItemIdentification', [['cbc:ID', line.medicine]]],
                // 0160 is GTIN (ISO/IEC 6523)
                ['cac:StandardItemIdentification', [['cbc:ID', line.gtin, { schemeID: '0160' }]]],
              ],
            ],
          ],
        ],
      ],
    ],
  );
  const root: Node = [
    'Order',
    [
      ['cbc:UBLVersionID', '2.1'],
      ['cbc:ID', number],
      ['cbc:UUID', order.id],
      ['cbc:IssueDate', tashkentDay(Date.parse(order.at))],
      maybe('cbc:Note', order.note),
      ['cbc:DocumentCurrencyCode', currency],
      ['cbc:LineCountNumeric', String(order.lines.length)],
      [
        'cac:BuyerCustomerParty',
        [partyOf({ id: site.id, name: site.name, address: site.address, region: site.region, country: 'UZ' })],
      ],
      [
        'cac:SellerSupplierParty',
        [
          partyOf({
            ...(supplier.gln === undefined ? { id: supplier.id } : { id: supplier.gln, scheme: '0088' }),
            name: supplier.name,
            address: supplier.address,
            country: supplier.country,
            taxId: supplier.taxId,
          }),
        ],
      ],
      [
        'cac:Delivery',
        [
          [
            'cac:DeliveryLocation',
            [
              ['cbc:ID', site.id],
              ['cbc:Description', site.name],
            ],
          ],
          ['cac:RequestedDeliveryPeriod', [['cbc:EndDate', order.due]]],
        ],
      ],
      [
        'cac:AnticipatedMonetaryTotal',
        [money('cbc:LineExtensionAmount', order.value), money('cbc:PayableAmount', order.value)],
      ],
      ...lines,
    ],
    namespaces,
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>\n${written(root, '')}\n`;
};
