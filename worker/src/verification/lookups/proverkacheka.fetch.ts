import { z } from 'zod'
import { printRuQr } from '#fiscal/ru'
import type { RuScan } from '#schema/receipt'
import type { Authority, AuthorityAnswer } from '../authority.ts'
import { readTicketJson } from '../ffd.ts'
import { callService, type Service, shownDetail } from '../json-call.ts'
import { untilMoscowMidnight } from '../recheck.ts'

/** proverkacheka.com, a reseller of the tax service's receipts with a daily allowance per token. */
const PATH = '/api/v1/check/get'

const Answer = z.object({
  code: z.int(),
  /** An object with the document, or words when there is none. */
  data: z.unknown().optional(),
})
const Found = z.object({ json: z.unknown().optional() })

type Deps = Service & { readonly secret: string; readonly now: () => number }

export function createProverkacheka(deps: Deps): Authority {
  return {
    async ask(scan) {
      const called = await callService(deps, PATH, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ token: deps.secret, qrraw: printRuQr(scan) }).toString(),
      })
      if (called.kind === 'failed') return called.answer
      const parsed = Answer.safeParse(called.kind === 'json' ? called.json : null)
      if (!parsed.success) return { kind: 'unavailable', detail: 'an unknown answer' }
      return answerOf(parsed.data, scan, deps)
    },
  }
}

/**
 * 0 incorrect, 1 found, 2 no data yet, 3 the allowance is used up, 4 asked again too soon, 5 not
 * obtained. A reseller's "incorrect" is no last word: calling an honest receipt forged cannot be
 * taken back, so that is left to the tax service, and the receipt is asked about seldom until then.
 */
function answerOf(answer: z.output<typeof Answer>, scan: RuScan, deps: Deps): AuthorityAnswer {
  const words = typeof answer.data === 'string' ? answer.data : ''
  const detail = shownDetail(`${answer.code} ${words}`.trim(), deps)
  switch (answer.code) {
    case 1: {
      const found = Found.safeParse(answer.data)
      return readTicketJson(found.success ? found.data.json : null, scan)
    }
    case 2:
      return { kind: 'not_delivered' }
    case 3:
      return { kind: 'quota', detail, retryAfterMs: untilMoscowMidnight(deps.now()) }
    case 0:
    case 4:
      return { kind: 'unavailable', detail, sparingly: true }
    default:
      return { kind: 'unavailable', detail }
  }
}
