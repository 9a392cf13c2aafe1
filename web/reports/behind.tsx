/** What is behind a figure of stock: the movements of a lot, or the entries of a register, over the report. */
import type { Opens } from '@darmon/domain/report';
import { routes } from '@darmon/function-inventory/routes';
import { Text } from '@mantine/core';
import { useAll } from '../shared/all-pages.ts';
import { useFormulary } from '../shared/formulary.ts';
import { useFormat, useT } from '../shared/language.ts';
import { useNames } from '../shared/names.ts';
import { Dialog, FailureAlert, Waiting } from '../shared/parts.tsx';

interface Entry {
  readonly key: string;
  readonly at: string;
  readonly kind: keyof typeof kinds;
  readonly quantity: number;
  readonly balance: number;
  readonly reference: string;
  readonly person: string;
}
/** Every kind that moves something or changes a state; a missing one does not compile. */
const kinds = {
  receipt: 1,
  opening: 1,
  dispense: 1,
  'dispense-undone': 1,
  return: 1,
  'transfer-out': 1,
  'transfer-in': 1,
  'write-off': 1,
  count: 1,
  correction: 1,
  reversal: 1,
  hold: 1,
  release: 1,
  quarantine: 1,
  recall: 1,
} as const;

const Entries = ({ entries, label }: { readonly entries: readonly Entry[]; readonly label: string }) => {
  const t = useT();
  const format = useFormat();
  const nameOf = useNames(entries.map(({ person }) => person));
  if (entries.length === 0) return <Text>{t('common:nothingFound')}</Text>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is moved with the arrow keys
    <section className="report-scroll" tabIndex={0} aria-label={label}>
      <table className="report-table">
        <thead>
          <tr>
            <th scope="col">{t('web-reports:at')}</th>
            <th scope="col">{t('web-reports:kind')}</th>
            <th scope="col" className="digits">
              {t('web-reports:quantity')}
            </th>
            <th scope="col" className="digits">
              {t('web-reports:balance')}
            </th>
            <th scope="col">{t('web-reports:field.person')}</th>
            <th scope="col">{t('web-reports:reference')}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.key}>
              <td>{format.instant(entry.at)}</td>
              <td>{t(`web-warehouse:kind.${entry.kind}`)}</td>
              <td className="digits">{format.number(entry.quantity)}</td>
              <td className="digits">{format.number(entry.balance)}</td>
              <td>{nameOf(entry.person)}</td>
              <td>{entry.reference.slice(-12)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};

const LotEntries = ({ of, label }: { readonly of: Readonly<Record<string, string>>; readonly label: string }) => {
  const { site = '', gtin = '', lot = '' } = of;
  const found = useAll(routes.listMovements, { params: { site }, query: { gtin, lot } });
  let balance = 0;
  const entries = (found.data ?? []).map(({ id, at, kind, quantity, reference, person }): Entry => {
    balance += quantity;
    return { key: id, at, kind, quantity, balance, reference, person };
  });
  return (
    <>
      {found.isPending && <Waiting />}
      <FailureAlert failure={found.error} onRetry={() => void found.refetch()} />
      {found.data && <Entries entries={entries} label={label} />}
    </>
  );
};

const RegisterEntries = ({ of, label }: { readonly of: Readonly<Record<string, string>>; readonly label: string }) => {
  const { site = '', medicine = '' } = of;
  const found = useAll(routes.listRegister, { params: { site }, query: { medicine } });
  const entries = (found.data ?? []).map(
    ({ seq, at, kind, quantity, balance, reference, person }): Entry => ({
      key: String(seq),
      at,
      kind,
      quantity,
      balance,
      reference,
      person,
    }),
  );
  return (
    <>
      {found.isPending && <Waiting />}
      <FailureAlert failure={found.error} onRetry={() => void found.refetch()} />
      {found.data && <Entries entries={entries} label={label} />}
    </>
  );
};

export const Behind = ({ opens, onClose }: { readonly opens: Opens; readonly onClose: () => void }) => {
  const t = useT();
  const formulary = useFormulary();
  if (!('screen' in opens)) return null;
  const { site = '', lot = '', medicine = '' } = opens.of;
  const isLot = opens.screen === 'ledger';
  const title = isLot
    ? t('web-reports:behindLot', { lot, site })
    : t('web-reports:behindRegister', { medicine: formulary.name(medicine), site });
  return (
    <Dialog opened onClose={onClose} size="xl" title={title}>
      {isLot ? <LotEntries of={opens.of} label={title} /> : <RegisterEntries of={opens.of} label={title} />}
    </Dialog>
  );
};
