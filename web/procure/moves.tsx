/** What sites of a region could send each other before anything is bought. */
import { routes } from '@darmon/function-procurement/routes';
import { regions } from '@darmon/i18n/words/regions';
import { NativeSelect, Text } from '@mantine/core';
import { useState } from 'react';
import { useAnswer } from '../shared/client.ts';
import { useFormulary } from '../shared/formulary.ts';
import { useFormat, useT } from '../shared/language.ts';
import { FailureAlert, Section, Waiting } from '../shared/parts.tsx';
import { useUnits } from './plan-lines.tsx';

const isRegion = (code: string): code is keyof typeof regions => code in regions;

/** With so few pairs of sites all lies open. */
const mostOpen = 3;

/** What goes from one site to another goes in one transfer: the pair with the most comes first. */
const byRoad = <M extends { readonly from: string; readonly to: string }>(moves: readonly M[]): [M, ...M[]][] =>
  [...Map.groupBy(moves, ({ from, to }) => `${from}>${to}`).values()]
    .map((road) => road as [M, ...M[]])
    .sort((a, b) => b.length - a.length);

/** `among` are the regions that can be chosen, the first of them to begin with. */
export const Moves = ({ among }: { readonly among: readonly string[] }) => {
  const t = useT();
  const format = useFormat();
  const formulary = useFormulary();
  const units = useUnits();
  const [region, setRegion] = useState(among[0] ?? '');
  const moves = useAnswer(routes.listSuggestedTransfers, { query: { region } });
  return (
    <Section title={t('web-plan:moves')} id="plan-moves">
      <Text className="quiet" size="sm">
        {t('web-plan:movesNote')}
      </Text>
      <NativeSelect
        className="no-print"
        label={t('web-plan:movesRegion')}
        maw={420}
        value={region}
        data={among.map((code) => ({ value: code, label: isRegion(code) ? t(`regions:${code}`) : code }))}
        onChange={(event) => setRegion(event.currentTarget.value)}
      />
      {moves.isPending && <Waiting />}
      <FailureAlert failure={moves.error} onRetry={() => void moves.refetch()} />
      {moves.data?.items.length === 0 && <Text>{t('web-plan:noMoves')}</Text>}
      {moves.data && moves.data.items.length > 0 && (
        <div className="plan-moves">
          {byRoad(moves.data.items).map((road, _, roads) => (
            <details key={`${road[0].from}.${road[0].to}`} open={roads.length <= mostOpen}>
              <summary>
                <strong>{t('web-plan:move', { from: road[0].fromName, to: road[0].toName })}</strong>{' '}
                <span className="quiet">
                  {t('web-plan:movesOfRoad', { count: new Set(road.map((move) => move.medicine)).size })}
                </span>
              </summary>
              <ul>
                {road.map((move) => (
                  <li key={`${move.gtin}.${move.lot}`}>
                    <p>
                      {formulary.name(move.medicine)}: <strong>{units(move.medicine, move.quantity)}</strong>
                    </p>
                    <p className="quiet">
                      {t('web-plan:lot', { lot: move.lot })},{' '}
                      {t('web-plan:until', { day: format.day(move.expiryDate) })};{' '}
                      {t(`web-plan:moveWhy.${move.reason}`)}
                      {move.counted && `; ${t('web-plan:moveCounted')}`}
                    </p>
                  </li>
                ))}
              </ul>
            </details>
          ))}
        </div>
      )}
      {moves.data && moves.data.of > moves.data.items.length && (
        <Text className="quiet">{t('web-plan:shown', { count: moves.data.items.length, of: moves.data.of })}</Text>
      )}
    </Section>
  );
};
