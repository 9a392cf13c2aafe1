/** What is known of a patient, as chips, and the drawer in which it is changed where it stands. */
import { allergyGroups } from '@darmon/domain/knowledge';
import { Passport } from '@darmon/domain/patient';
import { type Allergy, allergyKey, type PatientRecord, pregnancyOn } from '@darmon/domain/patient-record';
import { parsePinfl } from '@darmon/domain/pinfl';
import { dayMs, tashkentDay } from '@darmon/domain/time';
import { routes } from '@darmon/function-prescribing/routes';
import type { Language } from '@darmon/i18n/language';
import { innText } from '@darmon/i18n/medicine';
import { Accordion, Button, Drawer, Group, NumberInput, Radio, Stack, Text, TextInput } from '@mantine/core';
import {
  IconAlertTriangle,
  IconBabyCarriage,
  IconCircleCheck,
  IconHandStop,
  IconPencil,
  IconScale,
  IconX,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useCall } from '../shared/client.ts';
import { DayField } from '../shared/day-field.tsx';
import { type Formulary, useFormulary } from '../shared/formulary.ts';
import { type T, useFormat, useLanguage, useT } from '../shared/language.ts';
import { FailureAlert, Mark, numberOf } from '../shared/parts.tsx';
import { type Found, SearchField } from '../shared/search-field.tsx';

const today = (): string => tashkentDay(Date.now());
const childYears = 12;

/** True where a dose goes by weight and nobody has written one down. */
const needsWeight = (patient: { readonly birthDate: string; readonly weightKg?: number }): boolean =>
  patient.weightKg === undefined &&
  today() < `${Number(patient.birthDate.slice(0, 4)) + childYears}${patient.birthDate.slice(4)}`;

const substancesOf = (inn: string): string[] => inn.toLowerCase().split(/\s*\+\s*/);

/** A substance as the formulary writes it in the language of the page; the INN where it has several or none. */
const substanceText = (code: string, { medicines }: Formulary, language: Language): string => {
  const medicine = medicines.find((one) => one.inn.toLowerCase() === code);
  return medicine ? innText(medicine, language) : code;
};

const textOf = (allergy: Allergy, t: T, formulary: Formulary, language: Language): string => {
  if (allergy.kind === 'atc') return t('web-patient-record:atc-class', { code: allergy.code });
  if (allergy.kind === 'inn') return substanceText(allergy.code, formulary, language);
  const group = allergyGroups.find((one) => one === allergy.code);
  return group ? t(`safety:group.${group}`) : allergy.code;
};

/** Allergies, weight and pregnancy, each with an icon and words. */
export const KnownOf = ({ patient }: { readonly patient: PatientRecord }) => {
  const t = useT();
  const language = useLanguage();
  const format = useFormat();
  const formulary = useFormulary();
  const expecting = pregnancyOn(patient, today());
  return (
    <Group gap="xs" component="ul" className="bare-list">
      {patient.allergies.length === 0 && (
        <li>
          <Mark color="gray" Icon={IconCircleCheck}>
            {t('web-patient-record:allergies-none')}
          </Mark>
        </li>
      )}
      {patient.allergies.map((allergy) => (
        <li key={allergyKey(allergy)}>
          <Mark color="red" Icon={IconHandStop}>
            {t('web-patient-record:allergy-to', { what: textOf(allergy, t, formulary, language) })}
          </Mark>
        </li>
      ))}
      {patient.weightKg !== undefined && (
        <li>
          <Mark color="gray" Icon={IconScale}>
            {patient.weightOn === undefined
              ? `${patient.weightKg}`
              : t('web-patient-record:weight', { kg: patient.weightKg, day: format.day(patient.weightOn) })}
          </Mark>
        </li>
      )}
      {needsWeight(patient) && (
        <li>
          <Mark color="orange" Icon={IconAlertTriangle}>
            {t('web-patient-record:weight-missing')}
          </Mark>
        </li>
      )}
      {expecting && (
        <li>
          <Mark color="violet" Icon={IconBabyCarriage}>
            {t('web-patient-record:until-day', {
              state: t(`web-patient-record:${expecting.state}`),
              day: format.day(expecting.until),
            })}
          </Mark>
        </li>
      )}
    </Group>
  );
};

const shown = 10;

/** Groups and substances that begin as typed, groups first: they are fewer and say more. */
const useFindAllergies = (chosen: readonly Allergy[]) => {
  const t = useT();
  const language = useLanguage();
  const formulary = useFormulary();
  const taken = new Set(chosen.map(allergyKey));
  return (text: string): readonly Found[] => {
    const typed = text.trim().toLowerCase();
    const groups = allergyGroups
      .filter((group) => t(`safety:group.${group}`).toLowerCase().includes(typed) || group.startsWith(typed))
      .map((group) => ({
        value: `group:${group}`,
        label: t(`safety:group.${group}`),
        detail: (
          <Text size="sm" className="quiet">
            {t('web-patient-record:allergy-group')}
          </Text>
        ),
      }));
    const inns = [...new Set(formulary.search(text, 30).flatMap((medicine) => substancesOf(medicine.inn)))];
    const substances = inns.map((inn) => ({
      value: `inn:${inn}`,
      label: substanceText(inn, formulary, language),
      detail: (
        <Text size="sm" className="quiet">
          {t('web-patient-record:allergy-substance')} · {inn}
        </Text>
      ),
    }));
    return [...groups, ...substances].filter(({ value }) => !taken.has(value)).slice(0, shown);
  };
};

const AllergyList = ({
  allergies,
  onChange,
}: {
  readonly allergies: readonly Allergy[];
  readonly onChange: (allergies: Allergy[]) => void;
}) => {
  const t = useT();
  const language = useLanguage();
  const formulary = useFormulary();
  const find = useFindAllergies(allergies);
  return (
    <Stack gap="xs">
      {allergies.length > 0 && (
        <ul className="bare-list" aria-label={t('web-patient-record:allergies')}>
          {allergies.map((allergy) => {
            const what = textOf(allergy, t, formulary, language);
            return (
              <li key={allergyKey(allergy)}>
                <Group justify="space-between" wrap="nowrap">
                  <Mark color="red" Icon={IconHandStop}>
                    {what}
                  </Mark>
                  <Button
                    variant="subtle"
                    px="xs"
                    aria-label={t('web-patient-record:allergy-remove', { what })}
                    onClick={() => onChange(allergies.filter((one) => one !== allergy))}
                  >
                    <IconX size={20} aria-hidden />
                  </Button>
                </Group>
              </li>
            );
          })}
        </ul>
      )}
      <SearchField
        label={t('web-patient-record:allergy-add')}
        description={t('web-patient-record:allergy-add-hint')}
        busy={formulary.isPending}
        find={find}
        onChoose={(value) => {
          const [kind, code = ''] = value.split(/:(.*)/s);
          const group = allergyGroups.find((one) => kind === 'group' && one === code);
          onChange([...allergies, group ? { kind: 'group', code: group } : { kind: 'inn', code }]);
        }}
      />
    </Stack>
  );
};

type Expecting = 'neither' | 'pregnant' | 'lactating';
/** How long each usually lasts from today, in days: a beginning that is then corrected. */
const usualDays: Readonly<Record<Exclude<Expecting, 'neither'>, number>> = { pregnant: 200, lactating: 365 };

const Form = ({
  patient,
  onSaved,
}: {
  readonly patient: PatientRecord;
  readonly onSaved: (patient: PatientRecord) => void;
}) => {
  const t = useT();
  const format = useFormat();
  const save = useCall(routes.changePatient);
  const [allergies, setAllergies] = useState<readonly Allergy[]>(patient.allergies);
  const [weightKg, setWeight] = useState(patient.weightKg);
  const [weighed, setWeighed] = useState(false);
  const known = pregnancyOn(patient, today());
  const [expecting, setExpecting] = useState<Expecting>(known?.state ?? 'neither');
  const [until, setUntil] = useState(known?.until ?? '');
  const [fullName, setFullName] = useState(patient.fullName);
  const [pinfl, setPinfl] = useState('');
  const [passport, setPassport] = useState('');

  const isWhole =
    (expecting === 'neither' || until !== '') &&
    fullName.trim().length > 1 &&
    (pinfl === '' || parsePinfl(pinfl, today()).kind === 'pinfl') &&
    (passport === '' || Passport.safeParse(passport).success);
  const more = {
    allergies: [...allergies],
    ...(expecting !== 'neither' && { pregnancy: { state: expecting, until } }),
    ...(weightKg !== undefined && weighed && { weightKg }),
    ...(fullName.trim() !== patient.fullName && { fullName: fullName.trim() }),
    ...(pinfl !== '' && { pinfl }),
    ...(passport !== '' && { passport }),
  };
  const send = async (again: boolean) => {
    const input = { params: { id: patient.id }, body: { version: patient.version, ...more } };
    const answer = again ? await save.retry() : await save.run(input);
    if (!answer) return;
    const { pregnancy: _was, ...kept } = patient;
    const changed = more.weightKg === undefined ? {} : { weightOn: today() };
    onSaved({ ...kept, ...more, ...changed, version: answer.version });
  };
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (isWhole) void send(false);
      }}
    >
      <fieldset className="plain" disabled={save.pending || save.uncertain}>
        <Stack gap="md">
          <AllergyList allergies={allergies} onChange={setAllergies} />
          <NumberInput
            label={t('web-patient-record:weight-label')}
            description={
              patient.weightOn && t('web-patient-record:weight-measured', { day: format.day(patient.weightOn) })
            }
            value={weightKg ?? ''}
            min={0.5}
            max={500}
            decimalScale={1}
            hideControls
            allowedDecimalSeparators={['.', ',']}
            onChange={(value) => {
              setWeight(numberOf(value));
              setWeighed(true);
            }}
            maw={200}
            error={save.fieldError('/weightKg')}
          />
          {patient.sex === 'female' && (
            <Stack gap="xs">
              <Radio.Group
                label={t('web-patient-record:expecting')}
                value={expecting}
                onChange={(value) => {
                  const next = value as Expecting;
                  setExpecting(next);
                  setUntil(next === 'neither' ? '' : tashkentDay(Date.now() + usualDays[next] * dayMs));
                }}
              >
                <div className="choices">
                  {(['neither', 'pregnant', 'lactating'] as const).map((one) => (
                    <Radio key={one} value={one} label={t(`web-patient-record:${one}`)} className="tap" />
                  ))}
                </div>
              </Radio.Group>
              {expecting !== 'neither' && (
                <DayField
                  label={t('web-patient-record:until')}
                  description={t('web-patient-record:until-hint')}
                  value={until}
                  min={today()}
                  onChange={setUntil}
                  error={until === '' && t('common:required')}
                  maw={260}
                />
              )}
            </Stack>
          )}
          <Accordion variant="contained">
            <Accordion.Item value="more">
              <Accordion.Control>{t('web-patient-record:more-details')}</Accordion.Control>
              <Accordion.Panel>
                <Stack gap="sm">
                  <TextInput
                    label={t('common:fullName')}
                    description={t('web-patient-record:name-hint')}
                    value={fullName}
                    onChange={(event) => setFullName(event.currentTarget.value)}
                    maxLength={120}
                    autoComplete="off"
                    error={save.fieldError('/fullName')}
                  />
                  {patient.pinfl === undefined && (
                    <TextInput
                      label={t('web-patient-record:second-pinfl')}
                      value={pinfl}
                      onChange={(event) => setPinfl(event.currentTarget.value.replace(/\D/g, '').slice(0, 14))}
                      inputMode="numeric"
                      autoComplete="off"
                      error={save.fieldError('/pinfl')}
                    />
                  )}
                  <TextInput
                    label={t('web-patient-record:second-document')}
                    description={t('web-prescribe:passport-hint')}
                    value={passport}
                    onChange={(event) =>
                      setPassport(event.currentTarget.value.toUpperCase().replace(/[\s-]/g, '').slice(0, 20))
                    }
                    autoComplete="off"
                    error={save.fieldError('/passport')}
                  />
                </Stack>
              </Accordion.Panel>
            </Accordion.Item>
          </Accordion>
        </Stack>
      </fieldset>
      <FailureAlert failure={save.failure} uncertain={save.uncertain} onRetry={() => void send(true)} />
      <Group justify="flex-end">
        <Button type="submit" loading={save.pending} disabled={!isWhole || save.uncertain}>
          {t('web-patient-record:save')}
        </Button>
      </Group>
    </form>
  );
};

/** The button that opens the drawer, and the drawer. */
export const EditKnown = ({
  patient,
  onSaved,
  opened,
  onOpen,
}: {
  readonly patient: PatientRecord;
  readonly onSaved: (patient: PatientRecord) => void;
  readonly opened: boolean;
  readonly onOpen: (opened: boolean) => void;
}) => {
  const t = useT();
  return (
    <>
      <Button
        variant={needsWeight(patient) ? 'filled' : 'default'}
        leftSection={<IconPencil size={18} aria-hidden />}
        onClick={() => onOpen(true)}
      >
        {t('web-patient-record:edit')}
      </Button>
      <Drawer
        opened={opened}
        onClose={() => onOpen(false)}
        position="right"
        size="md"
        title={t('web-patient-record:edit-title')}
        closeButtonProps={{ 'aria-label': t('common:close'), size: 44 }}
      >
        <Form
          key={patient.version}
          patient={patient}
          onSaved={(next) => {
            onOpen(false);
            onSaved(next);
          }}
        />
      </Drawer>
    </>
  );
};
