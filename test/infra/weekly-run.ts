/** What the template must say of the weekly run: whom its machine may begin, who is told when it breaks off. */
import { describe, expect, test } from 'vitest';
import { only, Policy, referencesIn, type Template, textOf } from './template.ts';

export const describeWeeklyRun = (templateOf: () => Template): void => {
  describe('the weekly run', () => {
    const rightsOfRole = (role: string) =>
      templateOf()
        .ofType('AWS::IAM::Policy')
        .filter(({ Properties }) => referencesIn(Properties.Roles).includes(role))
        .flatMap(({ Properties }) => Policy.parse(Properties.PolicyDocument).Statement);

    test('the machine begins its one function and no other, and its rule begins the machine alone', () => {
      const { Properties } = templateOf().get('PlanWeek');
      const own = rightsOfRole(only(referencesIn(Properties.RoleArn)));
      const begins = own.filter(({ Action }) => Action.some((action) => action.startsWith('lambda:')));
      expect(begins.map(({ Action, Resource }) => [Action, Resource.map(textOf)])).toEqual([
        [['lambda:InvokeFunction'], ['PlanSites']],
      ]);
      // what else it may do is to deliver logs and traces, which AWS binds to no resource
      const others = own.filter((one) => !begins.includes(one)).flatMap(({ Action }) => Action);
      expect(others.filter((action) => !/^(logs|xray):/.test(action))).toEqual([]);
      const rule = only(
        templateOf()
          .ofType('AWS::Events::Rule')
          .filter(({ Properties }) => JSON.stringify(Properties.Targets).includes('"PlanWeek"')),
      );
      const [target] = rule.Properties.Targets as { RoleArn: unknown; Input: string }[];
      const starts = rightsOfRole(only(referencesIn(target?.RoleArn)));
      expect(starts.map(({ Action, Resource }) => [Action, Resource.map(textOf)])).toEqual([
        [['states:StartExecution'], ['PlanWeek']],
      ]);
      expect(target?.Input).toBe('{}');
    });

    test('a run that breaks off rings, is traced, and its log holds every step and nothing of what was given', () => {
      const { Properties } = templateOf().get('PlanWeek');
      expect(Properties).toMatchObject({
        StateMachineType: 'STANDARD',
        TracingConfiguration: { Enabled: true },
        LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false },
      });
      const log = only(referencesIn(Properties.LoggingConfiguration));
      expect(templateOf().get(log).Properties.RetentionInDays).toBe(400);
      const alarm = only(
        templateOf()
          .ofType('AWS::CloudWatch::Alarm')
          .filter(({ Properties }) => Properties.Metrics && referencesIn(Properties.Metrics).includes('PlanWeek')),
      );
      expect(referencesIn(alarm.Properties.AlarmActions).map((topic) => templateOf().get(topic).Type)).toEqual([
        'AWS::SNS::Topic',
      ]);
      expect(String(alarm.Properties.AlarmDescription)).toMatch(/^[A-Z].{40,400}\.$/);
    });

    test('every task tries again with growing pauses, and a worker that is lost ends no other', () => {
      const text = textOf(templateOf().get('PlanWeek').Properties.DefinitionString);
      const { States } = JSON.parse(text) as { States: Record<string, { Retry?: unknown; ItemProcessor?: unknown }> };
      const retry = [expect.objectContaining({ BackoffRate: 3, JitterStrategy: 'FULL' })];
      expect(States).toMatchObject({
        Open: { Retry: retry },
        Close: { Retry: retry },
        Work: { ItemProcessor: { States: { Worker: { Retry: retry, Catch: [{ ErrorEquals: ['States.ALL'] }] } } } },
      });
    });
  });
};
