/** Reads a synthesised template as the tests ask about it: resources by type, references, and what each role may do. */
import { readAssembly, type StackSize } from '@darmon/infra/assembly';
import * as z from 'zod';

const Resource = z.looseObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  Metadata: z.record(z.string(), z.unknown()).default({}),
  DependsOn: z.union([z.string(), z.array(z.string())]).optional(),
  DeletionPolicy: z.string().optional(),
  UpdateReplacePolicy: z.string().optional(),
});
export type Resource = z.infer<typeof Resource> & { readonly id: string };

const oneOrMany = <T extends z.ZodType>(schema: T) =>
  z.union([schema, z.array(schema)]).transform((value) => [value].flat() as z.output<T>[]);
const Statement = z.looseObject({
  Effect: z.enum(['Allow', 'Deny']),
  Action: oneOrMany(z.string()),
  /** A trust policy names no resource: its role is the resource. */
  Resource: z
    .unknown()
    .optional()
    .transform((value) => [value ?? []].flat()),
  Condition: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
  Principal: z.unknown().optional(),
});
type Statement = z.infer<typeof Statement>;
export const Policy = z.object({ Statement: z.array(Statement) });

/** What one function may do, by the logical ids of the resources it may do it to. */
export interface Right {
  readonly effect: 'Allow' | 'Deny';
  readonly action: string;
  /** Logical id, with what follows it in the ARN (`Table/index/gsi1`). */
  readonly resource: string;
  /** Patterns of partition keys, where the right is bound to some. */
  readonly keys: readonly string[] | undefined;
  /** The one kind of subject whose data keys it may ask for, where the right is bound to one. */
  readonly subject: string | undefined;
}

export class Template {
  readonly resources: readonly Resource[];
  readonly stacks: readonly StackSize[];
  private readonly byId: ReadonlyMap<string, Resource>;

  constructor(folder: string) {
    const { template, stacks } = readAssembly(folder);
    const { Resources } = z.looseObject({ Resources: z.record(z.string(), Resource) }).parse(template);
    this.stacks = stacks;
    this.resources = Object.entries(Resources).map(([id, resource]) => ({ id, ...resource }));
    this.byId = new Map(this.resources.map((resource) => [resource.id, resource]));
  }

  ofType(type: string): Resource[] {
    return this.resources.filter((resource) => resource.Type === type);
  }

  get(id: string): Resource {
    const found = this.byId.get(id);
    if (!found) throw new Error(`${id} is not in the template`);
    return found;
  }

  /** Our own functions; what CDK adds to copy the web app into its bucket is not among them. */
  functions(): Resource[] {
    return this.ofType('AWS::Lambda::Function').filter(({ id }) => !id.startsWith('CustomCDKBucketDeployment'));
  }

  /** Every right of a function's role, one entry an action and resource. */
  rightsOf(functionId: string): Right[] {
    const role = only(referencesIn(this.get(functionId).Properties.Role));
    return this.ofType('AWS::IAM::Policy')
      .filter(({ Properties }) => referencesIn(Properties.Roles).includes(role))
      .flatMap(({ Properties }) => Policy.parse(Properties.PolicyDocument).Statement)
      .flatMap((statement) =>
        statement.Action.flatMap((action) =>
          statement.Resource.map((resource) => ({
            effect: statement.Effect,
            action,
            resource: textOf(resource),
            keys: leadingKeysOf(statement),
            subject: subjectOf(statement),
          })),
        ),
      );
  }
}

const leadingKeysOf = ({ Condition }: Statement): readonly string[] | undefined => {
  const value = Object.values(Condition).find((condition) => 'dynamodb:LeadingKeys' in condition);
  return value && [value['dynamodb:LeadingKeys']].flat().map(String);
};

/** The encryption context that a request must name. */
const subjectOf = ({ Condition }: Statement): string | undefined =>
  Object.entries(Condition.Null ?? {})
    .filter(([, isMissing]) => isMissing === 'false')
    .map(([name]) => name.replace('kms:EncryptionContext:', ''))[0];

/** The logical ids that a value refers to, CloudFormation's own (`AWS::Region`) left out. */
export const referencesIn = (value: unknown): string[] => {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    if (name === 'Ref') return String(inner).startsWith('AWS::') ? [] : [String(inner)];
    if (name === 'Fn::GetAtt') return [String([inner].flat()[0])];
    return referencesIn(inner);
  });
};

/** A value with logical ids in place of what they become: `{Fn::GetAtt: [Table, Arn]}` is `Table`. */
export const textOf = (value: unknown): string => {
  if (typeof value === 'string') return value;
  if (value !== null && typeof value === 'object') {
    const [name, inner] = Object.entries(value)[0] ?? [];
    if (name === 'Ref') return String(inner);
    if (name === 'Fn::GetAtt') {
      const [id, attribute] = [inner].flat();
      return attribute === 'StreamArn' ? `${id}/stream` : String(id);
    }
    if (name === 'Fn::Join' && Array.isArray(inner)) return (inner[1] as unknown[]).map(textOf).join(String(inner[0]));
  }
  throw new Error(`not a text: ${JSON.stringify(value)}`);
};

/** The one entry of a list. */
export const only = <T>(list: readonly T[]): T => {
  const [first, ...others] = list;
  if (first === undefined || others.length > 0) throw new Error(`one was expected, not ${list.length}`);
  return first;
};

/** IAM's `StringLike`: `*` is any text. */
export const isLike = (pattern: string, value: string): boolean => {
  const literal = pattern.split('*').map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'));
  return new RegExp(`^${literal.join('.*')}$`, 's').test(value);
};
