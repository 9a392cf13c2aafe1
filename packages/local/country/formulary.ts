/**
 * The demo formulary: real medicines (INN, ATC, form, strength, class), invented brands and makers, and GTINs of GS1's
 * demonstration prefix 952, so that nothing here can be mistaken for a product on the market. Pure data: it knows
 * nothing of stock or sites.
 */
import { latinOf } from '@darmon/domain/cyrillic';
import { gtinCheckDigit } from '@darmon/domain/gs1-identifiers';
import { type Form, Medicine, type Pack, type Route, storages, type Unit } from '@darmon/domain/medicine';
import { medicinesAtoH } from './medicines-a-h.ts';
import { medicinesJtoV } from './medicines-j-v.ts';

/** What is counted and how it is given, where a line does not say otherwise. */
const byForm: Readonly<Record<Form, readonly [Unit, Route]>> = {
  tablet: ['tablet', 'oral'],
  'tablet-coated': ['tablet', 'oral'],
  'tablet-prolonged': ['tablet', 'oral'],
  'tablet-orodispersible': ['tablet', 'oral'],
  'tablet-sublingual': ['tablet', 'sublingual'],
  capsule: ['capsule', 'oral'],
  'capsule-prolonged': ['capsule', 'oral'],
  'solution-oral': ['ml', 'oral'],
  'suspension-oral': ['ml', 'oral'],
  'powder-oral': ['sachet', 'oral'],
  syrup: ['ml', 'oral'],
  'drops-oral': ['ml', 'oral'],
  'solution-injection': ['ampoule', 'intramuscular'],
  'powder-injection': ['vial', 'intramuscular'],
  'solution-infusion': ['ml', 'intravenous'],
  ointment: ['g', 'topical'],
  cream: ['g', 'topical'],
  gel: ['g', 'topical'],
  'eye-drops': ['ml', 'ophthalmic'],
  'eye-ointment': ['g', 'ophthalmic'],
  'ear-drops': ['ml', 'otic'],
  'nasal-spray': ['dose', 'nasal'],
  'nasal-drops': ['ml', 'nasal'],
  inhaler: ['dose', 'inhalation'],
  'inhalation-powder': ['dose', 'inhalation'],
  'solution-nebuliser': ['ampoule', 'inhalation'],
  suppository: ['suppository', 'rectal'],
  pessary: ['piece', 'vaginal'],
  patch: ['patch', 'transdermal'],
  'pen-injection': ['pen', 'subcutaneous'],
  'spray-oral': ['dose', 'buccal'],
  lozenge: ['piece', 'buccal'],
};

/** Three digits that stand for the maker in its GTINs, its name, and the ending of its brands. All invented. */
const genericMakers = [
  ['101', 'Buloqsoy Farm (demo)'],
  ['102', 'Lojuvard Labs (demo)'],
  ['103', 'Sarbonzor (demo)'],
] as const;
const brandMakers = [
  ['201', 'Oqtosh Pharma (demo)', 'darm'],
  ['202', 'Gulqand Pharma (demo)', 'shif'],
  ['203', 'Tongyulduz (demo)', 'vard'],
  ['204', 'Koʻksoy Pharma (demo)', 'nuri'],
] as const;

const choose = <T>(from: readonly T[], by: string): T => {
  let sum = 0;
  for (const character of by) sum += character.codePointAt(0) as number;
  return from[sum % from.length] as T;
};

const gtinOf = (maker: string, medicine: string, ordinal: number): string => {
  const body = `0952${maker}${medicine}${String(ordinal).padStart(2, '0')}`;
  return body + gtinCheckDigit(body);
};

// By themselves these two are spelt otherwise than a search needs them.
const spelling: Readonly<Record<string, string>> = { ...latinOf, ц: 's', ъ: 'ʼ' };
const vowels = 'аеёиоуыэюя';

/** An international name from Russian as Uzbek spells it in Latin script: ts and ye only after a vowel. */
const uzbekSpelling = (russian: string): string =>
  Array.from(russian, (letter, at) => {
    const afterVowel = vowels.includes(russian[at - 1] ?? ' ');
    if (letter === 'ц' && afterVowel) return 'ts';
    if (letter === 'е' && afterVowel) return 'ye';
    return spelling[letter] ?? letter;
  }).join('');

const cells = (line: string): string[] => line.split('|').map((cell) => cell.trim());

/**
 * The packs of one medicine: each size from a generic maker, whose blisters are perforated and so can be parted to the
 * single unit, and the first size as a brand, whose blisters are handed over whole. A size without blisters is a bottle.
 */
const packsOf = (number: string, inn: string, stem: string, sizes: string): Pack[] => {
  const [generic, genericMaker] = choose(genericMakers, number);
  const [brand, brandMaker, ending] = choose(brandMakers, stem);
  const packs = sizes.split(' ').map((size, at): Pack => {
    const [units, blister] = size.split('/');
    return {
      gtin: gtinOf(generic, number, at + 1),
      units: Number(units),
      brand: inn.charAt(0).toUpperCase() + inn.slice(1),
      maker: genericMaker,
      ...(blister ? { divisibleBy: 1 } : {}),
    };
  });
  const [units, blister] = (sizes.split(' ')[0] as string).split('/');
  packs.push({
    gtin: gtinOf(brand, number, 1),
    units: Number(units),
    brand: stem + ending,
    maker: brandMaker,
    ...(blister ? { divisibleBy: Number(blister) } : {}),
  });
  return packs;
};

const readTable = (table: string): Medicine[] => {
  const medicines: Medicine[] = [];
  let head: string[] = [];
  for (const line of table.split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    if (!line.startsWith(' ')) {
      head = cells(line);
      continue;
    }
    const [inn = '', innRu = '', atc, traits = '', stem = '', innUz] = head;
    const [name = '', strength, sizes = '', routes, unit] = cells(line);
    const [number = '', code, form = ''] = name.split(' ');
    const usual = byForm[form as Form] ?? [];
    const [medicineClass, ...flags] = traits.split(' ');
    const storage = storages.find((one) => flags.includes(one));
    medicines.push(
      Medicine.parse({
        code,
        inn,
        innRu,
        innUz: innUz ?? uzbekSpelling(innRu),
        atc,
        form,
        strength,
        class: medicineClass,
        reimbursed: flags.includes('reimbursed'),
        registered: !flags.includes('unregistered'),
        unit: unit ?? usual[0],
        routes: routes ? routes.split(',') : [usual[1]],
        packs: packsOf(number, inn, stem, sizes),
        ...(storage && { storage }),
        ...(flags.includes('release') && { qualityRelease: true }),
      }),
    );
  }
  return medicines;
};

/** Every medicine of the demo country, in the order of their ATC groups. Codes and GTINs never change their meaning. */
export const formulary: readonly Medicine[] = [...readTable(medicinesAtoH), ...readTable(medicinesJtoV)];

/** What a well-stocked pharmacy holds: everything that may be prescribed or sold to an outpatient. */
export const stockedMedicines: readonly Medicine[] = formulary.filter(
  (m) => m.registered && m.class !== 'anaesthetic' && !m.qualityRelease,
);

/** What lies in the central store alone, and waits there for quality control: vaccines and immunoglobulins. */
export const releasedMedicines: readonly Medicine[] = formulary.filter((m) => m.qualityRelease);
