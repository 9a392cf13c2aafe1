/** The route tables as OpenAPI 3.1, and as a page for people that needs no script. */
import * as z from 'zod';
import { Problem } from './problem.ts';
import type { Route, Routes } from './route.ts';

type Json = Record<string, unknown>;

/** Shared schemas (those with an id) go under components once; the rest stays where it is used. */
const schemaOf = (schema: z.ZodType, io: 'input' | 'output', components: Json): Json => {
  const {
    $defs,
    $schema: _dialect,
    ...own
  } = z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' }) as Json;
  for (const [id, def] of Object.entries(($defs ?? {}) as Json)) components[id] = moved(def);
  const { id, ...rest } = own as { id?: string };
  if (id === undefined) return moved(own) as Json;
  components[id] = moved(rest);
  return { $ref: `#/components/schemas/${id}` };
};

const moved = (node: unknown): unknown => {
  if (Array.isArray(node)) return node.map(moved);
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key]) => key !== 'id' || typeof (node as Json).id !== 'string')
      .map(([key, value]) => [
        key,
        key === '$ref' && typeof value === 'string' ? value.replace('#/$defs/', '#/components/schemas/') : moved(value),
      ]),
  );
};

const parametersOf = (route: Route, components: Json): Json[] => {
  const of = (schema: z.ZodType | undefined, place: 'path' | 'query'): Json[] => {
    if (!schema) return [];
    const { properties = {}, required = [] } = schemaOf(schema, 'input', components) as {
      properties?: Json;
      required?: string[];
    };
    return Object.entries(properties).map(([name, property]) => ({
      name,
      in: place,
      required: place === 'path' || required.includes(name),
      schema: property,
    }));
  };
  const key = {
    name: 'Idempotency-Key',
    in: 'header',
    required: true,
    description: 'A retry with the same key and body answers the same, for 30 days',
    schema: { type: 'string', maxLength: 200 },
  };
  return [...of(route.params, 'path'), ...of(route.query, 'query'), ...(route.keyed ? [key] : [])];
};

const accessText = ({ access }: Route): string =>
  typeof access === 'string'
    ? { public: 'Anybody.', any: 'Anybody signed in.' }[access]
    : `For ${Object.entries(access)
        .map(([role, reach]) => `${role} (${reach === 'own' ? 'own site' : 'every site'})`)
        .join(', ')}.`;

const operationOf = (name: string, route: Route, components: Json): Json => ({
  operationId: name,
  summary: route.summary,
  description: accessText(route),
  ...(route.access === 'public' ? { security: [] } : {}),
  parameters: parametersOf(route, components),
  ...(route.body && {
    requestBody: {
      required: true,
      content: {
        'application/json': { schema: schemaOf(route.body, 'input', components), example: route.example.body },
      },
    },
  }),
  responses: {
    ...Object.fromEntries(
      Object.entries(route.answers).map(([status, schema], i) => [
        status,
        {
          description: i === 0 ? route.summary : 'Accepted',
          content: {
            'application/json': {
              schema: schemaOf(schema, 'output', components),
              ...(i === 0 && { example: route.example.answer }),
            },
          },
        },
      ]),
    ),
    default: {
      description: 'Refused: the code says why',
      content: { 'application/problem+json': { schema: schemaOf(Problem, 'output', components) } },
    },
  },
});

/** The document for all tables together. `server` is the origin, such as `https://darmon.example`. */
export const openApi = (tables: readonly Routes[], server: string): Json => {
  const components: Json = {};
  const paths: Record<string, Json> = {};
  for (const [name, route] of tables.flatMap((t) => Object.entries(t))) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(name, route, components) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Darmon',
      version: '1',
      description: 'E-prescriptions and pharmacy supply',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: server }],
    security: [{ bearer: [] }],
    paths,
    components: {
      schemas: components,
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
  };
};

const escaped = (text: string): string => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
const block = (title: string, value: unknown): string =>
  value === undefined ? '' : `<p>${title}</p><pre tabindex="0">${escaped(JSON.stringify(value, null, 2))}</pre>`;

/** The same tables as a page: no script, no style from elsewhere, so that it works behind any content policy. */
export const docsPage = (tables: readonly Routes[]): string => {
  const sections = tables
    .flatMap((t) => Object.entries(t))
    .map(
      ([name, r]) =>
        `<section id="${name}"><h2><code>${r.method} ${escaped(r.path)}</code></h2><p>${escaped(r.summary)}. ${escaped(accessText(r))}${
          r.keyed ? ' Needs an Idempotency-Key.' : ''
        }</p>${block('Request', r.example.body)}${block('Answer', r.example.answer)}</section>`,
    );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Darmon API</title></head><body><main><h1>Darmon API</h1><p>The machine-readable form is <a href="/api/openapi.json">openapi.json</a>.</p>${sections.join('')}</main></body></html>`;
};
