import type { MarketRules } from '#schema/market'
import type { OfferPreview, OfferReward, OfferRule } from '#schema/offer'
import type { EvaluationNames } from '../names.ts'
import { english } from './en.ts'
import { russian } from './ru.ts'

/** One language's way to say a rule; names come in the order of the ids in the rule. */
export type RuleWords = {
  /** `15 %`, `20 ₽`. */
  rewardText(reward: OfferReward): string
  /** One line: on what, where. */
  summary(rule: OfferRule, products: readonly string[], retailers: readonly string[]): string
  /** The whole rule: two different rules never read the same. */
  terms(rule: OfferRule, products: readonly string[], retailers: readonly string[]): string[]
}

/** What the texts take from the market: its money, and what is left out of every offer there. */
export type RuledBy = Pick<MarketRules, 'currency' | 'blockedCategories'>

/** What a shopper reads about an offer. */
export type OfferText = Pick<OfferPreview, 'rewardText' | 'summary' | 'terms'>

/** Generates the shopper's texts from the rule; a name that is not known prints as its id. */
export function describeOffer(rule: OfferRule, names: EvaluationNames, rules: RuledBy): OfferText {
  const [ru, en] = [russian(rules), english(rules)]
  const productIds = rule.target.code === 'products' ? rule.target.args.productIds : []
  const retailerIds = rule.retailers === 'all' ? [] : rule.retailers
  const products = productIds.map((id) => names.products.get(id) ?? id)
  const retailers = retailerIds.map((id) => names.retailers.get(id) ?? id)
  return {
    rewardText: { ru: ru.rewardText(rule.reward), en: en.rewardText(rule.reward) },
    summary: {
      ru: ru.summary(rule, products, retailers),
      en: en.summary(rule, products, retailers),
    },
    terms: {
      ru: ru.terms(rule, products, retailers),
      en: en.terms(rule, products, retailers),
    },
  }
}
