import type { Random } from './random.ts'
import type { Timeline } from './timeline.ts'

/** Shares of calls (or commits, for `crashed`) that go wrong. */
export type Faults = {
  /** Never arrives; the caller times out. */
  readonly lost: number
  /** Is performed; the answer never arrives. */
  readonly answerLost: number
  /** The caller times out first; performed minutes later. */
  readonly late: number
  /** Performed twice, the second time at any later moment. */
  readonly repeated: number
  /** The party dies just before or just after a commit. */
  readonly crashed: number
  /** The world's own moods: the tax service and the payout provider. */
  readonly outside: number
}

const FAULTS: Faults = {
  lost: 0.05,
  answerLost: 0.06,
  late: 0.03,
  repeated: 0.08,
  crashed: 0.015,
  outside: 0.25,
}

/** The same faults, as many times as often. */
export function worse(times: number): Faults {
  return {
    lost: FAULTS.lost * times,
    answerLost: FAULTS.answerLost * times,
    late: FAULTS.late * times,
    repeated: FAULTS.repeated * times,
    crashed: FAULTS.crashed * times,
    outside: FAULTS.outside,
  }
}

export const NO_FAULTS: Faults = {
  lost: 0,
  answerLost: 0,
  late: 0,
  repeated: 0,
  crashed: 0,
  outside: 0,
}

/** Nobody answered: the message was lost, or the other side is down. Never a bug. */
export class Outage extends Error {
  constructor(what: string) {
    super(`no answer: ${what}`)
    this.name = 'Outage'
  }
}

/** The party that was working died; what it held in memory is gone. */
export class Crash extends Outage {}

/** So many answers come with nothing happening in between. */
const AT_ONCE = 0.6

const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS

/** Carries calls between parties, and loses, delays, repeats and reorders them. */
export class Wire {
  faults: Faults
  readonly #random: Random
  readonly #timeline: Timeline
  readonly #bug: (cause: unknown, where: string) => void

  constructor(
    random: Random,
    timeline: Timeline,
    faults: Faults,
    bug: (cause: unknown, where: string) => void,
  ) {
    this.#random = random
    this.#timeline = timeline
    this.faults = faults
    this.#bug = bug
  }

  /**
   * Has `run` performed by the other side, some time; rejects with an Outage when no answer comes.
   */
  call<Answer>(label: string, run: () => Answer): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const timeOut = () =>
        this.#timeline.after(this.#patience(), `${label}: no answer`, () =>
          reject(new Outage(label)),
        )
      const perform = (answer: ((value: Answer) => void) | null) => {
        try {
          const value = run()
          if (!answer) return
          if (this.#random.chance(AT_ONCE)) answer(value)
          else this.#timeline.after(this.#latency(), `${label}: answer`, () => answer(value))
        } catch (cause) {
          if (!(cause instanceof Outage)) this.#bug(cause, label)
          if (answer) timeOut()
        }
      }
      const at = (delayMs: number, answer: ((value: Answer) => void) | null) =>
        this.#timeline.after(delayMs, label, () => perform(answer))
      switch (this.#fate()) {
        case 'lost':
          return timeOut()
        case 'answer lost':
          timeOut()
          return at(this.#latency(), null)
        case 'late':
          timeOut()
          return at(this.#random.int(MINUTE_MS, 10 * MINUTE_MS), null)
        case 'repeated':
          at(this.#latency() + this.#random.int(0, 3 * MINUTE_MS), null)
          return at(this.#latency(), resolve)
        default:
          return at(this.#latency(), resolve)
      }
    })
  }

  #fate(): 'lost' | 'answer lost' | 'late' | 'repeated' | 'arrives' {
    const { lost, answerLost, late, repeated } = this.faults
    const dice = this.#random.int(0, 999_999) / 1_000_000
    if (dice < lost) return 'lost'
    if (dice < lost + answerLost) return 'answer lost'
    if (dice < lost + answerLost + late) return 'late'
    if (dice < lost + answerLost + late + repeated) return 'repeated'
    return 'arrives'
  }

  #latency(): number {
    const dice = this.#random.int(0, 99)
    if (this.faults.lost === 0 || dice < 80) return this.#random.int(1, 40)
    if (dice < 98) return this.#random.int(40, 4_000)
    return this.#random.int(4 * SECOND_MS, 90 * SECOND_MS)
  }

  #patience(): number {
    return this.#random.int(SECOND_MS, 30 * SECOND_MS)
  }
}
