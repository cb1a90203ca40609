import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fromCaller, refuse } from './photo/folder.ts'
import { sampleOf } from './receipts/sample.ts'

/**
 * `npm run -s photo:samples -- DIR [COUNT] [SEED]`: photographs of receipts no shop printed, of
 * every seeded market in turn, with their `ground-truth.json`. The same seed gives the same bytes.
 */

const [argument, count = '18', seed = '1'] = process.argv.slice(2)
if (argument === undefined) refuse('usage: npm run -s photo:samples -- DIR [COUNT] [SEED]')
const directory = fromCaller(argument)
mkdirSync(directory, { recursive: true })
const truths: Record<string, object> = {}
for (let index = 0; index < Number(count); index += 1) {
  const { file, bytes, truth } = await sampleOf(Number(seed) + index)
  writeFileSync(path.join(directory, file), bytes)
  truths[file] = truth
}
writeFileSync(path.join(directory, 'ground-truth.json'), JSON.stringify(truths, null, 1))
