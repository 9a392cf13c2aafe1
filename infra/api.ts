/**
 * The HTTP API. Every route comes from a function's own table (`functions/<name>/routes.ts`), so what the gateway lets
 * in, what the handler answers and what the documentation says cannot differ.
 */
import { type CfnResource, Duration, NestedStack, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  type CfnStage,
  HttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
  HttpRoute,
  HttpRouteKey,
  type IHttpRouteAuthorizer,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { type Data, pin } from './data.ts';
import type { ServiceFunction } from './service-function.ts';

/** What the gateway needs of a route; the rest of the contract is the handler's. */
export type DeployedRoutes = Readonly<
  Record<
    string,
    {
      readonly method: 'GET' | 'POST' | 'PUT';
      readonly path: string;
      readonly access: unknown;
      readonly summary: string;
    }
  >
>;

/** What an API function is connected to. */
export interface ApiParts {
  readonly data: Data;
  readonly api: Api;
  readonly authorizer: IHttpRouteAuthorizer;
  /** Where people find Darmon; it stands in links that functions make. */
  readonly publicUrl: string;
}

/** Requests a second: for the whole country, and for each route that anybody on the internet may call. */
const throttle = { country: { rate: 1_000, burst: 2_000 }, publicRoute: { rate: 100, burst: 200 } };

export class Api extends Construct {
  readonly http: HttpApi;
  /** The host CloudFront forwards `/api/*` to. */
  readonly domainName: string;
  private readonly stage: CfnStage;
  /**
   * The routes have a stack within the stack: CloudFormation counts 500 resources in each, and half of all are routes. It
   * is created, changed and rolled back with the one around it. All of them are in one, so that a route may move from one
   * function to another: in two stacks the new one would come before the old one is gone, which the gateway refuses.
   */
  private readonly routes: NestedStack;

  constructor(scope: Construct) {
    super(scope, 'api');
    this.http = pin(
      new HttpApi(this, 'http', {
        apiName: 'darmon',
        description: 'Prescriptions, dispensing, stock and the trail',
        createDefaultStage: false,
      }),
      'Api',
    );
    this.domainName = `${this.http.apiId}.execute-api.${Stack.of(this).region}.${Stack.of(this).urlSuffix}`;

    const logs = new LogGroup(this, 'access-logs', {
      retention: RetentionDays.THIRTEEN_MONTHS,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const stage = this.http.addStage('stage', {
      autoDeploy: true,
      throttle: { rateLimit: throttle.country.rate, burstLimit: throttle.country.burst },
      // By route they would be 200 metrics at 0.30 dollars a month; each function has its own already.
      detailedMetricsEnabled: false,
      accessLogSettings: {
        destination: new LogGroupLogDestination(logs),
        // The route as it is declared, never the path: an id in a log would join requests to a prescription.
        format: AccessLogFormat.custom(
          JSON.stringify({
            at: '$context.requestTime',
            request: '$context.requestId',
            route: '$context.routeKey',
            status: '$context.status',
            latencyMs: '$context.responseLatency',
            functionMs: '$context.integrationLatency',
            error: '$context.error.messageString',
            authorizerError: '$context.authorizer.error',
            integrationError: '$context.integrationErrorMessage',
          }),
        ),
      },
    });
    this.stage = stage.node.defaultChild as CfnStage;
    this.stage.routeSettings = {};
    this.routes = new NestedStack(this, 'routes', { description: 'Darmon: the routes of the HTTP API' });
    (this.routes.nestedStackResource as CfnResource).overrideLogicalId('Routes');
  }

  /** Serves a function's routes: behind the authorizer, or without it where the route's own table says `public`. */
  serve(by: ServiceFunction, routes: DeployedRoutes, authorizer: IHttpRouteAuthorizer): void {
    const integration = new HttpLambdaIntegration(by.name, by.lambda, {
      // One permission for all routes: Lambda's policy has room for about 50, and the gateway has no other caller.
      scopePermissionToRoute: false,
      timeout: Duration.seconds(29),
    });
    for (const route of Object.values(routes)) {
      const isPublic = route.access === 'public';
      const key = `${route.method} ${route.path}`;
      const made = new HttpRoute(this.routes, key, {
        httpApi: this.http,
        routeKey: HttpRouteKey.with(route.path, HttpMethod[route.method]),
        integration,
        authorizer: isPublic ? new HttpNoneAuthorizer() : authorizer,
      });
      if (isPublic) this.open(made, route.summary, key);
    }
  }

  /** A public route answers to nobody whom it does not ask for something only that person knows, and has a narrow throttle. */
  private open(route: HttpRoute, summary: string, routeKey: string): void {
    Validations.of(route).acknowledge({
      id: 'AwsSolutions-APIG4',
      reason: `Public by its contract: ${summary}.`,
    });
    this.stage.routeSettings = {
      ...(this.stage.routeSettings as Record<string, unknown>),
      [routeKey]: {
        ThrottlingRateLimit: throttle.publicRoute.rate,
        ThrottlingBurstLimit: throttle.publicRoute.burst,
        DetailedMetricsEnabled: false,
      },
    };
    // The stage names the route, and CloudFormation does not see that from the name.
    this.stage.node.addDependency(route);
  }
}
