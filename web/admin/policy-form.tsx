/** The next version of the rules: every rule in one form, and what it changes before it is saved. */
import { routes } from '@darmon/function-identity/routes';
import type { AnswerOf } from '@darmon/http/route';
import { Alert, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import { call, useCall } from '../shared/client.ts';
import { useT } from '../shared/language.ts';
import { Section } from '../shared/parts.tsx';
import { GroupFields, HolidayFields } from './group-fields.tsx';
import {
  AnalysisFields,
  BeginningFields,
  ChronicFields,
  ClassesFields,
  ClosingFields,
  type Fields,
  NumbersFields,
  OrderingFields,
  RetentionFields,
  WarehouseFields,
} from './policy-fields.tsx';
import { changesOfForm, overtaken, type PolicyForm, policyBody, policyFaults, policyForm } from './policy-rules.ts';
import { Changes } from './policy-view.tsx';
import { FormFoot, useRecordForm } from './records.tsx';

export type Policies = AnswerOf<typeof routes.readPolicies>;
type Saved = AnswerOf<typeof routes.savePolicy>;

/** The version that the next one builds on: the newest, whether it has begun or not. */
const newestOf = ({ current, coming }: Policies) => coming.at(-1) ?? current;

export const PolicyEditor = ({
  policies,
  now,
  onClose,
  onSaved,
}: {
  readonly policies: Policies;
  /** Milliseconds. */
  readonly now: number;
  readonly onClose: () => void;
  readonly onSaved: (saved: Saved) => void;
}) => {
  const t = useT();
  const saving = useCall(routes.savePolicy);
  const isSame = (form: PolicyForm) => changesOfForm(newestOf(policies), form)?.length === 0;
  const edit = useRecordForm<Policies, PolicyForm, string>({
    record: policies,
    fieldsOf: (read) => policyForm(newestOf(read ?? policies)),
    faultsOf: (form) => [...policyFaults(form).keys(), ...(isSame(form) ? ['same'] : [])],
    saving,
    send: async (form, base) => {
      const saved = await saving.run({ body: { ...policyBody(form), version: (base ?? policies).version } });
      if (saved) onSaved(saved);
      return undefined;
    },
    reread: () => call(routes.readPolicies, {}).catch(() => undefined),
    list: routes.readPolicies,
    onSaved: () => {},
  });
  const { base = policies, fields: form, set, frozen } = edit;
  const faults = policyFaults(form);
  const wrong = (pointer: string) => {
    const fault = faults.get(pointer);
    if (fault && edit.wrong(pointer)) return t(`web-policy:fault.${fault.word}`, { limit: fault.limit ?? 0 });
    return saving.fieldError(pointer);
  };
  const marked = [...faults.keys()].filter(edit.wrong).length;
  const groups: Fields = { form, set, wrong, frozen };
  const [pending] = base.coming.slice(-1);
  return (
    <form onSubmit={edit.onSubmit} noValidate>
      <Stack gap="md">
        {pending && (
          <Alert color="blue" icon={<IconInfoCircle aria-hidden />}>
            {t('web-policy:fromComing', { version: pending.version })}
          </Alert>
        )}
        <ClassesFields {...groups} />
        <NumbersFields {...groups} />
        <ChronicFields {...groups} />
        <WarehouseFields {...groups} />
        <OrderingFields {...groups} />
        <HolidayFields {...groups} />
        <GroupFields {...groups} />
        <RetentionFields {...groups} />
        <AnalysisFields {...groups} />
        <ClosingFields {...groups} />
        <BeginningFields {...groups} now={now} />
        <Section title={t('web-policy:willChange')} id="policy-changes">
          <WillChange base={base} form={form} now={now} isSame={isSame(form)} />
        </Section>
        {marked > 0 && (
          <Alert role="alert" color="red" icon={<IconAlertTriangle aria-hidden />}>
            {t('web-policy:wrong', { count: marked })}
          </Alert>
        )}
        {edit.wrong('same') && marked === 0 && (
          <Alert role="alert" color="orange" icon={<IconAlertTriangle aria-hidden />}>
            {t('web-policy:same')}
          </Alert>
        )}
        <FormFoot form={edit} onClose={onClose} />
      </Stack>
    </form>
  );
};

/** The difference to what holds now, and which saved version it puts out of the way. */
const WillChange = ({
  base,
  form,
  now,
  isSame,
}: {
  readonly base: Policies;
  readonly form: PolicyForm;
  readonly now: number;
  readonly isSame: boolean;
}) => {
  const t = useT();
  const changes = changesOfForm(base.current, form);
  const lost = isSame ? [] : overtaken(base.coming, form, now);
  return (
    <>
      <Text role="status">
        {changes === undefined && t('web-policy:incomplete')}
        {changes?.length === 0 && t('web-policy:nothing')}
        {changes !== undefined && changes.length > 0 && t('web-policy:changesCount', { count: changes.length })}
      </Text>
      {changes !== undefined && <Changes changes={changes} />}
      {lost.length > 0 && (
        <Alert color="orange" icon={<IconAlertTriangle aria-hidden />}>
          {t('web-policy:overtaken', { versions: lost.map((policy) => policy.version).join(', ') })}
        </Alert>
      )}
      <Text size="sm" className="quiet">
        {t('web-policy:keepNote')}
      </Text>
    </>
  );
};
