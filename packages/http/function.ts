/** A hono app as a Lambda function: structured logs and metrics around it, and nothing of a person in either. */
import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import middy from '@middy/core';
import type { LambdaEvent } from 'hono/aws-lambda';
import { handle } from 'hono/aws-lambda';
import type { Routes } from './route.ts';
import { type Handlers, type ServeOptions, serve } from './serve.ts';

export interface Instruments {
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** A dotted path is all that is asked for; the library's own search is a query language and a dependency more. */
const search = (path: string, event: unknown): unknown =>
  path.split('.').reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], event);

export const instrumentsOf = (service: string): Instruments => ({
  logger: new Logger({ serviceName: service, correlationIdSearchFn: search }),
  metrics: new Metrics({ serviceName: service, namespace: 'darmon' }),
});

/** What a job or a trigger exports: the same instruments around a plain function of an event. */
export const jobFunction = <E, A>({ logger, metrics }: Instruments, job: (event: E) => Promise<A>) =>
  middy<E, A>()
    .use(injectLambdaContext(logger))
    .use(logMetrics(metrics))
    .handler(async (event) => {
      const answer = await job(event);
      metrics.addMetric('done', MetricUnit.Count, 1);
      return answer;
    });

/** What an API function exports: its route table, served. */
export const apiFunction = <const R extends Routes>(
  service: string,
  routes: R,
  handlers: Handlers<R>,
  now: ServeOptions['now'],
) => {
  const { logger, metrics } = instrumentsOf(service);
  const app = serve(routes, handlers, {
    now,
    served: ({ route, status, code, ms }) => {
      logger.info('served', { route, status, ms, ...(code !== undefined && { code }) });
      metrics.addMetric(status >= 500 ? 'fault' : status >= 400 ? 'refused' : 'served', MetricUnit.Count, 1);
      metrics.addMetric('duration', MetricUnit.Milliseconds, ms);
    },
    // an error's own text may quote what was sent: its name and place are enough to find it
    fault: (error, requestId) => {
      const { name, stack } = error instanceof Error ? error : new Error('unknown');
      logger.error('fault', {
        requestId,
        fault: name,
        at: stack
          ?.split('\n')
          .filter((line) => /^\s+at /.test(line))
          .slice(0, 7),
      });
    },
  });
  const served = handle(app);
  return middy<LambdaEvent>()
    .use(injectLambdaContext(logger, { correlationIdPath: 'requestContext.requestId' }))
    .use(logMetrics(metrics))
    .handler(async (event, context) => served(event, context));
};
