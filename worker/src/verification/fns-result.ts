import type { RuScan } from '#schema/receipt'
import type { AuthorityAnswer } from './authority.ts'
import { readTicket } from './ffd.ts'

type Result = { code: string; text: string; ticket: string | null }

/**
 * What a result code of the tax service means. 200, 400, 404, 406, 503 are documented; the others
 * have been seen by those who use the service.
 *
 * 406 and 454 say that the crypto modules refused the sign: final. 404, 455 (not in the search of
 * receipts) and 528 (the modules do not have this drive's key yet) say that the receipt is not
 * there *yet*. 400, 452, 453 and 531 complain about the request: the same question will be
 * answered alike, so it is not asked every hour; but the fault may be in our envelope or their
 * release, and calling an honest receipt forged cannot be taken back, so it stays open, is asked on
 * the slow schedule and ends with it.
 */
export function answerOf(result: Result, scan: RuScan): AuthorityAnswer {
  const detail = `${result.code} ${result.text}`.trim().slice(0, 300)
  switch (result.code) {
    case '200':
      if (result.ticket !== null) return readTicket(result.ticket, scan)
      return { kind: 'unavailable', detail: '200 without a ticket', sparingly: true }
    case '406':
    case '454':
      return { kind: 'forged', detail }
    case '404':
    case '455':
    case '528':
      return { kind: 'not_delivered' }
    case '503':
      return { kind: 'unavailable', detail }
    default:
      return { kind: 'unavailable', detail, sparingly: true }
  }
}
