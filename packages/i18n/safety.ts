/** A warning before signing as one short sentence: what it is about is said beside it by the screen. */
import type { Alert } from '@darmon/domain/safety';
import type { Language } from './language.ts';
import { type KeyOf, type Translate, translatorOf } from './translator.ts';
import { safety } from './words/safety.ts';

const words = { safety };
const translator = translatorOf(words);
type T = Translate<typeof words>;
type Key = KeyOf<typeof words>;

const ageText = (t: T, months: number): string =>
  months % 12 === 0 ? t('safety:age.years', { n: months / 12 }) : t('safety:age.months', { n: months });

const effectText = (t: T, effect: string): string => t(`safety:effect.${effect}` as Key);

/** What the alert says, in the reader's language. Facts are codes and numbers; nothing of them is translated twice. */
export const alertText = ({ kind, facts }: Pick<Alert, 'kind' | 'facts'>, language: Language): string => {
  const t = translator(language);
  if (kind === 'interaction') return effectText(t, String(facts.effect));
  if (kind === 'age-limit')
    return facts.fromMonths === undefined
      ? t('safety:text.age-until', { age: ageText(t, Number(facts.untilMonths)) })
      : t('safety:text.age-from', { age: ageText(t, Number(facts.fromMonths)) });
  if (kind === 'dose-ceiling') {
    const unit = t(facts.unit === 'IU' ? 'safety:unit.IU' : 'safety:unit.mg');
    return t('safety:text.dose-ceiling', { ...facts, unit });
  }
  return t(`safety:text.${kind}`, { ...facts });
};
