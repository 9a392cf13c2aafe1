/**
 * One origin for everything a browser sees: the web app from a bucket, the API under `/api/`. So there is no CORS, no
 * third-party cookie, and the page may be forbidden to talk to anybody else.
 */
import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  CacheQueryStringBehavior,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  OriginRequestPolicy,
  PriceClass,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { BlockPublicAccess, Bucket, BucketEncryption, type CfnBucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { Construct } from 'constructs';
import type { Api } from './api.ts';
import { contentSecurityPolicy, securityHeaders } from './security-headers.ts';

/** The app's own pages have no file: a path without a dot in its last part is the app itself. */
const appPages = `function handler(event) {
  var request = event.request;
  if (request.uri.split('/').pop().indexOf('.') < 0) request.uri = '/index.html';
  return request;
}`;

export interface WebProps {
  readonly api: Api;
  /** Its files under `log/` are for everybody: a stranger's check needs no leave. */
  readonly log: Bucket;
  /** Origins beside its own that the page may call. */
  readonly signInOrigins: readonly string[];
  /** The name people type, with its certificate in us-east-1. Without one CloudFront gives a name and TLS of its own. */
  readonly domain: { readonly name: string; readonly certificateArn: string } | undefined;
}

export class Web extends Construct {
  /** Where people find Darmon: `https://…` without a slash at the end. */
  readonly publicUrl: string;
  private readonly bucket: Bucket;

  constructor(scope: Construct, { api, log, signInOrigins, domain }: WebProps) {
    super(scope, 'web');

    const logs = new Bucket(this, 'logs', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      // CloudFront's standard log is written by an access control list, which other ownership switches off.
      objectOwnership: ObjectOwnership.OBJECT_WRITER,
      lifecycleRules: [{ expiration: Duration.days(90) }],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    Validations.of(logs).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'This bucket is where access logs go; logging it into itself would never end.',
    });

    this.bucket = new Bucket(this, 'app', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      serverAccessLogsBucket: logs,
      serverAccessLogsPrefix: 'app/',
      // Holds a build that can be made again from the source.
      removalPolicy: RemovalPolicy.DESTROY,
    });

    const headers = new ResponseHeadersPolicy(this, 'headers', {
      comment: 'What a page of Darmon may load',
      securityHeadersBehavior: {
        contentSecurityPolicy: { contentSecurityPolicy: contentSecurityPolicy(signInOrigins), override: true },
        strictTransportSecurity: {
          accessControlMaxAge: Duration.days(730),
          includeSubdomains: true,
          override: true,
        },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
      },
      customHeadersBehavior: {
        customHeaders: [{ header: 'Permissions-Policy', value: securityHeaders['Permissions-Policy'], override: true }],
      },
    });
    const shared = {
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      responseHeadersPolicy: headers,
      compress: true,
    } satisfies Partial<BehaviorOptions>;
    const apiOrigin = new HttpOrigin(api.domainName);

    const distribution = new Distribution(this, 'distribution', {
      comment: 'Darmon',
      defaultRootObject: 'index.html',
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_200,
      ...(domain && {
        domainNames: [domain.name],
        minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
        certificate: Certificate.fromCertificateArn(this, 'certificate', domain.certificateArn),
      }),
      enableLogging: true,
      logBucket: logs,
      logFilePrefix: 'edge/',
      defaultBehavior: {
        ...shared,
        origin: S3BucketOrigin.withOriginAccessControl(this.bucket),
        cachePolicy: CachePolicy.CACHING_OPTIMIZED,
        functionAssociations: [
          {
            eventType: FunctionEventType.VIEWER_REQUEST,
            function: new EdgeFunction(this, 'app-pages', {
              code: FunctionCode.fromInline(appPages),
              runtime: FunctionRuntime.JS_2_0,
            }),
          },
        ],
      },
      additionalBehaviors: {
        // Each file says itself how long it may be kept: a full tile for ever, the checkpoint not at all.
        '/log/*': {
          ...shared,
          origin: S3BucketOrigin.withOriginAccessControl(log),
          cachePolicy: CachePolicy.USE_ORIGIN_CACHE_CONTROL_HEADERS,
        },
        // Every pharmacy fetches the lists before it can work without a network: the edge answers all but one of them.
        '/api/.well-known/*': {
          ...shared,
          origin: apiOrigin,
          cachePolicy: new CachePolicy(this, 'signed-lists', {
            comment: 'Signed key and revocation lists: public, equal for everybody',
            minTtl: Duration.seconds(0),
            defaultTtl: Duration.seconds(60),
            maxTtl: Duration.minutes(5),
            queryStringBehavior: CacheQueryStringBehavior.none(),
            enableAcceptEncodingGzip: true,
            enableAcceptEncodingBrotli: true,
          }),
        },
        '/api/*': {
          ...shared,
          origin: apiOrigin,
          allowedMethods: AllowedMethods.ALLOW_ALL,
          cachePolicy: CachePolicy.CACHING_DISABLED,
          originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        },
      },
    });
    this.acknowledge(distribution, domain !== undefined);
    this.publicUrl = `https://${domain?.name ?? distribution.distributionDomainName}`;
  }

  private acknowledge(distribution: Distribution, hasCertificate: boolean): void {
    Validations.of(distribution).acknowledge(
      {
        id: 'AwsSolutions-CFR1',
        reason:
          'Anybody may check a code, and a patient may be abroad. Where people sign in from is judged at sign-in, by Cognito.',
      },
      {
        id: 'AwsSolutions-CFR2',
        reason:
          'Bodies are parsed against schemas, sign-in has its own protection, and the gateway limits public routes. A web ACL lives in us-east-1 in a stack of its own and costs by the request; the README says how to attach one.',
      },
    );
    if (!hasCertificate)
      Validations.of(distribution).acknowledge({
        id: 'AwsSolutions-CFR4',
        reason:
          "Only with a certificate of one's own can the minimum be set, and then it is TLS 1.2. Without the context values `domain` and `certificateArn`, as on a trial, it is CloudFront's own name and minimum.",
      });
  }

  /**
   * Puts a built web app in place. Files under `assets/` carry a hash in their name and are kept for a year; everything
   * else is asked for again, so that a new version reaches a counter at its next start. `settings` becomes
   * `/settings.json`, which tells the app where to sign in and which roots its lists are signed under.
   */
  publish(folder: string, settings: Readonly<Record<string, unknown>>): void {
    const logGroup = new LogGroup(this, 'publishing-logs', {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // Needs no invalidation of the edge: assets have new names and pages are never kept.
    const common = { destinationBucket: this.bucket, logGroup, prune: false };
    const assets = new BucketDeployment(this, 'assets', {
      ...common,
      sources: [Source.asset(folder)],
      exclude: ['*'],
      include: ['assets/*'],
      cacheControl: [CacheControl.fromString('public, max-age=31536000, immutable')],
    });
    const pages = new BucketDeployment(this, 'pages', {
      ...common,
      sources: [Source.asset(folder), Source.jsonData('settings.json', settings)],
      exclude: ['assets/*'],
      cacheControl: [CacheControl.noCache()],
    });
    // A page must not be served before the files it names.
    pages.node.addDependency(assets);
    this.acknowledgePublishing();
  }

  /** CDK copies files with a function of its own, which runs only while a deployment does. */
  private acknowledgePublishing(): void {
    const stack = Stack.of(this);
    const handler = stack.node.children.find((child) => child.node.id.startsWith('Custom::CDKBucketDeployment'));
    if (!handler) throw new Error('CDK deploys a bucket by other means than this file knows');
    const bucket = stack.getLogicalId(this.bucket.node.defaultChild as CfnBucket);
    Validations.of(handler).acknowledge(
      {
        id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]',
        reason: "CDK's own function has the managed policy for its log; it never sees a request.",
      },
      {
        id: 'AwsSolutions-L1',
        reason: 'Its runtime is chosen by aws-cdk-lib, and moves on with it.',
      },
      ...['s3:GetBucket*', 's3:GetObject*', 's3:List*', 's3:Abort*', 's3:DeleteObject*'].map((action) => ({
        id: `AwsSolutions-IAM5[Action::${action}]`,
        reason: 'Variants of one verb that CDK groups; only for the two buckets of a copy.',
      })),
      {
        id: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:s3:::cdk-hnb659fds-assets-<AWS::AccountId>-<AWS::Region>/*]',
        reason: 'It reads the build, whose name is its hash, from the bootstrap bucket.',
      },
      {
        id: `AwsSolutions-IAM5[Resource::<${bucket}.Arn>/*]`,
        reason: 'It writes the files of the web app, whatever their names are, into the bucket of the web app.',
      },
    );
  }
}
