/** The running list of a delivery: what came of each lot against what was announced, the last one scanned first. */
import { maxPacks } from '@darmon/function-inventory/receipt-routes';
import { quantityText } from '@darmon/i18n/dosage';
import {
  ActionIcon,
  Button,
  Group,
  NumberInput,
  Paper,
  SegmentedControl,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import {
  IconAlertTriangle,
  IconArrowUp,
  IconCircleCheck,
  IconClockPause,
  IconFlag,
  IconMinus,
  IconPencil,
  IconPlus,
  IconProgressCheck,
  IconQuestionMark,
  IconTrash,
} from '@tabler/icons-react';
import { memo, useCallback, useState } from 'react';
import type { Formulary } from '../shared/formulary.ts';
import { useFormat, useLanguage, useT } from '../shared/language.ts';
import { Mark, numberOf } from '../shared/parts.tsx';
import {
  changeLine,
  type Draft,
  type DraftLine,
  needsOf,
  readExpiry,
  removeLine,
  type Standing,
  standingOf,
} from './draft.ts';
import type { Telling } from './tell.tsx';
import type { Delivery } from './use-delivery.ts';

/** As many as a telephone draws without a pause; the rest on request. */
const firstLines = 40;

const filters = ['all', 'open', 'differs', 'needs'] as const;
type Filter = (typeof filters)[number];
const passes: Record<Filter, (standing: Standing, needs: number) => boolean> = {
  all: () => true,
  open: (standing) => standing === 'to-come' || standing === 'some',
  differs: (standing) => standing === 'some' || standing === 'over' || standing === 'extra',
  needs: (_, needs) => needs > 0,
};

export const Lines = ({
  draft,
  today,
  formulary,
  disabled,
  errors,
  isMismatch,
  change,
  onTell,
}: {
  readonly draft: Draft;
  readonly today: string;
  readonly formulary: Formulary;
  readonly disabled: boolean;
  /** What the server said of a line, by its key. */
  readonly errors: ReadonlyMap<string, readonly string[]>;
  /** It said that the country knows another expiry date. */
  readonly isMismatch: boolean;
  readonly change: Delivery['change'];
  readonly onTell: (telling: Telling) => void;
}) => {
  const t = useT();
  const [filter, setFilter] = useState<Filter>('all');
  const [shown, setShown] = useState(firstLines);
  const [opened, setOpened] = useState<string | undefined>();
  const onOpen = useCallback((key: string) => setOpened((before) => (before === key ? undefined : key)), []);
  const onChange = useCallback((line: DraftLine) => change((d) => changeLine(d, line)), [change]);
  const onRemove = useCallback((key: string) => change((d) => removeLine(d, key)), [change]);
  if (draft.lines.length === 0) return null;
  const hasList = draft.list !== undefined;
  const found = draft.lines.filter((line) => passes[filter](standingOf(line, hasList), needsOf(line, today).length));
  const rest = found.length - shown;
  return (
    <Stack gap="sm">
      <Group justify="space-between" gap="sm">
        <Title order={2}>{t('web-warehouse:lines')}</Title>
        {draft.lines.length > 5 && (
          <SegmentedControl
            className="receive-filter"
            aria-label={t('web-receiving:filter.label')}
            value={filter}
            data={filters
              .filter((one) => hasList || one === 'all' || one === 'needs')
              .map((one) => ({ value: one, label: t(`web-receiving:filter.${one}`) }))}
            onChange={(value) => {
              setFilter(value as Filter);
              setShown(firstLines);
            }}
          />
        )}
      </Group>
      {found.length === 0 && <Text className="quiet">{t('web-receiving:noneShown')}</Text>}
      <ul className="plain-list receive-lines">
        {found.slice(0, shown).map((line) => (
          <li key={line.key}>
            <Line
              line={line}
              hasList={hasList}
              today={today}
              formulary={formulary}
              isOpen={opened === line.key}
              disabled={disabled}
              error={errors.get(line.key)?.join(' ')}
              isMismatch={isMismatch}
              onOpen={onOpen}
              onChange={onChange}
              onRemove={onRemove}
              onTell={onTell}
            />
          </li>
        ))}
      </ul>
      {rest > 0 && (
        <Button variant="default" onClick={() => setShown(shown + 2 * firstLines)}>
          {t('web-receiving:more', { count: rest })}
        </Button>
      )}
    </Stack>
  );
};

const marks: Record<Exclude<Standing, 'free'>, { color: string; Icon: typeof IconFlag }> = {
  'to-come': { color: 'gray', Icon: IconClockPause },
  some: { color: 'orange', Icon: IconProgressCheck },
  all: { color: 'green', Icon: IconCircleCheck },
  over: { color: 'red', Icon: IconArrowUp },
  extra: { color: 'red', Icon: IconQuestionMark },
};

const StandingMark = ({ line, hasList, needs }: { line: DraftLine; hasList: boolean; needs: number }) => {
  const t = useT();
  if (needs > 0)
    return (
      <Mark color="red" Icon={IconAlertTriangle}>
        {t('web-receiving:incomplete')}
      </Mark>
    );
  const standing = standingOf(line, hasList);
  if (standing === 'free') return null;
  const count = Math.abs((line.expected ?? 0) - (line.packs ?? 0));
  return <Mark {...marks[standing]}>{t(`web-receiving:standing.${standing}`, { count })}</Mark>;
};

interface LineProps {
  readonly line: DraftLine;
  readonly hasList: boolean;
  readonly today: string;
  readonly formulary: Formulary;
  readonly isOpen: boolean;
  readonly disabled: boolean;
  readonly error: string | undefined;
  readonly isMismatch: boolean;
  readonly onOpen: (key: string) => void;
  readonly onChange: (line: DraftLine) => void;
  readonly onRemove: (key: string) => void;
  readonly onTell: (telling: Telling) => void;
}

/** Drawn again only when it changes itself: a scan touches one of very many. */
const Line = memo((props: LineProps) => {
  const { line, hasList, today, formulary, isOpen, disabled, error, isMismatch, onOpen, onChange, onRemove, onTell } =
    props;
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  const medicine = formulary.byGtin(line.gtin);
  const pack = medicine?.packs.find((one) => one.gtin === line.gtin);
  const name = medicine ? formulary.name(medicine.code) : line.gtin;
  const needs = needsOf(line, today);
  const expiry = readExpiry(line.expiry);
  const packs = line.packs ?? 0;
  const isUnknown = medicine === undefined;
  return (
    <Paper withBorder p="sm" className="receive-line" data-standing={standingOf(line, hasList)}>
      <div className="receive-head">
        <div>
          <Text fw={650}>{name}</Text>
          {pack && medicine && (
            <Text size="sm" className="quiet">
              {pack.brand} · {quantityText(pack.units, medicine.unit, language)}
            </Text>
          )}
          <Text size="sm">
            {t('common:lot')} <span className="number">{line.lot || '—'}</span>
            {expiry && `, ${format.day(expiry)}`}
            {(line.zone || line.shelf) && ` · ${[line.zone, line.shelf].filter(Boolean).join(' / ')}`}
          </Text>
        </div>
        <div className="receive-count">
          <Text fz="xl" fw={700} className="number">
            {line.expected === undefined
              ? format.number(packs)
              : t('web-receiving:countOf', { came: format.number(packs), expected: format.number(line.expected) })}
          </Text>
          <StandingMark line={line} hasList={hasList} needs={needs.length} />
        </div>
      </div>
      {(isOpen || needs.length > 0) && !isUnknown && (
        <LineFields line={line} needs={needs} disabled={disabled} onChange={onChange} formulary={formulary} />
      )}
      {isUnknown && <Text className="wrong">{t('web-warehouse:unknownGtin', { gtin: line.gtin })}</Text>}
      {error && (
        <Group gap="sm" role="alert">
          <Text className="wrong">{error}</Text>
          {isMismatch && (
            <Button
              variant="default"
              leftSection={<IconFlag size={18} aria-hidden />}
              onClick={() => onTell({ kind: 'wrong-expiry', line })}
            >
              {t('web-receiving:recordExpiry')}
            </Button>
          )}
        </Group>
      )}
      <Group gap={4} className="receive-acts">
        <ActionIcon
          variant="default"
          aria-label={t('web-warehouse:lessPack', { name })}
          disabled={disabled || packs <= (line.expected === undefined ? 1 : 0)}
          onClick={() => onChange({ ...line, packs: packs - 1 })}
        >
          <IconMinus size={20} aria-hidden />
        </ActionIcon>
        <ActionIcon
          variant="default"
          aria-label={t('web-warehouse:addPack', { name })}
          disabled={disabled || isUnknown}
          onClick={() => onChange({ ...line, packs: packs + 1 })}
        >
          <IconPlus size={20} aria-hidden />
        </ActionIcon>
        <ActionIcon
          variant="default"
          aria-label={t('web-receiving:editLine', { name, lot: line.lot })}
          aria-expanded={isOpen || needs.length > 0}
          disabled={disabled || isUnknown}
          onClick={() => onOpen(line.key)}
        >
          <IconPencil size={20} aria-hidden />
        </ActionIcon>
        <ActionIcon
          variant="default"
          aria-label={t('web-receiving:tellLine', { name, lot: line.lot })}
          disabled={disabled || line.lot.trim() === '' || isUnknown}
          onClick={() => onTell({ kind: 'damaged', line })}
        >
          <IconFlag size={20} aria-hidden />
        </ActionIcon>
        {(line.expected === undefined || packs > 0) && (
          <ActionIcon
            variant="default"
            aria-label={t('web-warehouse:removeLine', { name, lot: line.lot })}
            disabled={disabled}
            onClick={() => onRemove(line.key)}
          >
            <IconTrash size={20} aria-hidden />
          </ActionIcon>
        )}
      </Group>
    </Paper>
  );
});
Line.displayName = 'Line';

const LineFields = ({
  line,
  needs,
  disabled,
  onChange,
  formulary,
}: {
  readonly line: DraftLine;
  readonly needs: ReturnType<typeof needsOf>;
  readonly disabled: boolean;
  readonly onChange: (line: DraftLine) => void;
  readonly formulary: Formulary;
}) => {
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  const medicine = formulary.byGtin(line.gtin);
  const pack = medicine?.packs.find((one) => one.gtin === line.gtin);
  const units = (pack?.units ?? 0) * (line.packs ?? 0);
  const wordsOf = { zone: 'web-receiving:need.zone', price: 'web-receiving:need.price' } as const;
  const wrong = (...of: readonly (typeof needs)[number][]) => {
    const need = needs.find((one) => of.includes(one));
    if (!need) return undefined;
    return t(need === 'zone' || need === 'price' ? wordsOf[need] : `web-warehouse:need.${need}`);
  };
  const said = { code: t('web-warehouse:fromCode'), list: t('web-receiving:fromList'), hand: undefined };
  const expiry = readExpiry(line.expiry);
  const isFromCode = line.from.expiry === 'code' && expiry !== undefined;
  return (
    <div className="receive-fields">
      <TextInput
        label={t('web-warehouse:lot')}
        description={said[line.from.lot] ?? ' '}
        value={line.lot}
        readOnly={line.from.lot !== 'hand'}
        disabled={disabled}
        maxLength={20}
        autoComplete="off"
        spellCheck={false}
        error={wrong('lot', 'lot-form')}
        onChange={(event) => onChange({ ...line, lot: event.currentTarget.value })}
      />
      <TextInput
        label={t('web-warehouse:expiry')}
        description={isFromCode ? said.code : t('web-warehouse:expiryHint')}
        value={isFromCode ? format.day(expiry) : line.expiry}
        readOnly={isFromCode}
        disabled={disabled}
        maxLength={10}
        inputMode="decimal"
        autoComplete="off"
        error={wrong('expiry', 'expiry-form', 'expired')}
        onChange={(event) =>
          onChange({ ...line, expiry: event.currentTarget.value, from: { ...line.from, expiry: 'hand' } })
        }
      />
      <NumberInput
        label={t('web-warehouse:packs')}
        description={
          medicine && units > 0
            ? t('web-warehouse:unitsTotal', { units: quantityText(units, medicine.unit, language) })
            : ' '
        }
        value={line.packs ?? ''}
        min={line.expected === undefined ? 1 : 0}
        max={maxPacks}
        clampBehavior="none"
        allowDecimal={false}
        allowNegative={false}
        hideControls
        disabled={disabled}
        error={wrong('packs')}
        onChange={(value) => onChange({ ...line, packs: numberOf(value) })}
      />
      <TextInput
        label={t('web-receiving:zone')}
        value={line.zone}
        disabled={disabled}
        maxLength={20}
        autoComplete="off"
        error={wrong('zone')}
        onChange={(event) => onChange({ ...line, zone: event.currentTarget.value })}
      />
      <TextInput
        label={t('web-receiving:shelf')}
        value={line.shelf}
        disabled={disabled}
        maxLength={20}
        autoComplete="off"
        onChange={(event) => onChange({ ...line, shelf: event.currentTarget.value })}
      />
      <TextInput
        label={t('web-receiving:price')}
        value={line.price}
        disabled={disabled}
        maxLength={20}
        inputMode="decimal"
        autoComplete="off"
        error={wrong('price')}
        onChange={(event) => onChange({ ...line, price: event.currentTarget.value })}
      />
    </div>
  );
};
