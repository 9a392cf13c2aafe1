/** A warning before signing as one short sentence: what it is about is said beside it by the screen. */
import type { Alert } from '@darmon/domain/safety';
import type { Language } from './language.ts';
import { type KeyOf, type Translate, translatorOf } from './translator.ts';
import { safety } from './words/safety.ts';

const words = { safety };
const translator = translatorOf(words);
type T = Translate<typeof words>;
type Key = KeyOf<typeof words>;

type Facts = Alert['facts'];

const ageText = (t: T, months: number): string =>
  months % 12 === 0 ? t('safety:age.years', { count: months / 12 }) : t('safety:age.months', { count: months });

const effectText = (t: T, { effect }: Facts): string | undefined =>
  effect === undefined ? undefined : t(`safety:effect.${effect}` as Key);

const allergyText = (t: T, { allergy = '', allergyKind, group }: Facts): string => {
  const groupName = (of: string | number): string => t(`safety:group.${of}` as Key);
  const name = allergyKind === 'group' ? groupName(allergy) : allergy;
  if (group === undefined || group === allergy) return t('safety:text.allergy', { allergy: name });
  return t('safety:text.allergy-group', { allergy: name, group: groupName(group) });
};

const doseText = (t: T, facts: Facts): string => {
  if (facts.minHours !== undefined) return t('safety:text.dose-interval', facts);
  const unit = t(facts.unit === 'IU' ? 'safety:unit.IU' : 'safety:unit.mg');
  return t(facts.once === undefined ? 'safety:text.dose-ceiling' : 'safety:text.dose-once', { ...facts, unit });
};

const ageLimitText = (t: T, facts: Facts): string => {
  const { fromMonths, untilMonths } = facts;
  const limit =
    fromMonths === undefined
      ? t('safety:text.age-until', { age: ageText(t, Number(untilMonths)) })
      : t('safety:text.age-from', { age: ageText(t, Number(fromMonths)) });
  return [limit, effectText(t, facts)].filter((text) => text !== undefined).join(': ');
};

/** What the alert says, in the reader's language. Facts are codes and numbers; nothing of them is translated twice. */
export const alertText = ({ kind, facts }: Pick<Alert, 'kind' | 'facts'>, language: Language): string => {
  const t = translator(language);
  if (kind === 'allergy') return allergyText(t, facts);
  if (kind === 'dose-ceiling') return doseText(t, facts);
  if (kind === 'age-limit') return ageLimitText(t, facts);
  if (kind === 'duplicate-therapy')
    return t(
      facts.substance === undefined ? 'safety:text.duplicate-therapy' : 'safety:text.duplicate-substance',
      facts,
    );
  return effectText(t, facts) ?? (kind === 'lactation' ? t('safety:text.lactation') : t('safety:text.pregnancy'));
};
