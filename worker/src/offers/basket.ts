import { BLOCKED_CATEGORIES, type Category } from '#schema/market'
import { AMOUNT_MINOR_MAX, type AmountMinor, minor } from '#schema/money'
import type { DocumentLine, FiscalDocument } from '#schema/receipt'
import { foldWords } from '../catalogue/words.ts'

/** What matching said about one line of the document. */
export type MatchedLine = {
  product: { id: string; brand: string; category: Category } | null
  /** False: recognised, but not surely enough to pay. */
  certain: boolean
}

/** How a line stands before any offer looks at it. */
export type LineStanding = 'known' | 'unknown' | 'uncertain' | 'blocked'

export type BasketLine = {
  index: number
  sumMinor: number
  /** Whole units; a weighed line is one. */
  units: number
  standing: LineStanding
  product: MatchedLine['product']
  /** The product's brand, folded. */
  brandKey: string
}

/** The document with every line's product and standing. */
export type Basket = {
  lines: readonly BasketLine[]
  totalMinor: AmountMinor
  /** What offers on the whole receipt look at: the total without blocked goods. */
  baseMinor: AmountMinor
  baseUnits: number
}

const MICRO_PER_UNIT = 1_000_000

/**
 * Excise goods (FFD tag 1212: 2, 30, 31): alcohol and tobacco, unless the catalogue knows better.
 */
const EXCISE_SUBJECTS: readonly (number | null)[] = [2, 30, 31]

/** Whole units of a line. A fraction means goods sold by weight, which count as one. */
function unitsOf(quantityMicro: number): number {
  if (quantityMicro === 0) return 0
  return quantityMicro % MICRO_PER_UNIT === 0 ? quantityMicro / MICRO_PER_UNIT : 1
}

function standingOf(line: DocumentLine, match: MatchedLine): LineStanding {
  if (match.product && match.certain) {
    return BLOCKED_CATEGORIES.includes(match.product.category) ? 'blocked' : 'known'
  }
  if (EXCISE_SUBJECTS.includes(line.subject)) return 'blocked'
  return match.product ? 'uncertain' : 'unknown'
}

/**
 * A sum that stops at the largest total a fiscal drive can record: lines are somebody else's input.
 */
export function boundedSum(amounts: Iterable<number>): AmountMinor {
  let total = 0
  for (const amount of amounts) total = Math.min(AMOUNT_MINOR_MAX, total + amount)
  return minor(total)
}

/** Joins the document's lines with what matching said; both lists have the same length. */
export function basketOf(document: FiscalDocument, matches: readonly MatchedLine[]): Basket {
  if (matches.length !== document.lines.length) {
    throw new RangeError(`${matches.length} matches for ${document.lines.length} lines`)
  }
  const lines = document.lines.map((line, index) => {
    const match = matches[index] ?? { product: null, certain: false }
    return {
      index,
      sumMinor: line.sumMinor,
      units: unitsOf(line.quantityMicro),
      standing: standingOf(line, match),
      product: match.product,
      brandKey: foldWords(match.product?.brand ?? ''),
    }
  })
  const counted = lines.filter((line) => line.standing !== 'blocked')
  const blockedMinor = boundedSum(
    lines.filter((line) => line.standing === 'blocked').map((line) => line.sumMinor),
  )
  return {
    lines,
    totalMinor: document.totalMinor,
    baseMinor: minor(Math.max(0, document.totalMinor - blockedMinor)),
    baseUnits: counted.reduce((sum, line) => sum + line.units, 0),
  }
}
