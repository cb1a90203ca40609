import type { OfferVersion } from '#schema/offer'
import { foldWords } from '../../catalogue/words.ts'
import type { BasketLine, LineStanding } from '../basket.ts'
import type { EvaluationNames } from '../names.ts'
import { nameList, type Refusal } from '../verdict.ts'

type Product = NonNullable<BasketLine['product']>

/** What the offer wants instead, by name. */
function wanted(offer: OfferVersion, names: EvaluationNames): Refusal['needed'] {
  const { target } = offer.rule
  switch (target.code) {
    case 'products':
      return nameList(
        target.args.productIds
          .map((id) => names.products.get(id))
          .filter((name) => name !== undefined),
      )
    case 'brand':
      return nameList([target.args.brand])
    case 'category':
      return { kind: 'category', category: target.args.category }
    case 'receipt':
      return null
  }
}

function matcherOf(offer: OfferVersion): (line: BasketLine, product: Product) => boolean {
  const { target } = offer.rule
  switch (target.code) {
    case 'products': {
      const ids = new Set(target.args.productIds)
      return (_, product) => ids.has(product.id)
    }
    case 'brand': {
      // People type brands: case, blanks and ё do not tell two of them apart.
      const key = foldWords(target.args.brand)
      return (line) => line.brandKey === key
    }
    case 'category':
      return (_, product) => product.category === target.args.category
    case 'receipt':
      return () => true
  }
}

/** An offer's check of lines, prepared once and asked for every line. */
export type TargetCheck = {
  /** Whether the line is what the offer pays on. */
  holds(line: BasketLine): boolean
  /** Why a line is not. */
  refusal(line: BasketLine): Refusal
}

const STANDING_RULES = {
  unknown: 'product_unknown',
  uncertain: 'product_uncertain',
  blocked: 'category_blocked',
  prepaid: 'prepaid',
} as const satisfies Record<Exclude<LineStanding, 'known'>, Refusal['rule']>

/** What is to say about a line that no offer can pay; null when an offer may. */
export function standingRefusal({ standing }: BasketLine): Refusal | null {
  if (standing === 'known') return null
  return { rule: STANDING_RULES[standing], seen: null, needed: null }
}

export function targetCheck(offer: OfferVersion, names: EvaluationNames): TargetCheck {
  const matches = matcherOf(offer)
  let needed: Refusal['needed'] | undefined
  return {
    holds: (line) =>
      line.standing === 'known' && line.product !== null && matches(line, line.product),
    refusal(line) {
      const standing = standingRefusal(line)
      if (standing) return standing
      needed ??= wanted(offer, names)
      const seen = names.products.get(line.product?.id ?? '')
      return { rule: 'other_product', seen: seen === undefined ? null : nameList([seen]), needed }
    },
  }
}
