/** Why something is done at the counter: one of the usual reasons, or in own words. */
import { Radio, Stack, TextInput } from '@mantine/core';
import { useT } from '../shared/language.ts';

/** `choice` is a usual reason as it is said, or `own`. */
export interface ReasonChosen {
  readonly choice: string;
  readonly own: string;
}
export const noReason: ReasonChosen = { choice: '', own: '' };

export const reasonOf = ({ choice, own }: ReasonChosen): string => (choice === 'own' ? own.trim() : choice);

export const ReasonChoice = ({
  label,
  usual,
  chosen,
  onChoose,
  disabled,
}: {
  readonly label: string;
  readonly usual: readonly string[];
  readonly chosen: ReasonChosen;
  readonly onChoose: (chosen: ReasonChosen) => void;
  readonly disabled: boolean;
}) => {
  const t = useT();
  return (
    <>
      <Radio.Group label={label} value={chosen.choice} onChange={(choice) => onChoose({ ...chosen, choice })}>
        <Stack gap="sm" mt="xs">
          {usual.map((one) => (
            <Radio key={one} size="md" value={one} label={one} disabled={disabled} />
          ))}
          <Radio size="md" value="own" label={t('web-dispense:ownReason')} disabled={disabled} />
        </Stack>
      </Radio.Group>
      {chosen.choice === 'own' && (
        <TextInput
          label={t('web-dispense:ownReason')}
          description={t('web-dispense:ownReasonHint')}
          value={chosen.own}
          maxLength={300}
          autoFocus
          disabled={disabled}
          onChange={(event) => onChoose({ ...chosen, own: event.currentTarget.value })}
        />
      )}
    </>
  );
};
