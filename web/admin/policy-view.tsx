/** The rules as people read them: one version as a table and facts, and what is different between two. */
import { medicineClasses } from '@darmon/domain/medicine';
import type { Policy } from '@darmon/domain/policy';
import type { Ven } from '@darmon/domain/replenishment';
import { Title } from '@mantine/core';
import { IconArrowNarrowRight } from '@tabler/icons-react';
import { type Format, type T, useFormat, useT } from '../shared/language.ts';
import {
  type AnalysisName,
  analysisNames,
  type Change,
  dayNames,
  flagNames,
  type NumberName,
  numberNames,
  type OrderingName,
  orderingNames,
  type RetentionName,
  type Rule,
  type RuleName,
  retentionNames,
  rulesOf,
  type WarehouseName,
  warehouseNames,
} from './policy-rules.ts';

/** What a rule is called, with its class or its group of medicines. */
const nameOf = (t: T, { name, class: group, atc, storage }: Omit<Rule, 'value'>): string => {
  const rule = t(`web-policy:${name}`, { atc: atc ?? '' });
  if (storage) return `${t(`medicine:storage.${storage}`)}: ${rule.charAt(0).toLowerCase()}${rule.slice(1)}`;
  return group ? `${t(`medicine:class.${group}`)}: ${rule}` : rule;
};

const missing: Partial<Record<RuleName, 'noLimit' | 'noRule'>> = {
  maxDays: 'noLimit',
  chronicAtc: 'noRule',
  groupVen: 'noRule',
  groupMin: 'noRule',
  groupMax: 'noRule',
};
const isNumber = (name: RuleName): name is NumberName => name in numberNames;
const isWarehouse = (name: RuleName): name is WarehouseName => name in warehouseNames;

const isOrdering = (name: RuleName): name is OrderingName => name in orderingNames;

const isRetention = (name: RuleName): name is RetentionName => retentionNames.some((one) => one === name);

const isAnalysis = (name: RuleName): name is AnalysisName => name in analysisNames;

const unitOf = (name: RuleName) => {
  if (isAnalysis(name)) return analysisNames[name];
  if (isRetention(name)) return 'years';
  if (name === 'storageFrom' || name === 'storageTo') return 'degrees';
  if (name === 'freezeDay') return 'monthday';
  if (name === 'groupMin' || name === 'groupMax') return 'months';
  if (isWarehouse(name)) return warehouseNames[name];
  if (isOrdering(name)) return orderingNames[name];
  return isNumber(name) ? numberNames[name] : 'days';
};

const valueText = (t: T, format: Format, name: RuleName, value: Rule['value']): string => {
  if (value === undefined) return t(`web-policy:${missing[name] ?? 'no'}`);
  if (typeof value === 'boolean') return t(value ? 'web-policy:yes' : 'web-policy:no');
  if (name === 'holidays' || name === 'watchedAtc') return String(value);
  if (typeof value === 'string') return t(`web-policy:ven.${value as Ven}`);
  if (name === 'maxIssues') return String(value);
  const words = t(`web-policy:unit.${unitOf(name)}`, { count: value });
  return words.replace(String(value), format.number(value));
};

/** One version, whole. */
export const PolicyRules = ({ policy, id }: { readonly policy: Policy; readonly id: string }) => {
  const t = useT();
  const format = useFormat();
  const columns = [...dayNames, ...flagNames];
  const facts = rulesOf(policy).filter((rule) => rule.class === undefined);
  return (
    <>
      <Title order={3} size="h4" id={id}>
        {t('web-policy:classes')}
      </Title>
      <table className="policy-table" aria-labelledby={id}>
        <thead>
          <tr>
            <th scope="col">{t('web-policy:class')}</th>
            {columns.map((column) => (
              <th key={column} scope="col">
                {t(`web-policy:${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {medicineClasses.map((name) => (
            <tr key={name}>
              <th scope="row">{t(`medicine:class.${name}`)}</th>
              {columns.map((column) => (
                <td key={column}>
                  <span className="policy-cell">{t(`web-policy:${column}`)}</span>
                  {valueText(t, format, column, policy.classes[name][column])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <dl className="policy-facts">
        {facts.map((rule) => (
          <div key={rule.id}>
            <dt>{nameOf(t, rule)}</dt>
            <dd>{valueText(t, format, rule.name, rule.value)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
};

/** What is different, rule by rule: how it was, and how it will be. */
export const Changes = ({ changes }: { readonly changes: readonly Change[] }) => {
  const t = useT();
  const format = useFormat();
  return (
    <ul className="policy-changes">
      {changes.map((change) => (
        <li key={change.id}>
          <span>{nameOf(t, change)}</span>
          <span className="policy-change">
            <span className="policy-unseen">{t('web-policy:before')}: </span>
            <s>{valueText(t, format, change.name, change.before)}</s>
            <IconArrowNarrowRight size={20} aria-hidden />
            <span className="policy-unseen">{t('web-policy:after')}: </span>
            <strong>{valueText(t, format, change.name, change.after)}</strong>
          </span>
        </li>
      ))}
    </ul>
  );
};
