/**
 * Receipt line → product. The ladder: a GTIN names the product; else an alias that a person
 * confirmed; else the best of the trigram candidates, if it is good enough alone. Pure: same index
 * and line, same answer. Every false accept is somebody's money, so whatever stays open is refused.
 */

import { align } from './alignment.ts'
import { type CandidateScratch, candidateScratch, candidatesOf } from './candidates.ts'
import { explainTotals, type Gate, gateOf } from './gate.ts'
import { canonicalGtin, leadingGtin } from './gtin.ts'
import { type Explained, isOpen } from './kin.ts'
import { LineView, termsOf, ViewScratch } from './line-view.ts'
import { type Token, tokenise } from './normalise.ts'
import { aliasKey, type ProductIndex, productOfGtin } from './product-index.ts'
import { scoreOf } from './score.ts'
import { lineToken } from './similarity.ts'
import type { Term } from './vocabulary.ts'

/** Least score of an accepted name match. */
export const SCORE_MIN = 0.5
/** Least distance of an accepted name match to the runner-up. */
export const MARGIN_MIN = 0.1

/** What a receipt says about one line. */
export interface ReceiptLine {
  readonly name: string
  /** From the marking code of the line, any GTIN form. */
  readonly gtin?: string | null
  readonly retailerId?: string | null
}

/** The answer for one line. `productId` is the best candidate even when it is not accepted. */
export interface LineMatch {
  readonly productId: string | null
  /** 0 … 1. */
  readonly score: number
  /** Distance to the runner-up, 0 … 1. */
  readonly margin: number
  readonly accepted: boolean
  readonly by: 'gtin' | 'alias' | 'name'
  /** The fact on which the named product differs from the line, when that is why it was refused. */
  readonly gate?: Gate
}

const NO_MATCH: LineMatch = { productId: null, score: 0, margin: 0, accepted: false, by: 'name' }

/** Lines of fewer characters are whole: no till cuts that early. */
const CUT_CHARS_MIN = 20
/** Products compared with a line in full. */
const CANDIDATES_MAX = 28

interface Scratch {
  readonly candidates: CandidateScratch
  readonly view: ViewScratch
}

/** Room reused from line to line; it carries nothing over, so that answers stay pure. */
const SCRATCH = new WeakMap<ProductIndex, Scratch>()

function scratchOf(index: ProductIndex): Scratch {
  const known = SCRATCH.get(index)
  if (known !== undefined) return known
  const made = {
    candidates: candidateScratch(index),
    view: new ViewScratch(index.vocabulary.terms.length),
  }
  SCRATCH.set(index, made)
  return made
}

/** True when a till may have cut the line: long, and not ending in a full measure or a bracket. */
function mayBeCut(name: string, last: Token | undefined): boolean {
  const trimmed = name.trim()
  if (trimmed.length < CUT_CHARS_MIN || last === undefined || !last.isLast) return false
  return last.kind === 'word' || last.kind === 'number'
}

interface Compared extends Explained {
  readonly product: number
  readonly score: number
  readonly ceiling: number
  readonly gate: Gate | null
}

function compare(
  index: ProductIndex,
  view: LineView,
  product: number,
  isCut: boolean,
  gtin: number,
): Compared {
  const { vocabulary } = index
  const numbers = termsOf(index, product)
  const terms: Term[] = []
  const weights = new Float64Array(numbers.length)
  for (const [at, number] of numbers.entries()) {
    const term = vocabulary.terms[number]
    if (term !== undefined) terms.push(term)
    weights[at] = vocabulary.weights[number] ?? 0
  }
  const alignment = align(view.tokens, terms, (lineAt, at) =>
    view.similarity(lineAt, numbers[at] ?? 0),
  )
  explainTotals(view.tokens, terms, alignment)
  const own = index.gtins[product] ?? 0
  const isOtherGtin = gtin !== 0 && own !== 0 && own !== gtin
  const gate = isOtherGtin ? 'gtin' : gateOf(view.tokens, terms, alignment)
  return {
    product,
    gate,
    terms: numbers,
    sure: alignment.productSure,
    lineSure: alignment.lineSure,
    ...scoreOf(view.tokens, terms, view.weights, weights, alignment, isCut),
  }
}

/** True when the line states no size and no count. */
function isSizeless({ tokens }: LineView): boolean {
  return !tokens.some(({ kind }) => kind === 'mass' || kind === 'volume' || kind === 'count')
}

/** Decides among the compared candidates. */
function decide(
  index: ProductIndex,
  view: LineView,
  compared: readonly Compared[],
  isCut: boolean,
): LineMatch {
  const order = [...compared].sort((one, other) => other.score - one.score)
  const best = order.find((one) => one.gate === null) ?? order[0]
  if (best === undefined) return NO_MATCH
  let rival = 0
  for (const one of order) {
    // The same product may stand in a catalogue under several GTINs or spellings.
    if (index.ids[one.product] === index.ids[best.product]) continue
    rival = Math.max(rival, one.gate === null ? one.ceiling : one.score)
  }
  const margin = Math.max(0, Math.min(1, best.ceiling - rival))
  const mayStand = best.gate === null && best.score >= SCORE_MIN && margin >= MARGIN_MIN
  const answer = {
    productId: index.ids[best.product] ?? null,
    score: best.score,
    margin,
    accepted: mayStand && !isOpen(index, best, order, view.weights, isCut || isSizeless(view)),
    by: 'name' as const,
  }
  return best.gate === null ? answer : { ...answer, gate: best.gate }
}

function matchName(index: ProductIndex, name: string, gtin: number): LineMatch {
  const tokens = tokenise(name)
  const scratch = scratchOf(index)
  const isCut = mayBeCut(name, tokens.at(-1))
  const said = tokens.map((token) => lineToken(token, isCut))
  const { tokens: line, pool } = candidatesOf(index, said, scratch.candidates)
  if (pool.length === 0) return NO_MATCH
  const view = new LineView(index, line, pool, scratch.view)
  const products = view.shortlist(pool, CANDIDATES_MAX)
  return decide(
    index,
    view,
    products.map((product) => compare(index, view, product, isCut, gtin)),
    isCut,
  )
}

function certain(index: ProductIndex, product: number, by: 'gtin' | 'alias'): LineMatch {
  return { productId: index.ids[product] ?? null, score: 1, margin: 1, accepted: true, by }
}

/** Finds the product of a receipt line. Never throws, whatever the name. */
export function matchLine(index: ProductIndex, line: ReceiptLine): LineMatch {
  const given = line.gtin === undefined || line.gtin === null ? null : canonicalGtin(line.gtin)
  const gtin = Number(given ?? leadingGtin(line.name) ?? 0)
  const byGtin = gtin === 0 ? undefined : productOfGtin(index, gtin)
  if (byGtin !== undefined) return certain(index, byGtin, 'gtin')
  if (index.byAlias.size > 0) {
    const retailer = line.retailerId ?? null
    const byAlias =
      index.byAlias.get(aliasKey(retailer, line.name)) ??
      index.byAlias.get(aliasKey(null, line.name))
    if (byAlias !== undefined) return certain(index, byAlias, 'alias')
  }
  return matchName(index, line.name, gtin)
}
