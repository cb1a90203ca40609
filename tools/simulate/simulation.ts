import { Checks } from './checks.ts'
import type { Complain } from './complaint.ts'
import type { Surroundings } from './party.ts'
import { Random } from './random.ts'
import { checkRest } from './rest.ts'
import { Timeline } from './timeline.ts'
import { NO_FAULTS, Wire, worse } from './wire.ts'
import { Workload } from './workload.ts'
import { World } from './world.ts'

export type SimulationOptions = {
  readonly seed: number
  /** Events under faults; then faults stop and everything must come to rest. */
  readonly steps: number
  /** Null: the seed says how many, from 1 to 8. */
  readonly cells: number | null
}

export type Outcome = {
  readonly seed: number
  readonly steps: number
  /** The first broken promise, or null. */
  readonly failure: string | null
  /** What happened before it. */
  readonly log: readonly string[]
}

/** A further look at the network, in the middle of things and at rest; says what is wrong. */
export type Inspect = (world: World, isAtRest: boolean) => string | null

/** A Wednesday in Moscow; the seed chooses the minute, so that midnight falls into some runs. */
const START_AT = Date.parse('2026-11-18T06:00:00Z')
const DAY_MS = 86_400_000
/** After the faults have stopped, rest must come within this many events. */
const REST_STEPS_MAX = 6_000
/** People act during this part of the steps; what they began goes on under faults after it. */
const BUSY_SHARE = 0.7
/** Before the faults begin: offers are funded, and some wallets earn. */
const PREPARING_STEPS = 60
const HISTORY_EVERY_STEPS = 100

/**
 * Runs one seed to its end. What the machines do wrong is the outcome, never an exception.
 */
export async function simulate(
  options: SimulationOptions,
  inspect: Inspect = () => null,
): Promise<Outcome> {
  const simulation = new Simulation(options, inspect)
  try {
    await simulation.run()
  } finally {
    simulation.close()
  }
  const { steps, failure } = simulation
  return { seed: options.seed, steps, failure, log: failure === null ? [] : simulation.log() }
}

class Simulation {
  steps = 0
  failure: string | null = null
  readonly #log: { step: number; at: number; line: string }[] = []
  readonly #options: SimulationOptions
  readonly #around: Surroundings
  readonly #world: World
  readonly #checks: Checks
  readonly #workload: Workload
  readonly #complain: Complain
  readonly #inspect: Inspect

  constructor(options: SimulationOptions, inspect: Inspect) {
    this.#options = options
    this.#inspect = inspect
    const random = new Random(options.seed)
    const timeline = new Timeline(START_AT + random.int(0, DAY_MS))
    const bug = (cause: unknown, where: string) => this.#fail(`bug in ${where}: ${textOf(cause)}`)
    this.#around = { random, timeline, wire: new Wire(random, timeline, NO_FAULTS, bug), bug }
    this.#complain = (invariant, where, what) => this.#fail(`${invariant} at ${where}: ${what}`)
    this.#world = new World(this.#around, options.cells)
    const { cells, budgets, books, market, provider } = this.#world
    this.#checks = new Checks(
      { cells, budgets, books, offers: market.offers, provider, truth: this.#world.truth() },
      this.#complain,
    )
    this.#workload = new Workload(this.#world, this.#checks, this.#complain, (line) =>
      this.#note(line),
    )
  }

  async run(): Promise<void> {
    this.#workload.prepare()
    await this.#steps(PREPARING_STEPS)
    await this.#live()
    await this.#rest()
    this.#workload.closeOffers()
    await this.#rest()
    if (this.failure !== null) return
    checkRest(this.#world, this.#checks, this.#complain)
    this.#workload.checkClosed()
    this.#look(true)
  }

  close(): void {
    this.#world.close()
  }

  log(): string[] {
    return this.#log.map(
      ({ step, at, line }) => `${String(step).padStart(5)} ${new Date(at).toISOString()} ${line}`,
    )
  }

  /** Faults, people, then faults alone. */
  async #live(): Promise<void> {
    const { wire, random } = this.#around
    const { steps } = this.#options
    wire.faults = worse(random.pick([0.3, 1, 1, 2.5]))
    this.#note('faults begin')
    this.#workload.begin()
    await this.#steps(Math.floor(steps * BUSY_SHARE))
    this.#workload.tire()
    await this.#steps(steps - Math.floor(steps * BUSY_SHARE))
    wire.faults = NO_FAULTS
    this.#note('faults stop')
    this.#workload.finish()
  }

  async #steps(count: number): Promise<void> {
    for (let step = 0; step < count && this.failure === null; step += 1) {
      if (!(await this.#step())) return
    }
  }

  async #rest(): Promise<void> {
    for (let step = 0; this.failure === null; step += 1) {
      if (!(await this.#step())) return
      if (step > REST_STEPS_MAX) this.#fail('I8 at network: it never comes to rest')
    }
  }

  /**
   * One event, everything that follows from it at once, and the checks. False when none is left.
   */
  async #step(): Promise<boolean> {
    const event = this.#around.timeline.next()
    if (!event) return false
    this.steps += 1
    this.#note(event.label)
    event.run()
    // Promises that the event has resolved go on before anybody looks.
    await new Promise((resolve) => setImmediate(resolve))
    this.#checks.check()
    if (this.steps % HISTORY_EVERY_STEPS === 0) {
      this.#checks.checkHistory()
      this.#look(false)
    }
    return true
  }

  #look(isAtRest: boolean): void {
    const finding = this.#inspect(this.#world, isAtRest)
    if (finding !== null) this.#fail(finding)
  }

  #note(line: string): void {
    this.#log.push({ step: this.steps, at: this.#around.timeline.now, line })
  }

  #fail(what: string): void {
    this.failure ??= what
    this.#note(`FAILED ${what}`)
  }
}

function textOf(cause: unknown): string {
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
}
