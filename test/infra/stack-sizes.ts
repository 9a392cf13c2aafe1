/** What CloudFormation takes of one stack, and that it can bring all of them about. */
import { describe, expect, test } from 'vitest';
import { referencesIn, type Template } from './template.ts';

export const describeStacks = (template: () => Template): void => {
  describe('stacks', () => {
    test('none comes near what CloudFormation takes of one: 500 resources, 200 parameters, a megabyte', () => {
      const { stacks } = template();
      expect(stacks.map(({ file }) => (file.endsWith('.nested.template.json') ? 'nested' : file))).toEqual([
        'Darmon.template.json',
        'nested',
      ]);
      for (const { file, resources, parameters, bytes } of stacks) {
        expect(resources, file).toBeLessThan(350);
        expect(parameters, file).toBeLessThan(100);
        expect(bytes, file).toBeLessThan(800_000);
      }
    });

    test('the stack within the stack holds routes with what leads from them to a function, and nothing that is kept', () => {
      const { resources, stacks } = template();
      const types = new Set(resources.slice(stacks[0]?.resources).map(({ Type }) => Type));
      expect([...types].sort()).toEqual([
        'AWS::ApiGatewayV2::Integration',
        'AWS::ApiGatewayV2::Route',
        'AWS::Lambda::Permission',
      ]);
    });

    test('CloudFormation can order the resources: none waits for itself', () => {
      const waiting = new Map(
        template().resources.map(({ id, Properties, DependsOn }) => [
          id,
          new Set([...referencesIn(Properties), ...[DependsOn ?? []].flat()]),
        ]),
      );
      for (let ready = [...waiting].filter(([, on]) => on.size === 0); ready.length > 0; ) {
        for (const [id] of ready) waiting.delete(id);
        for (const on of waiting.values()) for (const [id] of ready) on.delete(id);
        ready = [...waiting].filter(([, on]) => on.size === 0);
      }
      expect([...waiting.keys()]).toEqual([]);
    });
  });
};
