/** What plans go by beside numbers: groups of medicines that are ordered by rules of their own, and days without a counter. */
import { ActionIcon, Button, NativeSelect, NumberInput, Text, Textarea, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useT } from '../shared/language.ts';
import { numberOf, Section } from '../shared/parts.tsx';
import { emptyGroup, type GroupRow } from './group-rules.ts';
import type { Fields } from './policy-fields.tsx';

const monthNames = ['minMonths', 'maxMonths'] as const;

/** Days on which counters are closed, typed as a list. */
export const HolidayFields = ({ form: { holidays }, set, wrong, frozen }: Fields) => {
  const t = useT();
  return (
    <Section title={t('web-policy:holidays')} id="policy-holidays">
      <Textarea
        aria-label={t('web-policy:holidays')}
        description={t('web-policy:holidaysNote')}
        value={holidays}
        autosize
        minRows={2}
        maxRows={8}
        spellCheck={false}
        disabled={frozen}
        error={wrong('/procurement/holidays')}
        onChange={(event) => set({ holidays: event.currentTarget.value })}
      />
    </Section>
  );
};

export const GroupFields = ({ form: { groups }, set, wrong, frozen }: Fields) => {
  const t = useT();
  const change = (at: number, part: Partial<GroupRow>) =>
    set({ groups: groups.map((row, index) => (index === at ? { ...row, ...part } : row)) });
  return (
    <Section title={t('web-policy:groups')} id="policy-groups">
      <Text size="sm" className="quiet">
        {t('web-policy:groupsNote')}
      </Text>
      {groups.map((row, at) => {
        const pointer = `/procurement/groups/${at}`;
        return (
          // the code is typed, so only its place names a row
          <div className="policy-row is-group" key={at}>
            <TextInput
              label={t('web-policy:atc')}
              value={row.atc}
              maxLength={7}
              autoComplete="off"
              spellCheck={false}
              disabled={frozen}
              error={wrong(`${pointer}/atc`)}
              onChange={(event) => change(at, { atc: event.currentTarget.value.trim().toUpperCase() })}
            />
            <NativeSelect
              label={t('web-policy:ven')}
              value={row.ven}
              disabled={frozen}
              error={wrong(`${pointer}/ven`)}
              data={[
                { value: '', label: t('web-policy:ven.none') },
                ...(['V', 'E', 'N'] as const).map((value) => ({ value, label: t(`web-policy:ven.${value}`) })),
              ]}
              onChange={(event) => change(at, { ven: event.currentTarget.value as GroupRow['ven'] })}
            />
            {monthNames.map((name) => (
              <NumberInput
                key={name}
                label={t(`web-policy:${name}`)}
                value={row[name] ?? ''}
                error={wrong(`${pointer}/${name}`)}
                disabled={frozen}
                allowNegative={false}
                decimalScale={1}
                allowedDecimalSeparators={['.', ',']}
                hideControls
                onChange={(typed) => change(at, { [name]: numberOf(typed) })}
              />
            ))}
            <ActionIcon
              aria-label={row.atc ? t('web-policy:removeAtc', { atc: row.atc }) : t('web-policy:removeRow')}
              disabled={frozen}
              onClick={() => set({ groups: groups.filter((_, index) => index !== at) })}
            >
              <IconTrash size={22} aria-hidden />
            </ActionIcon>
          </div>
        );
      })}
      <Button
        mt="sm"
        variant="default"
        leftSection={<IconPlus size={20} aria-hidden />}
        disabled={frozen}
        onClick={() => set({ groups: [...groups, emptyGroup] })}
      >
        {t('web-policy:addAtc')}
      </Button>
    </Section>
  );
};
