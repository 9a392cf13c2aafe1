/**
 * The house keeps its shape: which part may import which, what only one part may touch, where text may stand, how long
 * a file may be. The rules are data, the check reads the sources as text, and each rule is shown a house that breaks it.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

/** Path from the root, with `/`, to text. */
type House = ReadonlyMap<string, string>;

const root = resolve(import.meta.dirname, '..');
const roots = ['functions', 'infra', 'packages', 'test', 'web'];
const notOurs = new Set(['node_modules', 'dist', 'cdk.out', 'coverage', '.local']);

const readHouse = (): House => {
  const house = new Map<string, string>();
  const walk = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (notOurs.has(entry.name)) continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) walk(path);
      else if (/\.(tsx?|html|css|json|md)$/.test(entry.name))
        house.set(relative(root, path).replaceAll('\\', '/'), readFileSync(path, 'utf8'));
    }
  };
  for (const folder of roots) if (existsSync(join(root, folder))) walk(join(root, folder));
  return house;
};

// --- what a file is --------------------------------------------------------------------------------------------------

const isSource = (path: string): boolean => /\.tsx?$/.test(path);
const isTest = (path: string): boolean => path.startsWith('test/') || /\.test\.tsx?$/.test(path);

/** The workspace package a file belongs to: `functions/<name>`, `packages/<name>`, `infra`, `test`, `web`. */
const partOf = (path: string): string => {
  const [top = '', name = '', ...rest] = path.split('/');
  return (top === 'functions' || top === 'packages') && rest.length > 0 ? `${top}/${name}` : top;
};

/** Where parts are put together: what a function deploys (it exports the handler), the command line, the local cloud. */
const composes = (path: string, text: string): boolean =>
  isTest(path) ||
  partOf(path) === 'packages/cli' ||
  partOf(path) === 'packages/local' ||
  (path.startsWith('functions/') && /^export const handler\b/m.test(text));

/** Whole-line and block comments gone, so that only what runs is judged. A `//` behind code stays; it may be in a string. */
const withoutComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' ')).replace(/^\s*\/\/.*$/gm, '');

/** What a file imports, types too: static, for its effect, from where it exports again, and dynamic. */
const importsOf = (text: string): string[] =>
  [
    ...withoutComments(text).matchAll(
      /(?:^|;|\n)\s*(?:import|export)\s(?:[^'";]*?\sfrom\s*)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g,
    ),
  ].map((found) => (found[1] ?? found[2]) as string);

/** `@darmon/domain/time` as `packages/domain/time`; undefined for what is not ours. */
const ourPath = (specifier: string, names: ReadonlyMap<string, string>): string | undefined => {
  const [scope, name, ...rest] = specifier.split('/');
  if (scope !== '@darmon') return undefined;
  return [names.get(`${scope}/${name}`) ?? `unknown/${name}`, ...rest].join('/');
};

const namesOf = (house: House): Map<string, string> => {
  const names = new Map<string, string>();
  for (const [path, text] of house)
    if (path.endsWith('package.json') && partOf(path) === dirname(path)) names.set(JSON.parse(text).name, partOf(path));
  return names;
};

// --- the rules -------------------------------------------------------------------------------------------------------

const arrows: readonly (readonly [from: RegExp, to: RegExp])[] = [
  [/^packages\/(table|i18n|credential|marking|log)\//, /^packages\/domain\//],
  [/^packages\/(http|documents)\//, /^packages\/(domain|i18n)\//],
  [/^packages\/simulation\//, /^packages\/(domain|forecast)\//],
  [/^packages\/usecases\//, /^packages\/(domain|table|credential|forecast|log)\/|^packages\/marking\/marking$/],
  [/^functions\/[^/]+\//, /^packages\/(domain|http|usecases)\//],
  [/^functions\/verification\//, /^packages\/credential\//],
  [/^functions\/compliance\//, /^packages\/log\//],
  [/^functions\/verification\/described/, /^functions\/[^/]+\/routes$/],
  [
    /^web\//,
    /^packages\/(credential|domain|i18n|documents)\/|^packages\/http\/route$|^functions\/[^/]+\/([a-z-]+-)?routes$/,
  ],
  [/^infra\//, /^packages\/table\/schema$|^functions\/[^/]+\/routes$/],
];

/** What only these parts may import. */
const reserved: readonly (readonly [what: RegExp, where: RegExp])[] = [
  [/^@aws-sdk\/(client-dynamodb|lib-dynamodb|util-dynamodb)/, /^(packages\/(table|local|cli)|infra|test)\//],
  [/^aws-cdk-lib|^constructs$|^cdk-nag$/, /^(infra|test)\//],
  [/^react|^@mantine\//, /^web\//],
];

type Rule = (house: House) => string[];

const sources = (house: House) => [...house].filter(([path]) => isSource(path));

/** An import that no arrow allows. */
const strayImports: Rule = (house) => {
  const names = namesOf(house);
  return sources(house).flatMap(([path, text]) => {
    if (composes(path, text)) return [];
    return importsOf(text).flatMap((specifier) => {
      const target = ourPath(specifier, names);
      if (!target || partOf(target) === partOf(path)) return [];
      return arrows.some(([from, to]) => from.test(path) && to.test(target)) ? [] : [`${path} imports ${specifier}`];
    });
  });
};

/** A relative import that leaves its package: it would not stand in any package.json. */
const escapes: Rule = (house) =>
  sources(house).flatMap(([path, text]) =>
    importsOf(text)
      .filter((specifier) => specifier.startsWith('.'))
      .filter((specifier) => partOf(join(dirname(path), specifier)) !== partOf(path))
      .map((specifier) => `${path} imports ${specifier}`),
  );

const reservedImports: Rule = (house) =>
  sources(house).flatMap(([path, text]) =>
    importsOf(text)
      .filter((specifier) => reserved.some(([what, where]) => what.test(specifier) && !where.test(path)))
      .map((specifier) => `${path} imports ${specifier}`),
  );

/** Packages that import each other, tests aside. Says each cycle once, from its first name. */
const cycles: Rule = (house) => {
  const names = namesOf(house);
  const edges = new Map<string, Set<string>>();
  for (const [path, text] of sources(house).filter(([path]) => !isTest(path)))
    for (const specifier of importsOf(text)) {
      const target = ourPath(specifier, names);
      if (target && partOf(target) !== partOf(path))
        edges.set(partOf(path), (edges.get(partOf(path)) ?? new Set()).add(partOf(target)));
    }
  const found = new Set<string>();
  const walk = (trail: readonly string[]): void => {
    for (const next of edges.get(trail.at(-1) as string) ?? []) {
      const at = trail.indexOf(next);
      if (at < 0) walk([...trail, next]);
      else if (trail.slice(at).every((part) => next <= part)) found.add([...trail.slice(at), next].join(' -> '));
    }
  };
  for (const part of edges.keys()) walk([part]);
  return [...found];
};

/** The domain is pure, and whoever is given a clock or chance asks nobody else for them. */
const impurities: Rule = (house) => {
  const given = /^packages\/(domain|i18n|credential|usecases|table|marking|forecast|log)\//;
  const taken = /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bcrypto\.randomUUID\b|\bprocess\.env\b/;
  return sources(house).flatMap(([path, text]) => {
    if (isTest(path) || !given.test(path) || path === 'packages/usecases/live.ts') return [];
    const clock = taken.exec(withoutComments(text))?.[0];
    const outside = path.startsWith('packages/domain/')
      ? importsOf(text).filter((specifier) => specifier !== 'zod' && !specifier.startsWith('./'))
      : [];
    return [
      ...(clock ? [`${path} takes ${clock}`] : []),
      ...outside.map((specifier) => `${path} imports ${specifier}`),
    ];
  });
};

const longestFile = 500;
const longFiles: Rule = (house) =>
  sources(house)
    .filter(([, text]) => text.trimEnd().split('\n').length > longestFile)
    .map(([path]) => `${path} is longer than ${longestFile} lines`);

const functionFiles = ['README.md', 'app.ts', 'lambda.ts', 'routes.ts'];
const missingFiles: Rule = (house) => {
  const functions = new Set([...house.keys()].map(partOf).filter((part) => part.startsWith('functions/')));
  return [...functions].flatMap((part) =>
    functionFiles.filter((file) => !house.has(`${part}/${file}`)).map((file) => `${part} has no ${file}`),
  );
};

const missingTexts: Rule = (house) =>
  [...new Set([...house.keys()].map(partOf))]
    .filter((part) => part !== 'test' && !house.has(`${part}/README.md`))
    .map((part) => `${part} has no README.md`);

/** Names in other scripts are data of the demo country and of vectors; keyboards and GS1 carriers are read by letter. */
const lettersAllowed =
  /^packages\/(i18n|local\/country|credential\/vectors)\/|^packages\/domain\/(keyboard-layout|gs1[^/]*|patient)\.ts$/;
/** A Cyrillic letter and a small one behind it are a word; tables of letters have them one by one, or all in capitals. */
const cyrillicWord = /[\u0400-\u04ff][\u0430-\u045f\u0491-\u04ff]+/u;
/** Text between tags, and attributes that a person reads or hears. */
const jsxText = />\s*[^<>{}()=;]*\p{L}{2,}[^<>{}()=;]*<\//u;
const spokenAttribute =
  /\s(?:aria-label|aria-description|title|label|placeholder|alt|description|error|legend)="[^"]*\p{L}{2,}[^"]*"/u;

/** Words that a person reads, outside `packages/i18n`. */
const strayWords: Rule = (house) =>
  [...house].flatMap(([path, text]) => {
    if (isTest(path) || path.endsWith('.md') || lettersAllowed.test(path)) return [];
    const shown = withoutComments(text).replaceAll(/\bDarmon\b/g, '');
    const faults = cyrillicWord.test(shown) ? [`${path} says ${cyrillicWord.exec(shown)?.[0]}`] : [];
    if (path.startsWith('web/') && path.endsWith('.tsx'))
      for (const pattern of [jsxText, spokenAttribute]) {
        const found = pattern.exec(shown)?.[0];
        if (found) faults.push(`${path} says ${found.trim()}`);
      }
    return faults;
  });

// --- the house, and a house that breaks each rule --------------------------------------------------------------------

const house = readHouse();

const named = (part: string, name: string): [string, string] => [`${part}/package.json`, JSON.stringify({ name })];
const small = new Map([
  named('packages/domain', '@darmon/domain'),
  named('packages/table', '@darmon/table'),
  named('packages/http', '@darmon/http'),
  named('packages/marking', '@darmon/marking'),
  named('packages/usecases', '@darmon/usecases'),
  named('functions/one', '@darmon/function-one'),
  named('functions/two', '@darmon/function-two'),
  named('web', '@darmon/web'),
]);
const broken = (path: string, text: string): House => new Map([...small, [path, text]]);

const rules: readonly (readonly [guarantee: string, rule: Rule, breaks: readonly House[]])[] = [
  [
    'imports run along the arrows only',
    strayImports,
    [
      broken('packages/usecases/a.ts', "import { x } from '@darmon/http/serve';"),
      broken('packages/usecases/a.ts', "import { x } from '@darmon/marking/client';"),
      broken('packages/table/a.ts', "import type { X } from '@darmon/usecases/deps';"),
      broken('packages/domain/a.ts', "export * from '@darmon/table/table';"),
      broken('functions/one/app.ts', "import {\n  x,\n  y,\n} from '@darmon/function-two/app';"),
      broken('functions/one/app.ts', "import { x } from '@darmon/function-two/routes';"),
      broken('functions/one/app.ts', "import { x } from '@darmon/table/table';"),
      broken('web/a.tsx', "const a = await import('@darmon/function-one/app');"),
      broken('web/a.tsx', "import '@darmon/usecases/deps';"),
      broken('infra/a.ts', "import { x } from '@darmon/table/table';"),
      broken('infra/a.ts', "import { x } from '@darmon/nowhere/x';"),
    ],
  ],
  [
    'no relative import leaves its package',
    escapes,
    [broken('packages/domain/a.ts', "import { x } from '../table/keys.ts';")],
  ],
  [
    'the database client, CDK and React stay where they belong',
    reservedImports,
    [
      broken('packages/usecases/a.ts', "import { DynamoDBClient } from '@aws-sdk/client-dynamodb';"),
      broken('functions/one/lambda.ts', "import { PutCommand } from '@aws-sdk/lib-dynamodb';"),
      broken('packages/http/a.ts', "import { Stack } from 'aws-cdk-lib';"),
      broken('packages/documents/a.ts', "import { useState } from 'react';"),
    ],
  ],
  [
    'packages do not import each other in a circle',
    cycles,
    [
      new Map([
        ...small,
        ['packages/table/a.ts', "import { x } from '@darmon/usecases/a';"],
        ['packages/usecases/a.ts', "import { x } from '@darmon/domain/a';"],
        ['packages/domain/a.ts', "import { x } from '@darmon/table/a';"],
      ]),
    ],
  ],
  [
    'the domain imports only zod, and clock and chance are arguments',
    impurities,
    [
      broken('packages/domain/a.ts', "import { randomBytes } from 'node:crypto';"),
      broken('packages/domain/a.ts', 'export const f = () => Date.now();'),
      broken('packages/usecases/a.ts', 'export const f = () => Math.random();'),
    ],
  ],
  ['no file is longer than 500 lines', longFiles, [broken('web/a.tsx', 'x\n'.repeat(501))]],
  ['each function says what it answers, to whom, and how it is deployed', missingFiles, [small]],
  ['each part has a text that says what it owns', missingTexts, [small]],
  [
    'words that a person reads stand in packages/i18n',
    strayWords,
    [
      broken('web/a.ts', "const a = 'Рецепт';"),
      broken('web/index.html', '<title>Дори</title>'),
      broken('web/a.tsx', 'const A = () => <h1>Prescription</h1>;'),
      broken('web/a.tsx', 'const A = () => <input aria-label="Search" />;'),
    ],
  ],
];

test('the whole house is read', () => {
  const read = sources(house);
  expect(read.length).toBeGreaterThan(150);
  expect(read.flatMap(([, text]) => importsOf(text)).length).toBeGreaterThan(500);
  for (const part of roots) expect(read.some(([path]) => path.startsWith(`${part}/`))).toBe(true);
});

test('every way to write an import is read, and none in a comment', () => {
  const text = `// import a from 'no1';
/* import a from 'no2';
 */
import a from 'p1';
import { b,
  type C } from "p2";
import 'p3';
export * from 'p4';
export { d } from 'p5';
const e = await import('p6');
type F = typeof import('p7');
import * as g from 'p8'; import h from 'p9';
const text = 'imports from a';`;
  expect(importsOf(text).sort()).toEqual(['p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7', 'p8', 'p9']);
});

test.each(rules)('%s', (_, rule) => {
  expect(rule(house)).toEqual([]);
});

test.each(rules)('it would be seen if not: %s', (_, rule, breaks) => {
  for (const one of breaks) expect(rule(one)).not.toEqual([]);
});
