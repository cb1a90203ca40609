import { type Noise, tryProofs } from './receipts/misread.ts'

/**
 * `npm run -s photo:noise -- [COUNT] [SEED]`: tries to have wrong printed numbers proved. Receipts
 * that no shop printed, five readings each whose figures are misread, alike where the paper is
 * worn; prints how many were proved and how many of those wrongly. Ends with 1 if any was.
 */

const [count = '200', seed = '1'] = process.argv.slice(2)

const LEVELS: readonly Noise[] = [
  { worn: 0, slips: 0.01 },
  { worn: 0.003, slips: 0.01 },
  { worn: 0.01, slips: 0.01 },
  { worn: 0.03, slips: 0.02 },
]

let wrongProofs = 0
for (const { worn, slips } of LEVELS) {
  const { readings, proved, wrong } = tryProofs(Number(count), { worn, slips }, Number(seed))
  wrongProofs += wrong.length
  const share = `${(100 * worn).toFixed(1)} % worn, ${(100 * slips).toFixed(1)} % slips`
  const seeds = wrong.length > 0 ? ` (seeds ${wrong.join(', ')})` : ''
  console.log(`${share}: ${proved} of ${readings} proved, ${wrong.length} wrongly${seeds}`)
}
if (wrongProofs > 0) process.exitCode = 1
