import { minorDigits, minorOfEuros } from '#schema/currency'
import { FORGERY_RULES, type ForgeryReason, type ForgerySignal } from '#schema/forgery'
import { MARKETS, type MarketCode } from '#schema/market'
import { isPaperScan, isRuScan, type VouchedScan } from '#schema/receipt'

/** What a receipt is compared by. Times are wall-clock minutes of its shop. */
export type SeenPaper = {
  readonly market: MarketCode
  /** Fiscal drive or till; empty when the code names none. */
  readonly till: string
  /** The till's own count of documents, where the code has it. */
  readonly number: number | null
  readonly time: string
  readonly totalMinor: number
}

type Neighbour = { readonly number: number; readonly time: string }

/** What is known of others by the time a receipt is looked at. */
export type Surroundings = {
  /** The nearest documents of the same till, by number. */
  readonly before: Neighbour | null
  readonly after: Neighbour | null
  /** Other tills with the same total in the same minute. */
  readonly twinTills: number
}

const MINUTE_MS = 60_000

export function paperOf(market: MarketCode, scan: VouchedScan): SeenPaper {
  const { time, totalMinor } = scan
  if (isRuScan(scan)) return { market, till: scan.fn, number: scan.i, time, totalMinor }
  const till = isPaperScan(scan) ? '' : (scan.till ?? '')
  return { market, till, number: null, time, totalMinor }
}

/** The signals of one receipt among those seen before it; pure. */
export function signalsOf(paper: SeenPaper, around: Surroundings): ForgeryReason[] {
  const reasons: ForgeryReason[] = []
  const say = (signal: ForgerySignal, seen: string) =>
    reasons.push({ signal, points: FORGERY_RULES[signal].points, seen })
  const impossible = impossibleIn(paper)
  if (impossible !== null) say('impossible_range', impossible)
  const against = againstTime(paper, around)
  if (against !== null) say('number_against_time', `${against.number} · ${against.time}`)
  if (around.twinTills >= FORGERY_RULES.same_total_and_minute.tills) {
    say('same_total_and_minute', String(around.twinTills))
  }
  return reasons
}

function impossibleIn({ market, number, totalMinor }: SeenPaper): string | null {
  const { ruDocumentMax, totalEurosMax } = FORGERY_RULES.impossible_range
  if (market === 'ru' && number !== null && number > ruDocumentMax) return `№ ${number}`
  const { currency } = MARKETS[market]
  if (totalMinor <= minorOfEuros(currency, totalEurosMax)) return null
  return String(totalMinor / 10 ** minorDigits(currency))
}

/** A till counts its documents as time goes by: the neighbour that contradicts, or null. */
function againstTime({ time }: SeenPaper, { before, after }: Surroundings): Neighbour | null {
  const slackMs = FORGERY_RULES.number_against_time.minutes * MINUTE_MS
  const at = Date.parse(`${time}:00Z`)
  const of = (neighbour: Neighbour) => Date.parse(`${neighbour.time}:00Z`)
  if (before !== null && of(before) - at > slackMs) return before
  if (after !== null && at - of(after) > slackMs) return after
  return null
}

/** Whether a till that stood in one place lately now prints another; places are addresses. */
export function movedSuddenly(
  known: { readonly place: string; readonly seenAt: string },
  now: { readonly place: string; readonly at: string },
): boolean {
  const apartMs = Math.abs(Date.parse(now.at) - Date.parse(known.seenAt))
  const isLately = apartMs < FORGERY_RULES.till_in_two_places.days * 24 * 60 * MINUTE_MS
  return isLately && placeKey(known.place) !== placeKey(now.place)
}

/** Letters and digits of an address: blanks, dots and case differ from receipt to receipt. */
export function placeKey(address: string): string {
  return address.toLocaleLowerCase('ru').replace(/[^\p{L}\p{N}]+/gu, '')
}
