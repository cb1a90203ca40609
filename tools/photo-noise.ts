import { type Noise, tryProofs } from './receipts/misread.ts'

/**
 * `npm run -s photo:noise -- [COUNT] [SEED]`: tries to have wrong printed numbers proved. Receipts
 * that no shop printed, five readings by one model and two by another, figures misread, alike
 * where the paper is worn; prints how many were proved and how many of those wrongly. Ends with 1
 * if any was proved against a reading that had it right.
 */

const [count = '200', seed = '1'] = process.argv.slice(2)

const LEVELS: readonly Noise[] = [
  { worn: 0, slips: 0.001 },
  { worn: 0.003, slips: 0.001 },
  { worn: 0.01, slips: 0.003 },
  { worn: 0.03, slips: 0.01 },
]

let wrongProofs = 0
for (const { worn, slips } of LEVELS) {
  const noise = { worn, slips }
  const { readings, proved, wrong, alike } = tryProofs(Number(count), noise, Number(seed))
  wrongProofs += wrong.length
  const share = `${(100 * worn).toFixed(1)} % worn, ${(100 * slips).toFixed(1)} % slips`
  const wrongly = `${wrong.length} wrongly against a reading, ${alike.length} as all misread it`
  console.log(`${share}: ${proved} of ${readings} proved, ${wrongly}`)
}
if (wrongProofs > 0) process.exitCode = 1
