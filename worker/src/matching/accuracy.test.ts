import { describe, expect, it } from 'vitest'
import corpus from './corpus/chain-lines.json' with { type: 'json' }
import { matchLine } from './match.ts'
import { buildIndex } from './product-index.ts'
import { chainStyleCorpus } from './testing/chain-style.ts'
import { evaluate, makeCorpus } from './testing/evaluation.ts'
import { FITTED_STYLES, HELD_OUT_STYLES } from './testing/noise.ts'

/** A seed that nothing was fitted to. */
const SEED = 20_260
const NAMES = 900
const ABSENT_SHARE = 0.3

describe('on a generated corpus full of near siblings', () => {
  it('few absent products are paid for while most present ones are found', () => {
    const figures = evaluate(makeCorpus(SEED, NAMES, ABSENT_SHARE, FITTED_STYLES))
    expect(figures.falseAccepts).toBeLessThanOrEqual(0.027)
    expect(figures.coverage).toBeGreaterThanOrEqual(0.77)
    expect(figures.precision).toBeGreaterThanOrEqual(0.98)
  })

  it('ways of writing that the weights were not fitted to do nearly as well', () => {
    const figures = evaluate(makeCorpus(SEED, NAMES, ABSENT_SHARE, HELD_OUT_STYLES))
    expect(figures.falseAccepts).toBeLessThanOrEqual(0.03)
    expect(figures.coverage).toBeGreaterThanOrEqual(0.72)
    expect(figures.precision).toBeGreaterThanOrEqual(0.98)
  })
})

describe('on lines written in the styles of chains', () => {
  const { products, lines } = chainStyleCorpus()

  it('at 85 % coverage one absent product in a hundred is paid for at most', () => {
    const figures = evaluate({ index: buildIndex(products), lines })
    expect(figures.absent).toBeGreaterThanOrEqual(300)
    expect(figures.present).toBeGreaterThanOrEqual(300)
    expect(figures.coverage).toBeGreaterThanOrEqual(0.85)
    expect(figures.falseAccepts).toBeLessThanOrEqual(0.01)
    expect(figures.precision).toBeGreaterThanOrEqual(0.99)
  })
})

const COVERAGE_MIN = 0.9

describe('on lines of real chains', () => {
  // Lines from slgero/receipt_parser; the products are what a person reads in them, and siblings.
  const { lines, products } = corpus
  const index = buildIndex(products.map((known) => ({ ...known, gtin: null, brand: null })))
  const answers = lines.map((known) => ({
    ...known,
    match: matchLine(index, { name: known.line }),
  }))

  it('every accepted line is the product that a person reads in it', () => {
    for (const { line, productId, match } of answers) {
      if (match.accepted) expect([line, match.productId]).toEqual([line, productId])
    }
  })

  it('nearly all lines whose product is in the catalogue are accepted', () => {
    const present = answers.filter(({ productId }) => productId !== null)
    const accepted = present.filter(({ match }) => match.accepted)
    expect(accepted.length / present.length).toBeGreaterThanOrEqual(COVERAGE_MIN)
  })
})
