/**
 * Watches what the deployed bundles ask of AWS, and asks the template's policies whether IAM would allow it. The local
 * cloud enforces no policy, so without this a missing right would first be met by a patient.
 */
import { ClientRequest } from 'node:http';
import * as z from 'zod';
import { isLike, type Right, type Template } from './template.ts';

/** One thing a function asked for: an action on a resource, and for an item its partition key. */
export interface Call {
  /** Logical id of the function. */
  readonly by: string;
  readonly action: string;
  readonly resource: string;
  readonly pk: string | undefined;
}

/** As IAM decides: something must allow it, and nothing deny it. */
export const isAllowed = (rights: readonly Right[], { action, resource, pk }: Omit<Call, 'by'>): boolean => {
  const matching = rights.filter(
    (right) =>
      right.action === action &&
      isLike(right.resource, resource) &&
      (right.keys === undefined || (pk !== undefined && right.keys.some((pattern) => isLike(pattern, pk)))),
  );
  return matching.some(({ effect }) => effect === 'Allow') && !matching.some(({ effect }) => effect === 'Deny');
};

/** Collects every call that a bundle of this template makes in this process, until `stop`. */
export const watchCalls = (template: Template): { readonly calls: readonly Call[]; readonly stop: () => void } => {
  const calls: Call[] = [];
  const functionOf = new Map(
    template.functions().map(({ id, Metadata }) => [String(Metadata['aws:asset:path']).replace('asset.', ''), id]),
  );
  const { end } = ClientRequest.prototype;
  // The SDK writes a request's body in one piece, from code that lies in the bundle: the stack names the function.
  ClientRequest.prototype.end = function watched(this: ClientRequest, ...given: unknown[]) {
    const target = this.getHeader('x-amz-target');
    const isObject = target === undefined && this.hasHeader('x-amz-content-sha256');
    const by = typeof target === 'string' || isObject ? callerOf(functionOf) : undefined;
    const asked = isObject ? objectCall(this.method, this.path) : [];
    if (by && isObject) calls.push(...asked.map((call) => ({ by, ...call })));
    else if (by) calls.push(...callsOf(String(target), JSON.parse(String(given[0]))).map((call) => ({ by, ...call })));
    return Reflect.apply(end, this, given) as ClientRequest;
  } as typeof end;
  return {
    calls,
    stop: () => {
      ClientRequest.prototype.end = end;
    },
  };
};

const callerOf = (functionOf: ReadonlyMap<string, string>): string | undefined => {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 100;
  const { stack = '' } = new Error('where');
  Error.stackTraceLimit = limit;
  const [, asset = ''] = /asset\.([0-9a-f]{64})/.exec(stack) ?? [];
  return functionOf.get(asset);
};

const AnyItem = z.looseObject({ pk: z.looseObject({ S: z.string() }) });
const Keyed = z.looseObject({ Key: AnyItem });
const Query = z.looseObject({
  IndexName: z.string().optional(),
  KeyConditionExpression: z.string(),
  ExpressionAttributeValues: z.record(z.string(), z.looseObject({ S: z.string().optional() })),
});
const Batch = z.looseObject({ RequestItems: z.record(z.string(), z.looseObject({ Keys: z.array(AnyItem) })) });
const Transaction = z.looseObject({
  TransactItems: z.array(
    z.looseObject({
      Put: z.looseObject({ Item: AnyItem }).optional(),
      Update: Keyed.optional(),
      Delete: Keyed.optional(),
      ConditionCheck: Keyed.optional(),
    }),
  ),
});

const onTable = (action: string, { pk }: z.infer<typeof AnyItem>, index?: string): Omit<Call, 'by'> => ({
  action: `dynamodb:${action}`,
  resource: index === undefined ? 'Table' : `Table/index/${index}`,
  pk: pk.S,
});

/** S3 says by verb and path what it is asked; the one bucket that functions know is the log's. */
const objectCall = (method: string, path: string): Omit<Call, 'by'>[] => {
  const [, key = ''] = /^\/log\/([^?]+)/.exec(path) ?? [];
  const action = { GET: 's3:GetObject', PUT: 's3:PutObject' }[method];
  if (action === undefined || key === '') throw new Error(`a function asks S3 for ${method}, which no test knows`);
  return [{ action, resource: `LogBucket/${key}`, pk: undefined }];
};

/** The rights that one request needs; a request of an unknown kind is an error, so that none goes unwatched. */
const callsOf = (target: string, body: unknown): Omit<Call, 'by'>[] => {
  const [service, operation = ''] = target.split('.');
  if (service === 'TrentService')
    return [
      { action: `kms:${operation}`, resource: z.looseObject({ KeyId: z.string() }).parse(body).KeyId, pk: undefined },
    ];
  // A person's own token is the right to what is done with it: the pool looks at no policy (AWS, `AssociateSoftwareToken`).
  if (service === 'AWSCognitoIdentityProviderService' && Object.hasOwn(Object(body), 'AccessToken')) return [];
  if (service === 'AWSCognitoIdentityProviderService')
    return [{ action: `cognito-idp:${operation}`, resource: 'UserPool', pk: undefined }];
  switch (operation) {
    case 'GetItem':
    case 'UpdateItem':
      return [onTable(operation, Keyed.parse(body).Key)];
    case 'PutItem':
      return [onTable(operation, z.looseObject({ Item: AnyItem }).parse(body).Item)];
    case 'BatchGetItem':
      return Object.values(Batch.parse(body).RequestItems).flatMap(({ Keys }) =>
        Keys.map((key) => onTable(operation, key)),
      );
    case 'Query': {
      const query = Query.parse(body);
      const [, name = ''] = /pk = (:\w+)/.exec(query.KeyConditionExpression) ?? [];
      return [onTable(operation, AnyItem.parse({ pk: query.ExpressionAttributeValues[name] }), query.IndexName)];
    }
    case 'TransactWriteItems':
      return Transaction.parse(body).TransactItems.flatMap((action) => [
        ...(action.Put ? [onTable('PutItem', action.Put.Item)] : []),
        ...(action.Update ? [onTable('UpdateItem', action.Update.Key)] : []),
        ...(action.Delete ? [onTable('DeleteItem', action.Delete.Key)] : []),
        ...(action.ConditionCheck ? [onTable('ConditionCheckItem', action.ConditionCheck.Key)] : []),
      ]);
    default:
      throw new Error(`a function asks for ${target}, which no test knows`);
  }
};
