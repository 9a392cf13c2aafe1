/** One receipt: how far its posting is, its lines to be printed and signed, how the delivery differed. */
import { receiptRoutes } from '@darmon/function-inventory/receipt-routes';
import { routes } from '@darmon/function-inventory/routes';
import type { AnswerOf } from '@darmon/http/route';
import { quantityText } from '@darmon/i18n/dosage';
import { Alert, Button, Group, Progress, Stack, Table, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconPackageImport, IconPrinter } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { isKeeper } from '../shared/choose-site.tsx';
import { call, type Failure, failureOf, keyOf, useAnswer } from '../shared/client.ts';
import { useFormulary } from '../shared/formulary.ts';
import { useFormat, useLanguage, useT } from '../shared/language.ts';
import { useMe } from '../shared/me.ts';
import { useNames } from '../shared/names.ts';
import { FailureAlert, Page, Section, Waiting } from '../shared/parts.tsx';
import { DiscrepancyCard } from './discrepancies.tsx';

type Receipt = AnswerOf<typeof receiptRoutes.readReceipt>;
type Line = Receipt['lines'][number];
type Job = AnswerOf<typeof routes.readJob>;

/** A screen draws so many rows without a pause; all of them on paper. */
const firstLines = 100;

export const ReceiptPage = () => {
  const t = useT();
  const { id } = useParams({ from: '/signed-in/warehouse/receipts/$id' });
  const { site: asked, done } = useSearch({ from: '/signed-in/warehouse/receipts/$id' });
  const { data: me } = useMe();
  const site = asked ?? me?.site;
  const receipt = useAnswer(
    receiptRoutes.readReceipt,
    { params: { site: site ?? '', id }, query: { part: 0 } },
    { enabled: site !== undefined },
  );
  return (
    <Page
      title={t('web-receiving:receiptTitle', { number: id.slice(-8) })}
      action={
        <Button
          className="no-print"
          variant="default"
          leftSection={<IconPrinter size={20} aria-hidden />}
          onClick={() => window.print()}
        >
          {t('common:print')}
        </Button>
      }
    >
      {receipt.isPending && <Waiting />}
      <FailureAlert failure={receipt.error} onRetry={() => void receipt.refetch()} />
      {receipt.data && site !== undefined && (
        <Stack gap="md">
          {receipt.data.state === 'posting' ? (
            <PostingProgress id={id} onDone={() => void receipt.refetch()} />
          ) : (
            done && (
              <Alert
                role="status"
                className="no-print"
                color="green"
                variant="light"
                icon={<IconCircleCheck aria-hidden />}
                title={t('web-warehouse:received')}
              />
            )
          )}
          <Head receipt={receipt.data} site={site} />
          <Lines receipt={receipt.data} site={site} />
          {receipt.data.differs.length > 0 && (
            <Section title={t('web-receiving:discrepancies')} id="differs">
              <ul className="plain-list discrepancy-list">
                {receipt.data.differs.map((one) => (
                  <li key={one.id}>
                    <DiscrepancyCard of={one} site={site} withReceipt={false} />
                  </li>
                ))}
              </ul>
            </Section>
          )}
          <div className="signatures">
            <div>{t('web-receiving:signDelivered')}</div>
            <div>{t('web-receiving:signReceived')}</div>
          </div>
          {me && isKeeper(me) && (
            <Group gap="sm" className="no-print">
              <Button
                size="lg"
                component={Link}
                to="/warehouse/receive"
                leftSection={<IconPackageImport size={22} aria-hidden />}
              >
                {t('web-warehouse:receiveNext')}
              </Button>
              <Button size="lg" variant="default" component={Link} to="/warehouse/stock">
                {t('web-warehouse:toStock')}
              </Button>
            </Group>
          )}
        </Stack>
      )}
    </Page>
  );
};

/** Goes on with the posting while somebody looks; whoever closes the page leaves it to the server's clock. */
const PostingProgress = ({ id, onDone }: { readonly id: string; readonly onDone: () => void }) => {
  const t = useT();
  const format = useFormat();
  const queries = useQueryClient();
  const [job, setJob] = useState<Job | undefined>();
  const [failure, setFailure] = useState<Failure | undefined>();
  const [round, setRound] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    const goOn = async () => {
      try {
        for (let state = 'running'; state === 'running' && !stop.signal.aborted && round >= 0; ) {
          const now = await call(routes.advanceJob, { params: { id } }, { signal: stop.signal });
          setJob(now);
          state = now.state;
        }
        void queries.invalidateQueries({ queryKey: keyOf(routes.listStock) });
        if (!stop.signal.aborted) onDone();
      } catch (error) {
        if (!stop.signal.aborted) setFailure(failureOf(error));
      }
    };
    void goOn();
    return () => stop.abort();
  }, [id, round]);
  const [done, of] = [job?.done ?? 0, job?.of ?? 0];
  return (
    <Section title={t('web-receiving:posting')} id="posting">
      <Progress size="xl" value={of === 0 ? 0 : (done * 100) / of} animated aria-label={t('web-receiving:posting')} />
      <Text role="status">
        {t('web-receiving:postingText', { done: format.number(done), of: of === 0 ? '…' : format.number(of) })}
      </Text>
      <FailureAlert
        failure={failure}
        onRetry={() => {
          setFailure(undefined);
          setRound(round + 1);
        }}
      />
    </Section>
  );
};

/** Lines that the ledger did not take when their turn came; nothing while all went in. */
const Problems = ({ id }: { readonly id: string }) => {
  const t = useT();
  const job = useAnswer(routes.readJob, { params: { id } });
  if (!job.data || job.data.problems.length === 0) return null;
  const wordOf = (code: string): string =>
    code === 'expiry-mismatch' || code === 'serial-known'
      ? t(`web-receiving:problem.${code}`)
      : t('web-receiving:problem.other', { code });
  return (
    <Alert
      role="alert"
      color="red"
      variant="light"
      icon={<IconAlertTriangle aria-hidden />}
      title={t('web-receiving:problems')}
    >
      <ul>
        {job.data.problems.map(({ line, code }) => (
          <li key={line}>{t('web-receiving:problemLine', { line, what: wordOf(code) })}</li>
        ))}
      </ul>
    </Alert>
  );
};

const Head = ({ receipt, site }: { readonly receipt: Receipt; readonly site: string }) => {
  const t = useT();
  const format = useFormat();
  const { data: me } = useMe();
  const nameOf = useNames([receipt.person]);
  const readings = Object.values(receipt.arrival ?? {}).map((c) => `${format.number(c)} °C`);
  const sees = me && (isKeeper(me) || me.roles.some((r) => ['quality', 'approver', 'chief', 'admin'].includes(r)));
  return (
    <Stack gap="xs">
      <Text>
        {receipt.document ? (
          <strong>
            {t('web-receiving:supplier')}: {receipt.document.supplier}, {receipt.document.number}
          </strong>
        ) : (
          t('web-receiving:noSupplier')
        )}
      </Text>
      <Text className="quiet">
        {site} · {format.instant(receipt.at)} · {t('web-receiving:by')}: {nameOf(receipt.person)} ·{' '}
        {t('web-warehouse:receivedNo')}: <span className="number">{receipt.id}</span>
      </Text>
      {receipt.backdated && (
        <Text>
          {t('web-receiving:countedFor', {
            day: format.day(receipt.backdated.day),
            reason: receipt.backdated.reason,
          })}
        </Text>
      )}
      {readings.length > 0 && <Text>{t('web-receiving:readings', { celsius: readings.join(', ') })}</Text>}
      {receipt.of > 20 && receipt.state === 'posted' && sees && <Problems id={receipt.id} />}
    </Stack>
  );
};

const Lines = ({ receipt, site }: { readonly receipt: Receipt; readonly site: string }) => {
  const t = useT();
  const language = useLanguage();
  const format = useFormat();
  const formulary = useFormulary();
  const [lines, setLines] = useState<readonly Line[]>(receipt.lines);
  const [parts, setParts] = useState(1);
  const [shown, setShown] = useState(firstLines);
  const [loading, setLoading] = useState(false);
  const [failure, setFailure] = useState<Failure | undefined>();
  useEffect(() => {
    const all = () => setShown(Number.POSITIVE_INFINITY);
    addEventListener('beforeprint', all);
    return () => removeEventListener('beforeprint', all);
  }, []);
  if (receipt.of === 0) return <Text>{t('web-receiving:nothingCame')}</Text>;
  const more = async () => {
    if (lines.length > shown || parts === receipt.parts) return setShown(shown + firstLines * 3);
    setLoading(true);
    setFailure(undefined);
    try {
      const params = { site, id: receipt.id };
      const next = await call(receiptRoutes.readReceipt, { params, query: { part: parts } });
      setLines([...lines, ...next.lines]);
      setParts(parts + 1);
      setShown(shown + next.lines.length);
    } catch (error) {
      setFailure(failureOf(error));
    } finally {
      setLoading(false);
    }
  };
  const worthOf = ({ quantity, packPrice, packUnits = 1 }: Line): number | undefined =>
    packPrice === undefined ? undefined : Math.round((packPrice * quantity) / packUnits) / 100;
  const sum = lines.reduce((total, line) => total + (worthOf(line) ?? 0), 0);
  const rest = receipt.of - Math.min(shown, lines.length);
  return (
    <Stack gap="sm">
      <div>
        <Table className="receipt-lines" withTableBorder>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('web-receiving:medicine')}</Table.Th>
              <Table.Th>{t('common:lot')}</Table.Th>
              <Table.Th>{t('web-receiving:expiry')}</Table.Th>
              <Table.Th className="amount">{t('web-receiving:quantity')}</Table.Th>
              <Table.Th className="amount">{t('web-receiving:value')}</Table.Th>
              <Table.Th>{t('web-receiving:place')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {lines.slice(0, shown).map((line) => {
              const value = worthOf(line);
              return (
                <Table.Tr key={`${line.gtin}#${line.lot}`}>
                  <Table.Td data-label={t('web-receiving:medicine')}>
                    <div>
                      {formulary.name(line.medicine)}
                      {line.state && line.state !== 'available' && (
                        <Text size="sm" fw={650}>
                          {t(`medicine:lot.${line.state}`)}
                        </Text>
                      )}
                    </div>
                  </Table.Td>
                  <Table.Td className="number" data-label={t('common:lot')}>
                    {line.lot}
                  </Table.Td>
                  <Table.Td data-label={t('web-receiving:expiry')}>{format.day(line.expiryDate)}</Table.Td>
                  <Table.Td className="amount" data-label={t('web-receiving:quantity')}>
                    {quantityText(line.quantity, formulary.byCode(line.medicine)?.unit ?? 'piece', language)}
                  </Table.Td>
                  <Table.Td className="amount" data-label={t('web-receiving:value')}>
                    {value === undefined ? '—' : format.number(value)}
                  </Table.Td>
                  <Table.Td data-label={t('web-receiving:place')}>
                    {[line.zone, line.shelf].filter(Boolean).join(' / ') || '—'}
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </div>
      {sum > 0 && rest === 0 && <Text fw={650}>{t('web-receiving:valueSum', { sum: format.number(sum) })}</Text>}
      <FailureAlert failure={failure} />
      {rest > 0 && (
        <Button className="no-print" variant="default" loading={loading} onClick={() => void more()}>
          {t('web-receiving:more', { count: rest })}
        </Button>
      )}
    </Stack>
  );
};
