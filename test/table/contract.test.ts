/** The route tables themselves: every example really fits its schema, and the published description is whole. */
import { openApi } from '@darmon/http/openapi';
import { describe, expect, test } from 'vitest';
import { allRoutes } from '../support/tables.ts';

test.each(allRoutes.map(({ name, route }) => [name, route] as const))(
  'the example of %s is one that works',
  (_, route) => {
    const [answer] = Object.values(route.answers);
    expect(answer?.safeParse(route.example.answer).error?.issues ?? []).toEqual([]);
    if (route.body)
      expect(route.body.safeParse(JSON.parse(JSON.stringify(route.example.body))).error?.issues ?? []).toEqual([]);
  },
);

test('no two routes answer the same request, and each change demands a key or says why not', () => {
  const named = allRoutes.map(({ route }) => `${route.method} ${route.path.replaceAll(/\{\w+\}/g, '{}')}`);
  expect(new Set(named).size).toBe(named.length);
  const unkeyed = allRoutes.filter(({ route }) => route.method !== 'GET' && !route.keyed).map(({ name }) => name);
  // look-ups, data handed out and verification change nothing that a repeat could double: a look is recorded each time.
  // A password must not be kept to be repeated, nor may the secret of a second factor.
  // What time a device has cannot be said twice.
  // Going on with long work does what is left of it, whoever asks and however often; a part of a file is the same part.
  expect(unkeyed.sort()).toEqual([
    'advanceCount',
    'advanceJob',
    'beginSecondFactor',
    'checkPrescription',
    'exportPatient',
    'exportStaff',
    'findForRights',
    'findHolders',
    'giveFeedback',
    'givePassword',
    'keepPastImport',
    'loadImportPart',
    'loadPastPart',
    'lookAtPatient',
    'lookUpPatient',
    'lookUpPrescription',
    'nameStaff',
    'openPatientPage',
    'planNow',
    'rebuildConsumption',
    'refreshOverview',
    'settleBudgets',
    'tellClock',
    'verifyCode',
    'workErasure',
    'workOnPlans',
    'workRecall',
  ]);
});

describe('OpenAPI', () => {
  const document = openApi(
    [Object.fromEntries(allRoutes.map(({ name, route }) => [name, route]))],
    'https://darmon.example',
  ) as {
    openapi: string;
    paths: Record<string, Record<string, { operationId: string; responses: Record<string, unknown> }>>;
    components: { schemas: Record<string, unknown> };
  };

  test('describes every route once', () => {
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, o]) => `${o.operationId} ${method.toUpperCase()} ${path}`),
    );
    expect(described.sort()).toEqual(
      allRoutes.map(({ name, route }) => `${name} ${route.method} ${route.path}`).sort(),
    );
  });

  test('has a schema behind every reference', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(
      ([, name]) => name as string,
    );
    expect(references.length).toBeGreaterThan(20);
    expect(references.filter((name) => !(name in document.components.schemas))).toEqual([]);
    expect(JSON.stringify(document)).not.toContain('#/$defs/');
  });
});
