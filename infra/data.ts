/**
 * What must outlive every deployment: the one table and the keys. All of it is kept when the stack is deleted, its
 * logical ids are fixed here so that no refactoring replaces it, and rights to it are given by key prefix and by verb.
 */
import { tableSchema } from '@darmon/table/schema';
import { type CfnResource, Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import {
  AttributeType,
  Billing,
  ProjectionType,
  StreamViewType,
  TableEncryptionV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectLockRetention } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { ServiceFunction } from './service-function.ts';

/**
 * Which items a function may touch: by request, patterns of the partition key. There is no way to ask for a scan. `except` takes patterns out again, where a prefix holds more than is meant. `indexes` holds patterns of each
 * index's own partition key.
 *
 * A request for many items is refused as a whole when one of its keys is not allowed, so a function needs the policy
 * and the recalls wherever the table reads them along.
 */
export interface TableAccess {
  readonly get?: readonly string[];
  readonly getMany?: readonly string[];
  readonly query?: readonly string[];
  readonly put?: readonly string[];
  readonly update?: readonly string[];
  /** Takes items away for ever. A person's hashes are all that ever goes. */
  readonly remove?: readonly string[];
  readonly except?: readonly string[];
  readonly indexes?: Readonly<Partial<Record<(typeof tableSchema.indexes)[number]['name'], readonly string[]>>>;
}

const requests = {
  get: 'dynamodb:GetItem',
  getMany: 'dynamodb:BatchGetItem',
  query: 'dynamodb:Query',
  put: 'dynamodb:PutItem',
  update: 'dynamodb:UpdateItem',
  remove: 'dynamodb:DeleteItem',
} as const satisfies Partial<Record<keyof TableAccess, string>>;

const attribute = (name: string) => ({ name, type: AttributeType.STRING });
/** `dynamodb:LeadingKeys` has a value for each key of a request; every one must match. */
const leadingKeys = (patterns: readonly string[]) => ({
  'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [...patterns] },
});

export class Data extends Construct {
  readonly table: TableV2;
  /** ECDSA P-256: signs prescriptions. */
  readonly prescriptionKey: Key;
  /** ECDSA P-256: signs the key list and the revocation list, so that a stolen prescription key cannot vouch for itself. */
  readonly listsKey: Key;
  /** ECDSA P-256: signs orders that are sent to suppliers' systems. */
  readonly orderKey: Key;
  /** ECDSA P-256: signs packages of closed months. */
  readonly periodKey: Key;
  /** Ed25519: signs the checkpoints of the log, as their format demands. */
  readonly logKey: Key;
  /** The files of the log: what is written there can be neither changed nor deleted before its time, by nobody. */
  readonly logBucket: Bucket;
  /** Wraps each patient's own data key. */
  readonly dataKey: Key;
  /** HMAC-SHA-256: turns PINFL, passport and name into what exact search finds. */
  readonly searchKey: Key;

  /** @param lockedDays how long a file of the log cannot be deleted; a trial wants few, since nobody can take it back */
  constructor(scope: Construct, lockedDays: number) {
    super(scope, 'data');

    this.table = new TableV2(this, 'table', {
      partitionKey: attribute(tableSchema.partitionKey),
      sortKey: attribute(tableSchema.sortKey),
      globalSecondaryIndexes: tableSchema.indexes.map((index) => ({
        indexName: index.name,
        partitionKey: attribute(index.partitionKey),
        sortKey: attribute(index.sortKey),
        projectionType: ProjectionType[tableSchema.projection],
      })),
      timeToLiveAttribute: tableSchema.ttl,
      billing: Billing.onDemand(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 35 },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      dynamoStream: StreamViewType.NEW_IMAGE,
      // Unlike the default key of DynamoDB itself, each use of this one is in CloudTrail, and it costs no permission.
      encryption: TableEncryptionV2.awsManagedKey(),
    });
    pin(this.table, 'Table');

    const key = (id: string, description: string, keySpec: KeySpec, keyUsage: KeyUsage): Key => {
      const made = new Key(this, id, {
        description,
        keySpec,
        keyUsage,
        // KMS rotates only symmetric encryption keys; the others are rotated by a new key beside the old one.
        enableKeyRotation: keySpec === KeySpec.SYMMETRIC_DEFAULT,
        removalPolicy: RemovalPolicy.RETAIN,
        pendingWindow: Duration.days(30),
      });
      return made;
    };
    this.prescriptionKey = pin(
      key('prescription-key', 'Darmon: signs prescriptions', KeySpec.ECC_NIST_P256, KeyUsage.SIGN_VERIFY),
      'PrescriptionKey',
    );
    this.listsKey = pin(
      key('lists-key', 'Darmon: signs the key and revocation lists', KeySpec.ECC_NIST_P256, KeyUsage.SIGN_VERIFY),
      'ListsKey',
    );
    this.orderKey = pin(
      key('order-key', 'Darmon: signs orders to suppliers', KeySpec.ECC_NIST_P256, KeyUsage.SIGN_VERIFY),
      'OrderKey',
    );
    this.periodKey = pin(
      key('period-key', 'Darmon: signs packages of closed months', KeySpec.ECC_NIST_P256, KeyUsage.SIGN_VERIFY),
      'PeriodKey',
    );
    this.logKey = pin(
      key(
        'log-key',
        'Darmon: signs the checkpoints of the log of events',
        KeySpec.ECC_NIST_EDWARDS25519,
        KeyUsage.SIGN_VERIFY,
      ),
      'LogKey',
    );
    this.logBucket = pin(
      new Bucket(this, 'log', {
        blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
        encryption: BucketEncryption.S3_MANAGED,
        enforceSSL: true,
        versioned: true,
        objectLockEnabled: true,
        objectLockDefaultRetention: ObjectLockRetention.compliance(Duration.days(lockedDays)),
        removalPolicy: RemovalPolicy.RETAIN,
      }),
      'LogBucket',
    );
    Validations.of(this.logBucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'It holds nothing secret: anybody may read it through the distribution, whose own log tells who did. Writing is in CloudTrail.',
    });
    this.dataKey = pin(
      key(
        'data-key',
        'Darmon: wraps the data key of each patient',
        KeySpec.SYMMETRIC_DEFAULT,
        KeyUsage.ENCRYPT_DECRYPT,
      ),
      'DataKey',
    );
    this.searchKey = pin(
      key('search-key', 'Darmon: blinds what patients are found by', KeySpec.HMAC_256, KeyUsage.GENERATE_VERIFY_MAC),
      'SearchKey',
    );
  }

  /** Lets a function touch the named items and no others. */
  open(to: ServiceFunction, access: TableAccess): void {
    const table = [this.table.tableArn];
    for (const [request, action] of Object.entries(requests)) {
      const patterns = access[request as keyof typeof requests];
      if (patterns)
        to.may(new PolicyStatement({ actions: [action], resources: table, conditions: leadingKeys(patterns) }));
    }
    if (access.except)
      to.may(
        new PolicyStatement({
          effect: Effect.DENY,
          actions: Object.values(requests),
          resources: table,
          conditions: { 'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': [...access.except] } },
        }),
      );
    for (const [index, patterns] of Object.entries(access.indexes ?? {}))
      to.may(
        new PolicyStatement({
          actions: [requests.query],
          resources: [`${this.table.tableArn}/index/${index}`],
          conditions: leadingKeys(patterns),
        }),
      );
  }

  /**
   * Makes a function the only one that can sign with a key. The function is allowed, and the key itself refuses
   * everybody else, so that an administrator who may do everything in the account still cannot make a prescription
   * without changing the key's policy, which is on record.
   */
  signedOnlyBy(signer: ServiceFunction, key: Key): void {
    signer.may(new PolicyStatement({ actions: ['kms:Sign', 'kms:GetPublicKey'], resources: [key.keyArn] }));
    key.addToResourcePolicy(
      new PolicyStatement({
        sid: 'NobodyElseSigns',
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ['kms:Sign'],
        resources: ['*'],
        conditions: { ArnNotEquals: { 'aws:PrincipalArn': signer.role.roleArn } },
      }),
    );
  }
}

/** Fixes the logical id of what holds data: CloudFormation replaces, and so loses, whatever changes it. */
export const pin = <C extends Construct>(construct: C, id: string): C => {
  (construct.node.defaultChild as CfnResource).overrideLogicalId(id);
  return construct;
};
