import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { nodePlatform } from '../ocr/src/engine/node.ts'
import { photoReader } from '../ocr/src/read.ts'
import { readingLine } from './photo/reading-line.ts'

/**
 * `npm run -s photo -- DIR [--code-first]`: a JSON line for every picture of a folder, by the code
 * that the `ocr` Worker runs. `--code-first` leaves the print of a picture whose code is enough.
 */

const PICTURE = /\.(jpe?g|png|webp|heic|heif|avif|gif|svg|pdf|bmp|tiff?)$/i

const [directory, ...flags] = process.argv.slice(2)
if (directory === undefined) {
  console.error('usage: npm run -s photo -- DIR [--code-first]')
  process.exit(2)
}
const print = flags.includes('--code-first') ? 'when_needed' : 'always'
const read = photoReader(await nodePlatform())
/** Tomorrow in UTC: today in the easternmost market. */
const latest = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
for (const file of readdirSync(directory)
  .filter((name) => PICTURE.test(name))
  .sort()) {
  const bytes = new Uint8Array(readFileSync(path.join(directory, file)))
  const reading = await read(bytes, { latest, print })
  console.log(JSON.stringify(readingLine(file, reading)))
}
