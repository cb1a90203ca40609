import { STEPS, type Step } from './suite/steps.ts'
import { sumOf, type Tally } from './suite/tally.ts'

/**
 * `npm test` runs every suite and ends with one line, `N passed, N failed`. With arguments only the
 * named steps run: `npm test -- unit workerd`.
 */

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !STEPS.some((step) => step.name === name))
if (unknown.length > 0) {
  console.error(`There is no step ${unknown.join(', ')}.`)
  console.error(`Steps: ${STEPS.map(({ name }) => name).join(', ')}.`)
  process.exit(2)
}
const steps = asked.length === 0 ? STEPS : STEPS.filter(({ name }) => asked.includes(name))

const tallies: Tally[] = []
for (const [index, step] of steps.entries()) {
  if (isBeside(step)) continue
  const others = steps.filter(({ beside }) => beside === step.name)
  const beside = inTurn(others)
  tallies[index] = await report(step, index)
  for (const [name, tally] of await beside) {
    tallies[steps.findIndex((other) => other.name === name)] = tally
  }
}
const red = steps.filter((_, index) => (tallies[index]?.failed ?? 0) > 0)
if (red.length > 0) console.log(`\nFailed: ${red.map(({ name }) => name).join(', ')}`)
const { passed, failed } = sumOf(tallies)
console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

/** Asked for alone, a step runs by itself. */
function isBeside({ beside }: Step): boolean {
  return steps.some(({ name }) => name === beside)
}

async function inTurn(others: readonly Step[]): Promise<[string, Tally][]> {
  const ended: [string, Tally][] = []
  for (const other of others) ended.push([other.name, await report(other, steps.indexOf(other))])
  return ended
}

async function report(step: Step, index: number): Promise<Tally> {
  console.log(`\n== ${index + 1}/${steps.length} ${step.title} (${step.name})`)
  const started = Date.now()
  const tally = await step.run().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    return { passed: 0, failed: 1 }
  })
  const seconds = ((Date.now() - started) / 1000).toFixed(1)
  console.log(`-- ${step.name}: ${tally.passed} passed, ${tally.failed} failed in ${seconds} s`)
  return tally
}
