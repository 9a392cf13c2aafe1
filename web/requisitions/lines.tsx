/** The lines of a requisition: what was proposed beside what is asked for; by keys, line after line, where it may be changed. */
import { Button, Checkbox, NumberInput, Text, TextInput, VisuallyHidden } from '@mantine/core';
import { IconCalculator } from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import { useFormulary } from '../shared/formulary.ts';
import { useFormat, useT } from '../shared/language.ts';
import { numberOf } from '../shared/parts.tsx';
import { Arithmetic } from './arithmetic.tsx';
import { asksWhy, type Edit, type Edits, editOf, type Item } from './draft.ts';
import { RiskMark, useMoney, usePackName, Warned } from './parts.tsx';

/** Lines that are drawn at once; a weekly plan of a large warehouse has thousands. */
const shownAtOnce = 60;

/** Enter goes to the same field of the next line, as on paper one goes down the column. */
const goOn = (event: KeyboardEvent<HTMLElement>): void => {
  if (event.key !== 'Enter') return;
  event.preventDefault();
  const fields = [...document.querySelectorAll<HTMLInputElement>('input[data-asked]')];
  const here = fields.indexOf(event.target as HTMLInputElement);
  const next = fields[here + (event.shiftKey ? -1 : 1)];
  next?.focus();
  next?.select();
};

export const Lines = ({
  id,
  items,
  edits,
  faults,
  disabled,
  onEdit,
}: {
  readonly id: string;
  readonly items: readonly Item[];
  /** Absent where nothing may be changed. */
  readonly edits: Edits | undefined;
  readonly faults: ReadonlyMap<number, 'packs' | 'why'>;
  readonly disabled: boolean;
  readonly onEdit: (line: number, edit: Edit) => void;
}) => {
  const t = useT();
  const formulary = useFormulary();
  const [text, setText] = useState('');
  const [onlyChanged, setOnlyChanged] = useState(false);
  const [onlyRisk, setOnlyRisk] = useState(false);
  const [most, setMost] = useState(shownAtOnce);
  const wanted = text.trim().toLowerCase();
  const found = items.filter(
    (item) =>
      (wanted === '' || formulary.name(item.medicine).toLowerCase().includes(wanted)) &&
      (!onlyChanged || asksWhy(item, edits?.get(item.line)?.packs ?? item.packs)) &&
      (!onlyRisk || item.risk === 'out' || item.risk === 'before-arrival'),
  );
  return (
    <>
      {items.length > 8 && (
        <div className="requisition-filters">
          <TextInput
            label={t('web-requisitions:filter')}
            value={text}
            autoComplete="off"
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Checkbox
            label={t('web-requisitions:onlyChanged')}
            checked={onlyChanged}
            onChange={(event) => setOnlyChanged(event.currentTarget.checked)}
          />
          <Checkbox
            label={t('web-requisitions:onlyRisk')}
            checked={onlyRisk}
            onChange={(event) => setOnlyRisk(event.currentTarget.checked)}
          />
        </div>
      )}
      <Text size="sm" className="quiet" role="status">
        {t('web-requisitions:shownOf', { shown: Math.min(found.length, most), count: items.length })}
        {edits && ` · ${t('web-requisitions:keysHint')}`}
      </Text>
      <div className="requisition-line requisition-head" aria-hidden>
        <span>{t('web-requisitions:product')}</span>
        <span className="requisition-cell is-number">{t('web-requisitions:proposed')}</span>
        <span className="requisition-cell is-number">{t('web-requisitions:asked')}</span>
        <span className="requisition-cell is-number">{t('web-requisitions:price')}</span>
        <span className="requisition-cell is-number">{t('web-requisitions:value')}</span>
      </div>
      <ul className="plain-list requisition-lines">
        {found.slice(0, most).map((item) => (
          <Line
            key={item.line}
            id={id}
            item={item}
            edit={edits && (edits.get(item.line) ?? editOf(item))}
            fault={faults.get(item.line)}
            disabled={disabled}
            onEdit={(edit) => onEdit(item.line, edit)}
          />
        ))}
      </ul>
      {found.length === 0 && <Text>{t('web-requisitions:noneMatch')}</Text>}
      {found.length > most && (
        <Button variant="default" className="requisition-start" onClick={() => setMost(most + shownAtOnce)}>
          {t('web-requisitions:moreLines')}
        </Button>
      )}
    </>
  );
};

const Line = ({
  id,
  item,
  edit,
  fault,
  disabled,
  onEdit,
}: {
  readonly id: string;
  readonly item: Item;
  readonly edit: Edit | undefined;
  readonly fault: 'packs' | 'why' | undefined;
  readonly disabled: boolean;
  readonly onEdit: (edit: Edit) => void;
}) => {
  const t = useT();
  const format = useFormat();
  const money = useMoney();
  const formulary = useFormulary();
  const packName = usePackName();
  const [open, setOpen] = useState(false);
  const name = formulary.name(item.medicine);
  const packs = edit ? edit.packs : item.packs;
  const price = edit?.price === undefined ? item.packPrice : Math.round(edit.price * 100);
  const differs = asksWhy(item, packs);
  const { priceLimit } = item;
  return (
    <li className="requisition-line" data-differs={differs}>
      <div className="requisition-cell is-wide">
        <Text fw={600}>{name}</Text>
        <Text size="sm" className="quiet">
          {packName(item.medicine, item.gtin, item.packUnits)}
        </Text>
        {item.risk !== undefined && item.risk !== 'ok' && <RiskMark risk={item.risk} />}
        {item.explained && (
          <Button
            size="compact-md"
            variant="subtle"
            leftSection={<IconCalculator size={18} aria-hidden />}
            onClick={() => setOpen(true)}
          >
            {t('web-requisitions:calculation')}
            <VisuallyHidden>: {name}</VisuallyHidden>
          </Button>
        )}
        {open && <Arithmetic id={id} line={item.line} name={name} onClose={() => setOpen(false)} />}
      </div>
      <div className="requisition-cell is-number">
        <span className="requisition-label">{t('web-requisitions:proposed')}</span>
        <Text>{item.proposed === undefined ? '–' : format.number(item.proposed)}</Text>
      </div>
      <div className="requisition-cell is-number">
        <span className="requisition-label">{t('web-requisitions:asked')}</span>
        {edit ? (
          <NumberInput
            data-asked
            aria-label={t('web-requisitions:askedOf', { name })}
            min={0}
            max={1_000_000}
            allowDecimal={false}
            allowNegative={false}
            hideControls
            disabled={disabled}
            value={edit.packs ?? ''}
            error={fault === 'packs'}
            onKeyDown={goOn}
            onFocus={(event) => event.currentTarget.select()}
            onChange={(value) => onEdit({ ...edit, packs: numberOf(value) })}
          />
        ) : (
          <Text fw={650}>{format.number(item.packs)}</Text>
        )}
      </div>
      <div className="requisition-cell is-number">
        <span className="requisition-label">{t('web-requisitions:price')}</span>
        {edit ? (
          <NumberInput
            aria-label={t('web-requisitions:priceOf', { name })}
            min={0}
            max={10_000_000_000}
            decimalScale={2}
            allowedDecimalSeparators={['.', ',']}
            thousandSeparator=" "
            allowNegative={false}
            hideControls
            disabled={disabled}
            value={edit.price ?? ''}
            placeholder={
              item.packPrice === undefined ? t('web-requisitions:noPrice') : format.number(item.packPrice / 100)
            }
            onChange={(value) => onEdit({ ...edit, price: numberOf(value) })}
          />
        ) : (
          <Text>{item.packPrice === undefined ? t('web-requisitions:noPrice') : money(item.packPrice)}</Text>
        )}
        {item.estimated && edit?.price === undefined && (
          <Text size="sm" className="quiet">
            {t('web-requisitions:estimated')}
          </Text>
        )}
        {price !== undefined && priceLimit !== undefined && price > priceLimit && (
          <Warned>{t('web-requisitions:tooDear', { limit: money(priceLimit) })}</Warned>
        )}
      </div>
      <div className="requisition-cell is-number">
        <span className="requisition-label">{t('web-requisitions:value')}</span>
        <Text fw={650}>{price === undefined ? '–' : money((packs ?? 0) * price)}</Text>
      </div>
      {(differs || item.why !== undefined) && (
        <div className="requisition-why">
          {edit ? (
            <TextInput
              label={t('web-requisitions:why')}
              aria-label={t('web-requisitions:whyOf', { name })}
              value={edit.why}
              maxLength={200}
              required={differs}
              disabled={disabled}
              error={fault === 'why' ? t('web-requisitions:whyNeeded') : undefined}
              onChange={(event) => onEdit({ ...edit, why: event.currentTarget.value })}
            />
          ) : (
            <Text size="sm">
              {t('web-requisitions:reason')}: {item.why}
            </Text>
          )}
        </div>
      )}
    </li>
  );
};
