import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { MUTANTS, type Mutant } from './mutant-list.ts'

/**
 * node tools/simulate/mutants.ts [--seeds 1500] [--only TEXT]
 * Puts every seeded bug into a copy of the sources and simulates: each must be caught. Exits 1 when
 * one survives, or when the text that a mutant changes is no longer there.
 */
const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const COPIES = join(ROOT, '.local', 'mutants')
const COPIED = ['worker/src', 'schema', 'fiscal/src', 'tools/simulate']

const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '1500' }, only: { type: 'string', default: '' } },
})

type Verdict = { readonly mutant: Mutant; readonly passed: boolean; readonly line: string }

/** A copy of the sources with the mutant's edits; a message when an edit finds no place. */
function prepare(mutant: Mutant, folder: string): string | null {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const path of COPIED) cpSync(join(ROOT, path), join(folder, path), { recursive: true })
  cpSync(join(ROOT, 'package.json'), join(folder, 'package.json'))
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  for (const { file, find, replace } of mutant.edits) {
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

function run(folder: string, seeds: number, { isOfBank }: Mutant): Promise<string> {
  const main = join(folder, 'tools/simulate/main.ts')
  const parameters = ['--seeds', String(seeds), '--bail', ...(isOfBank ? ['--bank'] : [])]
  const child = spawn(process.execPath, [main, ...parameters], { cwd: folder })
  let output = ''
  child.stdout.on('data', (chunk) => {
    output += chunk
  })
  child.stderr.on('data', (chunk) => {
    output += chunk
  })
  return new Promise((resolve) => child.on('close', () => resolve(output)))
}

async function tryMutant(mutant: Mutant, index: number): Promise<Verdict> {
  const folder = join(COPIES, String(index))
  const missing = prepare(mutant, folder)
  if (missing !== null) return { mutant, passed: false, line: `ERROR ${missing}` }
  const output = await run(folder, Number(values.seeds), mutant)
  rmSync(folder, { recursive: true, force: true })
  const failure = /^seed (\d+) failed: (.*)$/m.exec(output)
  if (failure) {
    const [, seed, what = ''] = failure
    return { mutant, passed: true, line: `caught at seed ${seed}: ${what.slice(0, 90)}` }
  }
  if (!output.includes('"failures":[]')) {
    return { mutant, passed: false, line: `ERROR ${output.slice(-300)}` }
  }
  return { mutant, passed: false, line: `SURVIVED ${values.seeds} seeds` }
}

/** Whatever fails without a mutant says nothing about any of them. */
const SOUND: Mutant = { name: 'the sources as they are', edits: [] }
const SOUND_SEEDS = 40

const chosen = MUTANTS.filter(({ name }) => name.includes(values.only))
const verdicts: Verdict[] = []
const waiting = chosen.map((mutant, index) => ({ mutant, index }))

async function work(): Promise<void> {
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const verdict = await tryMutant(next.mutant, next.index)
    verdicts.push(verdict)
    console.log(`${verdict.passed ? 'ok  ' : 'FAIL'} ${next.mutant.name}: ${verdict.line}`)
  }
}

const soundFolder = join(COPIES, 'sound')
prepare(SOUND, soundFolder)
const sound = await run(soundFolder, SOUND_SEEDS, SOUND)
rmSync(soundFolder, { recursive: true, force: true })
if (!sound.includes('"failures":[]')) {
  console.log(`FAIL ${SOUND.name}: ${sound.slice(-600)}\n0 passed, 1 failed`)
  process.exit(1)
}

await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, work))
const failed = verdicts.filter(({ passed }) => !passed).length
console.log(`${verdicts.length - failed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0
