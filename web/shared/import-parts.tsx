/** What an import of rows shows whatever the rows are: one that was begun before, and how far its rows have been sent. */
import { Alert, Button, Text } from '@mantine/core';
import { Share } from './choose-sheet.tsx';
import { useFormat, useT } from './language.ts';

export const BegunBefore = ({
  begun,
  onForget,
}: {
  readonly begun: { readonly name: string; readonly received: number; readonly rows: number };
  readonly onForget: () => void;
}) => {
  const t = useT();
  const format = useFormat();
  return (
    <Alert color="orange" title={t('web-import:notes')}>
      <Text>
        {t('web-import:resume', {
          name: begun.name,
          done: format.number(begun.received),
          of: format.number(begun.rows),
        })}
      </Text>
      <Button mt="sm" variant="default" onClick={onForget}>
        {t('web-import:forget')}
      </Button>
    </Alert>
  );
};

export const Sending = ({ done, of }: { readonly done: number; readonly of: number }) => {
  const t = useT();
  const format = useFormat();
  return (
    <Share label={t('web-import:sending', { done: format.number(done), of: format.number(of) })} share={done / of} />
  );
};
