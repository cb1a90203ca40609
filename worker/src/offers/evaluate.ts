import type { Category } from '#schema/market'
import { type AmountMinor, minor, sumMinor } from '#schema/money'
import type { OfferVersion } from '#schema/offer'
import type { FiscalDocument, ReceiptStore } from '#schema/receipt'
import type { Verdict } from '#schema/verdict'
import { type Basket, type BasketLine, basketOf, boundedSum, type MatchedLine } from './basket.ts'
import { type Capped, capReward } from './cap.ts'
import { type EvaluationFacts, NO_FACTS, type OfferFacts } from './facts.ts'
import { feeOf } from './fee.ts'
import { versionsInForce } from './in-force.ts'
import { type EvaluationNames, NO_NAMES } from './names.ts'
import { checkActivation } from './rules/activation.ts'
import { checkBudget } from './rules/budget.ts'
import { checkMinimum } from './rules/minimum.ts'
import { checkQuota } from './rules/quota.ts'
import { checkRetailer } from './rules/retailer.ts'
import { nothingEarned, rewardOn } from './rules/reward.ts'
import { standingRefusal, type TargetCheck, targetCheck } from './rules/target.ts'
import { checkPurchaseWindow, checkSubmission } from './rules/window.ts'
import { compareVerdicts, money, type Refusal, refused, rewarded } from './verdict.ts'

export type EvaluationInput = {
  document: FiscalDocument
  store: ReceiptStore | null
  /** One entry per line of the document, in its order. */
  lines: readonly MatchedLine[]
  /**
   * Offers of the receipt's pinned snapshot, in any order; several versions of one offer are
   * allowed.
   */
  offers: readonly OfferVersion[]
  facts: EvaluationFacts
  /** ISO instant at which the server took the receipt. */
  submittedAt: string
  /** Wall-clock minute of the receipt. */
  purchasedAt: string
  /** Categories that earn nothing in the receipt's market. */
  blockedCategories: readonly Category[]
  /** The wallet's limit on credited receipts, when it is reached: no offer pays then. */
  limit?: Refusal | null
  /** Names for the values in verdicts; without them a verdict names no goods and no shops. */
  names?: EvaluationNames
  /**
   * Leaves out the pairs of a line and an offer on other goods, as `notableVerdicts` does, at less
   * cost.
   */
  notableOnly?: boolean
}

/** What one offer pays on the receipt. */
export type EvaluatedReward = {
  offerId: string
  version: number
  partnerId: string
  /** The parts add up to `rewardMinor`; `line` is null for an offer on the whole receipt. */
  lines: { line: number | null; amountMinor: AmountMinor }[]
  rewardMinor: AmountMinor
  feeMinor: AmountMinor
  holdDays: number
  /** The wallet holds a reservation for this offer: it is spent first. */
  usesActivation: boolean
}

type Evaluation = { verdicts: Verdict[]; rewards: EvaluatedReward[] }

/** An offer being judged: the facts it has, why it does not pay at all, what it pays so far. */
type Contender = {
  offer: OfferVersion
  facts: OfferFacts
  refusal: Refusal | null
  paid: EvaluatedReward['lines']
  paidMinor: AmountMinor
}

/**
 * Judges a receipt: a verdict for every line by every offer on goods, for every offer on the whole
 * receipt, and for every line that no offer can pay; and the rewards to post. Pure: the same input
 * gives the same verdicts for ever.
 *
 * Offers on goods exclude one another line by line. The lines that can earn most choose first, each
 * takes the offer that still pays it most after the caps, and ties go to the smaller offer id.
 * Offers on the whole receipt stack.
 */
export function evaluate(input: EvaluationInput): Evaluation {
  const basket = basketOf(input.document, input.lines, input.blockedCategories)
  const names = input.names ?? NO_NAMES
  const offers = versionsInForce(input.offers, input.purchasedAt)
  const onGoods = offers.filter((offer) => offer.rule.target.code !== 'receipt')
  const onReceipt = offers.filter((offer) => offer.rule.target.code === 'receipt')
  const goods = judgeGoods(input, basket, onGoods, names)
  const receipt = onReceipt.map((offer) => judgeReceipt(input, basket, offer, names))
  const contenders = [...goods.contenders, ...receipt.map((judged) => judged.contender)]
  const verdicts = [
    ...lineVerdicts(basket),
    ...goods.verdicts,
    ...receipt.map((judged) => judged.verdict),
  ]
  return {
    verdicts: verdicts.sort(compareVerdicts),
    rewards: contenders.filter((contender) => contender.paidMinor > 0).map(rewardOf),
  }
}

const LINES_UNKNOWN: Refusal = { rule: 'lines_unknown', seen: null, needed: null }

/**
 * A receipt that names no goods may hold what must not be rewarded, and nobody can count its
 * pieces: it earns only where the offer says that it does (docs/decisions/0020).
 */
function checkLines({ rule }: OfferVersion, document: FiscalDocument): Refusal | null {
  if (document.lines.length > 0) return null
  return rule.withoutLines === 'earns' && rule.minimum.quantity === null ? null : LINES_UNKNOWN
}

/** What is to say about the goods before any offer looks at them. */
function lineVerdicts(basket: Basket): Verdict[] {
  if (basket.lines.length === 0) return [refused(null, null, LINES_UNKNOWN)]
  return basket.lines.flatMap((line) => {
    const why = standingRefusal(line)
    return why ? [refused(null, line.index, why)] : []
  })
}

/**
 * The checks that look at the offer as a whole, in the order in which a person would want to hear
 * of them.
 */
function refusalOf(
  input: EvaluationInput,
  offer: OfferVersion,
  facts: OfferFacts,
  bought: { sumMinor: number; units: number },
  names: EvaluationNames,
): Refusal | null {
  const { purchasedAt, submittedAt, store } = input
  return (
    checkRetailer(offer, store, names) ??
    checkPurchaseWindow(offer, facts, purchasedAt) ??
    checkSubmission(offer, purchasedAt, submittedAt) ??
    checkActivation(offer, facts, purchasedAt, submittedAt) ??
    checkLines(offer, input.document) ??
    checkMinimum(offer, bought) ??
    checkQuota(offer, facts) ??
    checkBudget(facts) ??
    input.limit ??
    null
  )
}

function contenderOf(
  input: EvaluationInput,
  offer: OfferVersion,
  bought: { sumMinor: number; units: number },
  names: EvaluationNames,
): Contender {
  const facts = input.facts.get(offer.offerId) ?? NO_FACTS
  const refusal = refusalOf(input, offer, facts, bought, names)
  return { offer, facts, refusal, paid: [], paidMinor: minor(0) }
}

/** A line with the offers on it that are allowed to pay. */
type Contest = { line: BasketLine; contenders: Contender[]; mostMinor: number }

function judgeGoods(
  input: EvaluationInput,
  basket: Basket,
  offers: readonly OfferVersion[],
  names: EvaluationNames,
): { contenders: Contender[]; verdicts: Verdict[] } {
  const verdicts: Verdict[] = []
  const contests = new Map<number, Contest>()
  const contenders = offers.flatMap((offer) => {
    const check = targetCheck(offer, names)
    const matching = basket.lines.filter(check.holds)
    if (!input.notableOnly) verdicts.push(...besideThePoint(offer, basket, check))
    if (matching.length === 0) return []
    const contender = contenderOf(input, offer, boughtOn(matching), names)
    for (const line of matching) {
      if (contender.refusal) verdicts.push(refused(offer, line.index, contender.refusal))
      else enter(contests, line, contender)
    }
    return [contender]
  })
  const order = [...contests.values()].sort(
    (a, b) =>
      b.mostMinor - a.mostMinor || b.line.sumMinor - a.line.sumMinor || a.line.index - b.line.index,
  )
  for (const contest of order) verdicts.push(...settle(contest, basket))
  return { contenders, verdicts }
}

/** Verdicts on the lines that the offer is not about. */
function besideThePoint(offer: OfferVersion, basket: Basket, check: TargetCheck): Verdict[] {
  return basket.lines.flatMap((line) =>
    check.holds(line) ? [] : [refused(offer, line.index, check.refusal(line))],
  )
}

function boughtOn(lines: readonly BasketLine[]): { sumMinor: number; units: number } {
  return {
    sumMinor: boundedSum(lines.map((line) => line.sumMinor)),
    units: lines.reduce((sum, line) => sum + line.units, 0),
  }
}

function enter(contests: Map<number, Contest>, line: BasketLine, contender: Contender): void {
  const contest = contests.get(line.index) ?? { line, contenders: [], mostMinor: 0 }
  contest.contenders.push(contender)
  contest.mostMinor = Math.max(contest.mostMinor, rewardOn(contender.offer.rule.reward, line))
  contests.set(line.index, contest)
}

/**
 * Gives the line to the offer that pays most after the caps, and says why the others do not pay.
 */
function settle({ line, contenders }: Contest, basket: Basket): Verdict[] {
  const bids = contenders.map((contender) => ({
    contender,
    capped: bidOf(contender, line, basket),
  }))
  let best = bids[0]
  for (const bid of bids) {
    // Contenders come by offer id, so that only a strictly better bid displaces a smaller id.
    if (best && bid.capped.amountMinor > best.capped.amountMinor) best = bid
  }
  return bids.map(({ contender, capped }) => {
    const { offer } = contender
    if (capped.amountMinor === 0) {
      const why = capped.limit ?? nothingEarned(offer.rule.reward, line.sumMinor)
      return refused(offer, line.index, why)
    }
    if (contender !== best?.contender) {
      const needed = money(best?.capped.amountMinor ?? 0)
      const why: Refusal = { rule: 'better_offer', seen: money(capped.amountMinor), needed }
      return refused(offer, line.index, why)
    }
    pay(contender, line.index, capped.amountMinor)
    return rewarded(offer, line.index, capped.amountMinor, capped.limit)
  })
}

function bidOf(contender: Contender, line: BasketLine, basket: Basket): Capped {
  const raw = rewardOn(contender.offer.rule.reward, line)
  return capReward(contender.offer, contender.facts, raw, {
    sumMinor: line.sumMinor,
    totalMinor: basket.totalMinor,
    onLine: true,
    paidMinor: contender.paidMinor,
  })
}

function pay(contender: Contender, line: number | null, amountMinor: AmountMinor): void {
  contender.paid.push({ line, amountMinor })
  contender.paidMinor = minor(contender.paidMinor + amountMinor)
}

function judgeReceipt(
  input: EvaluationInput,
  basket: Basket,
  offer: OfferVersion,
  names: EvaluationNames,
): { contender: Contender; verdict: Verdict } {
  const bought = { sumMinor: basket.baseMinor, units: basket.baseUnits }
  const contender = contenderOf(input, offer, bought, names)
  if (contender.refusal) return { contender, verdict: refused(offer, null, contender.refusal) }
  const place = { ...bought, totalMinor: basket.totalMinor, onLine: false, paidMinor: 0 }
  const capped = capReward(offer, contender.facts, rewardOn(offer.rule.reward, bought), place)
  if (capped.amountMinor === 0) {
    const why = capped.limit ?? nothingEarned(offer.rule.reward, bought.sumMinor)
    return { contender, verdict: refused(offer, null, why) }
  }
  pay(contender, null, capped.amountMinor)
  return { contender, verdict: rewarded(offer, null, capped.amountMinor, capped.limit) }
}

function rewardOf({ offer, facts, paid, paidMinor }: Contender): EvaluatedReward {
  return {
    offerId: offer.offerId,
    version: offer.version,
    partnerId: offer.partnerId,
    lines: [...paid].sort((a, b) => (a.line ?? 0) - (b.line ?? 0)),
    rewardMinor: sumMinor(paid.map((part) => part.amountMinor)),
    feeMinor: feeOf(paidMinor, offer.feeBps),
    holdDays: offer.rule.holdDays,
    usesActivation: facts.reservedMinor > 0,
  }
}
