/** Recalls: for a site what it has to find, for everybody else all of them, newest first. */
import { recallRoutes } from '@darmon/function-inventory/recall-routes';
import { Button, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useAll } from '../shared/all-pages.ts';
import { useFormulary } from '../shared/formulary.ts';
import { useFormat, useT } from '../shared/language.ts';
import { Empty, FailureAlert, Page, Waiting } from '../shared/parts.tsx';
import { FoundBar, type RecallItem, StateMark, usePart, useUnits } from './parts.tsx';

export const RecallsPage = () => {
  const t = useT();
  const { me, leads, keeps, reads } = usePart();
  return (
    <Page
      title={t('web-recalls:title')}
      action={
        leads && (
          <Button component={Link} to="/recalls/new" leftSection={<IconPlus size={20} aria-hidden />}>
            {t('web-recalls:new')}
          </Button>
        )
      }
    >
      {!me && <Waiting />}
      {me && keeps && <OwnRecalls site={me.site} />}
      {me && (reads || leads) && <AllRecalls />}
    </Page>
  );
};

const OwnRecalls = ({ site }: { readonly site: string }) => {
  const t = useT();
  const recalls = useAll(recallRoutes.listSiteRecalls, { params: { site } });
  if (recalls.isPending) return <Waiting />;
  if (!recalls.data) return <FailureAlert failure={recalls.error} onRetry={() => void recalls.refetch()} />;
  if (recalls.data.length === 0)
    return (
      <Empty title={t('web-recalls:noneHere')}>
        <Text>{t('web-recalls:noneText')}</Text>
      </Empty>
    );
  return (
    <ul className="recalls">
      {recalls.data.map((one) => (
        <Row key={one.recall.id} recall={one.recall} found={one.found} due={one.due} />
      ))}
    </ul>
  );
};

const AllRecalls = () => {
  const t = useT();
  const recalls = useAll(recallRoutes.listRecalls, {});
  if (recalls.isPending) return <Waiting />;
  if (!recalls.data) return <FailureAlert failure={recalls.error} onRetry={() => void recalls.refetch()} />;
  if (recalls.data.length === 0)
    return (
      <Empty title={t('web-recalls:none')}>
        <Text>{t('web-recalls:noneText')}</Text>
      </Empty>
    );
  return (
    <ul className="recalls">
      {recalls.data.map((recall) => (
        <Row key={recall.id} recall={recall} found={recall.found} due={recall.totals?.due} />
      ))}
    </ul>
  );
};

const Row = ({
  recall,
  found,
  due,
}: {
  readonly recall: RecallItem;
  readonly found: number;
  readonly due: number | undefined;
}) => {
  const t = useT();
  const format = useFormat();
  const formulary = useFormulary();
  const units = useUnits(recall.medicine);
  const name = t('web-recalls:lotOf', { name: formulary.name(recall.medicine), lot: recall.lot });
  return (
    <li>
      <Stack gap={4}>
        <Link to="/recalls/$id" params={{ id: recall.id }} className="recall-name">
          {name}
        </Link>
        <Text size="sm">{recall.reason}</Text>
        <Text size="sm" className="quiet">
          {t(`web-recalls:class.${recall.class}`)} · {t('web-recalls:since', { at: format.instant(recall.at) })}
        </Text>
      </Stack>
      <Stack gap={4} className="recall-stand">
        <StateMark state={recall.state} />
        {due !== undefined && (
          <FoundBar found={found} due={due} label={`${t('web-recalls:progress')}: ${name}, ${units(due)}`} />
        )}
      </Stack>
    </li>
  );
};
