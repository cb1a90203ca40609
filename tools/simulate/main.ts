import { parseArgs } from 'node:util'
import { type Outcome, simulate } from './simulation.ts'
import { isStoryName, STORIES } from './stories.ts'

/**
 * node tools/simulate/main.ts --seeds 1000 [--from 1] [--first 7,237] [--steps 300] [--cells 4]
 * [--story bank|codes] [--bail]
 * Without --cells every seed chooses its own number; --first names seeds that are told before the
 * others; --story tells those of one part instead. The last line is JSON.
 */
const LOG_LINES_MAX = 60

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '1' },
    first: { type: 'string', default: '' },
    steps: { type: 'string', default: '300' },
    cells: { type: 'string' },
    story: { type: 'string', default: '' },
    bail: { type: 'boolean', default: false },
  },
})

const first = values.first.split(',').filter(Boolean).map(Number)
const range = Array.from({ length: Number(values.seeds) }, (_, at) => Number(values.from) + at)
const seeds = [...first, ...range.filter((seed) => !first.includes(seed))]
const cells = values.cells === undefined ? null : Number(values.cells)
const failures: Outcome[] = []
let steps = 0

for (const seed of seeds) {
  const outcome = isStoryName(values.story)
    ? { seed, steps: 1, failure: await STORIES[values.story](seed), log: [] }
    : await simulate({ seed, steps: Number(values.steps), cells })
  steps += outcome.steps
  if (outcome.failure === null) continue
  failures.push(outcome)
  for (const line of outcome.log.slice(-LOG_LINES_MAX)) console.log(line)
  console.log(`seed ${seed} failed: ${outcome.failure}`)
  if (values.bail) break
}

console.log(
  JSON.stringify({ seeds: seeds.length, steps, failures: failures.map(({ seed }) => seed) }),
)
process.exitCode = failures.length > 0 ? 1 : 0
