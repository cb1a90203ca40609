import path from 'node:path'
import { ensurePages } from '../local/pages.ts'
import { ROOT } from '../local/place.ts'
import { commandOf } from '../local/program.ts'
import { run, runVitest } from './run.ts'
import { failedJourneys, ofExit, ofLastLine, type Tally } from './tally.ts'

export type Step = {
  readonly name: string
  readonly title: string
  /**
   * Runs while the named step does, one after the other: tests in workerd often wait for clocks of
   * their own, and leave a core to what needs no more than one.
   */
  readonly beside?: string
  run(): Promise<Tally>
}

const FOLDERS = ['schema', 'fiscal', 'worker', 'ocr', 'sandbox', 'web', 'web/src/worker', 'tools']
/** Four times what the rarest seeded bug of the protocol needs. */
const SIMULATED_SEEDS = '1000'

const tool = (name: string) => path.join(ROOT, 'tools', name)

async function exitOf(script: string, ...parameters: string[]): Promise<Tally> {
  return ofExit((await run(script, parameters)).code)
}

/**
 * Journeys that failed are played once more, on a network of their own: a browser on a busy machine
 * may miss a moment, and what is broken fails twice. Both outcomes are printed.
 */
async function playJourneys(): Promise<Tally> {
  const script = tool('browser/run.ts')
  const first = await run(script, [])
  const tally = ofLastLine(first.output, first.code)
  const failed = failedJourneys(first.output)
  if (tally.failed === 0 || failed.length === 0) return tally
  console.log(`Played once more: ${failed.join(', ')}`)
  const second = await run(script, failed)
  return { passed: tally.passed, failed: ofLastLine(second.output, second.code).failed }
}

async function checkTypes(): Promise<Tally> {
  const codes: (number | null)[] = []
  for (const folder of FOLDERS) {
    codes.push((await run(commandOf('typescript', 'tsc'), ['-p', folder])).code)
  }
  return ofExit(codes.every((code) => code === 0) ? 0 : 1)
}

async function buildPages(): Promise<Tally> {
  await ensurePages((words) => console.log(words))
  return ofExit(0)
}

const vitest = (name: string, title: string): Step => ({ name, title, run: () => runVitest(name) })

/**
 * In the order in which they find mistakes soonest; the pages come first because others need them.
 */
export const STEPS: readonly Step[] = [
  { name: 'pages', title: 'The pages build', run: buildPages },
  {
    name: 'lint',
    title: 'Format and lint',
    run: () => exitOf(commandOf('@biomejs/biome', 'biome'), 'ci', '--colors=off'),
  },
  { name: 'types', title: 'Types of every folder', run: checkTypes },
  { name: 'dead', title: 'Nothing is unused', run: () => exitOf(commandOf('knip')) },
  vitest('unit', 'Tidiness, pure code, properties'),
  vitest('sandbox', 'The sandbox in workerd'),
  vitest('workerd', 'The network in workerd'),
  {
    name: 'simulation',
    title: 'The protocol, simulated from seeds',
    beside: 'workerd',
    run: async () => {
      const parameters = ['--seeds', SIMULATED_SEEDS]
      return ofExit((await run(tool('simulate/main.ts'), parameters, 'after')).code)
    },
  },
  {
    name: 'mutants',
    title: 'The simulation catches seeded bugs',
    beside: 'workerd',
    run: async () => {
      const { code, output } = await run(tool('simulate/mutants.ts'), [], 'after')
      return ofLastLine(output, code)
    },
  },
  {
    name: 'kills',
    title: 'kill -9 under load, then the audit',
    beside: 'workerd',
    run: async () => ofExit((await run(tool('bench/kill.ts'), ['--times', '3'], 'after')).code),
  },
  {
    name: 'other-cells',
    title: 'The journey over four cells, and countries just opened',
    beside: 'workerd',
    run: () => runVitest('other-cells', { workers: 1, printed: 'after' }),
  },
  {
    name: 'size',
    title: 'First load of the home page',
    run: () => exitOf(tool('bundle-size.ts')),
  },
  {
    name: 'browser',
    title: 'Journeys in real Chromium',
    run: playJourneys,
  },
]
