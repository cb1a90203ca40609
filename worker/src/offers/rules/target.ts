import type { OfferVersion } from '#schema/offer'
import { foldWords } from '../../catalogue/words.ts'
import type { BasketLine } from '../basket.ts'
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
      return nameList([target.args.category])
    case 'receipt':
      return null
  }
}

function matcherOf(offer: OfferVersion): (product: Product) => boolean {
  const { target } = offer.rule
  switch (target.code) {
    case 'products': {
      const ids = new Set(target.args.productIds)
      return (product) => ids.has(product.id)
    }
    case 'brand': {
      // People type brands: case, blanks and ё do not tell two of them apart.
      const key = foldWords(target.args.brand)
      return (product) => foldWords(product.brand) === key
    }
    case 'category':
      return (product) => product.category === target.args.category
    case 'receipt':
      return () => true
  }
}

/**
 * Prepares an offer's check of lines; the check answers null when the line is what the offer pays
 * on.
 */
export function targetCheck(
  offer: OfferVersion,
  names: EvaluationNames,
): (line: BasketLine) => Refusal | null {
  const matches = matcherOf(offer)
  let needed: Refusal['needed'] | undefined
  return (line) => {
    if (line.standing === 'blocked') return { rule: 'category_blocked', seen: null, needed: null }
    if (line.standing === 'uncertain') {
      return { rule: 'product_uncertain', seen: null, needed: null }
    }
    if (!line.product) return { rule: 'product_unknown', seen: null, needed: null }
    if (matches(line.product)) return null
    needed ??= wanted(offer, names)
    const seen = names.products.get(line.product.id)
    return { rule: 'other_product', seen: seen === undefined ? null : nameList([seen]), needed }
  }
}
