/** Praise or a complaint about a pharmacy or a clinic. The code on its poster names the site; that on a receipt also ties it to the dispense. */

import { SiteId } from '@darmon/domain/actor';
import {
  type FeedbackKind,
  type FeedbackSubject,
  feedbackKinds,
  feedbackSubjects,
  maxFeedbackText,
} from '@darmon/domain/feedback';
import { routes } from '@darmon/function-patient/routes';
import { Button, Checkbox, Group, NumberInput, Paper, Radio, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { IconCircleCheck, IconSend } from '@tabler/icons-react';
import { useRouterState } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useAnswer, useCall } from '../shared/client.ts';
import { useT } from '../shared/language.ts';
import { FailureAlert, numberOf, Page } from '../shared/parts.tsx';

/** `<site>` or `<site>.<number>.<n>.<secret>`, as codes have it behind `#`. */
const readCode = (hash: string): { site: string; receipt?: string } => {
  const [site = '', ...rest] = hash.split('.');
  const known = SiteId.safeParse(site.toUpperCase());
  return { site: known.success ? known.data : '', ...(rest.length === 3 && { receipt: rest.join('.') }) };
};

const shortest = 3;

export const FeedbackPage = () => {
  const hash = useRouterState({ select: (state) => state.location.hash });
  return <FeedbackForm key={hash} code={readCode(hash)} />;
};

const FeedbackForm = ({ code }: { readonly code: ReturnType<typeof readCode> }) => {
  const t = useT();
  const giving = useCall(routes.giveFeedback);
  const [site, setSite] = useState(code.site);
  const [kind, setKind] = useState<FeedbackKind | undefined>();
  const [about, setAbout] = useState<FeedbackSubject | undefined>();
  const [text, setText] = useState('');
  const [isTied, setIsTied] = useState(code.receipt !== undefined);
  const [line, setLine] = useState<number | undefined>();
  const [isAsked, setIsAsked] = useState(false);
  const siteId = SiteId.safeParse(site.trim().toUpperCase()).data;
  const name = useAnswer(routes.readSiteName, { params: { site: siteId ?? '' } }, { enabled: siteId !== undefined });
  const words = text.trim();
  const { receipt } = code;
  const canNameLine = isTied && kind === 'complaint' && about === 'medicine';

  const send = (event: FormEvent) => {
    event.preventDefault();
    setIsAsked(true);
    if (!siteId || !kind || !about || words.length < shortest) return;
    const body = {
      site: siteId,
      kind,
      about,
      text: words,
      ...(isTied && receipt !== undefined && { receipt }),
      ...(canNameLine && line !== undefined && { line }),
    };
    void giving.run({ body });
  };
  const again = () => {
    giving.reset();
    setText('');
    setIsTied(false);
    setIsAsked(false);
  };

  if (giving.answer)
    return (
      <div className="patient">
        <Page title={t('web-patient:feedbackTitle')}>
          <Paper withBorder p="lg" maw={640} role="status">
            <Stack gap="sm">
              <Group gap="sm" wrap="nowrap" className="good">
                <IconCircleCheck size={32} aria-hidden />
                <Text fw={700} fz="1.3rem">
                  {t('web-patient:feedbackSent')}
                </Text>
              </Group>
              <Text>{t('web-patient:feedbackSentDetail')}</Text>
              <Button variant="default" size="lg" onClick={again}>
                {t('web-patient:feedbackMore')}
              </Button>
            </Stack>
          </Paper>
        </Page>
      </div>
    );
  return (
    <div className="patient">
      <Page title={t('web-patient:feedbackTitle')}>
        <Paper withBorder p="lg" maw={640} component="form" onSubmit={send} noValidate>
          <Stack gap="md">
            <TextInput
              size="lg"
              label={t('web-patient:feedbackSite')}
              description={name.data?.name ?? (code.site === '' ? t('web-patient:feedbackSiteHint') : undefined)}
              value={site}
              readOnly={code.site !== ''}
              maxLength={16}
              required
              autoComplete="off"
              spellCheck={false}
              error={isAsked && !siteId ? t('web-patient:needed') : giving.fieldError('/site')}
              onChange={(event) => setSite(event.currentTarget.value)}
            />
            <Radio.Group
              size="lg"
              label={t('web-patient:feedbackKind')}
              value={kind ?? ''}
              required
              error={isAsked && !kind ? t('web-patient:needed') : undefined}
              onChange={(value) => setKind(feedbackKinds.find((one) => one === value))}
            >
              <div className="choices">
                {feedbackKinds.map((one) => (
                  <Radio key={one} size="lg" value={one} label={t(`web-patient:kind.${one}`)} className="tap" />
                ))}
              </div>
            </Radio.Group>
            <Radio.Group
              size="lg"
              label={t('web-patient:feedbackAbout')}
              value={about ?? ''}
              required
              error={isAsked && !about ? t('web-patient:needed') : undefined}
              onChange={(value) => setAbout(feedbackSubjects.find((one) => one === value))}
            >
              <div className="choices">
                {feedbackSubjects.map((one) => (
                  <Radio key={one} size="lg" value={one} label={t(`web-patient:about.${one}`)} className="tap" />
                ))}
              </div>
            </Radio.Group>
            {receipt !== undefined && (
              <>
                {isTied && <Text className="note">{t('web-patient:feedbackTied')}</Text>}
                <Checkbox
                  size="lg"
                  label={t('web-patient:feedbackUntie')}
                  checked={!isTied}
                  onChange={(event) => setIsTied(!event.currentTarget.checked)}
                />
              </>
            )}
            {canNameLine && (
              <NumberInput
                size="lg"
                label={`${t('web-patient:feedbackLine')} (${t('common:optional')})`}
                description={t('web-patient:feedbackLineHint')}
                min={1}
                max={20}
                allowDecimal={false}
                hideControls
                value={line ?? ''}
                onChange={(value) => setLine(numberOf(value))}
              />
            )}
            <Textarea
              size="lg"
              label={t('web-patient:feedbackText')}
              description={t('web-patient:feedbackTextHint')}
              value={text}
              autosize
              minRows={4}
              maxRows={14}
              maxLength={maxFeedbackText}
              required
              error={isAsked && words.length < shortest ? t('web-patient:feedbackShort') : giving.fieldError('/text')}
              onChange={(event) => setText(event.currentTarget.value)}
            />
            <Text size="sm" className="quiet">
              {t('web-patient:feedbackLength', { count: text.length, most: maxFeedbackText })}
            </Text>
            <FailureAlert failure={giving.failure} />
            <Button type="submit" size="lg" loading={giving.pending} leftSection={<IconSend size={22} aria-hidden />}>
              {t('web-patient:feedbackSend')}
            </Button>
          </Stack>
        </Paper>
      </Page>
    </div>
  );
};
