import type { Category } from '#schema/market'
import { AMOUNT_MINOR_MAX, type AmountMinor, minor } from '#schema/money'
import type { DocumentLine, FiscalDocument } from '#schema/receipt'
import { foldWords } from '../catalogue/words.ts'

/** What matching said about one line of the document. */
export type MatchedLine = {
  product: { id: string; brand: string; category: Category } | null
  /** False: recognised, but not surely enough to pay. */
  certain: boolean
  /** How it was recognised; `alias`: the operator's staff have said what this line is. */
  readonly by?: string
}

/** How a line stands before any offer looks at it. */
export type LineStanding = 'known' | 'unknown' | 'uncertain' | 'blocked' | 'prepaid'

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
  /** What offers on the whole receipt look at: the total without blocked goods and advances. */
  baseMinor: AmountMinor
  baseUnits: number
}

const MICRO_PER_UNIT = 1_000_000

/**
 * Excise goods (FFD tag 1212: 2, 30, 31): alcohol and tobacco first of all, but sweet drinks too.
 * The till knows them from its marking; a partner's catalogue does not overrule it, the operator
 * does, line by line.
 */
const EXCISE_SUBJECTS: readonly (number | null)[] = [2, 30, 31]

export const isExcise = ({ subject }: Pick<DocumentLine, 'subject'>): boolean =>
  EXCISE_SUBJECTS.includes(subject)

/**
 * Prepayment, advance and payment of a credit (FFD tag 1214: 1–3, 7): the goods themselves come, or
 * came, with a receipt of their own, and earn there once.
 */
const PREPAID: readonly (number | null | undefined)[] = [1, 2, 3, 7]

/** FFD tag 2108: the quantity counts pieces. */
const PIECES = 0

/**
 * Whole units of a line. Goods sold by weight or measure count as one: the receipt says so since
 * FFD 1.2, and before that a fraction does.
 */
function unitsOf({ quantityMicro, measure }: DocumentLine): number {
  if (quantityMicro === 0) return 0
  if ((measure ?? PIECES) !== PIECES) return 1
  return quantityMicro % MICRO_PER_UNIT === 0 ? quantityMicro / MICRO_PER_UNIT : 1
}

function standingOf(
  line: DocumentLine,
  match: MatchedLine,
  blocked: readonly Category[],
): LineStanding {
  const known = match.product && match.certain ? match.product : null
  if (known && blocked.includes(known.category)) return 'blocked'
  if (isExcise(line) && !(known && match.by === 'alias')) return 'blocked'
  if (PREPAID.includes(line.payment)) return 'prepaid'
  if (known) return 'known'
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

/**
 * Joins the document's lines with what matching said; both lists have the same length. `blocked`:
 * of the receipt's market.
 */
export function basketOf(
  document: FiscalDocument,
  matches: readonly MatchedLine[],
  blocked: readonly Category[],
): Basket {
  if (matches.length !== document.lines.length) {
    throw new RangeError(`${matches.length} matches for ${document.lines.length} lines`)
  }
  const lines = document.lines.map((line, index) => {
    const match = matches[index] ?? { product: null, certain: false }
    return {
      index,
      sumMinor: line.sumMinor,
      units: unitsOf(line),
      standing: standingOf(line, match, blocked),
      product: match.product,
      brandKey: foldWords(match.product?.brand ?? ''),
    }
  })
  const earnsNothing = ({ standing }: BasketLine) =>
    standing === 'blocked' || standing === 'prepaid'
  const leftOutMinor = boundedSum(lines.filter(earnsNothing).map((line) => line.sumMinor))
  return {
    lines,
    totalMinor: document.totalMinor,
    baseMinor: minor(Math.max(0, document.totalMinor - leftOutMinor)),
    baseUnits: lines.reduce((sum, line) => sum + (earnsNothing(line) ? 0 : line.units), 0),
  }
}
