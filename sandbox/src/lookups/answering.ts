import type { Context } from 'hono'
import { minor } from '#schema/money'
import { type SandboxEnv, stateOf } from '../env.ts'
import type { IssuedReceipt } from '../receipts/receipt.ts'
import type { PaperKey } from './numbers.ts'
import { faultOf, type LookupFault, type LookupKey, slowMsOf } from './switches.ts'

/** What every twin of a look-up has in common: the paper, the switches, trouble on the line. */

const SILENCE_MS = 60_000
const HUGE_ANSWER_CHARS = 1_500_000

type Question<Answer> = {
  readonly switchKey: LookupKey
  /** Whose receipt is asked for; null when the question names none. */
  readonly key: PaperKey | null
  /** Whether everything else that the question says is on the paper. */
  readonly fits: (paper: IssuedReceipt) => boolean
  readonly found: (paper: IssuedReceipt) => Answer
  readonly absent: () => Response
  /** How the service says that its limit is used up; HTTP 429 where it has no words of its own. */
  readonly limited?: () => Response
}

type TwinContext = Context<{ Bindings: SandboxEnv }>

/** Answers a question as its service does, or as the switchboard says. */
export async function answerAs<Answer>(
  c: TwinContext,
  { switchKey, key, fits, found, absent, limited }: Question<Answer>,
): Promise<Response> {
  const state = stateOf(c.env)
  const slowMs = slowMsOf(await state.takeSwitch(`${switchKey}.slow_ms`))
  if (slowMs > 0) await pause(slowMs)
  const fault = faultOf(await state.takeSwitch(`${switchKey}.fault`))
  if (fault === 'not_found') return absent()
  if (fault === 'http_429' && limited) return limited()
  if (fault !== null && fault !== 'wrong_total') return lineTrouble(fault)
  const paper = key && (await state.receipt(key.fn, key.i))
  const isThere = paper !== null && paper.scan.fp === key?.fp && paper.deliveredAt <= Date.now()
  if (!isThere || !fits(paper)) return absent()
  return Response.json(found(fault === 'wrong_total' ? dearer(paper) : paper))
}

function dearer(paper: IssuedReceipt): IssuedReceipt {
  const totalMinor = minor(paper.scan.totalMinor + 100)
  return { ...paper, scan: { ...paper.scan, totalMinor } }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

type Trouble = Exclude<LookupFault, 'not_found' | 'wrong_total'>

async function lineTrouble(fault: Trouble): Promise<Response> {
  const json = { 'content-type': 'application/json' }
  switch (fault) {
    case 'http_500':
      return new Response('{}', { status: 500, headers: json })
    case 'http_429':
      return new Response('{}', { status: 429, headers: { ...json, 'retry-after': '60' } })
    case 'html':
      return new Response('<html>', { headers: { 'content-type': 'text/html' } })
    case 'garbage':
      return new Response('{"code":', { headers: json })
    case 'huge':
      return new Response(`"${' '.repeat(HUGE_ANSWER_CHARS)}"`, { headers: json })
    case 'redirect':
      return new Response(null, { status: 302, headers: { location: '/receipts' } })
    case 'silence':
      await pause(SILENCE_MS)
      return new Response(null, { status: 504 })
  }
}
