/** The patient's own page: opened by what is printed and the full birth date, without an account. */
import { timingSafeEqual } from 'node:crypto';
import { type VerifyContext, verifyCode } from '@darmon/credential/verify';
import type { Dispense } from '@darmon/domain/dispense';
import { type Event, type EventType, patientActor } from '@darmon/domain/event';
import { isControlled, type Medicine } from '@darmon/domain/medicine';
import { parseNumber } from '@darmon/domain/number';
import { type Holders, isPageLocked, type PatientPage } from '@darmon/domain/patient-page';
import * as rules from '@darmon/domain/prescription';
import { Refusal, refuseAt } from '@darmon/domain/refusal';
import { repeatView } from '@darmon/domain/repeat';
import { isServing } from '@darmon/domain/standing';
import { isUsable } from '@darmon/domain/stock';
import { instant, tashkentDay } from '@darmon/domain/time';
import { Changed } from '@darmon/table/transact';
import type * as z from 'zod';
import type { Deps } from './deps.ts';
import type { Mac } from './vault.ts';

export type PageDeps = Deps & { readonly mac: Mac; readonly verifyContext: () => Promise<VerifyContext> };

/** Tries of one address in one hour: a phone network shows thousands of people as one. */
const triesPerHour = 120;

/** What is printed: the number, or the large code. `source` is the caller's address; only a hash of it is kept. */
export type OpenPageInput = ({ number: string } | { code: string }) & { birthDate: string };

/** An event of nobody in particular at the clinic of a prescription. */
const pageEvent = (deps: Deps, type: EventType, site: string, changes: Record<string, unknown>): Event => ({
  id: deps.id(),
  at: instant(deps.now()),
  type,
  actor: patientActor(site),
  changes,
});

const printed = async (deps: PageDeps, input: OpenPageInput): Promise<{ number: string } | { id: string }> => {
  if ('number' in input) {
    const reading = parseNumber(input.number);
    if (reading.kind === 'refused') throw refuseAt('number-invalid', '/number');
    return { number: reading.number };
  }
  const verified = await verifyCode(input.code.trim(), await deps.verifyContext());
  if (!verified.credential)
    throw refuseAt('code-invalid', '/code', { reason: verified.valid ? 'malformed' : verified.reason });
  return { id: verified.credential.id };
};

const isSame = (expected: string | undefined, given: string): boolean => {
  const [a, b] = [Buffer.from(expected ?? ''), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
};

/**
 * Opens the page once the whole birth date is confirmed. A number that nobody has is treated in all as one with another
 * birth date, so that trying numbers tells nothing; five wrong dates close the page until a counter opens it again.
 * @throws Refusal `number-invalid`, `code-invalid`, `page-not-opened`, `page-locked`, `too-many-requests`
 */
export const openPatientPage = async (
  deps: PageDeps,
  input: OpenPageInput,
  source: string,
): Promise<z.input<typeof PatientPage>> => {
  const { subject, p } = await deps.table.findPage(await printed(deps, input));
  const [address, mac] = await Promise.all([
    deps.mac('address', source),
    deps.mac('page', `${subject}|${input.birthDate}`),
  ]);
  const attempt = { what: `PAGE#${address}`, most: triesPerHour, at: deps.now() };
  await deps.table.commitPageTry(subject, p !== undefined, attempt);
  if (!p || !isSame(p.pageMac, mac)) {
    const { failures, lockedAt } = await deps.table.loadPageTries(subject);
    if (p && isPageLocked(failures) && lockedAt === undefined)
      await unlessChanged(
        deps.table.commitPageLocked(p.id, pageEvent(deps, 'page-locked', p.clinic, { prescription: p.id })),
      );
    throw new Refusal('page-not-opened');
  }
  const opened = pageEvent(deps, 'page-opened', p.clinic, { prescription: p.id });
  // a counter that opened the page in between has forgotten the try already
  if (!(await unlessChanged(deps.table.commitPageOpened(p.id, opened)))) await deps.table.commitPageEvent(p.id, opened);
  return pageOf(deps, p);
};

/** False where somebody else was faster. */
const unlessChanged = async (commit: Promise<void>): Promise<boolean> => {
  try {
    await commit;
    return true;
  } catch (error) {
    if (error instanceof Changed) return false;
    throw error;
  }
};

const brandsOf = (d: Dispense, line: number, medicine: Medicine | undefined): string[] => {
  const lots = d.lines.find((l) => l.line === line)?.lots ?? [];
  const brands = lots.map(({ gtin }) => medicine?.packs.find((pack) => pack.gtin === gtin)?.brand);
  return [...new Set(brands.filter((brand) => brand !== undefined))];
};

/** Events that are a look at the prescription. */
const lookTypes: readonly EventType[] = ['prescription-looked-up', 'page-opened'];
const shownLooks = 50;

const pageOf = async (deps: PageDeps, stored: rules.Prescription): Promise<z.input<typeof PatientPage>> => {
  const now = deps.now();
  const around = await deps.table.loadPage(stored);
  const p = rules.asOf(stored, now);
  const status = rules.statusAt(p, now);
  const lapsed = status === 'completed' && now >= Date.parse(p.validUntil);
  const clinic = around.sites.get(p.clinic);
  const siteName = (id: string) => around.sites.get(id)?.name ?? id;
  const nameOf = (code: string) => {
    const medicine = around.medicines.get(code);
    if (!medicine) return {};
    const { inn, innRu, innUz, strength, form } = medicine;
    return { name: { inn, innRu, innUz, strength, form } };
  };
  const looks = around.events
    .filter((e) => lookTypes.includes(e.type) && e.changes.found !== 0)
    .sort((a, b) => b.at.localeCompare(a.at))
    .slice(0, shownLooks);
  return {
    number: p.number,
    status,
    issuedAt: p.issuedAt,
    validUntil: p.validUntil,
    clinic: clinic?.name ?? p.clinic,
    region: clinic?.region ?? 'UZ-TK',
    prescriber: around.prescriber?.name ?? p.prescriber,
    medicines: p.lines.map((l) => ({
      line: l.line,
      medicine: l.medicine,
      ...nameOf(l.medicine),
      unit: l.unit,
      dosage: l.dosage,
      quantity: l.quantity,
      dispensed: l.dispensed,
      status: rules.lineStatusAt(l, status, lapsed),
      ...(l.brand !== undefined && { brand: l.brand }),
      controlled: isControlled(l.class),
      ...(l.owed && { owed: { site: siteName(l.owed.site), on: l.owed.on } }),
      ...(l.notDispensed && { notDispensed: { site: siteName(l.notDispensed.site), reason: l.notDispensed.reason } }),
    })),
    ...(p.repeat && {
      repeat: repeatView(
        p,
        p.repeat,
        p.lines.map((l) => l.dispensed),
      ),
    }),
    ...(p.opensAt !== undefined && { opensAt: p.opensAt }),
    dispenses: around.dispenses.map((d) => ({
      at: d.at,
      site: siteName(d.site),
      lines: d.lines.map(({ line, quantity, medicine }) => ({
        line,
        quantity,
        brands: brandsOf(d, line, around.medicines.get(medicine)),
      })),
      undone: d.undone !== undefined,
    })),
    looks: looks.map(({ at, actor: { role, site } }) => ({ at, ...(role && { role, site: siteName(site) }) })),
  };
};

/** Pharmacies told for one medicine: enough to choose from. */
const mostPharmacies = 20;

/**
 * Licensed pharmacies of a region that hold each medicine now, by name, without how much. Controlled medicines, and those
 * that are not in the formulary, are left out: where they lie is told to nobody.
 */
export const findHolders = async (
  deps: Pick<Deps, 'table' | 'now'>,
  input: { region: string; medicines: readonly string[] },
): Promise<{ items: z.input<typeof Holders>[] }> => {
  const now = deps.now();
  const today = tashkentDay(now);
  const known = await deps.table.loadMedicines([...new Set(input.medicines)]);
  const items = await Promise.all(
    known
      .filter((m) => !isControlled(m.class))
      .map(async ({ code }) => {
        const rows = await deps.table.loadHeld(input.region, code, today);
        const holding = rows.filter((r) => isUsable(r, today) && r.free > 0).map((r) => r.site);
        const sites = await deps.table.loadSites([...new Set(holding)]);
        const pharmacies = sites
          .filter((s) => s.region === input.region && isServing(s, today))
          .sort((a, b) => a.name.localeCompare(b.name))
          .slice(0, mostPharmacies)
          .map(({ name, address }) => ({ name, ...(address !== undefined && { address }) }));
        return { medicine: code, pharmacies };
      }),
  );
  return { items };
};
