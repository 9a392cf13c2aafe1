/** Who the prescription is for: found by a document, or taken down from it. A look-up is recorded, so it happens once, when the document is complete. */
import { Passport, type PatientIdentity, type PatientQuery } from '@darmon/domain/patient';
import type { PatientRecord } from '@darmon/domain/patient-record';
import { parsePinfl } from '@darmon/domain/pinfl';
import { tashkentDay } from '@darmon/domain/time';
import { routes } from '@darmon/function-prescribing/routes';
import { Button, Group, NumberInput, Radio, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { IconPencil, IconSearch, IconUserCheck, IconUserPlus } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { type Ref, useEffect, useRef, useState } from 'react';
import { keyOf, useCall } from '../shared/client.ts';
import { DayField } from '../shared/day-field.tsx';
import { useFormat, useT } from '../shared/language.ts';
import { FailureAlert, numberOf, Waiting } from '../shared/parts.tsx';
import { EditKnown, KnownOf } from './allergies.tsx';
import { identityOf } from './draft.ts';

type By = 'pinfl' | 'passport' | 'name';
const ways: readonly By[] = ['pinfl', 'passport', 'name'];

interface Typed {
  readonly by: By;
  readonly pinfl: string;
  readonly passport: string;
  readonly fullName: string;
  readonly birthDate: string;
  readonly sex?: 'male' | 'female';
  readonly weightKg?: number;
}
const nothing: Typed = {
  by: 'pinfl',
  pinfl: '',
  passport: '',
  fullName: '',
  birthDate: '',
  sex: undefined,
  weightKg: undefined,
};

const today = (): string => tashkentDay(Date.now());

/** Whole years on a day, both `YYYY-MM-DD`. */
const ageOn = (birthDate: string, day: string): number =>
  Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4)) - (day.slice(5) < birthDate.slice(5) ? 1 : 0);

/** What to ask the register, once the typed document can be one. */
const queryOf = (typed: Typed): PatientQuery | undefined => {
  const { by, pinfl, passport, fullName, birthDate } = typed;
  if (by === 'pinfl') return parsePinfl(pinfl, today()).kind === 'pinfl' ? { pinfl } : undefined;
  if (by === 'passport') return Passport.safeParse(passport).success ? { passport } : undefined;
  return fullName.trim().length > 1 && birthDate ? { fullName: fullName.trim(), birthDate } : undefined;
};

/** A patient who is not in the register yet, once everything is taken down. */
const newPatientOf = (typed: Typed): PatientIdentity | undefined => {
  const { by, pinfl, passport, fullName, birthDate, sex, weightKg } = typed;
  if (fullName.trim().length < 2 || !birthDate || birthDate > today() || !sex) return undefined;
  const about = { fullName: fullName.trim(), birthDate, sex, ...(weightKg && { weightKg }) };
  return by === 'pinfl' ? { pinfl, ...about } : { passport, ...about };
};

/** Of a patient whom nobody has registered: written down first, so that it can be known of. */
const WriteDown = ({
  patient,
  onRegistered,
}: {
  readonly patient: PatientIdentity;
  readonly onRegistered: () => void;
}) => {
  const t = useT();
  const register = useCall(routes.registerPatient);
  const send = async (again: boolean) => {
    if (again ? await register.retry() : await register.run({ body: patient })) onRegistered();
  };
  return (
    <Stack gap="xs">
      <Text className="note">{t('web-patient-record:new-patient')}</Text>
      <Group>
        <Button
          variant="default"
          loading={register.pending}
          leftSection={<IconPencil size={18} aria-hidden />}
          onClick={() => void send(false)}
        >
          {t('web-patient-record:write-down')}
        </Button>
      </Group>
      <FailureAlert failure={register.failure} uncertain={register.uncertain} onRetry={() => void send(true)} />
    </Stack>
  );
};

/** Who it is and what is known; what is known is found by the document where nobody has looked yet. */
const PatientCard = ({
  patient,
  record,
  onRecord,
  onOther,
}: {
  readonly patient: PatientIdentity;
  readonly record: PatientRecord | null | undefined;
  /** `changed`: it was written down just now. */
  readonly onRecord: (record: PatientRecord | null, changed: boolean) => void;
  readonly onOther: () => void;
}) => {
  const t = useT();
  const format = useFormat();
  const lookUp = useCall(routes.lookUpPatient);
  const [editing, setEditing] = useState(false);
  const document = 'pinfl' in patient ? { pinfl: patient.pinfl } : { passport: patient.passport };
  const load = async (): Promise<void> => {
    const answer = await lookUp.run({ body: document });
    if (answer) onRecord(answer.patient, false);
  };
  const loadOnce = useRef(load);
  useEffect(() => {
    if (record === undefined) void loadOnce.current();
  }, [record]);
  return (
    <Stack gap="sm">
      <Group justify="space-between" gap="sm">
        <Group gap="sm" wrap="nowrap" align="flex-start">
          <IconUserCheck size={28} stroke={1.6} aria-hidden className="good" />
          <div>
            <Text fw={650} fz="lg">
              {patient.fullName}
            </Text>
            <Text>
              {format.day(patient.birthDate)} · {t('web-prescribe:years', { count: ageOn(patient.birthDate, today()) })}{' '}
              · {t(`common:${patient.sex}`)}
            </Text>
            <Text className="quiet">
              {'pinfl' in patient
                ? `${t('common:pinfl')} ${patient.pinfl}`
                : `${t('common:passport')} ${patient.passport}`}
            </Text>
          </div>
        </Group>
        <Button variant="default" onClick={onOther}>
          {t('web-prescribe:patient-other')}
        </Button>
      </Group>
      {record && (
        <Group justify="space-between" gap="sm" align="flex-start">
          <KnownOf patient={record} />
          <EditKnown patient={record} opened={editing} onOpen={setEditing} onSaved={(next) => onRecord(next, true)} />
        </Group>
      )}
      {record === null && (
        <WriteDown
          patient={patient}
          onRegistered={() => {
            void load().then(() => setEditing(true));
          }}
        />
      )}
      {lookUp.pending && <Waiting label={t('web-prescribe:finding-patient')} />}
      <FailureAlert failure={lookUp.failure} onRetry={() => void load()} />
      <Text size="sm" className="quiet">
        {t('web-shared:looks-reviewed')}
      </Text>
    </Stack>
  );
};

/** Gives the patient to `onChoose` when found or taken down; undefined while there is none. */
export const PatientSection = ({
  patient,
  onChoose,
  onRecord,
  fieldRef,
}: {
  readonly patient: PatientIdentity | undefined;
  readonly onChoose: (patient: PatientIdentity | undefined) => void;
  /** What is known of the patient, whenever it is learnt or changed; null of somebody who is new. */
  readonly onRecord?: (record: PatientRecord | null | undefined) => void;
  readonly fieldRef: Ref<HTMLInputElement>;
}) => {
  const t = useT();
  const queries = useQueryClient();
  const [record, setRecord] = useState<PatientRecord | null>();
  const know = (next: PatientRecord | null | undefined) => {
    setRecord(next);
    onRecord?.(next);
  };
  const [typed, setTyped] = useState<Typed>(nothing);
  const [unknown, setUnknown] = useState(false);
  const [asked, setAsked] = useState(false);
  const lookUp = useCall(routes.lookUpPatient);
  const name = useRef<HTMLInputElement>(null);
  const byDocument = typed.by !== 'name';
  const reading = parsePinfl(typed.pinfl, today());

  const find = async (query: PatientQuery | undefined) => {
    setAsked(true);
    if (!query) return;
    const answer = await lookUp.run({ body: query });
    if (!answer) return;
    const found = answer.patient && identityOf(answer.patient);
    if (found) {
      know(answer.patient);
      onChoose(found);
    } else {
      setUnknown(true);
      setAsked(false);
    }
  };
  const change = (more: Partial<Typed>) => {
    setTyped((before) => ({ ...before, ...more }));
    setUnknown(false);
    setAsked(false);
    lookUp.reset();
  };
  const typePinfl = (text: string) => {
    const pinfl = text.replace(/\D/g, '').slice(0, 14);
    const now = parsePinfl(pinfl, today());
    const next: Typed = {
      ...nothing,
      by: 'pinfl',
      pinfl,
      ...(now.kind === 'pinfl' && { birthDate: now.birthDate, sex: now.sex }),
    };
    change(next);
    if (now.kind === 'pinfl') void find({ pinfl });
  };
  useEffect(() => {
    if (unknown && byDocument) name.current?.focus();
  }, [unknown, byDocument]);

  if (patient)
    return (
      <PatientCard
        patient={patient}
        record={record}
        onRecord={(next, changed) => {
          know(next);
          const identity = next && changed && identityOf(next);
          if (identity) onChoose(identity);
          void queries.invalidateQueries({ queryKey: keyOf(routes.checkPrescription) });
        }}
        onOther={() => {
          know(undefined);
          setTyped(nothing);
          setUnknown(false);
          lookUp.reset();
          onChoose(undefined);
        }}
      />
    );

  const pinflError = typed.pinfl.length === 14 || asked ? reading.kind === 'refused' && reading.code : undefined;
  const taken = newPatientOf(typed);
  const offersFind = typed.by !== 'pinfl' && !unknown;
  return (
    <Stack gap="sm">
      <Radio.Group
        label={t('web-prescribe:patient-by')}
        value={typed.by}
        onChange={(by) => change({ ...nothing, by: by as By })}
      >
        <div className="choices">
          {ways.map((by) => (
            <Radio key={by} value={by} label={t(`web-prescribe:by-${by}`)} className="tap" />
          ))}
        </div>
      </Radio.Group>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (unknown && byDocument) {
            setAsked(true);
            if (taken) {
              know(null);
              onChoose(taken);
            }
          } else void find(queryOf(typed));
        }}
      >
        {typed.by === 'pinfl' && (
          <TextInput
            ref={fieldRef}
            label={t('common:pinfl')}
            description={t('web-prescribe:pinfl-hint')}
            value={typed.pinfl}
            onChange={(event) => typePinfl(event.currentTarget.value)}
            inputMode="numeric"
            autoComplete="off"
            autoFocus
            maw={420}
            error={(pinflError && t(`web-prescribe:${pinflError}`)) || lookUp.fieldError('/pinfl')}
            rightSectionWidth={140}
            rightSection={
              typed.pinfl.length > 0 && typed.pinfl.length < 14 ? (
                <Text size="sm" className="quiet">
                  {t('web-prescribe:pinfl-left', { count: 14 - typed.pinfl.length })}
                </Text>
              ) : null
            }
          />
        )}
        {typed.by === 'passport' && (
          <TextInput
            ref={fieldRef}
            label={t('common:passport')}
            description={t('web-prescribe:passport-hint')}
            value={typed.passport}
            onChange={(event) =>
              change({ passport: event.currentTarget.value.toUpperCase().replace(/[\s-]/g, '').slice(0, 20) })
            }
            autoComplete="off"
            maw={420}
            error={asked && !Passport.safeParse(typed.passport).success && t('web-prescribe:passport-wrong')}
          />
        )}
        {(typed.by === 'name' || unknown) && (
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
            <TextInput
              ref={typed.by === 'name' ? fieldRef : name}
              label={t('common:fullName')}
              description={t('web-prescribe:name-hint')}
              value={typed.fullName}
              onChange={(event) => {
                const fullName = event.currentTarget.value;
                if (byDocument) setTyped((before) => ({ ...before, fullName }));
                else change({ fullName });
              }}
              autoComplete="off"
              maxLength={120}
              error={asked && typed.fullName.trim().length < 2 && t('common:required')}
            />
            <DayField
              label={t('common:birthDate')}
              description={typed.by === 'pinfl' ? t('web-prescribe:from-pinfl') : t('web-prescribe:name-hint')}
              readOnly={typed.by === 'pinfl'}
              value={typed.birthDate}
              max={today()}
              onChange={(birthDate) => {
                if (byDocument) setTyped((before) => ({ ...before, birthDate }));
                else change({ birthDate });
              }}
              error={asked && !typed.birthDate && t('common:required')}
            />
            {byDocument && (
              <>
                <Radio.Group
                  label={t('web-prescribe:sex')}
                  value={typed.sex ?? ''}
                  readOnly={typed.by === 'pinfl'}
                  onChange={(sex) => setTyped((before) => ({ ...before, sex: sex as 'male' | 'female' }))}
                  error={asked && !typed.sex && t('common:required')}
                >
                  <Group gap="md" mt={4}>
                    <Radio
                      value="female"
                      label={t('common:female')}
                      disabled={typed.by === 'pinfl' && typed.sex !== 'female'}
                      className="tap"
                    />
                    <Radio
                      value="male"
                      label={t('common:male')}
                      disabled={typed.by === 'pinfl' && typed.sex !== 'male'}
                      className="tap"
                    />
                  </Group>
                </Radio.Group>
                <NumberInput
                  label={`${t('web-prescribe:weight')} (${t('common:optional')})`}
                  value={typed.weightKg ?? ''}
                  min={0.5}
                  max={500}
                  decimalScale={1}
                  hideControls
                  allowedDecimalSeparators={['.', ',']}
                  onChange={(weight) => setTyped((before) => ({ ...before, weightKg: numberOf(weight) }))}
                />
              </>
            )}
          </SimpleGrid>
        )}
        {lookUp.pending && <Waiting label={t('web-prescribe:finding-patient')} />}
        <div role="status">
          {unknown && (
            <Text className="note">
              {t(byDocument ? 'web-prescribe:patient-new' : 'web-prescribe:patient-not-by-name')}
            </Text>
          )}
        </div>
        {offersFind && (
          <Button
            type="submit"
            variant="default"
            loading={lookUp.pending}
            leftSection={<IconSearch size={18} aria-hidden />}
          >
            {t('web-prescribe:find-patient')}
          </Button>
        )}
        {unknown && byDocument && (
          <Button type="submit" variant="light" leftSection={<IconUserPlus size={18} aria-hidden />}>
            {t('web-prescribe:patient-use')}
          </Button>
        )}
      </form>
      <FailureAlert failure={lookUp.failure} onRetry={() => void find(queryOf(typed))} />
    </Stack>
  );
};
