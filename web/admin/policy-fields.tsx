/** The fields of the form of rules: classes, numbers, chronic illness, and when it all begins. */
import { medicineClasses, storages } from '@darmon/domain/medicine';
import { ActionIcon, Button, Checkbox, NumberInput, Radio, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { DayField } from '../shared/day-field.tsx';
import { useT } from '../shared/language.ts';
import { numberOf, Section } from '../shared/parts.tsx';
import {
  analysisNames,
  analysisNumbers,
  bounds,
  dayNames,
  firstDay,
  flagNames,
  numberNames,
  numbers,
  orderingNames,
  orderingNumbers,
  orderingPointers,
  type PolicyForm,
  retentionNames,
  type Typed,
  warehouseNames,
  warehouseNumbers,
  warehousePointer,
} from './policy-rules.ts';

/** What every group of fields gets. */
export interface Fields {
  readonly form: PolicyForm;
  readonly set: (part: Partial<PolicyForm>) => void;
  /** What is wrong at a JSON pointer, in words. */
  readonly wrong: (pointer: string) => string | undefined;
  readonly frozen: boolean;
}

const Count = ({
  label,
  name,
  hint,
  value,
  error,
  disabled,
  decimals = 0,
  negative = false,
  onChange,
}: {
  readonly label: string;
  /** What it is called where the label alone does not say whose it is. */
  readonly name?: string;
  readonly hint?: string;
  readonly value: Typed;
  readonly error: string | undefined;
  readonly disabled: boolean;
  /** Decimal places that can be typed. */
  readonly decimals?: number;
  readonly negative?: boolean;
  readonly onChange: (value: Typed) => void;
}) => (
  <NumberInput
    label={label}
    aria-label={name}
    placeholder={hint}
    value={value ?? ''}
    error={error}
    disabled={disabled}
    allowNegative={negative}
    allowDecimal={decimals > 0}
    decimalScale={decimals}
    allowedDecimalSeparators={['.', ',']}
    thousandSeparator=" "
    hideControls
    onChange={(typed) => onChange(numberOf(typed))}
  />
);

export const ClassesFields = ({ form, set, wrong, frozen }: Fields) => {
  const t = useT();
  const days = t('web-policy:in.days');
  return (
    <Section title={t('web-policy:classes')} id="policy-classes">
      <table className="policy-table policy-edit" aria-labelledby="policy-classes">
        <thead>
          <tr>
            <th scope="col">{t('web-policy:class')}</th>
            {dayNames.map((name) => (
              <th key={name} scope="col">{`${t(`web-policy:${name}`)}, ${days}`}</th>
            ))}
            {flagNames.map((name) => (
              <th key={name} scope="col">
                {t(`web-policy:${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {medicineClasses.map((one) => {
            const rule = form.classes[one];
            const group = t(`medicine:class.${one}`);
            const change = (part: Partial<typeof rule>) =>
              set({ classes: { ...form.classes, [one]: { ...rule, ...part } } });
            return (
              <tr key={one}>
                <th scope="row">{group}</th>
                {dayNames.map((name) => {
                  const label = `${t(`web-policy:${name}`)}, ${days}`;
                  return (
                    <td key={name}>
                      <Count
                        label={label}
                        name={`${group}: ${label}`}
                        hint={name === 'maxDays' ? t('web-policy:noLimit') : undefined}
                        value={rule[name]}
                        error={wrong(`/classes/${one}/${name}`)}
                        disabled={frozen}
                        onChange={(value) => change({ [name]: value })}
                      />
                    </td>
                  );
                })}
                {flagNames.map((name) => (
                  <td key={name}>
                    <Checkbox
                      size="md"
                      label={t(`web-policy:${name}`)}
                      aria-label={`${group}: ${t(`web-policy:${name}`)}`}
                      checked={rule[name]}
                      disabled={frozen}
                      onChange={(event) => change({ [name]: event.currentTarget.checked })}
                    />
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </Section>
  );
};

export const NumbersFields = ({ form, set, wrong, frozen }: Fields) => {
  const t = useT();
  return (
    <Section title={t('web-policy:limits')} id="policy-limits">
      <div className="policy-grid">
        {numbers.map((name) => (
          <Count
            key={name}
            label={`${t(`web-policy:${name}`)}, ${t(`web-policy:in.${numberNames[name]}`)}`}
            value={form[name]}
            error={wrong(`/${name}`)}
            disabled={frozen}
            onChange={(value) => set({ [name]: value })}
          />
        ))}
        <Count
          label={`${t('web-policy:reimbursedDays')}, ${t('web-policy:in.days')}`}
          value={form.reimbursed.validityDays}
          error={wrong('/reimbursed/validityDays')}
          disabled={frozen}
          onChange={(validityDays) => set({ reimbursed: { ...form.reimbursed, validityDays } })}
        />
      </div>
      <Checkbox
        size="md"
        label={t('web-policy:reimbursedBrand')}
        checked={form.reimbursed.brand}
        disabled={frozen}
        onChange={(event) => set({ reimbursed: { ...form.reimbursed, brand: event.currentTarget.checked } })}
      />
      <Checkbox
        size="md"
        label={t('web-policy:orphanUnregistered')}
        checked={form.orphanUnregistered}
        disabled={frozen}
        onChange={(event) => set({ orphanUnregistered: event.currentTarget.checked })}
      />
    </Section>
  );
};

export const ChronicFields = ({ form: { chronic }, set, wrong, frozen }: Fields) => {
  const t = useT();
  const change = (part: Partial<typeof chronic>) => set({ chronic: { ...chronic, ...part } });
  const changeRow = (at: number, part: Partial<(typeof chronic.byAtc)[number]>) =>
    change({ byAtc: chronic.byAtc.map((row, index) => (index === at ? { ...row, ...part } : row)) });
  return (
    <Section title={t('web-policy:chronic')} id="policy-chronic">
      <div className="policy-grid">
        <Count
          label={`${t('web-policy:chronicDays')}, ${t('web-policy:in.days')}`}
          value={chronic.validityDays}
          error={wrong('/chronic/validityDays')}
          disabled={frozen}
          onChange={(validityDays) => change({ validityDays })}
        />
        <Count
          label={t('web-policy:maxIssues')}
          value={chronic.maxIssues}
          error={wrong('/chronic/maxIssues')}
          disabled={frozen}
          onChange={(maxIssues) => change({ maxIssues })}
        />
      </div>
      <fieldset className="admin-set">
        <legend>{t('web-policy:byAtc')}</legend>
        <Text size="sm" className="quiet">
          {t('web-policy:byAtcNote')}
        </Text>
        {chronic.byAtc.map((row, at) => (
          // the code is typed, so only its place names a row
          <div className="policy-row" key={at}>
            <TextInput
              label={t('web-policy:atc')}
              value={row.atc}
              maxLength={7}
              autoComplete="off"
              spellCheck={false}
              disabled={frozen}
              error={wrong(`/chronic/byAtc/${at}/atc`)}
              onChange={(event) => changeRow(at, { atc: event.currentTarget.value.trim().toUpperCase() })}
            />
            <Count
              label={`${t('web-policy:validityDays')}, ${t('web-policy:in.days')}`}
              value={row.days}
              error={wrong(`/chronic/byAtc/${at}/days`)}
              disabled={frozen}
              onChange={(days) => changeRow(at, { days })}
            />
            <ActionIcon
              aria-label={row.atc ? t('web-policy:removeAtc', { atc: row.atc }) : t('web-policy:removeRow')}
              disabled={frozen}
              onClick={() => change({ byAtc: chronic.byAtc.filter((_, index) => index !== at) })}
            >
              <IconTrash size={22} aria-hidden />
            </ActionIcon>
          </div>
        ))}
        <Button
          mt="sm"
          variant="default"
          leftSection={<IconPlus size={20} aria-hidden />}
          disabled={frozen}
          onClick={() => change({ byAtc: [...chronic.byAtc, { atc: '', days: undefined }] })}
        >
          {t('web-policy:addAtc')}
        </Button>
      </fieldset>
    </Section>
  );
};

export const WarehouseFields = ({ form: { warehouse }, set, wrong, frozen }: Fields) => {
  const t = useT();
  const change = (part: Partial<typeof warehouse>) => set({ warehouse: { ...warehouse, ...part } });
  return (
    <Section title={t('web-policy:warehouse')} id="policy-warehouse">
      <div className="policy-grid">
        {warehouseNumbers.map((name) => (
          <Count
            key={name}
            label={`${t(`web-policy:${name}`)}, ${t(`web-policy:in.${warehouseNames[name]}`)}`}
            value={warehouse[name]}
            error={wrong(warehousePointer(name))}
            disabled={frozen}
            decimals={warehouseNames[name] === 'days' ? 0 : 2}
            onChange={(value) => change({ [name]: value })}
          />
        ))}
      </div>
      {storages.map((storage) => (
        <fieldset key={storage} className="admin-set">
          <legend>{t(`medicine:storage.${storage}`)}</legend>
          <div className="policy-grid">
            {bounds.map((bound) => {
              const label = `${t(`web-policy:${bound === 'from' ? 'storageFrom' : 'storageTo'}`)}, ${t('web-policy:in.degrees')}`;
              return (
                <Count
                  key={bound}
                  label={label}
                  name={`${t(`medicine:storage.${storage}`)}: ${label}`}
                  value={warehouse.storage[storage][bound]}
                  error={wrong(`/warehouse/storage/${storage}/${bound}`)}
                  disabled={frozen}
                  decimals={1}
                  negative
                  onChange={(value) =>
                    change({
                      storage: { ...warehouse.storage, [storage]: { ...warehouse.storage[storage], [bound]: value } },
                    })
                  }
                />
              );
            })}
          </div>
        </fieldset>
      ))}
    </Section>
  );
};

export const OrderingFields = ({ form: { ordering }, set, wrong, frozen }: Fields) => {
  const t = useT();
  return (
    <Section title={t('web-policy:ordering')} id="policy-ordering">
      <div className="policy-grid">
        {orderingNumbers.map((name) => (
          <Count
            key={name}
            label={`${t(`web-policy:${name}`)}, ${t(`web-policy:in.${orderingNames[name]}`)}`}
            value={ordering[name]}
            error={wrong(orderingPointers[name])}
            disabled={frozen}
            decimals={orderingNames[name] === 'days' ? 0 : 2}
            onChange={(value) => set({ ordering: { ...ordering, [name]: value } })}
          />
        ))}
      </div>
    </Section>
  );
};

export const RetentionFields = ({ form: { retention }, set, wrong, frozen }: Fields) => {
  const t = useT();
  return (
    <Section title={t('web-policy:retention')} id="policy-retention">
      <Text size="sm" className="quiet">
        {t('web-policy:retentionNote')}
      </Text>
      <div className="policy-grid">
        {retentionNames.map((name) => (
          <Count
            key={name}
            label={`${t(`web-policy:${name}`)}, ${t('web-policy:in.years')}`}
            value={retention[name]}
            error={wrong(`/retention/${name}`)}
            disabled={frozen}
            onChange={(value) => set({ retention: { ...retention, [name]: value } })}
          />
        ))}
      </div>
    </Section>
  );
};

export const AnalysisFields = ({ form: { analysis, watchedAtc }, set, wrong, frozen }: Fields) => {
  const t = useT();
  return (
    <Section title={t('web-policy:analysis')} id="policy-analysis">
      <Text size="sm" className="quiet">
        {t('web-policy:analysisNote')}
      </Text>
      <div className="policy-grid">
        {analysisNumbers.map((name) => (
          <Count
            key={name}
            label={`${t(`web-policy:${name}`)}, ${t(`web-policy:in.${analysisNames[name]}`)}`}
            value={analysis[name]}
            error={wrong(`/analysis/${name}`)}
            disabled={frozen}
            decimals={analysisNames[name] === 'times' || analysisNames[name] === 'percent' ? 1 : 0}
            onChange={(value) => set({ analysis: { ...analysis, [name]: value } })}
          />
        ))}
      </div>
      <TextInput
        mt="sm"
        label={t('web-policy:watchedAtc')}
        value={watchedAtc}
        error={wrong('/analysis/watchedAtc')}
        disabled={frozen}
        onChange={(event) => set({ watchedAtc: event.currentTarget.value })}
      />
    </Section>
  );
};

export const ClosingFields = ({ form: { closing }, set, wrong, frozen }: Fields) => {
  const t = useT();
  return (
    <Section title={t('web-policy:closing')} id="policy-closing">
      <Text size="sm" className="quiet">
        {t('web-policy:closingNote')}
      </Text>
      <div className="policy-grid">
        <Count
          label={`${t('web-policy:freezeDay')}, ${t('web-policy:in.monthday')}`}
          value={closing.freezeDay}
          error={wrong('/closing/freezeDay')}
          disabled={frozen}
          onChange={(freezeDay) => set({ closing: { freezeDay } })}
        />
      </div>
    </Section>
  );
};

export const BeginningFields = ({ form, set, wrong, frozen, now }: Fields & { readonly now: number }) => {
  const t = useT();
  return (
    <Section title={t('web-policy:begins')} id="policy-begins">
      <Radio.Group
        aria-labelledby="policy-begins"
        value={form.begins}
        onChange={(begins) => set({ begins: begins === 'day' ? 'day' : 'soon' })}
      >
        <Stack gap={0}>
          <Radio size="md" value="soon" label={t('web-policy:beginsSoon')} disabled={frozen} />
          <Radio size="md" value="day" label={t('web-policy:beginsDay')} disabled={frozen} />
        </Stack>
      </Radio.Group>
      {form.begins === 'day' && (
        <DayField
          className="policy-day"
          label={t('web-policy:day')}
          value={form.day}
          min={firstDay(now)}
          disabled={frozen}
          error={wrong('/from')}
          onChange={(day) => set({ day })}
        />
      )}
      {form.begins === 'soon' && wrong('/from') && <Text className="wrong">{wrong('/from')}</Text>}
      <TextInput
        label={t('web-policy:reason')}
        description={t('web-policy:reasonHint')}
        value={form.reason}
        maxLength={300}
        required
        autoComplete="off"
        disabled={frozen}
        error={wrong('/reason')}
        onChange={(event) => set({ reason: event.currentTarget.value })}
      />
    </Section>
  );
};
