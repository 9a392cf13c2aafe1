/** One product of a site: past, forecast, stock and what is due in one picture, and every step of what is proposed. */
import { routes } from '@darmon/function-procurement/routes';
import { Alert, Stack, Text } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useAnswer } from '../shared/client.ts';
import { useFormulary } from '../shared/formulary.ts';
import { useFormat, useT } from '../shared/language.ts';
import { OrderReasons, OrderSteps } from '../shared/order-steps.tsx';
import { Empty, FailureAlert, isProblem, Page, Section, Waiting } from '../shared/parts.tsx';
import { monthText } from '../warehouse/stock-history.tsx';
import { Fan } from './fan.tsx';
import type { Product } from './fan-view.ts';
import { RiskMark } from './marks.tsx';
import { useUnits } from './plan-lines.tsx';
import { When } from './when.tsx';

export const ProductPage = () => {
  const t = useT();
  const { site, medicine } = useParams({ from: '/signed-in/procure/$site/$medicine' });
  const formulary = useFormulary();
  const product = useAnswer(routes.readPlanLine, { params: { site, medicine } });
  const isUnknown = isProblem(product.error, 'not-found');
  return (
    <Page title={formulary.name(medicine)}>
      <Link className="tap no-print" to="/procure/$site" params={{ site }}>
        {t('web-plan:back')} ({site})
      </Link>
      {(product.isPending || formulary.isPending) && <Waiting />}
      {!isUnknown && <FailureAlert failure={product.error} onRetry={() => void product.refetch()} />}
      {isUnknown && (
        <Empty title={t('web-plan:noLines')}>
          <Text>{t('web-plan:noLine')}</Text>
        </Empty>
      )}
      {product.data && !formulary.isPending && <Whole product={product.data} />}
    </Page>
  );
};

const Whole = ({ product }: { readonly product: Product }) => {
  const t = useT();
  const units = useUnits();
  const { line } = product;
  const textOf = (value: number) => units(product.medicine, value);
  return (
    <Stack gap="md">
      {line && <Verdict line={line} textOf={textOf} />}
      {!line && <Alert>{t('web-plan:noLine')}</Alert>}
      <Section title={t('web-plan:chart')} id="product-chart">
        <Fan product={product} textOf={textOf} />
      </Section>
      {line && (
        <Section title={t('web-plan:arithmetic')} id="product-arithmetic">
          <Text className="quiet" size="sm">
            {t('web-plan:arithmeticNote')}
          </Text>
          <OrderSteps steps={line.proposal.steps} />
        </Section>
      )}
      {line && <Worth line={line} textOf={textOf} />}
      <Shelf product={product} textOf={textOf} />
    </Stack>
  );
};

type Line = NonNullable<Product['line']>;
type TextOf = (units: number) => string;

const Verdict = ({ line, textOf }: { readonly line: Line; readonly textOf: TextOf }) => {
  const t = useT();
  const { proposal, risk, ven, supplier, moves = [] } = line;
  return (
    <div className="plan-verdict">
      <div className="plan-head">
        <RiskMark risk={risk} />
        <span className="quiet">{t(`web-plan:ven.${ven}`)}</span>
      </div>
      <When risk={risk} runsOut={proposal.runsOut} arrives={proposal.arrives} />
      <p className="big-number">
        {t('web-plan:order')}:{' '}
        {proposal.packs === 0
          ? t('web-plan:nothing')
          : t('web-plan:orderPacks', { count: proposal.packs, units: textOf(proposal.quantity) })}
      </p>
      {supplier !== undefined && proposal.packs > 0 && <Text>{t('web-plan:supplier', { supplier })}</Text>}
      {moves.map(({ from, units }) => (
        <Text key={from}>{t('web-plan:movedFrom', { from, units: textOf(units) })}</Text>
      ))}
      {line.outlook.method === 'none' ? (
        <Text>{t('web-plan:noForecast')}</Text>
      ) : (
        <OrderReasons reasons={proposal.reasons} />
      )}
    </div>
  );
};

const Worth = ({ line: { outlook }, textOf }: { readonly line: Line; readonly textOf: TextOf }) => {
  const t = useT();
  const format = useFormat();
  if (outlook.method === 'none')
    return (
      <Section title={t('web-plan:worth')} id="product-worth">
        <Text>{t('web-plan:noForecast')}</Text>
      </Section>
    );
  const percent = (value: number | null) =>
    value === null ? t('web-plan:unknown') : `${format.number(Math.round(value * 100))} %`;
  const method =
    outlook.method === 'combination' || outlook.method === 'borrowed'
      ? t(`web-plan:method.${outlook.method}`)
      : t('web-plan:method.single', { name: outlook.method });
  const signed = outlook.bias !== null && outlook.bias > 0 ? '+' : '';
  const facts = [
    [t('web-plan:method'), method],
    [`${t('web-plan:error')} (WAPE)`, percent(outlook.wape)],
    [t('web-plan:mase', { name: 'MASE' }), outlook.mase === null ? t('web-plan:unknown') : format.number(outlook.mase)],
    [t('web-plan:bias'), `${signed}${percent(outlook.bias)}`],
    [t('web-plan:sigma'), format.number(outlook.sigma)],
  ];
  return (
    <Section title={t('web-plan:worth')} id="product-worth">
      <dl className="plan-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Text className="quiet" size="sm">
        {t('web-plan:errorNote', { name: 'WAPE' })}
      </Text>
      {outlook.unusual.length > 0 && (
        <div>
          <Text fw={600}>{t('web-plan:unusual')}</Text>
          <ul className="plan-list">
            {outlook.unusual.map(({ month, value, usual }) => (
              <li key={month}>
                {t('web-plan:unusualMonth', {
                  month: monthText(month),
                  value: textOf(Math.round(value)),
                  usual: textOf(Math.round(usual)),
                })}
              </li>
            ))}
          </ul>
        </div>
      )}
    </Section>
  );
};

const Shelf = ({ product: { lots, orders }, textOf }: { readonly product: Product; readonly textOf: TextOf }) => {
  const t = useT();
  const format = useFormat();
  return (
    <>
      <Section title={t('web-plan:lots')} id="product-lots">
        {lots.length === 0 && <Text>{t('web-plan:noLots')}</Text>}
        <ul className="plan-list">
          {lots.map((lot) => (
            <li key={`${lot.gtin}.${lot.lot}`}>
              {t('web-plan:lot', { lot: lot.lot })}, {t('web-plan:until', { day: format.day(lot.expiryDate) })}:{' '}
              <strong>{textOf(lot.onHand)}</strong>
              {lot.usable < lot.onHand && ` (${t('web-plan:notUsable')}: ${textOf(lot.onHand - lot.usable)})`}
            </li>
          ))}
        </ul>
      </Section>
      <Section title={t('web-plan:orders')} id="product-orders">
        {orders.length === 0 && <Text>{t('web-plan:noOrders')}</Text>}
        <ul className="plan-list">
          {orders.map((order, i) => (
            // two deliveries of the same on one day are two
            <li key={`${order.due}.${String(i)}`}>
              {format.day(order.due)}: <strong>{textOf(order.quantity)}</strong>
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
};
