/**
 * Receipt line → product. The ladder: a GTIN names the product; else an alias that a person
 * confirmed; else the best of the trigram candidates, if it is good enough alone. Pure: same index
 * and line, same answer. Every false accept is somebody's money, so whatever stays open is refused.
 */

import { align, alignDamaged } from './alignment.ts'
import { type CandidateScratch, candidateScratch, candidatesOf } from './candidates.ts'
import { explainTotals, type Gate, statedGate, variantGate } from './gate.ts'
import { canonicalGtin, leadingGtin } from './gtin.ts'
import { type Explained, isOpen } from './kin.ts'
import { LineView, ViewScratch } from './line-view.ts'
import { type Token, tokenise } from './normalise.ts'
import { aliasKey, type ProductIndex } from './product-index.ts'
import { scoreOf } from './score.ts'
import { lineToken } from './similarity.ts'
import type { Term } from './vocabulary.ts'

/** Least score of an accepted name match. */
export const SCORE_MIN = 0.5
/**
 * The same when the product accounts for every word of the line: damaged words lower a score as
 * strange ones do, but only strange ones are another product's.
 */
const ACCOUNTED_SCORE_MIN = 0.3
/** A word of the line that is so sure is accounted for; one that weighs less tells nothing. */
const ACCOUNTED_SURE_MIN = 0.35
const TELLING_WEIGHT_MIN = 0.2
/** Least distance of an accepted name match to the runner-up. */
export const MARGIN_MIN = 0.1

/** What a receipt says about one line. */
export interface ReceiptLine {
  readonly name: string
  /** From the marking code of the line, any GTIN form. */
  readonly gtin?: string | null
  readonly retailerId?: string | null
}

/**
 * The answer for one line. `product` is the number of the best candidate, even when it is not
 * accepted.
 */
export interface LineMatch {
  readonly product: number | null
  /** 0 … 1. */
  readonly score: number
  /** Distance to the runner-up, 0 … 1. */
  readonly margin: number
  readonly accepted: boolean
  readonly by: 'gtin' | 'alias' | 'name'
  /** The fact on which the named product differs from the line, when that is why it was refused. */
  readonly gate?: Gate
}

const NO_MATCH: LineMatch = { product: null, score: 0, margin: 0, accepted: false, by: 'name' }

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
    view: new ViewScratch(index.vocabulary.size),
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
  place: number,
  isCut: boolean,
  gtin: number,
): Compared {
  const { vocabulary } = index
  const product = view.productAt(place)
  const numbers = view.termsAt(place)
  const terms: Term[] = []
  const weights = new Float64Array(numbers.length)
  for (const [at, number] of numbers.entries()) {
    terms.push(vocabulary.term(number))
    weights[at] = vocabulary.weights[number] ?? 0
  }
  const alignment = align(view.tokens, terms, (lineAt, at) =>
    view.similarity(lineAt, numbers[at] ?? 0),
  )
  explainTotals(view.tokens, terms, alignment)
  const isOtherGtin = gtin !== 0 && index.hasOtherGtin(product, gtin)
  const stated = isOtherGtin ? 'gtin' : statedGate(view.tokens, terms, alignment)
  // A product of another size or number is refused whatever its words are.
  if (stated === null) {
    alignDamaged(view.tokens, terms, alignment, {
      resemblance: (lineAt, at) => view.resemblance(lineAt, numbers[at] ?? 0),
      heard: (lineAt, at) => view.heard(lineAt, numbers[at] ?? 0),
    })
  }
  const gate = stated ?? variantGate(view.tokens, terms, alignment)
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

/** True when the product explains every word and number of the line, roughly at least. */
function isAccounted({ tokens, weights }: LineView, { lineSure }: Compared): boolean {
  return tokens.every(
    ({ kind }, at) =>
      kind === 'code' ||
      (weights[at] ?? 0) < TELLING_WEIGHT_MIN ||
      (lineSure[at] ?? 0) >= ACCOUNTED_SURE_MIN,
  )
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
    if (index.mainOf(one.product) === index.mainOf(best.product)) continue
    rival = Math.max(rival, one.gate === null ? one.ceiling : one.score)
  }
  const margin = Math.max(0, Math.min(1, best.ceiling - rival))
  const least = isAccounted(view, best) ? ACCOUNTED_SCORE_MIN : SCORE_MIN
  const mayStand = best.gate === null && best.score >= least && margin >= MARGIN_MIN
  const answer = {
    product: best.product,
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
  const places = view.shortlist(CANDIDATES_MAX)
  return decide(
    index,
    view,
    places.map((place) => compare(index, view, place, isCut, gtin)),
    isCut,
  )
}

function certain(product: number, by: 'gtin' | 'alias'): LineMatch {
  return { product, score: 1, margin: 1, accepted: true, by }
}

/** Finds the product of a receipt line. Never throws, whatever the name. */
export function matchLine(index: ProductIndex, line: ReceiptLine): LineMatch {
  const given = line.gtin === undefined || line.gtin === null ? null : canonicalGtin(line.gtin)
  const gtin = Number(given ?? leadingGtin(line.name) ?? 0)
  const byGtin = gtin === 0 ? undefined : index.productOfGtin(gtin)
  if (byGtin !== undefined) return certain(byGtin, 'gtin')
  if (index.byAlias.size > 0) {
    const retailer = line.retailerId ?? null
    const byAlias =
      index.byAlias.get(aliasKey(retailer, line.name)) ??
      index.byAlias.get(aliasKey(null, line.name))
    if (byAlias !== undefined) return certain(byAlias, 'alias')
  }
  return matchName(index, line.name, gtin)
}
