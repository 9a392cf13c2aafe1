/**
 * A prescriber's own yes to a controlled prescription: the second factor where it is not fresh, then what is signed is
 * read once more, and the confirmation is given for that very body. The API decides all of it anew.
 */
import { approvedText } from '@darmon/domain/approval';
import { isControlled, type Medicine } from '@darmon/domain/medicine';
import type { PatientIdentity } from '@darmon/domain/patient';
import { routes } from '@darmon/function-identity/routes';
import { routes as prescribing } from '@darmon/function-prescribing/routes';
import { dosageSentence } from '@darmon/i18n/dosage';
import { quantityInWords } from '@darmon/i18n/number-words';
import { webAccount } from '@darmon/i18n/words/web-account';
import { webApprovals } from '@darmon/i18n/words/web-approvals';
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconDeviceMobile, IconLock, IconSignature, IconWifiOff } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useCallback, useRef, useState } from 'react';
import { useAnswer, useCall } from '../shared/client.ts';
import { nameOf } from '../shared/formulary.ts';
import { hashOf } from '../shared/hash.ts';
import { addAreas, currentLanguage, useFormat, useLanguage, useT } from '../shared/language.ts';
import { Dialog, FailureAlert, Mark, Waiting } from '../shared/parts.tsx';
import { freshSignIn, hasFreshSecondFactor } from '../shared/session.ts';
import type { IssueRequest } from './draft.ts';

addAreas({ 'web-account': webAccount, 'web-approvals': webApprovals });

/** One medicine of what is signed, as the person reads it. */
export interface SignedLine {
  readonly medicine: Medicine;
  readonly quantity: number;
  readonly dosage: IssueRequest['lines'][number]['dosage'];
}

interface ToSign {
  readonly body: IssueRequest;
  readonly patient: PatientIdentity;
  readonly lines: readonly SignedLine[];
}

/** The hash that an approval names, of the body as it will be posted. */
const bodyHashOf = (body: IssueRequest): Promise<string> => hashOf(approvedText({ ...body }));

const leftFor = 'darmon.confirming';

/** Whether this page was left for the second factor with this draft; told once. */
export const cameBackFor = (draft: string | undefined): boolean => {
  const left = sessionStorage.getItem(leftFor);
  if (left === null || left !== draft) return false;
  sessionStorage.removeItem(leftFor);
  return true;
};

const Controlled = ({ line: { medicine, quantity, dosage } }: { readonly line: SignedLine }) => {
  const t = useT();
  const language = useLanguage();
  return (
    <div className="to-sign">
      <Group gap="xs">
        <Text fw={650} fz="lg">
          {nameOf(medicine, language)}
        </Text>
        <Mark color="violet" Icon={IconLock}>
          {t(`medicine:class.${medicine.class}`)}
        </Mark>
      </Group>
      <Text>{dosageSentence(dosage, language)}</Text>
      <Text fz="lg">
        {t('common:quantity')}: <strong>{quantityInWords(quantity, medicine.unit, language)}</strong>
      </Text>
    </div>
  );
};

const Confirm = ({
  toSign: { body, patient, lines },
  onApproved,
  onStale,
}: {
  readonly toSign: ToSign;
  readonly onApproved: (approval: string) => void;
  readonly onStale: () => void;
}) => {
  const t = useT();
  const format = useFormat();
  const give = useCall(routes.giveApproval);
  const controlled = lines.filter(({ medicine }) => isControlled(medicine.class));
  const others = lines.length - controlled.length;
  const confirm = async () => {
    if (!(await hasFreshSecondFactor())) return onStale();
    const bodyHash = await bodyHashOf(body);
    const given = await give.run({ body: { subject: prescribing.issuePrescription.path, bodyHash } });
    if (given) onApproved(given.id);
  };
  return (
    <Stack>
      <Text>{t('web-approvals:sign.text')}</Text>
      <Text>
        {t('common:patient')}: <strong>{patient.fullName}</strong>, {format.day(patient.birthDate)}
      </Text>
      {controlled.map((line) => (
        <Controlled key={line.medicine.code} line={line} />
      ))}
      {others > 0 && <Text className="quiet">{t('web-approvals:sign.others', { count: others })}</Text>}
      <FailureAlert failure={give.failure} onRetry={() => void confirm()} />
      <Group justify="flex-end">
        <Button
          size="lg"
          data-autofocus
          loading={give.pending}
          leftSection={<IconSignature size={22} aria-hidden />}
          onClick={() => void confirm()}
        >
          {t('web-approvals:sign.confirm')}
        </Button>
      </Group>
    </Stack>
  );
};

/** Says why the page is left, keeps what is written, and leaves: to the digits, or to where a factor is set up. */
const ToFactor = ({ keep }: { readonly keep: () => Promise<string | undefined> }) => {
  const t = useT();
  const navigate = useNavigate();
  const factor = useAnswer(routes.readSecondFactor, {});
  const isMissing = factor.data?.set === false;
  const [state, setState] = useState<'ready' | 'leaving' | 'not-kept'>('ready');
  const leave = async () => {
    setState('leaving');
    const draft = await keep().catch(() => undefined);
    if (draft === undefined) return setState('not-kept');
    sessionStorage.setItem(leftFor, draft);
    // what is written has just been kept, so nothing would be lost that the page warns of
    if (isMissing) return navigate({ to: '/account/second-factor', search: { draft }, ignoreBlocker: true });
    const returnTo = `/prescribe/new?draft=${draft}`;
    await freshSignIn({ secondFactor: true, returnTo, uiLocale: currentLanguage() }).catch(() => {
      sessionStorage.removeItem(leftFor);
      setState('not-kept');
    });
  };
  // whether there is one to ask for must be known; without an answer the sign-in page itself says that there is none
  if (factor.isPending) return <Waiting />;
  return (
    <Stack>
      {isMissing && <Text fw={650}>{t('web-account:missingTitle')}</Text>}
      <Text>{t(isMissing ? 'web-account:missingText' : 'web-approvals:sign.factorText')}</Text>
      {state === 'not-kept' && (
        <Text role="alert" className="bad">
          {t('web-approvals:sign.notKept')}
        </Text>
      )}
      <Group justify="flex-end">
        <Button
          size="lg"
          data-autofocus
          autoFocus
          loading={state === 'leaving'}
          leftSection={<IconDeviceMobile size={22} aria-hidden />}
          onClick={() => void leave()}
        >
          {t(isMissing ? 'web-account:missingGo' : 'web-approvals:sign.toFactor')}
        </Button>
      </Group>
    </Stack>
  );
};

export interface Confirmation {
  /**
   * The id of the confirmation to post along with `body`; undefined where the person turned back, is offline or leaves
   * for the second factor. The body must then be posted as it was given here, or the confirmation is refused.
   */
  confirmControlled(toSign: ToSign): Promise<string | undefined>;
  /** To be put onto the page. */
  readonly dialog: ReactNode;
}

/**
 * Asks for the confirmation of controlled prescriptions.
 * @param keep saves what is written at once and gives the draft's id; undefined where it could not be kept
 */
export const useConfirmation = (keep: () => Promise<string | undefined>): Confirmation => {
  const t = useT();
  const [asked, setAsked] = useState<{ toSign: ToSign; at: 'confirm' | 'factor' | 'offline' } | undefined>();
  const answer = useRef<((approval: string | undefined) => void) | undefined>(undefined);
  const settle = useCallback((approval: string | undefined) => {
    answer.current?.(approval);
    answer.current = undefined;
    setAsked(undefined);
  }, []);
  const confirmControlled = useCallback(async (toSign: ToSign): Promise<string | undefined> => {
    const isFresh = await hasFreshSecondFactor().catch(() => false);
    answer.current?.(undefined);
    setAsked({ toSign, at: navigator.onLine ? (isFresh ? 'confirm' : 'factor') : 'offline' });
    return new Promise((resolve) => {
      answer.current = resolve;
    });
  }, []);
  const dialog = (
    <Dialog
      opened={asked !== undefined}
      onClose={() => settle(undefined)}
      title={t(asked?.at === 'factor' ? 'web-approvals:sign.factorTitle' : 'web-approvals:sign.title')}
      centered
    >
      {asked?.at === 'confirm' && (
        <Confirm
          toSign={asked.toSign}
          onApproved={settle}
          onStale={() => setAsked({ toSign: asked.toSign, at: 'factor' })}
        />
      )}
      {asked?.at === 'factor' && <ToFactor keep={keep} />}
      {asked?.at === 'offline' && (
        <Alert role="alert" color="orange" variant="light" icon={<IconWifiOff aria-hidden />}>
          {t('web-approvals:sign.offline')}
        </Alert>
      )}
    </Dialog>
  );
  return { confirmControlled, dialog };
};
