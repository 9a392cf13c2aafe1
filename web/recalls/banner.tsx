/** What a site is told wherever it looks at its stock: recalled lots that it has still to find. */
import { recallRoutes } from '@darmon/function-inventory/recall-routes';
import { webRecalls } from '@darmon/i18n/words/web-recalls';
import { Button, Group, Stack, Text } from '@mantine/core';
import { IconBellRinging } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useAll } from '../shared/all-pages.ts';
import { addAreas, useT } from '../shared/language.ts';
import './recalls.css';

addAreas({ 'web-recalls': webRecalls });

/** Above what a site has on its shelves: that some of it has still to be found and set aside. */
export const RecallBanner = ({ site }: { readonly site: string }) => {
  const t = useT();
  const recalls = useAll(recallRoutes.listSiteRecalls, { params: { site } }, { staleTime: 60_000 });
  const open = (recalls.data ?? []).filter((one) => one.recall.state !== 'closed' && one.found < one.due);
  if (open.length === 0) return null;
  return (
    <div className="recall-banner" role="status">
      <IconBellRinging size={24} aria-hidden />
      <Stack gap={0}>
        <Text fw={600}>{t('web-recalls:banner', { count: open.length })}</Text>
        <Text size="sm">{t('web-recalls:bannerText')}</Text>
      </Stack>
      <Group ml="auto">
        <Button component={Link} to="/recalls" variant="default">
          {t('web-recalls:open')}
        </Button>
      </Group>
    </div>
  );
};
