/** Products that are added to a requisition: found by name, with the pack, how many, and at what price. */
import { ActionIcon, NativeSelect, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useFormulary } from '../shared/formulary.ts';
import { useT } from '../shared/language.ts';
import { numberOf } from '../shared/parts.tsx';
import { SearchField } from '../shared/search-field.tsx';
import type { Added } from './draft.ts';
import { usePackName } from './parts.tsx';

export const AddProducts = ({
  known,
  added,
  reasons,
  disabled,
  onChange,
}: {
  /** GTINs that stand there already. */
  readonly known: ReadonlySet<string>;
  readonly added: readonly Added[];
  /** Beside a plan's lines each says why. */
  readonly reasons: boolean;
  readonly disabled: boolean;
  readonly onChange: (added: readonly Added[]) => void;
}) => {
  const t = useT();
  const formulary = useFormulary();
  const taken = new Set([...known, ...added.map(({ gtin }) => gtin)]);
  const add = (code: string) => {
    const pack = formulary.byCode(code)?.packs.find(({ gtin }) => !taken.has(gtin));
    if (pack) onChange([...added, { gtin: pack.gtin, packs: undefined, price: undefined, why: '' }]);
  };
  const change = (gtin: string, next: Partial<Added>) =>
    onChange(added.map((one) => (one.gtin === gtin ? { ...one, ...next } : one)));
  return (
    <Stack gap="sm">
      <SearchField
        label={t('web-requisitions:add')}
        placeholder={t('web-requisitions:addHint')}
        disabled={disabled}
        find={(text) =>
          formulary
            .search(text, 8)
            .filter(({ packs }) => packs.some(({ gtin }) => !taken.has(gtin)))
            .map(({ code }) => ({ value: code, label: formulary.name(code) }))
        }
        resembles={formulary.resembles}
        onChoose={add}
      />
      <ul className="plain-list requisition-lines">
        {added.map((one) => (
          <AddedLine
            key={one.gtin}
            one={one}
            taken={taken}
            reasons={reasons}
            disabled={disabled}
            onChange={(next) => change(one.gtin, next)}
            onRemove={() => onChange(added.filter(({ gtin }) => gtin !== one.gtin))}
          />
        ))}
      </ul>
    </Stack>
  );
};

const AddedLine = ({
  one,
  taken,
  reasons,
  disabled,
  onChange,
  onRemove,
}: {
  readonly one: Added;
  readonly taken: ReadonlySet<string>;
  readonly reasons: boolean;
  readonly disabled: boolean;
  readonly onChange: (next: Partial<Added>) => void;
  readonly onRemove: () => void;
}) => {
  const t = useT();
  const formulary = useFormulary();
  const packName = usePackName();
  const medicine = formulary.byGtin(one.gtin);
  const name = medicine ? formulary.name(medicine.code) : one.gtin;
  const packs = medicine?.packs.filter(({ gtin }) => gtin === one.gtin || !taken.has(gtin)) ?? [];
  return (
    <li className="requisition-line requisition-added">
      <div className="requisition-cell is-wide">
        <Text fw={600}>{name}</Text>
        <NativeSelect
          aria-label={t('web-requisitions:packChoice', { name })}
          disabled={disabled || packs.length < 2}
          value={one.gtin}
          data={packs.map(({ gtin, units }) => ({
            value: gtin,
            label: packName(medicine?.code ?? '', gtin, units),
          }))}
          onChange={(event) => onChange({ gtin: event.currentTarget.value })}
        />
      </div>
      <NumberInput
        data-asked
        autoFocus={one.packs === undefined}
        label={t('web-requisitions:asked')}
        aria-label={t('web-requisitions:askedOf', { name })}
        min={0}
        max={1_000_000}
        allowDecimal={false}
        allowNegative={false}
        hideControls
        disabled={disabled}
        value={one.packs ?? ''}
        onChange={(value) => onChange({ packs: numberOf(value) })}
      />
      <NumberInput
        label={t('web-requisitions:price')}
        aria-label={t('web-requisitions:priceOf', { name })}
        min={0}
        max={10_000_000_000}
        decimalScale={2}
        allowedDecimalSeparators={['.', ',']}
        thousandSeparator=" "
        allowNegative={false}
        hideControls
        disabled={disabled}
        value={one.price ?? ''}
        onChange={(value) => onChange({ price: numberOf(value) })}
      />
      <TextInput
        label={t(reasons ? 'web-requisitions:why' : 'web-requisitions:reason')}
        aria-label={t('web-requisitions:whyOf', { name })}
        required={reasons}
        maxLength={200}
        disabled={disabled}
        value={one.why}
        onChange={(event) => onChange({ why: event.currentTarget.value })}
      />
      <ActionIcon
        size={44}
        variant="default"
        disabled={disabled}
        aria-label={t('web-requisitions:remove', { name })}
        onClick={onRemove}
      >
        <IconTrash size={20} aria-hidden />
      </ActionIcon>
    </li>
  );
};
