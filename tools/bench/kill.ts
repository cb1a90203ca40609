import path from 'node:path'
import { parseArgs } from 'node:util'
import type { AuditReport } from '#schema/operator'
import { FINAL_RECEIPT_STATES, type Receipt } from '#schema/receipt'
import { LOCAL } from '../local/place.ts'
import { CallFailed, callerOf, several, sleep } from '../seed/caller.ts'
import { signInStaff } from '../seed/sign-in.ts'
import type { Shot } from './load.ts'
import { issueShots, openOffer, signUp } from './market.ts'
import { workerdPids } from './memory.ts'
import { resumeNetwork, startBenchNetwork } from './network.ts'

/**
 * `npm run -s kill-loop [-- --times 20]`: kills workerd with SIGKILL in the middle of submissions,
 * starts it again on the same state, and so on; then proves that every acknowledged receipt is
 * there and has ended (I7, I8), and that the books are coherent (I1 to I6, I10). The last line is
 * JSON.
 */
const { values } = parseArgs({ options: { times: { type: 'string', default: '20' } } })
const times = Number(values.times)
const folder = path.join(LOCAL, 'kill')
const CLIENTS = 8
/** More than the clients submit between two kills; a shopper can have 500. */
const SHOTS_PER_LIFE = 400
/** Between a start and the next kill. */
const LIFE_MS_MIN = 1_200
const LIFE_MS_SPREAD = 1_600
const SETTLE_MS_MAX = 180_000

type Acknowledged = { readonly id: string; readonly token: string }

let network = await startBenchNetwork(folder)
await openOffer(network, 'Млечный бор')
const shoppers = await signUp(network, Math.max(CLIENTS, times))
const shots = await issueShots(network, shoppers, times * SHOTS_PER_LIFE)
console.log(`${shots.length} receipts issued; killing workerd ${times} times`)

const acknowledged: Acknowledged[] = []
let at = 0
let alive = true

for (let kill = 1; kill <= times; kill += 1) {
  alive = true
  const clients = Array.from({ length: CLIENTS }, submitWhileAlive)
  await sleep(LIFE_MS_MIN + ((kill * 7_919) % LIFE_MS_SPREAD))
  alive = false
  for (const pid of workerdPids()) process.kill(pid, 'SIGKILL')
  await Promise.all(clients)
  await network.stop()
  network = await resumeNetwork(folder)
  console.log(`kill ${kill}: ${acknowledged.length} acknowledged so far`)
}

try {
  const unfinished = await finish()
  const report = await audit()
  for (const finding of report.findings) console.log(JSON.stringify(finding))
  const passed = unfinished.length === 0 && report.coherent
  for (const line of unfinished.slice(0, 10)) console.log(line)
  console.log(
    JSON.stringify({
      kills: times,
      acknowledged: acknowledged.length,
      unfinished: unfinished.length,
      coherent: report.coherent,
      checked: report.checked,
    }),
  )
  process.exitCode = passed ? 0 : 1
} finally {
  await network.stop()
}

/** Submits one receipt after the other; what was answered 202 must never be lost. */
async function submitWhileAlive(): Promise<void> {
  while (alive) {
    const shot: Shot | undefined = shots[at]
    at += 1
    if (!shot) return
    const answer = await fetch(new URL('/v1/receipts', network.origin), {
      method: 'POST',
      headers: { authorization: `Bearer ${shot.token}`, 'content-type': 'application/json' },
      body: shot.body,
      signal: AbortSignal.timeout(10_000),
    }).catch(() => null)
    const receipt = answer?.status === 202 ? await answer.json().catch(() => null) : null
    if (receipt) acknowledged.push({ id: (receipt as Receipt).id, token: shot.token })
  }
}

/** Waits until every acknowledged receipt has ended; answers those that are lost or have not. */
async function finish(): Promise<string[]> {
  const deadline = Date.now() + SETTLE_MS_MAX
  let open: readonly Acknowledged[] = acknowledged
  for (;;) {
    const states = await several(open, 8, stateOf)
    const unfinished = states.filter((state) => state.open)
    open = unfinished.map(({ receipt }) => receipt)
    if (open.length === 0 || Date.now() > deadline) return unfinished.map(({ line }) => line)
    await sleep(2_000)
  }
}

type State = { receipt: Acknowledged; open: boolean; line: string }

async function stateOf(acknowledgement: Acknowledged): Promise<State> {
  const { id, token } = acknowledgement
  const caller = callerOf(network.origin, token)
  try {
    const { state } = await caller.call<Receipt>('GET', `/v1/receipts/${id}`)
    const open = !FINAL_RECEIPT_STATES.includes(state)
    return { receipt: acknowledgement, open, line: `${id} is ${state}` }
  } catch (error) {
    if (!(error instanceof CallFailed)) throw error
    return { receipt: acknowledgement, open: true, line: `${id}: ${error.message}` }
  }
}

async function audit(): Promise<AuditReport> {
  const finance = await signInStaff(network, 'finance@kopilka.example')
  return finance.call<AuditReport>('POST', '/v1/operator/audits')
}
