/** How the stock of one medicine went: by day for the last weeks, by month for the last two years. */
import type { Unit } from '@darmon/domain/medicine';
import { routes } from '@darmon/function-inventory/routes';
import type { AnswerOf } from '@darmon/http/route';
import { quantityText } from '@darmon/i18n/dosage';
import { Stack, Title } from '@mantine/core';
import { useAnswer } from '../shared/client.ts';
import { useFormat, useLanguage, useT } from '../shared/language.ts';
import { Dialog, Empty, FailureAlert, Waiting } from '../shared/parts.tsx';
import { Bars, Line } from './charts.tsx';

type StockHistory = AnswerOf<typeof routes.readHistory>;

/** `2026-11` as it stands on papers here. */
export const monthText = (month: string): string => month.split('-').reverse().join('.');

export const History = ({
  site,
  medicine,
  name,
  unit,
  onClose,
}: {
  readonly site: string;
  readonly medicine: string;
  readonly name: string;
  readonly unit: Unit;
  readonly onClose: () => void;
}) => {
  const t = useT();
  const history = useAnswer(routes.readHistory, { params: { site }, query: { medicine } });
  return (
    <Dialog opened onClose={onClose} size="xl" title={t('web-stock-views:historyOf', { name })}>
      {history.isPending && <Waiting />}
      <FailureAlert failure={history.error} onRetry={() => void history.refetch()} />
      {history.data && history.data.months.length === 0 && <Empty title={t('web-warehouse:noMovements')} />}
      {history.data && history.data.months.length > 0 && <Charts history={history.data} unit={unit} />}
    </Dialog>
  );
};

const Charts = ({ history: { days, months }, unit }: { readonly history: StockHistory; readonly unit: Unit }) => {
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  const textOf = (value: number) => quantityText(value, unit, language);
  const used = months.some((point) => point.used > 0 || point.sent > 0);
  return (
    <Stack gap="lg">
      <section aria-labelledby="history-days">
        <Title order={3} fz="1rem" id="history-days" mb="xs">
          {t('web-stock-views:byDays')}
        </Title>
        <Line
          label={t('web-stock-views:onHand')}
          points={days.map(({ day, onHand }) => ({ key: day, name: format.day(day), value: onHand }))}
          textOf={textOf}
          table={
            <PointTable
              head={t('web-stock-views:day')}
              rows={days.map(({ day, onHand, used }) => [format.day(day), textOf(onHand), textOf(used)])}
            />
          }
        />
      </section>
      <section aria-labelledby="history-months">
        <Title order={3} fz="1rem" id="history-months" mb="xs">
          {t('web-stock-views:byMonths')}
        </Title>
        <Line
          label={t('web-stock-views:onHand')}
          points={months.map(({ month, onHand }) => ({ key: month, name: monthText(month), value: onHand }))}
          textOf={textOf}
          table={
            <PointTable
              head={t('web-stock-views:month')}
              rows={months.map((point) => [
                monthText(point.month),
                textOf(point.onHand),
                textOf(point.used + point.sent),
              ])}
            />
          }
        />
      </section>
      {used && (
        <section aria-labelledby="history-used">
          <Title order={3} fz="1rem" id="history-used" mb="xs">
            {t('web-stock-views:used')}
          </Title>
          <Bars
            label={t('web-stock-views:used')}
            bars={months.slice(-12).map((point) => ({
              key: point.month,
              name: monthText(point.month),
              value: Math.max(0, point.used + point.sent),
              text: textOf(point.used + point.sent),
            }))}
          />
        </section>
      )}
    </Stack>
  );
};

const PointTable = ({ head, rows }: { readonly head: string; readonly rows: readonly (readonly string[])[] }) => {
  const t = useT();
  return (
    <table className="view-table">
      <thead>
        <tr>
          <th scope="col">{head}</th>
          <th scope="col">{t('web-stock-views:onHand')}</th>
          <th scope="col">{t('web-stock-views:used')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, ...values]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {values.map((value, i) => (
              // two columns, always in this order
              <td key={`${name}.${i === 0 ? 'onHand' : 'used'}`}>{value}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
};
