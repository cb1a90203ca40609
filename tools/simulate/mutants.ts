import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { MUTANTS, type Mutant } from './mutant-list.ts'

/**
 * node tools/simulate/mutants.ts [--seeds 1500] [--only TEXT] [--count]
 * Puts every seeded bug into a copy of the sources and simulates: each must be caught. The seed
 * that caught it last is tried first; --count tries them from 1 on, which says how rare a bug is.
 * Exits 1 when one survives, or when the text that a mutant changes is no longer there.
 */
const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const COPIES = join(ROOT, '.local', 'mutants')
const COPIED = ['worker/src', 'schema', 'fiscal/src', 'tools/simulate']
const LANES = Math.min(4, availableParallelism())

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1500' },
    only: { type: 'string', default: '' },
    count: { type: 'boolean', default: false },
  },
})

type Verdict = { readonly passed: boolean; readonly line: string }
type Told = Pick<Mutant, 'story'> & { readonly first: readonly number[]; readonly seeds: number }

/** A copy of the sources, in which one mutant lives at a time. */
function prepare(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const path of COPIED) cpSync(join(ROOT, path), join(folder, path), { recursive: true })
  cpSync(join(ROOT, 'package.json'), join(folder, 'package.json'))
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
}

/** Makes the mutant's edits in the copy; a message when an edit finds no place. */
function mutate(folder: string, { edits }: Mutant): string | null {
  for (const { file, find, replace } of edits) {
    const text = readFileSync(join(folder, file), 'utf8')
    const places = text.split(find).length - 1
    if (places !== 1) return `${file} has ${places} places for ${JSON.stringify(find)}`
    writeFileSync(
      join(folder, file),
      text.replace(find, () => replace),
    )
  }
  return null
}

function heal(folder: string, { edits }: Mutant): void {
  for (const { file } of edits) cpSync(join(ROOT, file), join(folder, file))
}

/** Node keeps what it made of the sources, so that only an edited one is compiled again. */
function tell(folder: string, { first, seeds, story }: Told): Promise<string> {
  const main = join(folder, 'tools/simulate/main.ts')
  const range = ['--first', first.join(','), '--seeds', String(seeds), '--bail']
  const child = spawn(process.execPath, [main, ...range, ...(story ? ['--story', story] : [])], {
    cwd: folder,
    env: { ...process.env, NODE_COMPILE_CACHE: join(folder, '.compiled') },
  })
  let output = ''
  child.stdout.on('data', (chunk) => {
    output += chunk
  })
  child.stderr.on('data', (chunk) => {
    output += chunk
  })
  return new Promise((resolve) => child.on('close', () => resolve(output)))
}

async function tryMutant(mutant: Mutant, folder: string): Promise<Verdict> {
  const missing = mutate(folder, mutant)
  if (missing !== null) return { passed: false, line: `ERROR ${missing}` }
  const first = values.count ? [] : [mutant.caughtAt]
  const output = await tell(folder, { ...mutant, first, seeds: Number(values.seeds) })
  const failure = /^seed (\d+) failed: (.*)$/m.exec(output)
  if (failure) {
    const [, seed, what = ''] = failure
    const before = Number(seed) === mutant.caughtAt ? '' : `, at ${mutant.caughtAt} before`
    return { passed: true, line: `caught at seed ${seed}${before}: ${what.slice(0, 90)}` }
  }
  if (!output.includes('"failures":[]')) {
    return { passed: false, line: `ERROR ${output.slice(-300)}` }
  }
  return { passed: false, line: `SURVIVED ${values.seeds} seeds` }
}

/** Whatever fails without a mutant says nothing about any of them. */
async function soundness(folder: string): Promise<Verdict> {
  for (const story of new Set(chosen.map((mutant) => mutant.story))) {
    const alike = chosen.filter((mutant) => mutant.story === story)
    const first = [...new Set(alike.map(({ caughtAt }) => caughtAt))]
    const output = await tell(folder, { first, seeds: 0, ...(story && { story }) })
    if (!output.includes('"failures":[]')) return { passed: false, line: output.slice(-600) }
  }
  return { passed: true, line: 'nothing to catch' }
}

const chosen = MUTANTS.filter(({ name }) => name.includes(values.only))
const waiting = [...chosen]
const verdicts: Verdict[] = []

function note(name: string, verdict: Verdict): void {
  console.log(`${verdict.passed ? 'ok  ' : 'FAIL'} ${name}: ${verdict.line}`)
}

async function work(lane: string): Promise<void> {
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const verdict = await tryMutant(next, lane)
    heal(lane, next)
    verdicts.push(verdict)
    note(next.name, verdict)
  }
}

const lanes = Array.from({ length: LANES }, (_, lane) => join(COPIES, String(lane)))
rmSync(COPIES, { recursive: true, force: true })
for (const lane of lanes) prepare(lane)
const sound = await soundness(lanes[0] ?? COPIES)
note('the sources as they are', sound)
if (sound.passed) await Promise.all(lanes.map(work))
rmSync(COPIES, { recursive: true, force: true })
const failed = sound.passed ? verdicts.filter(({ passed }) => !passed).length : 1
console.log(`${verdicts.filter(({ passed }) => passed).length} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0
