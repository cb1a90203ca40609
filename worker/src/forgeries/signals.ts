import { readCode } from '#fiscal/registry'
import { documentNumberOf } from '#fiscal/till'
import { minorDigits } from '#schema/currency'
import type { ForgeryReason, ForgeryRule, ForgeryRules, ForgerySignal } from '#schema/forgery'
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
  /** The nearest documents of the same till by number that were vouched for. */
  readonly before: Neighbour | null
  readonly after: Neighbour | null
  /** Other tills with the same total in the same minute. */
  readonly twinTills: number
}

const MINUTE_MS = 60_000

export function paperOf(market: MarketCode, scan: VouchedScan): SeenPaper {
  const { time, totalMinor } = scan
  if (isRuScan(scan)) return { market, till: scan.fn, number: scan.i, time, totalMinor }
  if (isPaperScan(scan)) return { market, till: '', number: null, time, totalMinor }
  const read = readCode(scan.text)
  const number = read.ok ? documentNumberOf(read.code) : null
  return { market, till: scan.till ?? '', number, time, totalMinor }
}

/** The signals of one receipt among those seen before it, by its market's rules; pure. */
export function signalsOf(
  paper: SeenPaper,
  around: Surroundings,
  rules: ForgeryRules,
): ForgeryReason[] {
  const { market, number, totalMinor } = paper
  const reasons: ForgeryReason[] = []
  const say = (signal: ForgerySignal, seen: string) => {
    const { points } = rules[signal]
    if (points > 0) reasons.push({ signal, points, seen })
  }
  const total = totalMinor / 10 ** minorDigits(MARKETS[market].currency)
  if (total > rules.impossible_range.threshold) say('impossible_range', String(total))
  if (number !== null && number > rules.impossible_number.threshold) {
    say('impossible_number', String(number))
  }
  // What has no number, or no till, stands in no row.
  const isCounted = number !== null && paper.till !== ''
  const against = isCounted ? againstTime(paper, around, rules.number_against_time) : null
  if (against !== null) say('number_against_time', `${against.number} · ${against.time}`)
  if (around.twinTills >= rules.same_total_and_minute.threshold) {
    say('same_total_and_minute', String(around.twinTills))
  }
  return reasons
}

/** A till counts its documents as time goes by: the neighbour that contradicts, or null. */
function againstTime(
  { time }: SeenPaper,
  { before, after }: Surroundings,
  { threshold }: ForgeryRule,
): Neighbour | null {
  const slackMs = threshold * MINUTE_MS
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
  { threshold }: ForgeryRule,
): boolean {
  const apartMs = Math.abs(Date.parse(now.at) - Date.parse(known.seenAt))
  const isLately = apartMs < threshold * 24 * 60 * MINUTE_MS
  return isLately && areApart(known.place, now.place)
}

/** Words of addresses that name no place; other short ones are left out by their length. */
const PLACELESS = new Set(
  `город улица дом корпус строение помещение офис магазин этаж площадь проспект просп пер переулок
  шоссе бульвар набережная наб обл область край район респ республика россия российская федерация
  кафе ресторан пом оф стр кор корп кв вул місто көшесі street road avenue square building shop
  store floor city town str strasse straße gasse platz allee rue place boulevard ville calle avenida
  plaza ciudad rua praça cidade via viale piazza corso ulica ulice trg bulevar sokak cadde cad mah
  mahallesi küçəsi köçesi kochasi shahri`
    .split(/\s+/)
    .map(plain),
)
const WORD_MIN = 3

/** Without case and accents, which sources write or leave out. */
function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
}

/** The words of an address that tell where it is: of city and street, without numbers. */
export function placeWords(address: string): Set<string> {
  const words = plain(address).match(/\p{L}+/gu) ?? []
  return new Set(words.filter((word) => word.length >= WORD_MIN && !PLACELESS.has(word)))
}

const isLatin = (words: Set<string>) => [...words].some((word) => /\p{Script=Latin}/u.test(word))

/**
 * Whether two addresses are of different places. Sources word one place in many ways, and whoever
 * is wrong here accuses: a word in common is enough for the same, and alphabets are not compared.
 */
export function areApart(one: string, other: string): boolean {
  const [words, others] = [placeWords(one), placeWords(other)]
  if (words.size === 0 || others.size === 0 || isLatin(words) !== isLatin(others)) return false
  return [...words].every((word) => !others.has(word))
}
