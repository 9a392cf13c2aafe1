/**
 * Reads what was synthesised as one template: a stack within the stack is CloudFormation's matter (each holds 500
 * resources), and whoever asks what is deployed asks for all of it. Knows nothing of CDK.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Parameters?: Readonly<Record<string, unknown>>;
}

interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Metadata?: Readonly<Record<string, unknown>>;
}

/** One stack as CloudFormation counts it, by the name of its file. */
export interface StackSize {
  readonly file: string;
  readonly resources: number;
  readonly parameters: number;
  readonly bytes: number;
}

interface Assembly {
  /** All resources by their logical ids; those of a stack within the stack stand beside the one that brings them. */
  readonly template: { readonly Resources: Readonly<Record<string, unknown>> };
  readonly stacks: readonly StackSize[];
}

/**
 * The one deployment in a folder of `synthesise`: the stack's own resources, then those of stacks within it. There the
 * parameters of a nested stack are replaced by what the stack around it gives, so that references lead to the resources
 * themselves.
 * @throws where there is no template or more than one, where two resources have one id, or where something is asked of a
 * nested stack that this does not follow
 */
export const readAssembly = (folder: string): Assembly => {
  const names = readdirSync(folder).filter((name) => /(?<!\.nested)\.template\.json$/.test(name));
  const [name] = names;
  if (!name || names.length > 1) throw new Error(`one template was expected in ${folder}, not ${names.length}`);
  const stacks: StackSize[] = [];
  const all = new Map<string, unknown>();

  const read = (file: string, given: Readonly<Record<string, unknown>>): void => {
    const text = readFileSync(join(folder, file), 'utf8');
    const { Resources, Parameters = {} } = JSON.parse(text) as Template;
    const resources = Object.entries(Resources);
    stacks.push({
      file,
      resources: resources.length,
      parameters: Object.keys(Parameters).length,
      bytes: Buffer.byteLength(text),
    });
    const nested: [id: string, resource: Resource][] = [];
    for (const [id, resource] of resources) {
      if (all.has(id)) throw new Error(`${id} is in ${file} and in another stack`);
      const whole = replaced(resource, given, file === name ? {} : Parameters) as Resource;
      all.set(id, whole);
      if (whole.Type === 'AWS::CloudFormation::Stack') nested.push([id, whole]);
    }
    for (const [id, { Metadata = {}, Properties = {} }] of nested) {
      const path = Metadata['aws:asset:path'];
      if (typeof path !== 'string') throw new Error(`the template of ${id} does not lie beside ${file}`);
      if (text.includes('"Outputs.')) throw new Error(`${file} uses what ${id} gives, which is not followed here`);
      read(path, (Properties.Parameters ?? {}) as Record<string, unknown>);
    }
  };
  read(name, {});
  return { template: { Resources: Object.fromEntries(all) }, stacks };
};

/** A value with parameters of its stack in place of which stands what was given for them. */
const replaced = (
  value: unknown,
  given: Readonly<Record<string, unknown>>,
  parameters: Readonly<Record<string, unknown>>,
): unknown => {
  if (Array.isArray(value)) return value.map((one) => replaced(one, given, parameters));
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value);
  const [first] = entries;
  if (entries.length === 1 && first?.[0] === 'Ref' && String(first[1]) in parameters) {
    if (!(String(first[1]) in given)) throw new Error(`nothing is given for the parameter ${first[1]}`);
    return given[String(first[1])];
  }
  return Object.fromEntries(entries.map(([key, inner]) => [key, replaced(inner, given, parameters)]));
};
