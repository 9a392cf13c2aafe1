import type { OrderText } from '@darmon/domain/order-message';
import { openOrders, type PurchaseOrder } from '@darmon/domain/purchase-order';
import { expect, test } from 'vitest';
import { orderUbl } from './order-ubl.ts';

const price = (gtin: string, about: object = {}) => ({
  supplier: 'SU-1',
  gtin,
  medicine: 'AMOX500CAP',
  packUnits: 16,
  brand: 'Amoxil <forte> & "co"',
  packPrice: 1_600_005,
  currency: 'UZS',
  minPacks: 1,
  multiple: 1,
  leadDays: 7,
  validFrom: '2026-01-01',
  ...about,
});
const textOf = (about: object = {}, supplier: object = {}): OrderText => {
  const [order] = openOrders(
    [
      { gtin: '09521020199013', packs: 3, site: 'PH-1', price: price('09521020199013', about) },
      { gtin: '09520000000042', packs: 2, site: 'PH-1', price: price('09520000000042', about) },
    ],
    {
      site: 'WH-1',
      person: 'planner',
      at: '2026-11-20T20:00:00.000Z',
      today: '2026-11-21',
      note: 'to the back door',
      newId: () => '01KAGZ5V9YV1Q5T1M0E9J7R2CD',
    },
  );
  return {
    order: order as PurchaseOrder,
    number: 'E9J7R2CD',
    supplier: {
      id: 'SU-1',
      name: 'Namuna & co',
      taxId: '300000001',
      country: 'UZ',
      active: true,
      version: 1,
      ...supplier,
    },
    site: { id: 'WH-1', name: 'Markaziy ombor', region: 'UZ-TK', address: 'Toshkent' },
  };
};

/** The sequences of the schema, as far as an order of ours may use them (UBL-Order-2.1.xsd, common aggregates 2.1). */
const sequences: Readonly<Record<string, readonly string[]>> = {
  Order:
    'UBLExtensions UBLVersionID CustomizationID ProfileID ProfileExecutionID ID SalesOrderID CopyIndicator UUID IssueDate IssueTime OrderTypeCode Note RequestedInvoiceCurrencyCode DocumentCurrencyCode PricingCurrencyCode TaxCurrencyCode CustomerReference AccountingCostCode AccountingCost LineCountNumeric ValidityPeriod QuotationDocumentReference OrderDocumentReference OriginatorDocumentReference CatalogueReference AdditionalDocumentReference Contract ProjectReference Signature BuyerCustomerParty SellerSupplierParty OriginatorCustomerParty FreightForwarderParty AccountingCustomerParty Delivery DeliveryTerms PaymentMeans PaymentTerms TransactionConditions AllowanceCharge TaxExchangeRate PricingExchangeRate PaymentExchangeRate DestinationCountry TaxTotal AnticipatedMonetaryTotal OrderLine'.split(
      ' ',
    ),
  LineItem:
    'ID SalesOrderID UUID Note LineStatusCode Quantity LineExtensionAmount TotalTaxAmount MinimumQuantity MaximumQuantity MinimumBackorderQuantity MaximumBackorderQuantity InspectionMethodCode PartialDeliveryIndicator BackOrderAllowedIndicator AccountingCostCode AccountingCost WarrantyInformation Delivery DeliveryTerms OriginatorParty OrderedShipment PricingReference AllowanceCharge Price Item SubLineItem WarrantyValidityPeriod WarrantyParty TaxTotal ItemPriceExtension LineReference'.split(
      ' ',
    ),
  Price: ['PriceAmount', 'BaseQuantity', 'PriceChangeReason', 'PriceTypeCode', 'PriceType', 'OrderableUnitFactorRate'],
  Item: 'Description PackQuantity PackSizeNumeric CatalogueIndicator Name HazardousRiskIndicator AdditionalInformation Keyword BrandName ModelName BuyersItemIdentification SellersItemIdentification ManufacturersItemIdentification StandardItemIdentification CatalogueItemIdentification'.split(
    ' ',
  ),
  Party:
    'MarkCareIndicator MarkAttentionIndicator WebsiteURI LogoReferenceID EndpointID IndustryClassificationCode PartyIdentification PartyName Language PostalAddress PhysicalLocation PartyTaxScheme PartyLegalEntity Contact Person AgentParty'.split(
      ' ',
    ),
  PostalAddress:
    'ID AddressTypeCode AddressFormatCode Postbox Floor Room StreetName AdditionalStreetName BlockName BuildingName BuildingNumber InhouseMail Department MarkAttention MarkCare PlotIdentification CitySubdivisionName CityName PostalZone CountrySubentity CountrySubentityCode Region District TimezoneOffset AddressLine Country'.split(
      ' ',
    ),
  PartyTaxScheme: ['RegistrationName', 'CompanyID', 'TaxLevelCode', 'ExemptionReasonCode', 'TaxScheme'],
  Delivery:
    'ID Quantity MinimumQuantity MaximumQuantity ActualDeliveryDate ActualDeliveryTime LatestDeliveryDate LatestDeliveryTime ReleaseID TrackingID DeliveryAddress DeliveryLocation AlternativeDeliveryLocation RequestedDeliveryPeriod PromisedDeliveryPeriod'.split(
      ' ',
    ),
  DeliveryLocation: ['ID', 'Description', 'Conditions', 'CountrySubentity', 'CountrySubentityCode', 'Address'],
  AnticipatedMonetaryTotal:
    'LineExtensionAmount TaxExclusiveAmount TaxInclusiveAmount AllowanceTotalAmount ChargeTotalAmount PrepaidAmount PayableRoundingAmount PayableAmount'.split(
      ' ',
    ),
};

interface Element {
  readonly name: string;
  readonly children: Element[];
}

/** The tree of a document that holds no comments; throws where a tag closes another one. */
const treeOf = (xml: string): Element => {
  const root: Element = { name: '', children: [] };
  const open = [root];
  for (const [, closing, name = ''] of xml.matchAll(/<(\/?)(?:\w+:)?(\w+)[^>?]*>/g)) {
    if (closing) expect(open.pop()?.name).toBe(name);
    else {
      const element = { name, children: [] };
      open.at(-1)?.children.push(element);
      open.push(element);
    }
  }
  expect(open).toEqual([root]);
  return root.children[0] as Element;
};

test('every element stands where the schema has it, and none is empty', () => {
  const walk = ({ name, children }: Element): void => {
    const sequence = sequences[name];
    if (sequence) {
      const places = children.map((c) => sequence.indexOf(c.name));
      expect(places, name).not.toContain(-1);
      expect(places, name).toEqual([...places].sort((a, b) => a - b));
    }
    for (const child of children) walk(child);
  };
  const xml = orderUbl(textOf());
  walk(treeOf(xml));
  expect(xml).not.toMatch(/<([\w:]+)[^>]*><\/\1>/);
  expect(treeOf(xml).children.filter((c) => c.name === 'OrderLine').length).toBe(2);
});

test('it says who, what, how much and until when, with the day of Tashkent', () => {
  const xml = orderUbl(textOf());
  expect(xml).toContain('<cbc:ID>E9J7R2CD</cbc:ID>');
  expect(xml).toContain('<cbc:UUID>01KAGZ5V9YV1Q5T1M0E9J7R2CD</cbc:UUID>');
  expect(xml).toContain('<cbc:IssueDate>2026-11-21</cbc:IssueDate>');
  expect(xml).toContain('<cbc:EndDate>2026-11-28</cbc:EndDate>');
  expect(xml).toContain('<cbc:Quantity unitCode="XPK">3</cbc:Quantity>');
  expect(xml).toContain('<cbc:PriceAmount currencyID="UZS">16000.05</cbc:PriceAmount>');
  expect(xml).toContain('<cbc:PayableAmount currencyID="UZS">80000.25</cbc:PayableAmount>');
  expect(xml).toContain('<cbc:ID schemeID="0160">09521020199013</cbc:ID>');
});

test('what people wrote is text and never markup', () => {
  const xml = orderUbl(textOf({}, { name: 'A < B & "C"\u0001' }));
  expect(xml).toContain('<cbc:Name>A &lt; B &amp; &quot;C&quot;</cbc:Name>');
  expect(xml).toContain('Amoxil &lt;forte&gt; &amp; &quot;co&quot;');
});

test('amounts have the decimals of their currency', () => {
  const yen = orderUbl(textOf({ currency: 'JPY', rate: 8_000_000, packPrice: 1_500 }));
  expect(yen).toContain('<cbc:PriceAmount currencyID="JPY">1500</cbc:PriceAmount>');
  const small = orderUbl(textOf({ packPrice: 5 }));
  expect(small).toContain('<cbc:PriceAmount currencyID="UZS">0.05</cbc:PriceAmount>');
});

test('a supplier with a location number is named by it', () => {
  expect(orderUbl(textOf({}, { gln: '4800000000007' }))).toContain('<cbc:ID schemeID="0088">4800000000007</cbc:ID>');
});
