import { Agent, request } from 'node:http'

/** Load on one origin: closed loops of so many clients, or an open loop of so many a second. */

export type Shot = { readonly token: string; readonly body: string }

export type LoadResult = {
  readonly sent: number
  readonly accepted: number
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
  readonly refused: Record<string, number>
}

const agent = new Agent({ keepAlive: true, maxSockets: 256 })

/** Posts one submission; answers its status. A connection that breaks counts as status 0. */
function post(origin: string, shot: Shot): Promise<number> {
  return new Promise((resolve) => {
    const sent = request(
      new URL('/v1/receipts', origin),
      {
        agent,
        method: 'POST',
        headers: {
          authorization: `Bearer ${shot.token}`,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(shot.body),
        },
      },
      (answer) => {
        answer.resume()
        answer.once('end', () => resolve(answer.statusCode ?? 0))
        answer.once('error', () => resolve(0))
      },
    )
    sent.once('error', () => resolve(0))
    sent.end(shot.body)
  })
}

class Tally {
  readonly #times: number[] = []
  readonly #refused: Record<string, number> = {}
  #accepted = 0

  note(status: number, ms: number): void {
    this.#times.push(ms)
    if (status === 202) this.#accepted += 1
    else this.#refused[String(status)] = (this.#refused[String(status)] ?? 0) + 1
  }

  result(seconds: number): LoadResult {
    const sorted = this.#times.sort((a, b) => a - b)
    const at = (share: number) =>
      Math.round((sorted[Math.floor(sorted.length * share)] ?? 0) * 10) / 10
    return {
      sent: sorted.length,
      accepted: this.#accepted,
      perSecond: Math.round(this.#accepted / seconds),
      p50: at(0.5),
      p99: at(0.99),
      refused: this.#refused,
    }
  }
}

/** `clients` at once, each sending its next when the former was answered, for so many seconds. */
export async function closedLoop(
  origin: string,
  next: () => Shot,
  clients: number,
  seconds: number,
): Promise<LoadResult> {
  const tally = new Tally()
  const started = performance.now()
  const end = started + seconds * 1_000
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (performance.now() < end) {
        const at = performance.now()
        tally.note(await post(origin, next()), performance.now() - at)
      }
    }),
  )
  return tally.result((performance.now() - started) / 1_000)
}

/**
 * `rate` a second, however slow the answers: what people do. Times count from when each was due.
 */
export async function openLoop(
  origin: string,
  next: () => Shot,
  rate: number,
  seconds: number,
): Promise<LoadResult> {
  const tally = new Tally()
  const started = performance.now()
  const shots: Promise<void>[] = []
  for (let index = 0; index < rate * seconds; index += 1) {
    const due = started + (index * 1_000) / rate
    const wait = due - performance.now()
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
    shots.push(post(origin, next()).then((status) => tally.note(status, performance.now() - due)))
  }
  await Promise.all(shots)
  return tally.result((performance.now() - started) / 1_000)
}
