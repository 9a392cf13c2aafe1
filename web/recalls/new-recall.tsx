/** A new recall: the pack is scanned or its lot typed, where it lies is shown, and then it is frozen everywhere. */
import { Reason } from '@darmon/domain/event';
import { gtinCheckDigit } from '@darmon/domain/gs1';
import { Lot } from '@darmon/domain/stock';
import { tashkentDay } from '@darmon/domain/time';
import { recallRoutes } from '@darmon/function-inventory/recall-routes';
import { Alert, Button, Group, Radio, Stack, Text, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconSearch } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { wantPack } from '../scan/meaning.ts';
import { ScanField } from '../scan/scan-field.tsx';
import { keyOf, useAnswer, useCall } from '../shared/client.ts';
import { useFormulary } from '../shared/formulary.ts';
import { useFormat, useT } from '../shared/language.ts';
import { FailureAlert, type Note, Page, Said, Section, Waiting } from '../shared/parts.tsx';
import { usePart, usePlaceName, useUnits } from './parts.tsx';

interface LotName {
  readonly gtin: string;
  readonly lot: string;
}

const isGtin = (text: string): boolean =>
  /^\d{14}$/.test(text) && String(gtinCheckDigit(text.slice(0, 13))) === text.slice(13);
/** Printed codes name thirteen digits or eight; GS1 fills them with zeros in front. */
const filled = (text: string): string =>
  /^(\d{8}|\d{12,13})$/.test(text.trim()) ? text.trim().padStart(14, '0') : text.trim();

export const NewRecallPage = () => {
  const t = useT();
  const formulary = useFormulary();
  const [gtin, setGtin] = useState('');
  const [lot, setLot] = useState('');
  const [chosen, setChosen] = useState<LotName | undefined>();
  const [error, setError] = useState<string | undefined>();

  const onScan = (raw: string) => {
    setError(undefined);
    const read = wantPack(raw, tashkentDay(Date.now()), (code) => formulary.byGtin(code) !== undefined);
    if (read.kind === 'no') return setError(t(read.word));
    setGtin(read.pack.gtin);
    setLot(read.pack.lot ?? '');
    if (read.pack.lot === undefined) return setError(t('web-recalls:noLotInCode'));
    setChosen({ gtin: read.pack.gtin, lot: read.pack.lot });
  };
  const typed = { gtin: filled(gtin), lot: lot.trim() };
  const isWhole = isGtin(typed.gtin) && Lot.safeParse(typed.lot).success;
  return (
    <Page title={t('web-recalls:new')}>
      <ScanField
        label={t('web-recalls:packField')}
        hint={t('web-recalls:packHint')}
        submit={t('web-recalls:read')}
        onScan={onScan}
        error={error}
      />
      <form
        className="recall-fields"
        onSubmit={(event) => {
          event.preventDefault();
          if (isWhole) setChosen(typed);
        }}
      >
        <TextInput
          label={t('web-recalls:gtin')}
          value={gtin}
          maxLength={14}
          inputMode="numeric"
          autoComplete="off"
          onChange={(event) => setGtin(event.currentTarget.value)}
        />
        <TextInput
          label={t('web-recalls:lot')}
          value={lot}
          maxLength={20}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setLot(event.currentTarget.value)}
        />
        <Button
          type="submit"
          mt={{ base: 0, sm: '1.6rem' }}
          disabled={!isWhole}
          leftSection={<IconSearch size={20} aria-hidden />}
        >
          {t('web-recalls:find')}
        </Button>
      </form>
      {chosen && <Where key={`${chosen.gtin}#${chosen.lot}`} lot={chosen} />}
    </Page>
  );
};

const Where = ({ lot }: { readonly lot: LotName }) => {
  const t = useT();
  const format = useFormat();
  const formulary = useFormulary();
  const nameOf = usePlaceName();
  const found = useAnswer(recallRoutes.findLot, { query: { ...lot, limit: 100 } });
  const units = useUnits(found.data?.medicine);
  if (found.isPending) return <Waiting />;
  if (!found.data) return <FailureAlert failure={found.error} onRetry={() => void found.refetch()} />;
  const { items, medicine, state, expiryDate, brand, next } = found.data;
  const holding = items.filter((place) => place.onHand > 0);
  const sum = holding.reduce((total, place) => total + place.onHand, 0);
  return (
    <>
      <Section title={t('web-recalls:whereTitle')} id="where">
        <Text fw={600}>{t('web-recalls:lotOf', { name: formulary.name(medicine), lot: lot.lot })}</Text>
        <Text className="quiet" size="sm">
          {brand} · {format.day(expiryDate)} · {t('web-recalls:stateNow', { state: t(`medicine:lot.${state}`) })}
        </Text>
        <Text role="status">{t('web-recalls:whereSum', { places: holding.length, units: units(sum) })}</Text>
        <ul>
          {holding.map((place) => (
            <li key={place.place}>
              {nameOf(place.place)}: <strong>{units(place.onHand)}</strong>
            </li>
          ))}
        </ul>
        {next !== undefined && <Text>{t('web-recalls:whereMore')}</Text>}
      </Section>
      {state === 'recalled' ? (
        <Alert color="violet" icon={<IconAlertTriangle aria-hidden />} title={t('web-recalls:alreadyRecalled')} />
      ) : (
        <Decide lot={lot} state={state} onChanged={() => void found.refetch()} />
      )}
    </>
  );
};

const actions = ['recall', 'on-hold', 'quarantined', 'available'] as const;
type Action = (typeof actions)[number];
const actionWords = {
  recall: 'web-recalls:doRecall',
  'on-hold': 'web-recalls:doHold',
  quarantined: 'web-recalls:doQuarantine',
  available: 'web-recalls:doRelease',
} as const;

const Decide = ({
  lot,
  state,
  onChanged,
}: {
  readonly lot: LotName;
  readonly state: 'available' | 'on-hold' | 'quarantined';
  readonly onChanged: () => void;
}) => {
  const t = useT();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { quality } = usePart();
  const open = useCall(recallRoutes.openRecall);
  const set = useCall(recallRoutes.setCountryState);
  const [action, setAction] = useState<Action>('recall');
  const [level, setLevel] = useState('');
  const [reason, setReason] = useState('');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [said, setSaid] = useState<Note | undefined>();
  const isRecall = action === 'recall';
  const isRange = from.trim() !== '' && to.trim() !== '';
  const call = isRecall ? open : set;
  const isWhole =
    Reason.safeParse(reason).success && (!isRecall || (level !== '' && (from.trim() === '') === (to.trim() === '')));

  const send = async () => {
    setSaid(undefined);
    if (action !== 'recall') {
      const done = await set.run({ body: { ...lot, state: action, reason: reason.trim() } });
      if (!done) return;
      setSaid({ good: true, text: t('web-recalls:stateSet', { state: t(`medicine:lot.${done.state}`) }) });
      return onChanged();
    }
    const serials = isRange ? { serials: { from: from.trim(), to: to.trim() } } : {};
    const body = { ...lot, ...serials, class: Number(level) as 1 | 2 | 3, reason: reason.trim() };
    const done = await open.run({ body });
    if (!done) return;
    await queries.invalidateQueries({ queryKey: keyOf(recallRoutes.listRecalls) });
    await navigate({ to: '/recalls/$id', params: { id: done.id } });
  };
  return (
    <Section title={t('web-recalls:freezeTitle')} id="freeze">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isWhole) void send();
        }}
      >
        <Stack gap="md">
          {quality && (
            <Radio.Group
              value={action}
              onChange={(value) => setAction(value as Action)}
              label={t('web-recalls:everywhere')}
            >
              <Group gap="lg" mt="xs">
                {actions
                  .filter((one) => one !== state)
                  .map((one) => (
                    <Radio key={one} value={one} label={t(actionWords[one])} disabled={call.uncertain} />
                  ))}
              </Group>
            </Radio.Group>
          )}
          {isRecall && (
            <>
              <Radio.Group value={level} onChange={setLevel} label={t('web-recalls:class')} required>
                <Stack gap="xs" mt="xs">
                  {(['1', '2', '3'] as const).map((one) => (
                    <Radio key={one} value={one} label={t(`web-recalls:class.${one}`)} disabled={open.uncertain} />
                  ))}
                </Stack>
              </Radio.Group>
              <div>
                <Text fw={500}>
                  {t('web-recalls:serials')} <span className="quiet">({t('common:optional')})</span>
                </Text>
                <Text size="sm" className="quiet">
                  {t('web-recalls:serialsHint')}
                </Text>
                <div className="recall-fields">
                  <TextInput
                    label={t('web-recalls:from')}
                    value={from}
                    maxLength={20}
                    autoComplete="off"
                    disabled={open.uncertain}
                    onChange={(event) => setFrom(event.currentTarget.value)}
                  />
                  <TextInput
                    label={t('web-recalls:to')}
                    value={to}
                    maxLength={20}
                    autoComplete="off"
                    disabled={open.uncertain}
                    onChange={(event) => setTo(event.currentTarget.value)}
                  />
                </div>
              </div>
            </>
          )}
          <TextInput
            label={t('web-recalls:reason')}
            description={t('web-recalls:reasonHint')}
            required
            value={reason}
            maxLength={300}
            disabled={call.uncertain}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {isRecall && (
            <Alert color="orange" icon={<IconAlertTriangle aria-hidden />}>
              {t('web-recalls:confirmRecall')}
            </Alert>
          )}
          <Said note={said} />
          <FailureAlert
            failure={call.failure}
            uncertain={call.uncertain}
            onRetry={() =>
              void (isRecall
                ? open.retry().then((done) => done && navigate({ to: '/recalls/$id', params: { id: done.id } }))
                : set.retry().then((done) => done && onChanged()))
            }
          />
          <Group>
            <Button
              type="submit"
              size="md"
              color={isRecall ? 'red.8' : undefined}
              loading={call.pending}
              disabled={!isWhole || call.uncertain}
            >
              {t(actionWords[action])}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
};
