/** RFC 9457: how a refusal, a request that does not fit its schema, or a fault is answered. Says nothing of the inside. */
import { Refusal, type RefusalError } from '@darmon/domain/refusal';
import { negotiateLanguage } from '@darmon/i18n/language';
import { refusalText, schemaText } from '@darmon/i18n/refusals';
import * as z from 'zod';

export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().exactOptional(),
    instance: z.string().exactOptional(),
    code: z.string().exactOptional(),
    facts: z.record(z.string(), z.union([z.string(), z.number()])).exactOptional(),
    errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).exactOptional(),
  })
  .meta({
    id: 'Problem',
    description: 'RFC 9457; `code` is stable, `title` and `detail` are in the language asked for',
  });
export type Problem = z.infer<typeof Problem>;

const answer = (problem: Problem, language?: string): Response =>
  new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      ...(language && { 'content-language': language }),
    },
  });

/** A refusal in the language asked for. An error whose detail is a code says the same as the refusal at that place. */
export const refusalAnswer = (refusal: Refusal, acceptLanguage: string | undefined): Response => {
  const language = negotiateLanguage(acceptLanguage);
  const text = refusalText(refusal.code, refusal.facts, language);
  const errors = refusal.errors.map(
    (e): RefusalError => (e.detail === refusal.code ? { ...e, detail: text.title } : e),
  );
  return answer(
    {
      type: `urn:darmon:problem:${refusal.code}`,
      title: text.title,
      status: refusal.status,
      detail: text.detail,
      code: refusal.code,
      ...(Object.keys(refusal.facts).length > 0 && { facts: refusal.facts }),
      ...(errors.length > 0 && { errors: [...errors] }),
    },
    language,
  );
};

/** A fault that nobody foresaw: an id to ask about, and nothing else. */
export const faultAnswer = (requestId: string): Response =>
  answer({
    type: 'about:blank',
    title: 'Internal Server Error',
    status: 500,
    instance: `urn:darmon:request:${requestId}`,
  });

const pointerOf = (path: readonly PropertyKey[]): string =>
  path.map((p) => `/${String(p).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

type Issue = z.core.$ZodIssue;

/** Of a union that fits in no variant, the issues of the variant that came closest: the one with the fewest. */
const closest = (issue: Issue): Issue[] => {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue];
  const [best = []] = [...issue.errors].sort((a, b) => a.length - b.length);
  return best.flatMap((inner) => closest({ ...inner, path: [...issue.path, ...inner.path] } as Issue));
};

const maxErrors = 20;

/** A schema's faults as a refusal, each at its place and in the language asked for; the values sent are not repeated. */
export const schemaRefusal = (error: z.ZodError, acceptLanguage: string | undefined): Refusal => {
  const language = negotiateLanguage(acceptLanguage);
  const errors = error.issues.flatMap(closest).map((issue) => {
    const missing = issue.code === 'invalid_type' && issue.message.endsWith('received undefined');
    return {
      pointer: pointerOf(issue.path),
      detail: schemaText(issue as Parameters<typeof schemaText>[0], missing, language),
    };
  });
  return new Refusal('schema', {}, errors.slice(0, maxErrors));
};
