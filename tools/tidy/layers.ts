import { type Import, reachedFrom } from './imports.ts'

/** Who may import whom: the rules of the layout. Each answers its violations in words. */

const isTest = (file: string) => /\.test\.tsx?$|\/test\/|\.test-data\.ts$|\/testing\//.test(file)
const isAdapter = (file: string) => /\.(object|fetch|r2|d1)\.ts$/.test(file)
const isOutside = (file: string) => /\.(object|fetch|r2)\.ts$/.test(file)
const isRoutes = (file: string) => /(^|[/-])routes\.ts$/.test(file)
const isWithin = (folder: string) => (file: string) => file.startsWith(`${folder}/`)
const isPlatform = (specifier: string) => /^(cloudflare:|wrangler$|@cloudflare\/)/.test(specifier)
const isHttp = (specifier: string) => /^(hono|@hono\/[\w-]+)(\/|$)/.test(specifier)

const isArithmetic = (specifier: string) => /^@noble\/(curves|hashes)\//.test(specifier)

const words = (one: Import, rule: string) =>
  `${one.from}:${one.line} imports ${one.specifier}: ${rule}`

const inSchema = isWithin('schema')
const inFiscal = isWithin('fiscal')
const inWeb = isWithin('web')
const inSandbox = isWithin('sandbox')
const inWorker = isWithin('worker/src')
const inOcr = isWithin('ocr')
const inComposition = isWithin('worker/src/composition')
/** Of the network's Worker and of the publisher of catalogues. */
const isEntry = (file: string) => /^worker\/src\/(index|publisher)\.ts$/.test(file)
const isRuntime = (file: string) =>
  [inSchema, inFiscal, inWeb, isWithin('sandbox/src'), inWorker, inOcr].some((within) =>
    within(file),
  )

type Rule = { readonly name: string; readonly breaks: (one: Import) => boolean }

/** Rules that look at one import at a time. */
const RULES: readonly Rule[] = [
  {
    name: 'schema imports zod and itself only',
    breaks: ({ from, to, specifier }) =>
      inSchema(from) && !isTest(from) && (to === null ? specifier !== 'zod' : !inSchema(to)),
  },
  {
    name: 'fiscal imports schema, itself and the arithmetic of signatures only',
    breaks: ({ from, to, specifier }) =>
      inFiscal(from) &&
      !isTest(from) &&
      (to === null ? !isArithmetic(specifier) : !(inSchema(to) || inFiscal(to))),
  },
  {
    name: 'pages know schema, fiscal and the type of the application, nothing else of us',
    breaks: ({ from, to, isType }) =>
      inWeb(from) &&
      to !== null &&
      !(inWeb(to) || inSchema(to) || inFiscal(to)) &&
      !(isType && to === 'worker/src/app.ts'),
  },
  {
    name: 'the sandbox is the outside world: of the network it knows only how goods are numbered',
    breaks: ({ from, to }) =>
      inSandbox(from) &&
      !isTest(from) &&
      to !== null &&
      !(inSandbox(to) || inSchema(to) || inFiscal(to) || to === 'worker/src/matching/gtin.ts'),
  },
  {
    name: 'the reader of photos knows schema, fiscal and itself',
    breaks: ({ from, to }) =>
      inOcr(from) && !isTest(from) && to !== null && !(inOcr(to) || inSchema(to) || inFiscal(to)),
  },
  {
    name: 'the network knows of the reader of photos what it refuses, nothing else',
    breaks: ({ from, to }) =>
      inWorker(from) &&
      !isTest(from) &&
      to !== null &&
      inOcr(to) &&
      !isWithin('ocr/src/guards')(to),
  },
  {
    name: 'what runs does not import tools or tests',
    breaks: ({ from, to }) =>
      isRuntime(from) && !isTest(from) && to !== null && (isTest(to) || to.startsWith('tools/')),
  },
  {
    name: 'adapters of the outside are chosen by the composition root, by nobody else',
    breaks: ({ from, to, isType }) =>
      inWorker(from) &&
      !isTest(from) &&
      !isType &&
      to !== null &&
      isOutside(to) &&
      !(isAdapter(from) || inComposition(from) || isEntry(from)),
  },
  {
    name: 'the composition root is imported by the entry, by objects and by itself',
    breaks: ({ from, to }) =>
      inWorker(from) &&
      !isTest(from) &&
      to !== null &&
      inComposition(to) &&
      !(inComposition(from) || isEntry(from) || /\.object\.ts$/.test(from)),
  },
  {
    name: 'an entry is imported by nobody; who binds it knows its type',
    breaks: ({ from, to, isType }) =>
      to !== null &&
      isEntry(to) &&
      !(isTest(from) && (isType || from.endsWith('.d.ts'))) &&
      !(isType && from === 'worker/src/env.ts'),
  },
  {
    name: 'relative imports carry their extension',
    breaks: ({ specifier }) =>
      specifier.startsWith('.') && !/\.(ts|tsx|mjs|css|json|sql|svg|gz)(\?.*)?$/.test(specifier),
  },
]

/** Imports that break a rule of the layout. */
export function layerViolations(imports: readonly Import[]): string[] {
  return RULES.flatMap((rule) => imports.filter(rule.breaks).map((one) => words(one, rule.name)))
}

/** Files whose decisions must be pure, with all that they reach. */
const PURE_ROOTS = [
  /^(schema|fiscal)\/src\//,
  /^worker\/src\/(ledger|matching)\//,
  /^ocr\/src\/(fields|image|guards)\//,
  /^worker\/src\/offers\/(evaluate|compile|publish-check|cost|snapshot|in-force)\.ts$/,
  /^worker\/src\/offers\/(rules|text)\//,
  /^worker\/src\/cells\/(cell|directory|budget|partner-book|book|slot)\.ts$/,
  /^worker\/src\/receipts\/(journey|evidence)\.ts$/,
  /^worker\/src\/payouts\/(payout|schedule|card|mask)\.ts$/,
  /^worker\/src\/members\/limits\.ts$/,
]

/** The pure part of the network: the roots and everything of which code they run. */
export function pureFiles(files: readonly string[], imports: readonly Import[]): Set<string> {
  const pure = new Set<string>()
  for (const file of files) {
    if (isTest(file) || !file.endsWith('.ts') || !PURE_ROOTS.some((root) => root.test(file))) {
      continue
    }
    for (const reached of reachedFrom(file, imports, ({ isType }) => !isType)) pure.add(reached)
  }
  return pure
}

/** The domain reaches no adapter, no route, no HTTP and no platform. */
export function purityViolations(files: readonly string[], imports: readonly Import[]): string[] {
  const pure = pureFiles(files, imports)
  return imports
    .filter(({ from, isType }) => pure.has(from) && !isType)
    .filter(({ to, specifier }) =>
      to === null
        ? isPlatform(specifier) || isHttp(specifier)
        : isAdapter(to) || isRoutes(to) || inComposition(to) || to === 'worker/src/env.ts',
    )
    .map((one) => words(one, 'the domain knows no adapter, no HTTP and no platform'))
}

/** Types of the platform: whoever names them cannot be type-checked by the pages. */
export const PLATFORM_TYPES =
  /^((D1|R2|DurableObject|SqlStorage)\w+|KVNamespace|Fetcher|Queue|MessageBatch|Exec\w+Context)$/

/** Files that the application's types and code reach. */
export function applicationFiles(imports: readonly Import[]): Set<string> {
  return reachedFrom('worker/src/app.ts', imports, () => true)
}

/** The application runs without the platform: everything of it comes in as ports. */
export function applicationViolations(imports: readonly Import[]): string[] {
  const reached = applicationFiles(imports)
  return imports
    .filter(({ from }) => reached.has(from))
    .filter(({ to, specifier }) => (to === null ? isPlatform(specifier) : isOutside(to)))
    .map((one) => words(one, 'the application knows no platform'))
}
