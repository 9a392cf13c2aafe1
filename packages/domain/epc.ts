/**
 * Electronic product codes as EPCIS documents name things (GS1 EPC Tag Data Standard 2.0, section 6; EPCIS 2.0, section 6.4):
 * packs with a serial number, amounts of a lot, logistic units; as URNs or as GS1 Digital Link URIs.
 */
import { logisticUnitOf, packOf, parseGs1 } from './gs1.ts';
import { gtinCheckDigit, isAllZeros } from './gs1-identifiers.ts';
import { isSscc } from './sheet-values.ts';

export type Epc =
  | { readonly kind: 'pack'; readonly gtin: string; readonly serial?: string; readonly lot?: string }
  | { readonly kind: 'unit'; readonly sscc: string };

const longest = 500;

// In a URN the characters that URIs keep for themselves are percent-encoded (section 6.3.1).
const plainOf = (encoded: string): string | undefined => {
  try {
    const text = decodeURIComponent(encoded);
    return /^[!-"%-?A-Z_a-z]{1,20}$/.test(text) ? text : undefined;
  } catch {
    return undefined;
  }
};

/** The indicator digit stands before the company's prefix in a GTIN, and behind it in a URN. */
const gtinOf = (company: string, item: string): string | undefined => {
  if (company.length < 6 || company.length > 12 || company.length + item.length !== 13) return undefined;
  const body = item.charAt(0) + company + item.slice(1);
  return isAllZeros(body) ? undefined : body + gtinCheckDigit(body);
};

const packOfUrn = (company: string, item: string, rest: string, what: string): Epc | undefined => {
  const gtin = gtinOf(company, item);
  if (gtin === undefined) return undefined;
  if (what === 'idpat:sgtin') return rest === '*' ? { kind: 'pack', gtin } : undefined;
  const text = plainOf(rest);
  if (text === undefined) return undefined;
  return what === 'class:lgtin' ? { kind: 'pack', gtin, lot: text } : { kind: 'pack', gtin, serial: text };
};

const unitOfUrn = (company: string, reference: string): Epc | undefined => {
  if (company.length < 6 || company.length > 12 || company.length + reference.length !== 17) return undefined;
  const body = reference.charAt(0) + company + reference.slice(1);
  const sscc = body + gtinCheckDigit(body);
  return isSscc(sscc) ? { kind: 'unit', sscc } : undefined;
};

/** What a name stands for, or nothing where it is none of these. `today` is `YYYY-MM-DD`. */
export const readEpc = (name: string, today: string): Epc | undefined => {
  if (name.length > longest) return undefined;
  const urn = /^urn:epc:(id:sgtin|class:lgtin|idpat:sgtin):(\d{6,12})\.(\d{1,7})\.(.+)$/i.exec(name);
  if (urn) return packOfUrn(urn[2] as string, urn[3] as string, urn[4] as string, (urn[1] as string).toLowerCase());
  const sscc = /^urn:epc:id:sscc:(\d{6,12})\.(\d{5,11})$/i.exec(name);
  if (sscc) return unitOfUrn(sscc[1] as string, sscc[2] as string);
  if (!/^https?:\/\//i.test(name)) return undefined;
  const scan = parseGs1(name, { today });
  if (scan.kind === 'refused') return undefined;
  const unit = logisticUnitOf(scan.elements, today);
  if (unit) return { kind: 'unit', sscc: unit.sscc };
  const pack = packOf(scan.elements, today);
  if (!pack) return undefined;
  const { gtin, serial, lot } = pack;
  return { kind: 'pack', gtin, ...(serial !== undefined && { serial }), ...(lot !== undefined && { lot }) };
};
