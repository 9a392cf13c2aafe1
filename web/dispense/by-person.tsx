/** Finding without a code or number: by the document a person brought, or by name and birth date. A look is recorded. */
import { Passport, type PatientQuery } from '@darmon/domain/patient';
import { tashkentDay } from '@darmon/domain/time';
import { Button, Radio, SimpleGrid, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { DayField } from '../shared/day-field.tsx';
import { useT } from '../shared/language.ts';

export const ByPerson = ({
  pending,
  onFind,
}: {
  readonly pending: boolean;
  readonly onFind: (query: PatientQuery & { reason?: string }) => void;
}) => {
  const t = useT();
  const [by, setBy] = useState<'passport' | 'name'>('passport');
  const [passport, setPassport] = useState('');
  const [fullName, setFullName] = useState('');
  const [birthDate, setBirthDate] = useState('');
  const [reason, setReason] = useState('');
  const query: PatientQuery | undefined =
    by === 'passport'
      ? Passport.safeParse(passport).success
        ? { passport }
        : undefined
      : fullName.trim().length > 1 && birthDate !== ''
        ? { fullName: fullName.trim(), birthDate }
        : undefined;
  return (
    <details className="by-person no-print">
      <summary className="tap">{t('web-dispense:byPerson')}</summary>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          const why = reason.trim();
          if (query) onFind({ ...query, ...(why.length >= 3 && { reason: why }) });
        }}
      >
        <Radio.Group
          label={t('web-dispense:byWhat')}
          value={by}
          onChange={(value) => setBy(value === 'name' ? 'name' : 'passport')}
        >
          <div className="choices">
            <Radio value="passport" label={t('common:passport')} className="tap" />
            <Radio value="name" label={t('web-dispense:byName')} className="tap" />
          </div>
        </Radio.Group>
        {by === 'passport' ? (
          <TextInput
            label={t('common:passport')}
            maw={420}
            value={passport}
            autoComplete="off"
            onChange={(event) =>
              setPassport(event.currentTarget.value.toUpperCase().replace(/[\s-]/g, '').slice(0, 20))
            }
          />
        ) : (
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
            <TextInput
              label={t('common:fullName')}
              value={fullName}
              maxLength={120}
              autoComplete="off"
              onChange={(event) => setFullName(event.currentTarget.value)}
            />
            <DayField
              label={t('common:birthDate')}
              value={birthDate}
              max={tashkentDay(Date.now())}
              onChange={setBirthDate}
            />
          </SimpleGrid>
        )}
        <TextInput
          label={t('web-shared:look-reason')}
          description={t('web-shared:looks-reviewed')}
          maw={560}
          value={reason}
          maxLength={300}
          autoComplete="off"
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Button
          type="submit"
          variant="default"
          loading={pending}
          disabled={!query}
          leftSection={<IconSearch size={18} aria-hidden />}
        >
          {t('web-scan:find')}
        </Button>
      </form>
    </details>
  );
};
