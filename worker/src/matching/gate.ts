/**
 * Hard gates: facts on which a line and its product must not differ, whatever the rest of the names
 * says.
 */

import type { Alignment } from './alignment.ts'
import { areRivals, isFlavour } from './lexicon.ts'
import type { TokenKind } from './normalise.ts'
import type { LineToken } from './similarity.ts'
import type { Term } from './vocabulary.ts'

/** The fact that differs. */
export type Gate = 'gtin' | 'size' | 'fat' | 'flavour' | 'count'

type Group = 'size' | 'fat' | 'count' | 'bare'

const GROUP: Readonly<Record<TokenKind, Group | null>> = {
  word: null,
  code: null,
  mass: 'size',
  volume: 'size',
  percent: 'fat',
  count: 'count',
  number: 'bare',
}

/** Shortest word that a negation is looked for in (`газ` → `негаз`). */
const NEGATED_LETTERS_MIN = 3

/** `100 %` praises juice, `1 шт` counts nothing. */
function isSilent({ kind, lo }: Pick<Term, 'kind' | 'lo'>): boolean {
  return (kind === 'percent' && lo >= 100) || (kind === 'count' && lo === 1)
}

interface Side {
  readonly total: Record<Group, number>
  readonly explained: Record<Group, number>
}

function sideOf(tokens: readonly Pick<Term, 'kind' | 'lo'>[], sure: Float64Array): Side {
  const side: Side = {
    total: { size: 0, fat: 0, count: 0, bare: 0 },
    explained: { size: 0, fat: 0, count: 0, bare: 0 },
  }
  for (const [at, token] of tokens.entries()) {
    const group = GROUP[token.kind]
    if (group === null || isSilent(token)) continue
    side.total[group] += 1
    if (sure[at] !== 0) side.explained[group] += 1
  }
  return side
}

function silentOn(side: Side, group: Group): boolean {
  return side.total[group] === side.explained[group]
}

/**
 * True when the sizes agree and one side alone speaks of several pieces: a multipack is another
 * product.
 */
function isOtherPack(one: Side, other: Side): boolean {
  const agreeOnSize = one.explained.size > 0 && other.explained.size > 0
  const isMultipack = one.total.count > 0 && one.explained.count === 0
  return agreeOnSize && isMultipack && other.total.count === 0 && silentOn(other, 'bare')
}

/** A gate closes when both sides speak of its fact and no number of one agrees with the other's. */
function numberGate(line: Side, product: Side): Gate | null {
  for (const group of ['size', 'fat', 'count'] as const) {
    const bothSpeak = line.total[group] > 0 && product.total[group] > 0
    if (bothSpeak && line.explained[group] === 0 && product.explained[group] === 0) return group
    // A bare number on one side that nothing explains, and an unexplained measure on the other.
    const isLineBare = !silentOn(line, 'bare') && product.total[group] > 0
    if (isLineBare && product.explained[group] === 0 && line.total[group] === 0) return group
    const isProductBare = !silentOn(product, 'bare') && line.total[group] > 0
    if (isProductBare && line.explained[group] === 0 && product.total[group] === 0) return group
  }
  if (isOtherPack(line, product) || isOtherPack(product, line)) return 'count'
  const bothBare = !silentOn(line, 'bare') && !silentOn(product, 'bare')
  return bothBare ? 'count' : null
}

const MODEL = /^([^\d]+)\d+$/

/**
 * True when the words contradict each other: `c0` and `c1`, `рафинированное` and
 * `нерафинированное`.
 */
function contradict(one: string, other: string): boolean {
  const [shorter, longer] = one.length < other.length ? [one, other] : [other, one]
  for (const negation of ['не', 'без']) {
    const isNegated = longer.startsWith(negation) && shorter.length >= NEGATED_LETTERS_MIN
    if (isNegated && longer.slice(negation.length).startsWith(shorter)) return true
  }
  const series = MODEL.exec(one)?.[1]
  return series !== undefined && one !== other && series === MODEL.exec(other)?.[1]
}

/**
 * A word of the line that nothing explains closes the gate when it contradicts what the product
 * says instead.
 */
export function variantGate(
  line: readonly LineToken[],
  terms: readonly Term[],
  { lineSure, productSure }: Alignment,
): Gate | null {
  for (const [at, token] of line.entries()) {
    if (token.kind !== 'word' || lineSure[at] !== 0) continue
    if (isFlavour(token.variant)) return 'flavour'
    for (const [termAt, term] of terms.entries()) {
      if (productSure[termAt] !== 0 || term.kind !== 'word') continue
      const areOpposed = areRivals(token.variant, term.variant) || contradict(token.text, term.text)
      if (areOpposed) return 'flavour'
    }
  }
  return null
}

/** Below one gram a size is a dose: ten tablets of 1 mg are not one of 10 mg. */
const TOTAL_SIZE_MIN = 1

/** Pieces times size, where a side states both (`4х100г` is 400 g), else null. */
function totalSize(tokens: readonly Pick<Term, 'kind' | 'lo'>[]): number | null {
  const pieces = tokens.find((token) => token.kind === 'count' && token.lo > 1)
  const size = tokens.find((token) => GROUP[token.kind] === 'size' && token.lo >= TOTAL_SIZE_MIN)
  return pieces === undefined || size === undefined ? null : pieces.lo * size.lo
}

/** Marks sizes as explained where one side gives the total and the other pieces times size. */
export function explainTotals(
  line: readonly LineToken[],
  terms: readonly Term[],
  { lineSure, productSure }: Alignment,
): void {
  markTotal(totalSize(line), terms, productSure, line, lineSure)
  markTotal(totalSize(terms), line, lineSure, terms, productSure)
}

function markTotal(
  total: number | null,
  whole: readonly Pick<Term, 'kind' | 'lo'>[],
  wholeSure: Float64Array,
  parts: readonly Pick<Term, 'kind' | 'lo'>[],
  partsSure: Float64Array,
): void {
  if (total === null) return
  const at = whole.findIndex(
    (token) => (token.kind === 'mass' || token.kind === 'volume') && token.lo === total,
  )
  if (at < 0) return
  wholeSure[at] = 1
  for (const [part, token] of parts.entries()) {
    if (GROUP[token.kind] === 'size' || token.kind === 'count') partsSure[part] = 1
  }
}

/** The gate that stated sizes, shares and counts close, or null when all stand open. */
export function statedGate(
  line: readonly LineToken[],
  terms: readonly Term[],
  { lineSure, productSure }: Alignment,
): Gate | null {
  return numberGate(sideOf(line, lineSure), sideOf(terms, productSure))
}
