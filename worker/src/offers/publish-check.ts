import type { Category, MarketRules } from '#schema/market'
import type { OfferDraft, OfferRule } from '#schema/offer'
import { taxNumberHolds } from '#schema/tax-number'
import { maxCostPerReceipt } from './cost.ts'
import { isTimeZone, isWallMinute, wallMinuteIn } from './wall.ts'

/** What stands in the way of publishing: where in the draft, and a code that the screens word. */
export type PublishProblem = { path: string; code: string }

/** What the catalogue and the partners say about the ids and names in a draft. */
export type DraftFacts = {
  /** The listed products that exist and are not archived. */
  products: ReadonlyMap<string, { category: Category }>
  /** Categories of the goods of the named brand. */
  brandCategories: readonly Category[]
  /** The listed retailers that are active. */
  retailers: ReadonlySet<string>
  /** Of the partner's market. */
  rules: Pick<MarketRules, 'code' | 'blockedCategories' | 'submissionDaysMax'>
  /** Who pays. */
  partnerId: string
  /** Already behind the offer from versions before; it only grows. */
  committedMinor: number
  feeBps: number
  /** ISO instant. */
  now: string
}

/** Longer campaigns are published anew every year. */
const WINDOW_DAYS_MAX = 366

/**
 * Checks a draft against the law and against itself: organiser, rules link, advertiser and ad token
 * (advertising law), blocked categories, a window that exists, caps that an activation can reserve
 * by. Empty: it may be published.
 */
export function publishProblems(draft: OfferDraft, facts: DraftFacts): PublishProblem[] {
  return [
    ...legalProblems(draft, facts.rules.code),
    ...targetProblems(draft.rule, facts),
    ...retailerProblems(draft.rule, facts),
    ...linesProblems(draft.rule, facts),
    ...windowProblems(draft.rule, facts.now),
    ...submissionProblems(draft.rule, facts),
    ...capProblems(draft.rule, facts.feeBps),
    ...budgetProblems(draft, facts),
  ]
}

/** The token of the register of online advertising is a Russian rule (law 347-ФЗ). */
function legalProblems({ legal }: OfferDraft, market: MarketRules['code']): PublishProblem[] {
  const problems: PublishProblem[] = []
  if (legal.organiser === '') {
    problems.push({ path: 'legal.organiser', code: 'organiser_missing' })
  }
  if (legal.rulesUrl === '') problems.push({ path: 'legal.rulesUrl', code: 'rules_url_missing' })
  const path = 'legal.advertiserTaxNumber'
  if (legal.advertiserTaxNumber === '') {
    problems.push({ path, code: 'advertiser_tax_number_missing' })
  } else if (!taxNumberHolds(market, legal.advertiserTaxNumber)) {
    problems.push({ path, code: 'advertiser_tax_number_invalid' })
  }
  if (market === 'ru' && legal.adToken === '')
    problems.push({ path: 'legal.adToken', code: 'ad_token_missing' })
  return problems
}

function targetProblems({ target }: OfferRule, facts: DraftFacts): PublishProblem[] {
  const isBlocked = (category: Category) => facts.rules.blockedCategories.includes(category)
  switch (target.code) {
    case 'products': {
      const path = 'rule.target.args.productIds'
      const { productIds } = target.args
      const known = productIds.map((id) => facts.products.get(id))
      if (known.includes(undefined)) return [{ path, code: 'product_unknown' }]
      const blocked = known.some((product) => product !== undefined && isBlocked(product.category))
      return blocked ? [{ path, code: 'product_blocked' }] : []
    }
    case 'brand': {
      const path = 'rule.target.args.brand'
      const { brandCategories } = facts
      if (brandCategories.length === 0) return [{ path, code: 'brand_unknown' }]
      return brandCategories.every(isBlocked) ? [{ path, code: 'product_blocked' }] : []
    }
    case 'category': {
      const path = 'rule.target.args.category'
      return isBlocked(target.args.category) ? [{ path, code: 'category_blocked' }] : []
    }
    case 'receipt':
      return []
  }
}

function retailerProblems({ retailers }: OfferRule, facts: DraftFacts): PublishProblem[] {
  if (retailers === 'all' || retailers.every((id) => facts.retailers.has(id))) return []
  return [{ path: 'rule.retailers', code: 'retailer_unknown' }]
}

/**
 * Who pays on receipts that name no goods declares that nothing blocked is on them: only a retailer
 * can say so, of its own shops, and only an offer on the whole receipt has a use for it.
 */
function linesProblems(rule: OfferRule, facts: DraftFacts): PublishProblem[] {
  if (rule.withoutLines !== 'earns') return []
  const { target, retailers, minimum } = rule
  if (minimum.quantity !== null) {
    return [{ path: 'rule.minimum.quantity', code: 'pieces_unknown' }]
  }
  const isOwn = retailers !== 'all' && retailers.every((id) => id === facts.partnerId)
  if (target.code === 'receipt' && isOwn) return []
  return [{ path: 'rule.withoutLines', code: 'without_lines_elsewhere' }]
}

function submissionProblems(
  { submissionDays }: OfferRule,
  { rules }: DraftFacts,
): PublishProblem[] {
  if (submissionDays <= rules.submissionDaysMax) return []
  return [{ path: 'rule.submissionDays', code: 'submission_too_long' }]
}

function windowProblems(rule: OfferRule, now: string): PublishProblem[] {
  const problems: PublishProblem[] = []
  if (!isWallMinute(rule.startsAt)) problems.push({ path: 'rule.startsAt', code: 'invalid' })
  if (!isWallMinute(rule.endsAt)) problems.push({ path: 'rule.endsAt', code: 'invalid' })
  if (!isTimeZone(rule.timeZone)) {
    problems.push({ path: 'rule.timeZone', code: 'time_zone_unknown' })
  }
  if (problems.length > 0) return problems
  const path = 'rule.endsAt'
  if (rule.endsAt <= rule.startsAt) return [{ path, code: 'ends_before_start' }]
  if (rule.endsAt <= wallMinuteIn(now, rule.timeZone)) return [{ path, code: 'already_over' }]
  const days = (Date.parse(`${rule.endsAt}Z`) - Date.parse(`${rule.startsAt}Z`)) / 86_400_000
  return days > WINDOW_DAYS_MAX ? [{ path, code: 'window_too_long' }] : []
}

function capProblems(rule: OfferRule, feeBps: number): PublishProblem[] {
  const problems: PublishProblem[] = []
  const { caps, reward, target } = rule
  const { perPeriod } = caps
  if (perPeriod && perPeriod.amountMinor === null && perPeriod.receipts === null) {
    problems.push({ path: 'rule.caps.perPeriod', code: 'invalid' })
  }
  if (target.code === 'receipt' && caps.perLineMinor !== null) {
    problems.push({ path: 'rule.caps.perLineMinor', code: 'invalid' })
  }
  if (target.code === 'receipt' && reward.code === 'fixed' && reward.args.per === 'unit') {
    problems.push({ path: 'rule.reward', code: 'invalid' })
  }
  if (rule.activation === 'required' && maxCostPerReceipt(rule, feeBps) === null) {
    problems.push({ path: 'rule.caps.perReceiptMinor', code: 'activation_cap_needed' })
  }
  return problems
}

function budgetProblems({ rule, budgetMinor }: OfferDraft, facts: DraftFacts): PublishProblem[] {
  const path = 'budgetMinor'
  if (budgetMinor < facts.committedMinor) return [{ path, code: 'budget_too_small' }]
  const cost = maxCostPerReceipt(rule, facts.feeBps)
  return cost !== null && budgetMinor < cost ? [{ path, code: 'budget_below_one_receipt' }] : []
}
