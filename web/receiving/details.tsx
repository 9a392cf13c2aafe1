/** What stands around the goods: temperatures at arrival, the supplier's document, an earlier day. */
import { dayMs, tashkentDay } from '@darmon/domain/time';
import { NumberInput, Stack, Switch, Text, TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { DayField } from '../shared/day-field.tsx';
import { useFormat, useT } from '../shared/language.ts';
import { numberOf, Section } from '../shared/parts.tsx';
import { usePolicy } from '../shared/policy.ts';
import type { Draft, readingsFor } from './draft.ts';
import type { Delivery } from './use-delivery.ts';

export const Temperatures = ({
  draft,
  readings,
  disabled,
  change,
}: {
  readonly draft: Draft;
  readonly readings: ReturnType<typeof readingsFor>;
  readonly disabled: boolean;
  readonly change: Delivery['change'];
}) => {
  const t = useT();
  const format = useFormat();
  const policy = usePolicy();
  const limitsOf = (storage: (typeof readings)[number]) => policy.warehouse.storage[storage];
  const isOut = (storage: (typeof readings)[number]): boolean => {
    const [celsius, limits] = [draft.celsius[storage], limitsOf(storage)];
    return celsius !== undefined && (celsius < limits.from || celsius > limits.to);
  };
  return (
    <Section title={t('web-receiving:temperature')} id="temperature">
      <Text>{t('web-receiving:temperatureText')}</Text>
      <div className="two-columns">
        {readings.map((storage) => {
          const limits = limitsOf(storage);
          return (
            <NumberInput
              key={storage}
              label={t('web-receiving:celsius', { storage: t(`medicine:storage.${storage}`) })}
              description={
                limits && t('web-receiving:limits', { from: format.number(limits.from), to: format.number(limits.to) })
              }
              required
              size="md"
              value={draft.celsius[storage] ?? ''}
              min={-90}
              max={60}
              step={0.1}
              decimalScale={1}
              allowedDecimalSeparators={['.', ',']}
              clampBehavior="none"
              hideControls
              disabled={disabled}
              onChange={(value) =>
                change((d) => {
                  const { [storage]: _, ...others } = d.celsius;
                  const celsius = numberOf(value);
                  return { ...d, celsius: celsius === undefined ? others : { ...others, [storage]: celsius } };
                })
              }
            />
          );
        })}
      </div>
      <div role="status">
        {readings.some(isOut) && (
          <Text className="said-note said-wrong">
            <IconAlertTriangle size={20} aria-hidden />
            {t('web-receiving:outOfLimits')}
          </Text>
        )}
      </div>
    </Section>
  );
};

export const Details = ({
  draft,
  today,
  disabled,
  halfDocument,
  errorsOf,
  change,
}: {
  readonly draft: Draft;
  readonly today: string;
  readonly disabled: boolean;
  readonly halfDocument: boolean;
  readonly errorsOf: Delivery['errorsOf'];
  readonly change: Delivery['change'];
}) => {
  const t = useT();
  const policy = usePolicy();
  const { document, backdated } = draft;
  const days = policy.warehouse.backdateDays;
  const yesterday = tashkentDay(Date.now() - dayMs);
  const setDocument = (more: Partial<Draft['document']>) =>
    change((d) => ({ ...d, document: { ...d.document, ...more } }));
  return (
    <Section title={t('web-receiving:details')} id="details">
      {draft.list ? (
        <Switch
          size="md"
          label={t('web-receiving:partial')}
          description={t('web-receiving:partialHint')}
          checked={draft.partial}
          disabled={disabled}
          onChange={(event) => {
            const partial = event.currentTarget.checked;
            change((d) => ({ ...d, partial }));
          }}
        />
      ) : (
        <>
          <div className="two-columns">
            <TextInput
              label={t('web-warehouse:supplier')}
              value={document.supplier}
              maxLength={60}
              disabled={disabled}
              error={errorsOf('/document/supplier')[0]}
              onChange={(event) => setDocument({ supplier: event.currentTarget.value })}
            />
            <TextInput
              label={t('web-warehouse:documentNumber')}
              value={document.number}
              maxLength={40}
              disabled={disabled}
              error={halfDocument ? t('web-warehouse:documentBoth') : errorsOf('/document/number')[0]}
              onChange={(event) => setDocument({ number: event.currentTarget.value })}
            />
          </div>
          <Text size="sm" className="quiet">
            {t('web-warehouse:documentHint')}
          </Text>
        </>
      )}
      {days > 0 && (
        <Switch
          size="md"
          label={t('web-receiving:backdate')}
          checked={backdated !== null}
          disabled={disabled}
          onChange={(event) => {
            const isOn = event.currentTarget.checked;
            change((d) => ({ ...d, backdated: isOn ? { day: yesterday, reason: '' } : null }));
          }}
        />
      )}
      {backdated && (
        <Stack gap="sm">
          <DayField
            label={t('web-receiving:backdateDay')}
            value={backdated.day}
            min={tashkentDay(Date.parse(`${today}T12:00:00Z`) - days * dayMs)}
            max={yesterday}
            disabled={disabled}
            error={errorsOf('/backdated/day')[0]}
            onChange={(day) => change((d) => ({ ...d, backdated: { day, reason: d.backdated?.reason ?? '' } }))}
          />
          <TextInput
            label={t('web-receiving:backdateWhy')}
            value={backdated.reason}
            maxLength={300}
            required
            disabled={disabled}
            onChange={(event) => {
              const reason = event.currentTarget.value;
              change((d) => ({ ...d, backdated: { day: d.backdated?.day ?? '', reason } }));
            }}
          />
        </Stack>
      )}
    </Section>
  );
};
