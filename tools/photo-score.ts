import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { nodePlatform } from '../ocr/src/engine/node.ts'
import { baselines, compare, type Judged } from './photo/baselines.ts'
import { fromCaller, picturesIn, refuse } from './photo/folder.ts'
import { GuardedReader } from './photo/guarded-reader.ts'
import { type Result, type Score, scoreOf } from './photo/score.ts'
import { Truths } from './photo/truth.ts'

/**
 * `npm run -s photo:score -- DIR…`: reads every picture that a folder's `ground-truth.json` names
 * (of a folder without one: those of the folders in it) and prints, per field, how many are exactly
 * right; lines of goods found (a name whose character error is at most 30 %); false trusts; median
 * and 95th percentile of the time; then what the other engines at hand make of the same pictures.
 * `--each` prints every reading as `photo` does, `--alone` leaves the other engines out.
 */

const argumentsGiven = process.argv.slice(2)
const folders = argumentsGiven.filter((argument) => !argument.startsWith('--')).map(fromCaller)
const isEach = argumentsGiven.includes('--each')
const isAlone = argumentsGiven.includes('--alone')
if (folders.length === 0) refuse('usage: npm run -s photo:score -- DIR… [--each] [--alone]')

const TRUTH = 'ground-truth.json'

/** A folder with its truth, or the folders in it that have theirs. */
function setsIn(folder: string): string[] {
  if (existsSync(path.join(folder, TRUTH))) return [folder]
  const below = existsSync(folder)
    ? readdirSync(folder)
        .sort()
        .map((name) => path.join(folder, name))
        .filter((inner) => existsSync(path.join(inner, TRUTH)))
    : []
  return below.length > 0
    ? below
    : refuse(`${path.join(folder, TRUTH)} is missing: nothing to compare with.`)
}

function truthsIn(folder: string): Truths {
  const file = path.join(folder, TRUTH)
  try {
    return new Truths(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return refuse(`${file} is not JSON.`)
  }
}

async function readAll(folder: string, pictures: readonly Judged[]): Promise<Result[]> {
  const reader = new GuardedReader()
  const results: Result[] = []
  for (const { file, truth } of pictures) {
    const { shots, isPrint } = truth
    const print = isPrint ? 'always' : 'never'
    const line = await reader.read({ folder, file, shots, print })
    results.push({ truth, line })
    if (isEach) console.log(JSON.stringify(line))
  }
  reader.close()
  return results
}

const share = (right: number, of: number) =>
  of === 0 ? '–' : `${right}/${of} ${((100 * right) / of).toFixed(1)} %`

function print(directory: string, score: Score): void {
  console.log(`${path.basename(directory)}: ${score.pictures} pictures`)
  for (const [name, { right, of }] of Object.entries(score.fields)) {
    if (of > 0) console.log(`  ${name.padEnd(12)} ${share(right, of)}`)
  }
  console.log(`  false trusts ${score.falseTrusts.length} of ${score.trusted} trusted`)
  for (const file of score.falseTrusts) console.log(`    ${file}`)
  console.log(`  ms           median ${score.medianMs}, p95 ${score.p95Ms}`)
  console.log(`  heap         at most ${score.heapMb} MB`)
}

async function printOthers(folder: string, pictures: readonly Judged[]): Promise<void> {
  const others = await baselines(
    pictures.map(({ truth }) => truth),
    await nodePlatform(),
  )
  for (const other of others) {
    const { fields, medianMs } = await compare(other, folder, pictures)
    const said = Object.entries(fields).map(
      ([name, { right, of }]) => `${name} ${share(right, of)}`,
    )
    if (said.length > 0) console.log(`  ${other.name}: ${said.join(', ')}, median ${medianMs} ms`)
  }
  for (const { close } of others) close?.()
}

for (const folder of folders.flatMap(setsIn)) {
  const truths = truthsIn(folder)
  const files = picturesIn(folder)
  const pictures = files.flatMap((file) => {
    const truth = truths.of(file)
    return truth === undefined ? [] : [{ file, truth }]
  })
  print(folder, scoreOf(await readAll(folder, pictures)))
  const unknown = files.length - pictures.length
  if (unknown > 0) console.log(`  ${unknown} pictures have no truth and were left out`)
  if (!isAlone) await printOthers(folder, pictures)
}
