import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { nodePlatform } from '../ocr/src/engine/node.ts'
import { photoReader } from '../ocr/src/read.ts'
import { type ReadingLine, readingLine } from './photo/reading-line.ts'
import { type Score, scoreOf } from './photo/score.ts'
import { type Truth, truthsOf } from './photo/truth.ts'

/**
 * `npm run -s photo:score -- DIR…`: reads every picture that a folder's `ground-truth.json` names
 * and prints, per field, how many are exactly right; lines of goods found (a name whose character
 * error is at most 30 %); false trusts; median and 95th percentile of the time.
 */

const directories = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
if (directories.length === 0) {
  console.error('usage: npm run -s photo:score -- DIR…')
  process.exit(2)
}
const read = photoReader(await nodePlatform())
const latest = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)

async function readAll(directory: string, truths: ReadonlyMap<string, Truth>) {
  const results: { truth: Truth; line: ReadingLine }[] = []
  for (const file of readdirSync(directory).sort()) {
    const truth = truths.get(file)
    if (truth === undefined) continue
    const bytes = new Uint8Array(readFileSync(path.join(directory, file)))
    const print = truth.isPrint ? 'always' : 'never'
    const line = readingLine(file, await read(bytes, { latest, print }))
    results.push({ truth, line })
    if (process.argv.includes('--each')) console.log(JSON.stringify(line))
  }
  return results
}

const share = (right: number, of: number) =>
  of === 0 ? '–' : `${right}/${of} ${((100 * right) / of).toFixed(1)} %`

function print(directory: string, score: Score): void {
  console.log(`${path.basename(directory)}: ${score.pictures} pictures`)
  for (const [name, { right, of, baseline }] of Object.entries(score.fields)) {
    if (of === 0) continue
    console.log(
      `  ${name.padEnd(12)} ${share(right, of)}${baseline === '' ? '' : `  (${baseline})`}`,
    )
  }
  console.log(`  false trusts ${score.falseTrusts.length} of ${score.trusted} trusted`)
  for (const file of score.falseTrusts) console.log(`    ${file}`)
  console.log(`  ms           median ${score.medianMs}, p95 ${score.p95Ms}`)
  console.log(`  heap         at most ${score.heapMb} MB`)
}

for (const directory of directories) {
  const file = path.join(directory, 'ground-truth.json')
  if (!existsSync(file)) {
    console.error(`${file} is missing: nothing to compare with.`)
    process.exit(2)
  }
  const truths = truthsOf(JSON.parse(readFileSync(file, 'utf8')))
  print(directory, scoreOf(await readAll(directory, truths)))
}
