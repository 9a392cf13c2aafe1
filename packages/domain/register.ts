/**
 * The register of controlled medicines: one page per site and medicine, numbered entries, each with the balance it
 * leaves. An entry is written with the change it records, so balance and stock cannot part.
 */
import * as z from 'zod';
import { PersonId, SiteId } from './actor.ts';
import type { MovementKind } from './ledger.ts';
import { MedicineCode } from './medicine.ts';
import { Refusal } from './refusal.ts';
import { Instant } from './time.ts';

/** Where a page stands. */
export const RegisterPage = z.object({
  site: SiteId,
  medicine: MedicineCode,
  seq: z.int().nonnegative(),
  balance: z.int().nonnegative(),
});
export type RegisterPage = z.infer<typeof RegisterPage>;

const registerKinds = [
  'receipt',
  'opening',
  'dispense',
  'dispense-undone',
  'return',
  'transfer-out',
  'transfer-in',
  'write-off',
  'count',
  'correction',
  'reversal',
] as const satisfies readonly MovementKind[];
export const RegisterEntry = z
  .object({
    site: SiteId,
    medicine: MedicineCode,
    seq: z.int().positive(),
    at: Instant,
    /** When the ledger counts it, where it is dated back. */
    countsAt: Instant.exactOptional(),
    kind: z.enum(registerKinds),
    /** Signed units. */
    quantity: z.int(),
    /** What the entry leaves. */
    balance: z.int().nonnegative(),
    /** The dispense or receipt that it records. */
    reference: z.string(),
    person: PersonId,
    witness: PersonId.exactOptional(),
    prescriber: PersonId.exactOptional(),
  })
  .meta({ id: 'RegisterEntry', description: 'One line of the register of controlled medicines' });
export type RegisterEntry = z.infer<typeof RegisterEntry>;

/**
 * The next entry of a page; `undefined` is a page that nobody opened yet.
 * @throws Refusal `out-of-stock` where the balance would fall below nothing
 */
export const nextEntry = (
  page: RegisterPage | undefined,
  entry: Omit<RegisterEntry, 'seq' | 'balance'>,
): RegisterEntry => {
  const balance = (page?.balance ?? 0) + entry.quantity;
  if (balance < 0) throw new Refusal('out-of-stock', { available: page?.balance ?? 0 });
  return { ...entry, seq: (page?.seq ?? 0) + 1, balance };
};
