import { nodePlatform } from '../ocr/src/engine/node.ts'
import { photoReader } from '../ocr/src/read.ts'
import { bytesOf, fromCaller, latestDay, picturesIn, refuse } from './photo/folder.ts'
import { readingLine } from './photo/reading-line.ts'

/**
 * `npm run -s photo -- DIR [--code-first]`: a JSON line for every picture of a folder, by the code
 * that the `ocr` Worker runs. `--code-first` leaves the print of a picture whose code is enough, as
 * the Worker does; without it the print is read as well.
 */

const [argument, ...flags] = process.argv.slice(2)
if (argument === undefined) refuse('usage: npm run -s photo -- DIR [--code-first]')
const folder = fromCaller(argument)
const files = picturesIn(folder)
const print = flags.includes('--code-first') ? 'when_needed' : 'always'
const read = photoReader(await nodePlatform())
for (const file of files) {
  const reading = await read([bytesOf(folder, file)], { latest: latestDay(), print })
  console.log(JSON.stringify(readingLine(file, reading)))
}
