/**
 * Turns each deployed function into one ESM file. The local cloud, the tests and the deployment all take these very
 * files, so what was tested is what runs. Knows nothing of CDK: a bundle is a folder with one `index.mjs`, beside which
 * lies what only drawing paper needs.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { type BuildOptions, build, version as esbuildVersion, type Plugin } from 'esbuild';

const root = fileURLToPath(new URL('../', import.meta.url));
const usualFolder = join(root, '.local/bundles');

/** Every deployed function with the module that exports its `handler`: an API is `lambda.ts`, a job is `<verb>-<noun>.ts`. */
export const entries = {
  prescribing: 'functions/prescribing/lambda.ts',
  'publish-lists': 'functions/prescribing/publish-lists.ts',
  dispensing: 'functions/dispensing/lambda.ts',
  'check-marking': 'functions/dispensing/check-marking.ts',
  'post-documents': 'functions/inventory/post-documents.ts',
  'watch-stock': 'functions/inventory/watch-stock.ts',
  'work-recalls': 'functions/inventory/work-recalls.ts',
  inventory: 'functions/inventory/lambda.ts',
  procurement: 'functions/procurement/lambda.ts',
  'send-orders': 'functions/procurement/send-orders.ts',
  'roll-consumption': 'functions/procurement/roll-consumption.ts',
  'plan-sites': 'functions/procurement/plan-sites.ts',
  'settle-budgets': 'functions/procurement/settle-budgets.ts',
  compliance: 'functions/compliance/lambda.ts',
  'append-log': 'functions/compliance/append-log.ts',
  'compare-log': 'functions/compliance/compare-log.ts',
  'roll-facts': 'functions/compliance/roll-facts.ts',
  archive: 'functions/archive/lambda.ts',
  oversight: 'functions/oversight/lambda.ts',
  'close-periods': 'functions/oversight/close-periods.ts',
  'analyse-day': 'functions/oversight/analyse-day.ts',
  patient: 'functions/patient/lambda.ts',
  privacy: 'functions/privacy/lambda.ts',
  'apply-retention': 'functions/privacy/apply-retention.ts',
  verification: 'functions/verification/lambda.ts',
  identity: 'functions/identity/lambda.ts',
  'add-claims': 'functions/identity/add-claims.ts',
} as const;

export type FunctionName = keyof typeof entries;

/**
 * `folder` is what Lambda gets. `bytes` are of the one file that a start loads, `digest` is of all that lies there, `fresh`
 * is true where nothing had to be built.
 */
export interface Bundle {
  readonly folder: string;
  readonly bytes: number;
  readonly digest: string;
  readonly fresh: boolean;
}

/** Why Darmon says no, put together from several files: every function carries it, and packed as one it is a fifth less. */
const refusalWords = 'packages/i18n/words/refusals.ts';

/**
 * Words travel packed: Russian in JavaScript takes six bytes a letter, or makes the whole file one of wide letters that
 * loads more slowly. A file of words is data and nothing else, so it is read here and unpacked where it is used.
 */
const packedWords: Plugin = {
  name: 'packed-words',
  setup(building) {
    building.onLoad({ filter: /packages\/i18n\/words\/[^/]+\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      if (!path.endsWith(refusalWords) && /^import (?!type)/m.test(source)) return undefined;
      const contents = packedModule({ ...(await import(pathToFileURL(path).href)) });
      return { contents, loader: 'js' };
    });
  },
};

const interfaceSource = 'functions/verification/described.ts';

/** What a file of data says, as the module that a bundle holds in its place. */
const packedModule = (named: Record<string, unknown>): string => {
  const packed = brotliCompressSync(JSON.stringify(named)).toString('base64');
  return [
    `import{brotliDecompressSync}from'node:zlib';`,
    `const all=JSON.parse(brotliDecompressSync(Buffer.from('${packed}','base64')).toString());`,
    ...Object.keys(named).map((name) => `export const ${name}=all.${name};`),
  ].join('\n');
};

/** The description of the whole interface travels as what it says: the routes of all functions would be half of a bundle. */
const packedInterface: Plugin = {
  name: 'packed-interface',
  setup(building) {
    building.onLoad({ filter: /functions\/verification\/described\.ts$/ }, async ({ path }) => ({
      contents: packedModule({ ...(await import(pathToFileURL(path).href)) }),
      loader: 'js',
    }));
  },
};

/** What a packed file is made of: a bundle that holds it is old when one of these changes. */
const inputsOf = async (source: string): Promise<string[]> => {
  const { metafile } = await build({ ...options, plugins: [], sourcemap: false, entryPoints: [source] });
  return Object.keys(metafile.inputs);
};

type Words = ReadonlySet<string>;

/** Of each function, by its entry: all words of our own sources that it is made of, but for the table's. */
const wordsOfAll = async (): Promise<ReadonlyMap<string, Words>> => {
  const { metafile } = await build({ ...options, sourcemap: false, entryPoints: Object.values(entries), outdir: root });
  const wordsIn = async (paths: readonly string[]): Promise<Words> => {
    const own = paths.filter((path) => /^(packages\/(?!table\/)|functions\/)/.test(path));
    const sources = await Promise.all(own.map((path) => readFile(join(root, path), 'utf8')));
    return new Set(sources.join(' ').match(/\w+/g));
  };
  const made = Object.values(metafile.outputs).map(
    async ({ entryPoint = '', inputs }) => [entryPoint, await wordsIn(Object.keys(inputs))] as const,
  );
  return new Map(await Promise.all(made));
};

/**
 * The table is opened as a whole, and a function carries those of its sections of which its own sources name a word: the
 * others, with the rules that they read by, are a fifth of a bundle that a cold start would load for nothing.
 */
const usedSections = (words: Words): Plugin => ({
  name: 'used-sections',
  setup(building) {
    building.onLoad({ filter: /packages\/table\/table\.ts$/ }, async ({ path }) => {
      let contents = await readFile(path, 'utf8');
      for (const [line, section, file] of contents.matchAll(/^import \{ (\w+Of) \} from '\.\/([\w-]+\.ts)';$/gm)) {
        if (!section || !file) continue;
        const made: Record<string, (engine: object) => object> = await import(
          pathToFileURL(join(dirname(path), file)).href
        );
        const verbs = Object.keys(made[section]?.({}) ?? {});
        if (!verbs.some((verb) => words.has(verb)))
          contents = contents.replace(line, '').replace(`...${section}(engine),`, '');
      }
      return { contents, loader: 'ts' };
    });
  },
});

/**
 * What draws paper is larger than a whole function, and needs fonts: it lies beside the one that draws, and is loaded when
 * something is to be drawn, by a function that else starts as fast as it did.
 */
const paper = {
  specifier: /^@darmon\/documents\/report-paper$/,
  source: 'packages/documents/report-paper.ts',
  module: 'report-paper.mjs',
  fonts: ['DejaVuSansCondensed.ttf', 'DejaVuSansCondensed-Bold.ttf'],
} as const;
const drawsPaper: ReadonlySet<FunctionName> = new Set<FunctionName>(['close-periods']);

const paperBeside: Plugin = {
  name: 'paper-beside',
  setup(building) {
    building.onResolve({ filter: paper.specifier }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: `./${paper.module}`, external: true } : undefined,
    );
  },
};

/** A route's summary and example, which the formatter puts at the same place of every route. */
const toldOfRoute = /^ {4}(?:summary:(?: .*|\n {6}.*),|example: \{(?:.*\},|\n[\s\S]*?\n {4}\},))\n/gm;

/**
 * What a route tells readers of the interface is no answer of the function that serves it: the one that shows the
 * interface has it packed. A name that is left unused goes with it.
 */
const untoldRoutes: Plugin = {
  name: 'untold-routes',
  setup(building) {
    building.onLoad({ filter: /functions\/[^/]+\/([\w-]+-)?routes\.ts$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replaceAll(toldOfRoute, ''),
      loader: 'ts',
    }));
  },
};

const options = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  // Node's own order takes the CommonJS builds, which cannot be shaken: 2.4 times the size.
  mainFields: ['module', 'main'],
  minify: true,
  plugins: [packedWords, packedInterface, untoldRoutes, paperBeside],
  sourcemap: 'external',
  legalComments: 'none',
  // A function finds its credentials in its environment, which is asked first. What else the SDK could ask (profiles,
  // single sign-on, a machine's own metadata) is imported only when asked, and was a sixth of every bundle.
  external: [
    '@aws-sdk/credential-provider-http',
    '@aws-sdk/credential-provider-ini',
    '@aws-sdk/credential-provider-process',
    '@aws-sdk/credential-provider-sso',
    '@aws-sdk/credential-provider-web-identity',
    '@smithy/credential-provider-imds',
  ],
  // What draws paper keeps its fonts under a made-up path, which it begins with the place of its own file.
  define: { __dirname: 'import.meta.dirname' },
  // CommonJS dependencies that are left call require() for Node's own modules.
  banner: {
    js: "import{createRequire as bundleRequire}from'node:module';const require=bundleRequire(import.meta.url);",
  },
  logLevel: 'silent',
  metafile: true,
  write: false,
} satisfies BuildOptions;

/** What a bundle was made of. Equal recipe and equal inputs make an equal bundle, so it need not be made again. */
interface Made {
  readonly recipe: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly output: string;
}

/** SHA-256 in hex. */
export const digest = (content: Uint8Array | string): string => createHash('sha256').update(content).digest('hex');

const digestOfFile = async (path: string): Promise<string | undefined> => {
  try {
    return digest(await readFile(path));
  } catch {
    return undefined;
  }
};

/** Two processes may bundle at once (a test run beside `npm start`): each file appears whole or not at all. */
const writeWhole = async (path: string, content: Uint8Array | string): Promise<void> => {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, content);
  await rename(draft, path);
};

const isFresh = async (made: Made, recipe: string, output: string, digests: DigestCache): Promise<boolean> => {
  if (made.recipe !== recipe || (await digestOfFile(output)) !== made.output) return false;
  const equal = await Promise.all(
    Object.entries(made.inputs).map(async ([path, known]) => (await digests(path)) === known),
  );
  return !equal.includes(false);
};

type DigestCache = (path: string) => Promise<string | undefined>;

/** Most inputs are shared by all bundles: each is read once a run. */
const digestCache = (): DigestCache => {
  const known = new Map<string, Promise<string | undefined>>();
  return (path) => {
    const cached = known.get(path) ?? digestOfFile(join(root, path));
    known.set(path, cached);
    return cached;
  };
};

const readMade = async (path: string): Promise<Made | undefined> => {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Made;
  } catch {
    return undefined;
  }
};

/** What drawing paper needs, copied beside the module that draws. */
const putFonts = async (folder: string): Promise<void> => {
  const near = createRequire(join(root, paper.source));
  for (const font of paper.fonts) {
    const content = await readFile(near.resolve(`dejavu-fonts-ttf/ttf/${font}`));
    if ((await digestOfFile(join(folder, font))) !== digest(content)) await writeWhole(join(folder, font), content);
  }
};

const bundleOne = async (
  name: FunctionName,
  bundlesFolder: string,
  recipe: string,
  digests: DigestCache,
  wordsOfEach: () => ReturnType<typeof wordsOfAll>,
): Promise<Bundle> => {
  const folder = join(bundlesFolder, name);
  const place = { folder, recipe, digests };
  const own = await bundleFile(place, {
    source: entries[name],
    module: 'index.mjs',
    record: join(bundlesFolder, name),
    pluginsOf: async () => {
      const words = (await wordsOfEach()).get(entries[name]);
      if (!words) throw new Error(`nothing is known of ${name}`);
      return [usedSections(words)];
    },
  });
  if (!drawsPaper.has(name)) return { folder, ...own };
  const { source, module } = paper;
  const record = join(bundlesFolder, `${name}.paper`);
  const beside = await bundleFile(place, { source, module, record, pluginsOf: async () => [] });
  await putFonts(folder);
  // the fonts are the lockfile's, which is in the recipe
  return {
    folder,
    bytes: own.bytes,
    digest: digest(`${own.digest} ${beside.digest}`),
    fresh: own.fresh && beside.fresh,
  };
};

interface FileToMake {
  readonly source: string;
  readonly module: string;
  /** Where it is written down what it was made of, and its map lies, without their endings. */
  readonly record: string;
  readonly pluginsOf: () => Promise<Plugin[]>;
}

const bundleFile = async (
  { folder, recipe, digests }: { folder: string; recipe: string; digests: DigestCache },
  { source, module, record: recordPath, pluginsOf }: FileToMake,
): Promise<Omit<Bundle, 'folder'>> => {
  const output = join(folder, module);
  const record = `${recordPath}.json`;
  const made = await readMade(record);
  if (made && (await isFresh(made, recipe, output, digests))) {
    return { bytes: (await stat(output)).size, digest: made.output, fresh: true };
  }

  const started = Date.now();
  const plugins = [...options.plugins, ...(await pluginsOf())];
  const result = await build({ ...options, plugins, entryPoints: [source], outfile: output });
  const code = result.outputFiles.find((file) => file.path.endsWith('.mjs'));
  const map = result.outputFiles.find((file) => file.path.endsWith('.map'));
  if (!code || !map) throw new Error(`esbuild made no file of ${source}`);
  const own = Object.keys(result.metafile.inputs);
  const packed = await Promise.all([interfaceSource, refusalWords].filter((one) => own.includes(one)).map(inputsOf));
  const all = new Set([...own, ...packed.flat()]);
  const inputs = await Promise.all([...all].sort().map(async (path) => [path, await digests(path)] as const));
  // The map stays beside the folder: it explains a stack trace without being shipped or loaded.
  await writeWhole(`${recordPath}.mjs.map`, map.contents);
  await writeWhole(output, code.contents);
  // A source that changed meanwhile may or may not be in the bundle: without a record it is made again next time.
  const changed = await Promise.all(inputs.map(async ([path]) => (await stat(join(root, path))).mtimeMs >= started));
  const entry = { recipe, inputs: Object.fromEntries(inputs), output: digest(code.contents) };
  if (!changed.includes(true)) await writeWhole(record, JSON.stringify(entry));
  return { bytes: code.contents.byteLength, digest: digest(code.contents), fresh: false };
};

/**
 * Bundles every function into `<folder>/<function>/index.mjs`, in `.local/bundles` where no folder is named, and answers
 * where each one lies.
 * Equal sources and lockfile give equal bytes, on any machine; what is unchanged is not built again.
 * Throws with esbuild's messages when a function does not build.
 */
export const bundleAll = async (folder: string = usualFolder): Promise<Readonly<Record<FunctionName, Bundle>>> => {
  const names = Object.keys(entries) as FunctionName[];
  // The lockfile stands in the recipe because a new version of a dependency lies in a new folder, unseen by old inputs.
  const recipe = digest(
    JSON.stringify([
      esbuildVersion,
      { ...options, absWorkingDir: '' },
      packedWords.setup.toString(),
      usedSections.toString(),
      [untoldRoutes.setup, toldOfRoute, packedInterface.setup, packedModule, paperBeside.setup].map(String),
      wordsOfAll.toString(),
      await digestOfFile(join(root, 'pnpm-lock.yaml')),
    ]),
  );
  const digests = digestCache();
  let words: ReturnType<typeof wordsOfAll> | undefined;
  const wordsOfEach = () => {
    words ??= wordsOfAll();
    return words;
  };
  const bundles = await Promise.all(
    names.map(async (name) => [name, await bundleOne(name, folder, recipe, digests, wordsOfEach)] as const),
  );
  return Object.fromEntries(bundles) as Record<FunctionName, Bundle>;
};

/** Builds the web app into `web/dist` as it is deployed, and answers that folder. Vite's own messages go to stderr. */
export const buildWeb = async (): Promise<string> => {
  const folder = join(root, 'web');
  const vite = spawn(process.execPath, [join(folder, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'], {
    cwd: folder,
    stdio: ['ignore', process.stderr, process.stderr],
  });
  const [code] = await once(vite, 'exit');
  if (code !== 0) throw new Error('the web app does not build');
  return join(folder, 'dist');
};
