/** Groups of medicines that are ordered by rules of their own: as they are typed, what is wrong, and as single rules. */
import type { Policy } from '@darmon/domain/policy';
import { Procurement } from '@darmon/domain/procurement-rules';
import type { Ven } from '@darmon/domain/replenishment';

type Groups = Policy['procurement']['groups'];

export interface GroupRow {
  readonly atc: string;
  /** Empty: as it would be without the group. */
  readonly ven: Ven | '';
  /** Both or neither. */
  readonly minMonths: number | undefined;
  readonly maxMonths: number | undefined;
}

export const emptyGroup: GroupRow = { atc: '', ven: '', minMonths: undefined, maxMonths: undefined };

export const groupRows = (groups: Groups): readonly GroupRow[] =>
  Object.entries(groups).map(
    ([atc, { ven, minMonths, maxMonths }]): GroupRow => ({ atc, ven: ven ?? '', minMonths, maxMonths }),
  );

/** What is sent of the rows. */
export const groupsWanted = (rows: readonly GroupRow[]): Groups =>
  Object.fromEntries(
    rows.map(({ atc, ven, minMonths, maxMonths }) => [
      atc,
      {
        ...(ven !== '' && { ven }),
        ...(minMonths !== undefined && { minMonths }),
        ...(maxMonths !== undefined && { maxMonths }),
      },
    ]),
  );

export type GroupFault = 'atc' | 'twice' | 'groupEmpty' | 'groupMonths' | 'months';

const { groups: GroupsShape } = Procurement.shape;
const mostMonths = 60;
const isMonths = (value: number | undefined): boolean =>
  value === undefined || (value >= 0 && value <= mostMonths && value * 2 === Math.round(value * 2));

/** What is wrong with the rows, by JSON pointer; rows are counted, since two may say the same. */
export const groupFaults = (rows: readonly GroupRow[]): ReadonlyMap<string, GroupFault> => {
  const faults = new Map<string, GroupFault>();
  for (const [at, { atc, ven, minMonths, maxMonths }] of rows.entries()) {
    const row = `/procurement/groups/${at}`;
    if (!GroupsShape.safeParse({ [atc]: {} }).success) faults.set(`${row}/atc`, 'atc');
    else if (rows.findIndex((one) => one.atc === atc) !== at) faults.set(`${row}/atc`, 'twice');
    if (ven === '' && minMonths === undefined && maxMonths === undefined) faults.set(`${row}/ven`, 'groupEmpty');
    if (!isMonths(minMonths)) faults.set(`${row}/minMonths`, 'months');
    if (!isMonths(maxMonths)) faults.set(`${row}/maxMonths`, 'months');
    else if ((minMonths === undefined) !== (maxMonths === undefined) || (minMonths ?? 0) > (maxMonths ?? 0))
      faults.set(`${row}/maxMonths`, 'groupMonths');
  }
  return faults;
};

export type GroupRuleName = 'groupVen' | 'groupMin' | 'groupMax';

/** Each group's rules as one value each. */
export const groupRules = (groups: Groups) =>
  Object.entries(groups).flatMap(([atc, { ven, minMonths, maxMonths }]) =>
    (
      [
        { name: 'groupVen', value: ven },
        { name: 'groupMin', value: minMonths },
        { name: 'groupMax', value: maxMonths },
      ] satisfies { name: GroupRuleName; value: Ven | number | undefined }[]
    )
      .filter(({ value }) => value !== undefined)
      .map((rule) => ({ ...rule, id: `group.${atc}.${rule.name}`, atc })),
  );
