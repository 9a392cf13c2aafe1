/** Products that are added to a requisition: found by name, with the pack, how many, at what price, and what a plan says. */
import { planRoutes } from '@darmon/function-procurement/plan-routes';
import { ActionIcon, Button, NativeSelect, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { IconListNumbers, IconTrash } from '@tabler/icons-react';
import { type Dispatch, type SetStateAction, useEffect, useState } from 'react';
import { useAnswer } from '../shared/client.ts';
import { useFormulary } from '../shared/formulary.ts';
import { useFormat, useT } from '../shared/language.ts';
import { OrderSteps } from '../shared/order-steps.tsx';
import { Dialog, numberOf } from '../shared/parts.tsx';
import { SearchField } from '../shared/search-field.tsx';
import { type Added, addedAsksWhy } from './draft.ts';
import { usePackName } from './parts.tsx';

export const AddProducts = ({
  site,
  known,
  added,
  reasons,
  disabled,
  onChange,
}: {
  /** Whose plan says what it would propose; empty where nobody is to be kept waiting, or no site is chosen yet. */
  readonly site: string;
  /** GTINs that stand there already. */
  readonly known: ReadonlySet<string>;
  readonly added: readonly Added[];
  /** Beside a plan's lines each says why. */
  readonly reasons: boolean;
  readonly disabled: boolean;
  readonly onChange: Dispatch<SetStateAction<readonly Added[]>>;
}) => {
  const t = useT();
  const formulary = useFormulary();
  const taken = new Set([...known, ...added.map(({ gtin }) => gtin)]);
  const add = (code: string) => {
    const pack = formulary.byCode(code)?.packs.find(({ gtin }) => !taken.has(gtin));
    if (pack) onChange([...added, { gtin: pack.gtin, packs: undefined, price: undefined, why: '' }]);
  };
  // proposals come in beside each other and beside what is typed
  const change = (gtin: string, next: (one: Added) => Added) =>
    onChange((now) => now.map((one) => (one.gtin === gtin ? next(one) : one)));
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
            site={site}
            one={one}
            taken={taken}
            reasons={reasons}
            disabled={disabled}
            onChange={(next) => change(one.gtin, (before) => ({ ...before, ...next }))}
            onProposed={(proposed) =>
              change(one.gtin, (before) => ({ ...before, proposed, packs: before.packs ?? proposed }))
            }
            onRemove={() => onChange(added.filter(({ gtin }) => gtin !== one.gtin))}
          />
        ))}
      </ul>
    </Stack>
  );
};

/** What a plan would say now of one pack: in whole packs of this one, with its steps. */
const useProposal = (site: string, gtin: string) => {
  const formulary = useFormulary();
  const medicine = formulary.byGtin(gtin);
  const answer = useAnswer(
    planRoutes.planMedicineNow,
    { params: { site, medicine: medicine?.code ?? '' } },
    { enabled: site !== '' && medicine !== undefined, staleTime: 60_000 },
  );
  const line = answer.data?.line;
  const units = medicine?.packs.find((pack) => pack.gtin === gtin)?.units ?? 1;
  if (!line) return undefined;
  const packs = line.gtin === gtin ? line.proposal.packs : Math.ceil(line.proposal.quantity / units);
  return { packs, steps: line.proposal.steps };
};

const AddedLine = ({
  site,
  one,
  taken,
  reasons,
  disabled,
  onChange,
  onProposed,
  onRemove,
}: {
  readonly site: string;
  readonly one: Added;
  readonly taken: ReadonlySet<string>;
  readonly reasons: boolean;
  readonly disabled: boolean;
  readonly onChange: (next: Partial<Added>) => void;
  readonly onProposed: (packs: number) => void;
  readonly onRemove: () => void;
}) => {
  const t = useT();
  const format = useFormat();
  const formulary = useFormulary();
  const packName = usePackName();
  const [shown, setShown] = useState(false);
  const proposal = useProposal(site, one.gtin);
  const proposed = proposal?.packs;
  // told once for each answer: the teller is new each time
  useEffect(() => {
    if (proposed !== undefined) onProposed(proposed);
  }, [proposed]);
  const asksWhy = addedAsksWhy(one, reasons);
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
        {proposal && (
          <div className="row-between">
            <Text size="sm">
              {t('web-requisitions:proposed')}: <strong>{format.number(proposal.packs)}</strong>
            </Text>
            <Button
              variant="subtle"
              size="compact-md"
              leftSection={<IconListNumbers size={18} aria-hidden />}
              aria-label={t('web-requisitions:calculationOf', { name })}
              onClick={() => setShown(true)}
            >
              {t('web-requisitions:calculation')}
            </Button>
            {shown && (
              <Dialog
                opened
                onClose={() => setShown(false)}
                size="lg"
                title={t('web-requisitions:calculationOf', { name })}
              >
                <OrderSteps steps={proposal.steps} />
              </Dialog>
            )}
          </div>
        )}
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
        label={t(asksWhy ? 'web-requisitions:why' : 'web-requisitions:reason')}
        aria-label={t('web-requisitions:whyOf', { name })}
        required={asksWhy}
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
