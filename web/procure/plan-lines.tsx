/** Medicines of a plan in a list: how urgent, until when, what to order; each opens its own page. */
import type { routes } from '@darmon/function-procurement/routes';
import type { AnswerOf } from '@darmon/http/route';
import { quantityText } from '@darmon/i18n/dosage';
import { soumText } from '@darmon/i18n/money';
import { Link } from '@tanstack/react-router';
import { useFormulary } from '../shared/formulary.ts';
import { useFormat, useLanguage, useT } from '../shared/language.ts';
import { RiskMark } from './marks.tsx';
import { When } from './when.tsx';

type Line = AnswerOf<typeof routes.readPlan>['lines'][number];

/** Units of a medicine as people count them; a plain number where the formulary does not know it. */
export const useUnits = () => {
  const formulary = useFormulary();
  const format = useFormat();
  const language = useLanguage();
  return (medicine: string, units: number): string => {
    const unit = formulary.byCode(medicine)?.unit;
    return unit ? quantityText(units, unit, language) : format.number(units);
  };
};

export const PlanLines = ({
  site,
  lines,
  label,
}: {
  readonly site: string;
  readonly lines: readonly Line[];
  readonly label: string;
}) => (
  <ul className="plan-lines" aria-label={label}>
    {lines.map((line) => (
      <PlanRow key={line.medicine} site={site} line={line} />
    ))}
  </ul>
);

const PlanRow = ({ site, line }: { readonly site: string; readonly line: Line }) => {
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  const formulary = useFormulary();
  const units = useUnits();
  const { medicine, risk, packs } = line;
  const facts = [
    { name: t('web-plan:onHand'), value: units(medicine, line.onHand) },
    ...(line.coming > 0 ? [{ name: t('web-plan:coming'), value: units(medicine, line.coming) }] : []),
    ...(line.moved === undefined ? [] : [{ name: t('web-plan:moved'), value: units(medicine, line.moved) }]),
    {
      name: t('web-plan:order'),
      value:
        packs === 0
          ? t('web-plan:nothing')
          : t('web-plan:orderPacks', { count: packs, units: units(medicine, line.quantity) }),
    },
    ...(line.value ? [{ name: t('web-plan:value'), value: soumText(line.value, language) }] : []),
    {
      name: t('web-plan:error'),
      value: line.wape === null ? t('web-plan:unknown') : `${format.number(Math.round(line.wape * 100))} %`,
    },
  ];
  return (
    <li>
      <div className="plan-head">
        <RiskMark risk={risk} />
        <Link className="tap plan-name" to="/procure/$site/$medicine" params={{ site, medicine }}>
          {formulary.name(medicine)}
        </Link>
        <span className="quiet">{t(`web-plan:ven.${line.ven}`)}</span>
      </div>
      <When risk={risk} runsOut={line.runsOut} arrives={line.arrives} />
      <dl className="plan-facts">
        {facts.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </li>
  );
};
