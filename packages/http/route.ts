/**
 * A route is data: what a function answers, to whom, and in which shapes. The same table mounts the handlers, deploys
 * the gateway's routes, writes the OpenAPI page, types the web client and drives the test of every role on every route.
 */
import type { Reach, Role } from '@darmon/domain/actor';
import type * as z from 'zod';

/**
 * Who may call: nobody signed in (`public`), anybody signed in (`any`), or roles with how far each reaches. With `own`
 * a thing of another site answers 404, because whether it exists is not that person's to know.
 */
export type Access = 'public' | 'any' | Readonly<Partial<Record<Role, Reach>>>;

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** `{name}` marks a parameter, as in OpenAPI and API Gateway. */
  readonly path: `/api/${string}`;
  readonly summary: string;
  readonly access: Access;
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** Schema per status; the first is the usual one. */
  readonly answers: Readonly<Record<number, z.ZodType>>;
  /** True where a retry must be harmless: an `Idempotency-Key` is demanded and the answer is kept for 30 days. */
  readonly keyed: boolean;
  /** True where the caller's own token is shown to the issuer on the caller's behalf; no other handler sees one. */
  readonly passesToken?: boolean;
  /** How long a body may be, in characters, where a document of many lines comes; absent: a million. */
  readonly bodyCharacters?: number;
  /** How long anybody may keep the answer; absent: nobody keeps it. */
  readonly cacheSeconds?: number;
  /** One request body and one answer that really work together. */
  readonly example: { readonly body?: unknown; readonly answer: unknown };
}

export type Routes = Readonly<Record<string, Route>>;

/** Keeps the literal types of a table, so that handlers and the web client are checked against it. */
export const defineRoutes = <const R extends Routes>(routes: R): R => routes;

export type BodyOf<R extends Route> = R extends { body: infer B extends z.ZodType } ? z.output<B> : undefined;
export type QueryOf<R extends Route> = R extends { query: infer Q extends z.ZodType } ? z.output<Q> : undefined;
export type ParamsOf<R extends Route> = R extends { params: infer P extends z.ZodType } ? z.output<P> : undefined;
export type AnswerOf<R extends Route> = z.input<R['answers'][keyof R['answers']]>;
