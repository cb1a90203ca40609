import type { MarketRules } from '#schema/market'
import {
  isPaperScan,
  isReviewedScan,
  isRuScan,
  type ReceiptReason,
  type ReceiptScan,
  type ReceiptState,
  type TimelineEntry,
} from '#schema/receipt'
import type { AuthorityAnswer } from '../verification/authority.ts'
import { nextAuthorityCheck, type Waiting } from '../verification/recheck.ts'

/**
 * The decisions of a receipt's life, pure: facts and `now` in, the next step out. The cell applies
 * a step in one transaction; the simulator drives the same functions.
 */

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000

export type ClaimState = 'none' | 'asked' | 'held' | 'releasing' | 'released'

export type Step = {
  readonly state: ReceiptState
  readonly claim: ClaimState
  readonly reason: ReceiptReason | null
  readonly entry: Omit<TimelineEntry, 'at'>
  /** What has to be done outside next, and when; null when nothing. */
  readonly next: { kind: 'claim' | 'verify' | 'release'; dueAt: number } | null
}

export type ClaimOutcome =
  | { kind: 'yours' }
  /** `unproved`: nobody has vouched for whoever was first. */
  | { kind: 'taken'; at: number; by: string; unproved?: boolean }
  | { kind: 'forged'; at: number }
  /** This receipt's own claim was given back before: it may not take it again. */
  | { kind: 'released' }

const HOUR_MS = 3_600_000
/** Tills drift; ten minutes ahead of the easternmost wall clock is still believed. */
const CLOCK_DRIFT_MS_MAX = 10 * MINUTE_MS

/** A wall-clock minute read as if it were UTC, milliseconds: for differences only. */
export function wallMs(time: string): number {
  return Date.parse(`${time}:00Z`)
}

/** The wall-clock minute of an instant at a fixed offset. */
export function wallMinuteAt(instantMs: number, offsetMs: number): string {
  return new Date(instantMs + offsetMs).toISOString().slice(0, 16)
}

/** Null for a sale and for its return; what it is otherwise, as the code says it. */
function otherThanSale(scan: ReceiptScan): string | null {
  if (isRuScan(scan)) return scan.kind <= 2 ? null : String(scan.kind)
  if (isPaperScan(scan) || isReviewedScan(scan)) return null
  return ['sale', 'return'].includes(scan.operation) ? null : scan.operation
}

/**
 * When a purchase is outside what may be submitted, by the clocks of its market: the ends of the
 * country bound what "now" can be on a till's clock.
 */
export function refusedTime(time: string, rules: MarketRules, now: number): ReceiptReason | null {
  const purchased = wallMs(time)
  if (purchased > now + rules.zoneHoursMax * HOUR_MS + CLOCK_DRIFT_MS_MAX) {
    return { code: 'from_the_future', seen: time }
  }
  const oldest = now + rules.zoneHoursMin * HOUR_MS - rules.submissionDaysMax * DAY_MS
  if (purchased >= oldest) return null
  return { code: 'too_old', seen: time, needed: wallMinuteAt(oldest, 0) }
}

/** Step 1: what can be refused before anybody is asked. Such a receipt claims nothing. */
export function decideSubmission(scan: ReceiptScan, rules: MarketRules, now: number): Step {
  const refuse = (reason: ReceiptReason): Step => ({
    state: 'rejected',
    claim: 'none',
    reason,
    entry: { step: 'rejected', detail: reason.code },
    next: null,
  })
  const seen = otherThanSale(scan)
  if (seen !== null) return refuse({ code: 'not_a_sale', seen })
  const untimely = refusedTime(scan.time, rules, now)
  if (untimely !== null) return refuse(untimely)
  return {
    state: 'received',
    claim: 'asked',
    reason: null,
    entry: { step: 'submitted' },
    next: { kind: 'claim', dueAt: now },
  }
}

/** Step 3: the directory has answered. */
export function decideClaim(outcome: ClaimOutcome, now: number): Step {
  switch (outcome.kind) {
    case 'yours':
      return {
        state: 'verifying',
        claim: 'held',
        reason: null,
        entry: { step: 'claimed' },
        next: { kind: 'verify', dueAt: now },
      }
    case 'taken':
      return {
        state: 'duplicate',
        claim: 'none',
        reason: {
          code: 'already_claimed',
          at: new Date(outcome.at).toISOString(),
          by: outcome.by,
          ...(outcome.unproved ? { unproved: true } : {}),
        },
        entry: { step: 'duplicate', detail: outcome.by },
        next: null,
      }
    case 'forged':
      return {
        state: 'rejected',
        claim: 'none',
        reason: { code: 'forged', at: new Date(outcome.at).toISOString() },
        entry: { step: 'rejected', detail: 'forged' },
        next: null,
      }
    case 'released':
      return {
        state: 'rejected',
        claim: 'released',
        reason: { code: 'staff_released' },
        entry: { step: 'rejected', detail: 'released' },
        next: null,
      }
  }
}

export type AskedReceipt = Waiting & {
  /** How many of the answers before differed from the scan. */
  readonly differed: number
}

/** So many answers have to differ from the scan: one alone may as well be broken or hostile. */
const DIFFERING_ANSWERS_MAX = 3
const DIFFERS = 'differs'

/** Counts the differing answers that a receipt's timeline remembers. */
export function differingAnswers(timeline: readonly Pick<TimelineEntry, 'detail'>[]): number {
  return timeline.filter(({ detail }) => detail?.startsWith(DIFFERS)).length
}

const WAITS_FOR = {
  not_delivered: 'not_delivered_yet',
  unconfirmed: 'not_confirmed_yet',
  quota: 'authority_quota',
  differs: 'answer_differs',
  unavailable: 'authority_unavailable',
} as const

/** Step 4: the authority did not confirm it (an authentic receipt is judged instead). */
export function decideAnswer(
  answer:
    | Exclude<AuthorityAnswer, { kind: 'authentic' }>
    | Extract<ClaimOutcome, { kind: 'taken' }>,
  asked: AskedReceipt,
  now: number,
): Step {
  if (answer.kind === 'taken') return takenByPaper(answer, now)
  if (answer.kind === 'forged') return reject({ code: 'forged' }, answer.detail, now)
  const detail = answer.kind === 'differs' ? `${DIFFERS}: ${answer.fields.join(', ')}` : null
  if (answer.kind === 'differs' && asked.differed + 1 >= DIFFERING_ANSWERS_MAX) {
    return reject({ code: 'differs_from_authority', fields: answer.fields }, DIFFERS, now)
  }
  const dueAt = nextAuthorityCheck(answer, asked, now)
  if (dueAt === null) return reject({ code: 'never_delivered' }, 'never_delivered', now)
  const code = WAITS_FOR[answer.kind]
  const isPatient = answer.kind === 'not_delivered' || answer.kind === 'unconfirmed'
  return {
    state: isPatient ? 'awaiting_authority' : 'verifying',
    claim: 'held',
    reason: { code },
    entry: {
      step: isPatient ? 'awaiting_authority' : 'authority_answered',
      detail: detail ?? code,
    },
    next: { kind: 'verify', dueAt },
  }
}

/**
 * Final refusal after the claim: the row is the tombstone (it can never be credited again), and
 * only then is the claim given back, so that whoever holds the true receipt can submit it.
 */
export function reject(reason: ReceiptReason, detail: string, now: number): Step {
  return {
    state: 'rejected',
    claim: 'releasing',
    reason,
    entry: { step: 'rejected', detail },
    next: { kind: 'release', dueAt: now },
  }
}

/** The same purchase was credited by its paper: our own claim is of no use to anybody. */
function takenByPaper(answer: Extract<ClaimOutcome, { kind: 'taken' }>, now: number): Step {
  const next = { kind: 'release', dueAt: now } as const
  return { ...decideClaim(answer, now), claim: 'releasing', next }
}

/** A receipt of the same shop, minute and total stands already. */
type Likeness = { readonly receiptId: string; readonly isSameWallet: boolean }

/**
 * What becomes of a receipt that looks like one which was judged: within a wallet it is that one.
 * A scan beside a paper receipt of another wallet keeps its claim until a person has compared them;
 * a paper receipt gives its own back, and its photo's verdict may be disputed.
 */
export function decideLikeness(
  { receiptId, isSameWallet }: Likeness,
  isScan: boolean,
  now: number,
): Step {
  const at = new Date(now).toISOString()
  const entry = { step: 'duplicate', detail: receiptId } as const
  if (isSameWallet) return same({ code: 'already_claimed_by_you', at, receiptId }, entry, now)
  if (!isScan) return same({ code: 'already_claimed', at }, entry, now)
  return {
    state: 'duplicate',
    claim: 'held',
    reason: { code: 'being_compared', at },
    entry: { step: 'duplicate', detail: 'being_compared' },
    next: null,
  }
}

function same(reason: ReceiptReason, entry: Step['entry'], now: number): Step {
  return {
    state: 'duplicate',
    claim: 'releasing',
    reason,
    entry,
    next: { kind: 'release', dueAt: now },
  }
}

/** A person has compared a scan with a paper receipt: it is the same purchase. */
export function decideSame(former: ReceiptReason | null, now: number): Step {
  const at = former?.at ?? new Date(now).toISOString()
  return same({ code: 'already_claimed', at }, { step: 'duplicate', detail: 'compared' }, now)
}

/** A person has seen the paper of somebody else's claim of the same code. */
export function decideLost(now: number): Step {
  const reason = { code: 'already_claimed', at: new Date(now).toISOString() } as const
  return same(reason, { step: 'duplicate', detail: 'reviewed' }, now)
}

/**
 * A person has compared a scan with a paper receipt: it is another purchase; or a waiting code with
 * its own paper. It is judged.
 */
export function decideApart(now: number): Step {
  return {
    state: 'verifying',
    claim: 'held',
    reason: null,
    entry: { step: 'reviewed' },
    next: { kind: 'verify', dueAt: now },
  }
}

/** What an operator may do with a receipt now. */
export function staffActions(receipt: {
  state: ReceiptState
  claim: ClaimState
}): ('retry' | 'release')[] {
  switch (receipt.state) {
    case 'received':
    case 'verifying':
    case 'awaiting_authority':
      return ['retry', 'release']
    // Its lease is asked again every few seconds by itself: there is nothing to hasten.
    case 'awaiting_budget':
      return []
    case 'no_reward':
      return receipt.claim === 'held' ? ['release'] : []
    default:
      return []
  }
}
