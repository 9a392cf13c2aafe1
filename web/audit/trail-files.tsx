/** A trail to take away: as text between semicolons for a sheet, as JSON for a machine; made on this device. */
import { separatedOf } from '@darmon/documents/workbook';
import type { Event } from '@darmon/domain/event';
import { Button, Group } from '@mantine/core';
import { IconDownload, IconPrinter } from '@tabler/icons-react';
import { useFormat, useT } from '../shared/language.ts';
import { download } from '../shared/print.ts';

/** `name` names the files and holds nothing personal. */
export const TrailFiles = ({ events, name }: { readonly events: readonly Event[]; readonly name: string }) => {
  const t = useT();
  const format = useFormat();
  const rows = () => [
    (['at', 'type', 'person', 'role', 'site', 'reason', 'changes'] as const).map((column) =>
      t(`web-trails:column.${column}`),
    ),
    ...events.map((event) => [
      format.instant(event.at),
      t(`web-audit:event.${event.type}`),
      event.actor.person,
      event.actor.role ? t(`common:role.${event.actor.role}`) : '',
      event.actor.site,
      event.reason ?? '',
      JSON.stringify(event.changes),
    ]),
  ];
  return <FilesOf name={name} rows={rows} json={events} />;
};

type Rows = Parameters<typeof separatedOf>[0];

export const FilesOf = ({
  name,
  rows,
  json,
}: {
  readonly name: string;
  readonly rows: () => Rows;
  readonly json: unknown;
}) => {
  const t = useT();
  const utf8 = (text: string) => new TextEncoder().encode(text);
  const icon = <IconDownload size={20} aria-hidden />;
  return (
    <Group gap="sm" className="no-print">
      <Button variant="default" leftSection={icon} onClick={() => download(utf8(separatedOf(rows())), `${name}.csv`)}>
        {t('web-trails:csv')}
      </Button>
      <Button
        variant="default"
        leftSection={icon}
        onClick={() => download(utf8(JSON.stringify(json, undefined, 2)), `${name}.json`)}
      >
        {t('web-trails:json')}
      </Button>
      <Button variant="default" leftSection={<IconPrinter size={20} aria-hidden />} onClick={() => window.print()}>
        {t('common:print')}
      </Button>
    </Group>
  );
};
