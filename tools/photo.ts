import { fromCaller, picturesIn, refuse } from './photo/folder.ts'
import { GuardedReader } from './photo/guarded-reader.ts'

/**
 * `npm run -s photo -- DIR [--code-first]`: a JSON line for every picture of a folder and of the
 * folders in it, by the code that the `ocr` Worker runs. A picture that cannot be read has its
 * line too, with the reason. `--code-first` leaves the print of a picture whose code is enough, as
 * the Worker does; without it the print is read as well.
 */

const given = process.argv.slice(2)
const [argument] = given.filter((one) => !one.startsWith('--'))
if (argument === undefined) refuse('usage: npm run -s photo -- DIR [--code-first]')
const folder = fromCaller(argument)
const print = given.includes('--code-first') ? 'when_needed' : 'always'
const reader = new GuardedReader()
for (const file of picturesIn(folder)) {
  console.log(JSON.stringify(await reader.read({ folder, file, shots: [], print })))
}
reader.close()
