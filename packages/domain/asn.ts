/**
 * What a supplier announces: lines by lot, and which carton and pallet holds them. From rows of a sheet, or from EPCIS 2.0
 * events as JSON (GS1 EPCIS and CBV 2.0, ISO/IEC 19987 and 19988). A document from outside may be anything: it is bounded,
 * and what contradicts itself is a problem, never half a list.
 */
import { type Epc, readEpc } from './epc.ts';
import type { ExpectedLine, ExpectedUnit } from './receiving.ts';
import type { ExpectedRow } from './sheet-rows.ts';
import { readDay } from './sheet-values.ts';

export interface ExpectedList {
  /** The number of the delivery note, where the document names it. */
  readonly number?: string;
  readonly lines: readonly ExpectedLine[];
  readonly units: readonly ExpectedUnit[];
}

export const asnProblemCodes = [
  'not-epcis',
  'no-shipping',
  'bad-epc',
  'two-parents',
  'cycle',
  'too-deep',
  'too-many',
  'empty-unit',
  'lot-missing',
  'expiry-differs',
  'bad-date',
  'bad-quantity',
  'not-counted',
  'repeated',
] as const;
export interface AsnProblem {
  readonly code: (typeof asnProblemCodes)[number];
  /** `at` is the place in the document, as a JSON pointer. */
  readonly facts: Readonly<Record<string, string | number>>;
}
export type AsnReading =
  | { readonly list: ExpectedList; readonly problems?: undefined }
  | { readonly list?: undefined; readonly problems: readonly AsnProblem[] };

/** Bounds of a document. A pallet of cartons of bundles of packs is four deep. */
const maxEvents = 10_000;
const maxNames = 200_000;
const maxDepth = 8;
/** A person mends the first ones and loads the file again. */
const maxProblems = 100;

// --- what stands on a line -------------------------------------------------------------------------------------------

interface Content {
  readonly gtin: string;
  readonly lot: string;
  readonly expiryDate?: string;
  readonly packs: number;
  readonly serial?: string;
  readonly packPrice?: number;
}

/** Contents as lines, one a lot and price. */
const linesOf = (contents: readonly Content[]): ExpectedLine[] => {
  const lines = new Map<string, ExpectedLine & { serials?: string[] }>();
  for (const { gtin, lot, expiryDate, packs, serial, packPrice } of contents) {
    const name = `${gtin}#${lot}#${packPrice ?? ''}`;
    const line = lines.get(name) ?? {
      gtin,
      lot,
      ...(expiryDate !== undefined && { expiryDate }),
      packs: 0,
      ...(packPrice !== undefined && { packPrice }),
    };
    line.packs += packs;
    if (expiryDate !== undefined) line.expiryDate ??= expiryDate;
    if (serial !== undefined) {
      line.serials ??= [];
      line.serials.push(serial);
    }
    lines.set(name, line);
  }
  return [...lines.values()];
};

const unitLines = (contents: readonly Content[]): ExpectedUnit['lines'] =>
  linesOf(contents.map(({ packPrice: _, ...content }) => content));

/** A list from rows of a sheet; rows that name an SSCC are the content of that unit. */
export const listOfRows = (rows: readonly ExpectedRow[]): ExpectedList => {
  const units = new Map<string, ExpectedRow[]>();
  for (const row of rows)
    if (row.sscc !== undefined) {
      const held = units.get(row.sscc) ?? [];
      held.push(row);
      units.set(row.sscc, held);
    }
  return { lines: linesOf(rows), units: [...units].map(([sscc, held]) => ({ sscc, lines: unitLines(held) })) };
};

// --- EPCIS -----------------------------------------------------------------------------------------------------------

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const arrayOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];
const textOf = (value: unknown): string | undefined => {
  const plain = isObject(value) ? value['@value'] : value;
  return typeof plain === 'string' ? plain : undefined;
};
/** `shipping` of `urn:epcglobal:cbv:bizstep:shipping`, of `https://ref.gs1.org/cbv/BizStep-shipping` and of itself. */
const lastWord = (value: unknown): string => /[^:/#-]*$/.exec(textOf(value) ?? '')?.[0] ?? '';

interface Known {
  lot?: string;
  expiryDate?: string;
}

interface Amount {
  readonly name: string;
  readonly quantity: number;
  readonly at: string;
}

interface Read {
  readonly problems: AsnProblem[];
  readonly today: string;
  /** Each name read once. */
  readonly epcs: Map<string, Epc>;
  /** Lot and expiry date by name of a thing, or of an amount of a lot. */
  readonly known: Map<string, Known>;
  readonly parentOf: Map<string, string>;
  readonly childrenOf: Map<string, Set<string>>;
  readonly amountsIn: Map<string, Amount[]>;
  names: number;
}

const fail = (read: Read, code: AsnProblem['code'], facts: AsnProblem['facts']): undefined => {
  if (read.problems.length < maxProblems) read.problems.push({ code, facts });
  return undefined;
};

/** One name for one thing, however it is spelt. */
const canonical = (epc: Epc): string =>
  epc.kind === 'unit' ? `00${epc.sscc}` : `01${epc.gtin}#${epc.lot ?? ''}#${epc.serial ?? ''}`;

const nameAt = (read: Read, value: unknown, at: string): string | undefined => {
  read.names += 1;
  if (read.names > maxNames)
    return read.names === maxNames + 1 ? fail(read, 'too-many', { most: maxNames }) : undefined;
  const text = textOf(value) ?? '';
  const epc = readEpc(text, read.today);
  if (!epc) return fail(read, 'bad-epc', { at, value: text.slice(0, 80) });
  const name = canonical(epc);
  read.epcs.set(name, epc);
  return name;
};

const namesAt = (read: Read, value: unknown, at: string): string[] =>
  arrayOf(value).flatMap((one, i) => nameAt(read, one, `${at}/${i}`) ?? []);

const amountsAt = (read: Read, value: unknown, at: string): Amount[] =>
  arrayOf(value).flatMap((one, i): Amount[] => {
    const here = `${at}/${i}`;
    const name = nameAt(read, isObject(one) ? one.epcClass : undefined, `${here}/epcClass`);
    if (name === undefined || !isObject(one)) return [];
    // A unit of measure means kilograms or litres, not packs (EPCIS 2.0, 7.3.3.3).
    if (one.uom !== undefined) fail(read, 'not-counted', { at: `${here}/uom` });
    else if (
      typeof one.quantity !== 'number' ||
      !Number.isInteger(one.quantity) ||
      one.quantity < 1 ||
      one.quantity > 1_000_000
    )
      fail(read, 'bad-quantity', { at: `${here}/quantity` });
    else return [{ name, quantity: one.quantity, at: here }];
    return [];
  });

/** Lot and expiry date that an event tells of what it names. */
const learn = (read: Read, ilmd: unknown, names: readonly string[], at: string): void => {
  if (!isObject(ilmd)) return;
  const told: Known = {};
  for (const [key, value] of Object.entries(ilmd)) {
    const text = textOf(value);
    if (text === undefined) continue;
    if (lastWord(key) === 'lotNumber') told.lot = text;
    if (lastWord(key) === 'itemExpirationDate') {
      const day = readDay(text.replace(/[+-]\d{2}:?\d{2}$/, ''), undefined);
      if (day.kind === 'value') told.expiryDate = day.value;
      else fail(read, 'bad-date', { at: `${at}/ilmd`, value: text.slice(0, 40) });
    }
  }
  for (const name of names) {
    const before = read.known.get(name);
    if (before?.expiryDate && told.expiryDate && before.expiryDate !== told.expiryDate)
      fail(read, 'expiry-differs', { at, first: before.expiryDate, second: told.expiryDate });
    read.known.set(name, { ...told, ...before });
  }
};

const putIn = (read: Read, parent: string, children: readonly string[], at: string): void => {
  for (const child of children) {
    const before = read.parentOf.get(child);
    // An amount of a lot may lie in many boxes; a thing with a name of its own lies in one.
    if (before !== undefined && before !== parent) {
      fail(read, 'two-parents', { at, value: child.slice(0, 80) });
      continue;
    }
    read.parentOf.set(child, parent);
    const held = read.childrenOf.get(parent) ?? new Set();
    held.add(child);
    read.childrenOf.set(parent, held);
  }
};

const takeOut = (read: Read, parent: string, children: readonly string[]): void => {
  const held = read.childrenOf.get(parent);
  // Without children named, everything comes out (EPCIS 2.0, 7.4.3).
  for (const child of children.length > 0 ? children : [...(held ?? [])]) {
    held?.delete(child);
    if (read.parentOf.get(child) === parent) read.parentOf.delete(child);
  }
  if (children.length === 0) read.amountsIn.delete(parent);
};

interface Sent {
  readonly things: string[];
  readonly amounts: Amount[];
  number?: string;
}

const aggregate = (read: Read, event: Json, sent: Sent, at: string): void => {
  const parent = nameAt(read, event.parentID, `${at}/parentID`);
  const children = namesAt(read, event.childEPCs, `${at}/childEPCs`);
  const amounts = amountsAt(read, event.childQuantityList, `${at}/childQuantityList`);
  if (parent === undefined) return;
  if (event.action === 'DELETE') {
    takeOut(read, parent, children);
    return;
  }
  if (lastWord(event.bizStep) === 'shipping') sent.things.push(parent);
  // What is observed together was put together before; told again, it is not there twice.
  const isAgain = event.action === 'OBSERVE' && (read.childrenOf.has(parent) || read.amountsIn.has(parent));
  putIn(read, parent, children, at);
  if (!isAgain && amounts.length > 0) read.amountsIn.set(parent, [...(read.amountsIn.get(parent) ?? []), ...amounts]);
};

const readEvent = (read: Read, event: unknown, sent: Sent, at: string): void => {
  if (!isObject(event)) {
    fail(read, 'not-epcis', { at });
    return;
  }
  if (event.type === 'AggregationEvent') aggregate(read, event, sent, at);
  else if (event.type === 'ObjectEvent') {
    const things = namesAt(read, event.epcList, `${at}/epcList`);
    const amounts = amountsAt(read, event.quantityList, `${at}/quantityList`);
    learn(read, event.ilmd, [...things, ...amounts.map(({ name }) => name)], at);
    if (lastWord(event.bizStep) !== 'shipping' || event.action === 'DELETE') return;
    sent.things.push(...things);
    sent.amounts.push(...amounts);
  } else return;
  for (const document of arrayOf(event.bizTransactionList)) {
    if (!isObject(document) || lastWord(document.type) !== 'desadv') continue;
    const number = /[^:/]*$/.exec(textOf(document.bizTransaction) ?? '')?.[0].slice(0, 40);
    if (number) sent.number ??= number;
  }
};

/** What is in a thing and below it, where each unit gets what it holds itself or in a box without an SSCC. */
const unpack = (read: Read, sent: Sent) => {
  const all: Content[] = [];
  const units: { sscc: string; parent?: string; contents: Content[] }[] = [];
  const contentOf = (name: string, quantity: number, at: string): Content | undefined => {
    const epc = read.epcs.get(name);
    if (epc?.kind !== 'pack') return fail(read, 'bad-epc', { at, value: name });
    const known = read.known.get(name);
    const lot = epc.lot ?? known?.lot;
    if (lot === undefined) return fail(read, 'lot-missing', { at, gtin: epc.gtin });
    const expiryDate =
      known?.expiryDate ?? read.known.get(canonical({ kind: 'pack', gtin: epc.gtin, lot }))?.expiryDate;
    return {
      gtin: epc.gtin,
      lot,
      packs: quantity,
      ...(expiryDate !== undefined && { expiryDate }),
      ...(epc.serial !== undefined && { serial: epc.serial }),
    };
  };
  const put = (content: Content | undefined, into: Content[] | undefined): void => {
    if (!content) return;
    all.push(content);
    into?.push(content);
  };
  const visit = (name: string, into: (typeof units)[number] | undefined, depth: number): void => {
    if (depth > maxDepth) {
      fail(read, 'too-deep', { most: maxDepth, value: name });
      return;
    }
    const epc = read.epcs.get(name);
    const children = read.childrenOf.get(name) ?? new Set<string>();
    const amounts = read.amountsIn.get(name) ?? [];
    if (children.size === 0 && amounts.length === 0) {
      if (epc?.kind === 'pack') put(contentOf(name, 1, name), into?.contents);
      else fail(read, 'empty-unit', { value: name.slice(2) });
      return;
    }
    const unit =
      epc?.kind === 'unit' ? { sscc: epc.sscc, ...(into && { parent: into.sscc }), contents: [] as Content[] } : into;
    if (unit && unit !== into) units.push(unit);
    for (const child of children) visit(child, unit, depth + 1);
    for (const { name: of, quantity, at } of amounts) put(contentOf(of, quantity, at), unit?.contents);
  };
  // A carton that is named beside its pallet is sent once.
  const things = [...new Set(sent.things)];
  const named = new Set(things);
  for (const thing of things) if (!isBelow(read, thing, named)) visit(thing, undefined, 1);
  for (const { name, quantity, at } of sent.amounts) put(contentOf(name, quantity, at), undefined);
  return { all, units };
};

const isBelow = (read: Read, thing: string, named: ReadonlySet<string>): boolean => {
  for (
    let above = read.parentOf.get(thing), i = 0;
    above !== undefined && i <= maxDepth;
    above = read.parentOf.get(above), i++
  )
    if (named.has(above)) return true;
  return false;
};

/** Things that lie in themselves, by way of others: nothing of them can be sent. */
const findCycles = (read: Read): void => {
  const sound = new Set<string>();
  for (const first of read.parentOf.keys()) {
    const trail = new Set<string>();
    let at: string | undefined = first;
    while (at !== undefined && !sound.has(at) && !trail.has(at)) {
      trail.add(at);
      at = read.parentOf.get(at);
    }
    if (at !== undefined && trail.has(at)) fail(read, 'cycle', { value: at.slice(0, 80) });
    for (const name of trail) sound.add(name);
  }
};

/** One lot has one expiry date, and one serial number is one pack. */
const findContradictions = (read: Read, contents: readonly Content[]): void => {
  const dates = new Map<string, string>();
  const packs = new Set<string>();
  for (const { gtin, lot, expiryDate, serial } of contents) {
    const name = `${gtin}#${lot}`;
    const before = dates.get(name);
    if (expiryDate !== undefined && before !== undefined && before !== expiryDate)
      fail(read, 'expiry-differs', { at: name, first: before, second: expiryDate });
    if (expiryDate !== undefined && before === undefined) dates.set(name, expiryDate);
    if (serial === undefined) continue;
    const pack = `${gtin}#${serial}`;
    if (packs.has(pack)) fail(read, 'repeated', { value: pack });
    packs.add(pack);
  }
};

const eventsOf = (document: unknown): readonly unknown[] | undefined => {
  if (!isObject(document) || !isObject(document.epcisBody)) return undefined;
  const body = document.epcisBody;
  const results =
    isObject(body.queryResults) && isObject(body.queryResults.resultsBody) ? body.queryResults.resultsBody : body;
  return results.eventList === undefined && body.event === undefined
    ? undefined
    : [...arrayOf(results.eventList), ...arrayOf(body.event)];
};

const timeOf = (event: unknown): number => (isObject(event) ? Date.parse(textOf(event.eventTime) ?? '') || 0 : 0);

/**
 * The list in an EPCIS 2.0 document (JSON that has been parsed): what its shipping events name, with what lies in it by
 * its aggregation events, in the order of their times; lots and expiry dates from `ilmd` and from names. `today` is
 * `YYYY-MM-DD`. Either the whole list or at least one problem.
 */
export const listOfEpcis = (document: unknown, today: string): AsnReading => {
  const read: Read = {
    problems: [],
    today,
    epcs: new Map(),
    known: new Map(),
    parentOf: new Map(),
    childrenOf: new Map(),
    amountsIn: new Map(),
    names: 0,
  };
  const events = eventsOf(document);
  if (!events) return { problems: [{ code: 'not-epcis', facts: { at: '/epcisBody' } }] };
  if (events.length > maxEvents) return { problems: [{ code: 'too-many', facts: { most: maxEvents } }] };
  const sent: Sent = { things: [], amounts: [] };
  const inTime = events
    .map((event, i) => ({ event, at: `/epcisBody/eventList/${i}`, time: timeOf(event) }))
    .sort((a, b) => a.time - b.time);
  for (const { event, at } of inTime) readEvent(read, event, sent, at);
  findCycles(read);
  if (read.problems.length > 0) return { problems: read.problems };
  if (sent.things.length + sent.amounts.length === 0) return { problems: [{ code: 'no-shipping', facts: {} }] };
  const { all, units } = unpack(read, sent);
  findContradictions(read, all);
  if (read.problems.length > 0) return { problems: read.problems };
  return {
    list: {
      ...(sent.number !== undefined && { number: sent.number }),
      lines: linesOf(all),
      units: units.map(({ contents, ...unit }) => ({ ...unit, lines: unitLines(contents) })),
    },
  };
};
