/** How many packs a case holds: asked once a kind of case, because its code does not say. */
import { maxPacks } from '@darmon/function-inventory/receipt-routes';
import { Button, NumberInput, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useT } from '../shared/language.ts';
import { Dialog, numberOf } from '../shared/parts.tsx';

export const CaseDialog = ({
  name,
  onClose,
  onCounted,
}: {
  readonly name: string;
  readonly onClose: () => void;
  readonly onCounted: (count: number) => void;
}) => {
  const t = useT();
  const [count, setCount] = useState<number | undefined>();
  const isCount = count !== undefined && Number.isInteger(count) && count >= 1 && count <= maxPacks;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isCount) onCounted(count);
  };
  return (
    <Dialog opened onClose={onClose} title={t('web-receiving:caseTitle')}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <Text>{t('web-receiving:caseText', { name })}</Text>
          <NumberInput
            data-autofocus
            label={t('web-warehouse:packs')}
            value={count ?? ''}
            min={1}
            max={maxPacks}
            clampBehavior="none"
            allowDecimal={false}
            allowNegative={false}
            hideControls
            size="lg"
            onChange={(value) => setCount(numberOf(value))}
          />
          <Button type="submit" size="lg" disabled={!isCount}>
            {t('web-receiving:caseAdd')}
          </Button>
        </Stack>
      </form>
    </Dialog>
  );
};
