import path from 'node:path'
import { parseArgs } from 'node:util'
import { LOCAL, ROOT } from '../local/place.ts'
import { closedLoop, type LoadResult, openLoop, type Shot } from './load.ts'
import { issueShots, openOffer, settled, signUp } from './market.ts'
import { workerdMegabytes } from './memory.ts'
import { startBenchNetwork } from './network.ts'
import { rawCredits } from './raw.ts'

/**
 * `npm run -s bench [-- --seconds 10 --soak 300]`: credits through HTTP beside raw SQLite writing
 * the same rows, in one run on one machine, so that the ratio means something. The last line is
 * JSON.
 */
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    soak: { type: 'string', default: '0' },
  },
})
const seconds = Number(values.seconds)
const soakSeconds = Number(values.soak)

const say = (text: string) => console.log(text)

/** Credits in one commit, as the cell gathers them under load. */
const GROUP = 20
/** Nothing settled for so long means that something stands still. */
const STALL_MS_MAX = 60_000

const folder = path.join(LOCAL, 'bench')

const rawFolder = path.join(LOCAL, 'bench-raw')
const rawSeconds = Math.min(5, seconds)
const raw = rawCredits(ROOT, rawFolder, rawSeconds, 1)
say(`raw SQLite, one credit per commit: ${raw}/s`)
const grouped = rawCredits(ROOT, rawFolder, rawSeconds, GROUP)
say(
  `the same, ${GROUP} credits per commit: ${grouped}/s, ${(grouped / raw).toFixed(2)} times as many`,
)

const network = await startBenchNetwork(folder)
try {
  const offer = await openOffer(network, 'Млечный бор')
  const shoppers = await signUp(network, 128)
  say(`${shoppers.length} shoppers signed up`)
  const shots = await issueShots(network, shoppers, 30_000)
  say(`${shots.length} receipts issued`)
  const next = cursorOf(shots)
  const phases: Record<string, Phase> = {}
  phases.warm = await phase('warm-up, 8 clients', () => closedLoop(network.origin, next, 8, 3))
  phases.closed8 = await phase('closed loop, 8 clients', () =>
    closedLoop(network.origin, next, 8, seconds),
  )
  phases.closed32 = await phase('closed loop, 32 clients', () =>
    closedLoop(network.origin, next, 32, seconds),
  )
  phases.open200 = await phase('open loop, 200 a second', () =>
    openLoop(network.origin, next, 200, seconds),
  )
  const memory = soakSeconds > 0 ? await soak(next) : null
  const best = Math.max(phases.closed8.accepted, phases.closed32.accepted)
  say(`accepted through HTTP / raw: ${(best / raw).toFixed(2)}`)
  console.log(JSON.stringify({ raw, grouped, ...phases, ratio: best / raw, memory }))

  async function phase(name: string, run: () => Promise<LoadResult>): Promise<Phase> {
    const before = await settled(offer)
    const started = performance.now()
    const load = await run()
    const due = before + load.accepted
    const settledBy = await allSettled(due)
    const settledSeconds = (settledBy - started) / 1_000
    const result: Phase = {
      accepted: load.perSecond,
      settled: Math.round(load.accepted / settledSeconds),
      p50: load.p50,
      p99: load.p99,
      sent: load.sent,
      refused: load.refused,
    }
    say(`${name}: ${JSON.stringify(result)}`)
    return result
  }

  /** Waits until so many receipts have been credited and reported; answers when. */
  async function allSettled(due: number): Promise<number> {
    let deadline = performance.now() + STALL_MS_MAX
    let count = 0
    for (;;) {
      const now = await settled(offer)
      if (now >= due) return performance.now()
      if (now > count) deadline = performance.now() + STALL_MS_MAX
      if (performance.now() > deadline) throw new Error(`${now} of ${due} were settled, then none`)
      count = now
      await new Promise((resolve) => setTimeout(resolve, 500))
    }
  }

  /**
   * Memory of both Workers under a steady load: the first and the last minute should not differ.
   */
  async function soak(nextShot: () => Shot) {
    const samples: number[] = []
    const timer = setInterval(() => samples.push(workerdMegabytes()), 5_000)
    const load = await openLoop(network.origin, nextShot, 20, soakSeconds)
    clearInterval(timer)
    const result = { first: samples[0] ?? 0, peak: Math.max(...samples), last: samples.at(-1) ?? 0 }
    say(
      `soak ${soakSeconds} s at 20/s: ${JSON.stringify({ ...result, accepted: load.accepted })} MB`,
    )
    return result
  }
} finally {
  await network.stop()
}

type Phase = {
  accepted: number
  settled: number
  p50: number
  p99: number
  sent: number
  refused: Record<string, number>
}

function cursorOf(shots: readonly Shot[]): () => Shot {
  let at = 0
  return () => {
    const shot = shots[at]
    at += 1
    if (!shot) throw new Error('the receipts of the benchmark are used up')
    return shot
  }
}
