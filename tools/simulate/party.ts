import type { SqlStore, SqlValue } from '#worker/cells/sql-store'
import { Database, type DatabaseKind } from './database.sqlite.ts'
import type { Random } from './random.ts'
import type { Timeline } from './timeline.ts'
import { Crash, Outage, type Wire } from './wire.ts'

/** What every party lives in. */
export type Surroundings = {
  readonly random: Random
  readonly timeline: Timeline
  readonly wire: Wire
  /** Told of an error that is no fault of the network: the simulation has failed. */
  readonly bug: (cause: unknown, where: string) => void
}

/** A clock may be wrong by this much, either way; a restart may land on another machine. */
const SKEW_MS_MAX = 2_000

/**
 * An object of the network: a durable database and a memory that is thrown away at every crash.
 * `touched` tells the checks that something was committed since they looked last.
 */
export abstract class Party {
  readonly name: string
  readonly database: Database
  touched = true
  protected readonly around: Surroundings
  #life: Life
  #skewMs = 0
  #downUntil = 0

  constructor(name: string, kind: DatabaseKind, around: Surroundings) {
    this.name = name
    this.around = around
    this.database = Database.open(kind)
    this.#life = new Life(this)
  }

  /** Builds the memory anew on the same database. */
  protected abstract boot(sql: SqlStore, life: Life): void

  /** The party's own clock. */
  now(): number {
    return this.around.timeline.now + this.#skewMs
  }

  /** A moment of the party's clock on the true one. */
  trueTime(at: number): number {
    return at - this.#skewMs
  }

  isDown(): boolean {
    return this.around.timeline.now < this.#downUntil
  }

  start(): void {
    const { random } = this.around
    this.#life.alive = false
    this.#life = new Life(this)
    this.#skewMs = random.int(-SKEW_MS_MAX, SKEW_MS_MAX)
    this.boot(this.#life, this.#life)
  }

  /** Dies: whatever it was doing finds its store gone; a new life begins a moment later. */
  crash(): void {
    const { random, timeline } = this.around
    this.#downUntil = timeline.now + random.int(0, 3_000)
    this.start()
  }

  /** Whether the commit at hand kills the party, and on which side of it. */
  commitFate(): 'lives' | 'dies before' | 'dies after' {
    const { random, wire } = this.around
    if (!random.chance(wire.faults.crashed)) return 'lives'
    return random.chance(0.5) ? 'dies before' : 'dies after'
  }

  /** Does a call's work; throws an Outage when the party is down or dies over it. */
  protected answer<Answer>(work: () => Answer): Answer {
    if (this.isDown()) throw new Outage(`${this.name} is down`)
    return work()
  }

  close(): void {
    this.#life.alive = false
    this.database.close()
  }
}

/** One life of a party: its store, which stops working when that life ends. */
export class Life implements SqlStore {
  alive = true
  readonly #party: Party

  constructor(party: Party) {
    this.#party = party
  }

  all<Row extends Record<string, unknown>>(query: string, ...values: SqlValue[]): Row[] {
    if (!this.alive) return []
    return this.#party.database.all<Row>(query, ...values)
  }

  transaction<Result>(work: () => Result): Result {
    const party = this.#party
    if (!this.alive) throw new Crash(party.name)
    const fate = party.commitFate()
    let result: Result
    try {
      result = party.database.transaction(() => {
        const done = work()
        if (fate === 'dies before') throw new Crash(party.name)
        return done
      })
    } catch (cause) {
      if (cause instanceof Crash) party.crash()
      throw cause
    }
    party.touched = true
    if (fate === 'dies after') {
      party.crash()
      throw new Crash(party.name)
    }
    return result
  }
}
