/** What somebody types into a requisition before it is sent: other packs, prices, reasons, more products. */
import type { requisitionRoutes } from '@darmon/function-procurement/requisition-routes';
import type { AnswerOf, BodyOf } from '@darmon/http/route';

export type Requisition = AnswerOf<typeof requisitionRoutes.readRequisition>;
export type Item = Requisition['items'][number];
export type RequisitionSummary = AnswerOf<typeof requisitionRoutes.listRequisitions>['items'][number];

/** A line as it is being changed; undefined while a field is empty. Prices in soum, as they are typed. */
export interface Edit {
  readonly packs: number | undefined;
  readonly price: number | undefined;
  readonly why: string;
}
export type Edits = ReadonlyMap<number, Edit>;

/** A product that is being added. */
export interface Added extends Edit {
  readonly gtin: string;
  /** Packs that a plan would propose now; absent while nobody knows, or where nothing can be said. */
  readonly proposed?: number;
}

const tiyin = (soum: number): number => Math.round(soum * 100);

/** A line before anything is typed. What was only estimated is no price yet. */
export const editOf = (item: Item): Edit => ({
  packs: item.packs,
  price: item.packPrice === undefined || item.estimated ? undefined : item.packPrice / 100,
  why: item.why ?? '',
});

const isChanged = (item: Item, edit: Edit): boolean => {
  const before = editOf(item);
  return edit.packs !== before.packs || edit.price !== before.price || edit.why.trim() !== before.why.trim();
};

/** True where packs differ from what was proposed, so that somebody has to say why. */
export const asksWhy = (item: Item, packs: number | undefined): boolean =>
  item.proposed !== undefined && packs !== item.proposed;

/** Lines that are different from what stands there. */
export const changedItems = (items: readonly Item[], edits: Edits): readonly Item[] =>
  items.filter((item) => {
    const edit = edits.get(item.line);
    return edit !== undefined && isChanged(item, edit);
  });

/** What keeps it from being sent, by line: no packs, or packs that differ without a reason. */
export const faultsOf = (items: readonly Item[], edits: Edits): ReadonlyMap<number, 'packs' | 'why'> => {
  const faults = new Map<number, 'packs' | 'why'>();
  for (const item of changedItems(items, edits)) {
    const { packs, why } = edits.get(item.line) as Edit;
    if (packs === undefined) faults.set(item.line, 'packs');
    else if (asksWhy(item, packs) && why.trim().length < 3) faults.set(item.line, 'why');
  }
  return faults;
};

/** Tiyin of all that is asked for as it is typed now. */
export const worthOf = (items: readonly Item[], edits: Edits, added: readonly Added[]): number =>
  items.reduce((sum, item) => {
    const edit = edits.get(item.line);
    const price = edit?.price === undefined ? item.packPrice : tiyin(edit.price);
    return sum + (edit ? (edit.packs ?? 0) : item.packs) * (price ?? 0);
  }, 0) + added.reduce((sum, one) => sum + (one.packs ?? 0) * tiyin(one.price ?? 0), 0);

/** True where somebody has to say why: packs differ from what a plan would propose, or stand beside a plan's lines. */
export const addedAsksWhy = ({ packs = 0, proposed }: Added, reasons: boolean): boolean =>
  proposed === undefined ? reasons && packs > 0 : packs !== proposed;

/** Added products as the API takes them; undefined while one has no packs, or no reason where one is asked for. */
export const addedBody = (added: readonly Added[], reasons: boolean) => {
  if (added.some((one) => one.packs === undefined || (addedAsksWhy(one, reasons) && one.why.trim().length < 3)))
    return undefined;
  return added.map(({ gtin, packs, price, why }) => ({
    gtin,
    packs: packs ?? 0,
    ...(price !== undefined && { packPrice: tiyin(price) }),
    ...(why.trim().length >= 3 && { why: why.trim() }),
  }));
};

/** The change to send, or undefined while something is missing or nothing is different. */
export const changeBody = (
  { version, kind, items }: Pick<Requisition, 'version' | 'kind' | 'items'>,
  edits: Edits,
  added: readonly Added[],
): BodyOf<typeof requisitionRoutes.changeRequisition> | undefined => {
  const changed = changedItems(items, edits);
  const add = addedBody(added, kind === 'weekly');
  if (add === undefined || faultsOf(items, edits).size > 0 || changed.length + add.length === 0) return undefined;
  return {
    version,
    lines: changed.map((item) => {
      const { packs, price, why } = edits.get(item.line) as Edit;
      return {
        line: item.line,
        packs: packs ?? 0,
        ...(price !== undefined && { packPrice: tiyin(price) }),
        ...(why.trim().length >= 3 && { why: why.trim() }),
      };
    }),
    ...(add.length > 0 && { add }),
  };
};

/** Somebody who may do something with requisitions, as far as a screen needs to know. */
export interface Person {
  readonly person: string;
  readonly site: string;
  readonly roles: readonly string[];
}

export const isKeeper = ({ roles }: Pick<Person, 'roles'>): boolean =>
  roles.includes('warehouse') || roles.includes('pharmacist');
export const isPlanner = ({ roles }: Pick<Person, 'roles'>): boolean => roles.includes('planner');
export const isApprover = ({ roles }: Pick<Person, 'roles'>): boolean =>
  roles.includes('approver') || roles.includes('chief');

export type Deed = 'edit' | 'submit' | 'authorise' | 'approve' | 'reject' | 'skip' | 'reopen';

/** What this person can be offered to do; the server has the last word. */
export const deedsOf = (of: Requisition, me: Person): ReadonlySet<Deed> => {
  const own = (isKeeper(me) && of.site === me.site) || isPlanner(me);
  const submitter = of.history.findLast(({ step }) => step === 'submit')?.person;
  const isMine = of.author === me.person || submitter === me.person;
  const may: Readonly<Record<Deed, boolean>> = {
    edit: (of.state === 'draft' && own) || (of.state === 'submitted' && isPlanner(me)),
    submit: of.state === 'draft' && own,
    authorise: of.state === 'submitted' && own && submitter !== me.person,
    approve:
      (of.state === 'authorised' || (of.state === 'submitted' && of.kind === 'emergency')) &&
      (isApprover(me) || isPlanner(me)),
    reject:
      ((of.state === 'submitted' || of.state === 'authorised') && (isApprover(me) || isPlanner(me))) ||
      (of.state === 'approved' && (isApprover(me) || (of.rest !== undefined && isPlanner(me)))),
    skip: (of.state === 'draft' || of.state === 'submitted') && own,
    reopen: (of.state === 'submitted' || of.state === 'rejected') && own && isMine,
  };
  return new Set((Object.keys(may) as Deed[]).filter((deed) => may[deed]));
};
