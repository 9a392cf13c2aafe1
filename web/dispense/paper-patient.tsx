/** Who a paper prescription is for, taken down from the document that the patient shows. */
import { Passport } from '@darmon/domain/patient';
import { parsePinfl } from '@darmon/domain/pinfl';
import { Group, Radio, SimpleGrid, TextInput } from '@mantine/core';
import { DayField } from '../shared/day-field.tsx';
import { useT } from '../shared/language.ts';
import type { PaperDraft } from './paper-draft.ts';

export const PaperPatient = ({
  draft,
  today,
  onChange,
}: {
  readonly draft: PaperDraft;
  /** `YYYY-MM-DD` */
  readonly today: string;
  readonly onChange: (more: Partial<PaperDraft>) => void;
}) => {
  const t = useT();
  const isPinfl = draft.by === 'pinfl';
  const reading = parsePinfl(draft.document, today);
  const typePinfl = (text: string) => {
    const document = text.replace(/\D/g, '').slice(0, 14);
    const read = parsePinfl(document, today);
    // The number itself says when somebody was born, and whether a man or a woman.
    onChange({ document, ...(read.kind === 'pinfl' && { birthDate: read.birthDate, sex: read.sex }) });
  };
  const wrong = isPinfl
    ? draft.document.length === 14 && reading.kind === 'refused' && t(`web-prescribe:${reading.code}`)
    : draft.document.length > 4 && !Passport.safeParse(draft.document).success && t('web-prescribe:passport-wrong');
  return (
    <>
      <Radio.Group
        label={t('web-dispense:byWhat')}
        value={draft.by}
        onChange={(by) => onChange({ by: by === 'passport' ? 'passport' : 'pinfl', document: '' })}
      >
        <div className="choices">
          <Radio value="pinfl" label={t('common:pinfl')} className="tap" />
          <Radio value="passport" label={t('common:passport')} className="tap" />
        </div>
      </Radio.Group>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        <TextInput
          label={t(`common:${draft.by}`)}
          value={draft.document}
          inputMode={isPinfl ? 'numeric' : 'text'}
          autoComplete="off"
          error={wrong}
          onChange={(event) => {
            const { value } = event.currentTarget;
            if (isPinfl) typePinfl(value);
            else onChange({ document: value.toUpperCase().replace(/[\s-]/g, '').slice(0, 20) });
          }}
        />
        <TextInput
          label={t('common:fullName')}
          value={draft.fullName}
          maxLength={120}
          autoComplete="off"
          onChange={(event) => onChange({ fullName: event.currentTarget.value })}
        />
        <DayField
          label={t('common:birthDate')}
          value={draft.birthDate}
          max={today}
          readOnly={isPinfl}
          onChange={(birthDate) => onChange({ birthDate })}
        />
        <Radio.Group
          label={t('web-prescribe:sex')}
          value={draft.sex ?? ''}
          onChange={(sex) => onChange({ sex: sex === 'male' ? 'male' : 'female' })}
        >
          <Group gap="md" mt={4}>
            {(['female', 'male'] as const).map((sex) => (
              <Radio
                key={sex}
                value={sex}
                label={t(`common:${sex}`)}
                disabled={isPinfl && draft.sex !== sex}
                className="tap"
              />
            ))}
          </Group>
        </Radio.Group>
      </SimpleGrid>
    </>
  );
};
