import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { nodePlatform } from '../ocr/src/engine/node.ts'
import { photoReader } from '../ocr/src/read.ts'
import { baselines, compare } from './photo/baselines.ts'
import { bytesOf, fromCaller, latestDay, picturesIn, refuse } from './photo/folder.ts'
import { type ReadingLine, readingLine } from './photo/reading-line.ts'
import { type Score, scoreOf } from './photo/score.ts'
import { type Truth, truthsOf } from './photo/truth.ts'

/**
 * `npm run -s photo:score -- DIR…`: reads every picture that a folder's `ground-truth.json` names
 * and prints, per field, how many are exactly right; lines of goods found (a name whose character
 * error is at most 30 %); false trusts; median and 95th percentile of the time. `--each` prints
 * every reading, `--baselines` runs the other engines at hand over the same pictures.
 */

const argumentsGiven = process.argv.slice(2)
const folders = argumentsGiven.filter((argument) => !argument.startsWith('--')).map(fromCaller)
const isEach = argumentsGiven.includes('--each')
if (folders.length === 0) {
  refuse('usage: npm run -s photo:score -- DIR… [--each] [--baselines]')
}
const platform = await nodePlatform()
const read = photoReader(platform)
const others = argumentsGiven.includes('--baselines') ? await baselines(platform) : []

async function readAll(folder: string, truths: ReadonlyMap<string, Truth>) {
  const results: { truth: Truth; line: ReadingLine }[] = []
  for (const file of picturesIn(folder)) {
    const truth = truths.get(file)
    if (truth === undefined) continue
    const print = truth.isPrint ? 'always' : 'never'
    const shots = [file, ...truth.shots].map((shot) => bytesOf(folder, shot))
    const line = readingLine(file, await read(shots, { latest: latestDay(), print }))
    results.push({ truth, line })
    if (isEach) console.log(JSON.stringify(line))
  }
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

async function printOthers(folder: string, truths: ReadonlyMap<string, Truth>): Promise<void> {
  for (const other of others) {
    const { fields, medianMs } = await compare(other, folder, truths)
    const said = Object.entries(fields).map(
      ([name, { right, of }]) => `${name} ${share(right, of)}`,
    )
    if (said.length > 0) console.log(`  ${other.name}: ${said.join(', ')}, median ${medianMs} ms`)
  }
}

for (const folder of folders) {
  const file = path.join(folder, 'ground-truth.json')
  if (!existsSync(file)) refuse(`${file} is missing: nothing to compare with.`)
  const truths = truthsOf(JSON.parse(readFileSync(file, 'utf8')))
  print(folder, scoreOf(await readAll(folder, truths)))
  await printOthers(folder, truths)
}
for (const { close } of others) close?.()
