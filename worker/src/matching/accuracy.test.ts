import { describe, expect, it } from 'vitest'
import corpus from './corpus/chain-lines.json' with { type: 'json' }
import { chainStyleCorpus } from './testing/chain-style.ts'
import { type Corpus, evaluate, type Figures, makeCorpus } from './testing/evaluation.ts'
import { matchNamed, namedIndex } from './testing/named.ts'
import { FITTED_STYLES, HELD_OUT_STYLES } from './testing/noise.ts'
import { PHOTO_NOISES } from './testing/photo-noise.ts'
import { seeded } from './testing/random.ts'

/** A seed that nothing was fitted to. */
const SEED = 20_260
const SIBLINGS = 900
const DENSE_SIBLINGS = 2_500
const ABSENT_SHARE = 0.3

/** Whatever the lines, an absent product is paid for once in a hundred lines at most. */
function expectFigures(figures: Figures, coverageMin: number): void {
  expect(figures.absent).toBeGreaterThanOrEqual(300)
  expect(figures.falseAccepts).toBeLessThanOrEqual(0.01)
  expect(figures.precision).toBeGreaterThanOrEqual(0.99)
  expect(figures.coverage).toBeGreaterThanOrEqual(coverageMin)
}

/** Every so many-th line: enough to count, in little time. */
function sampled({ index, lines }: Corpus, every: number): Pick<Corpus, 'index' | 'lines'> {
  return { index, lines: lines.filter((_, at) => at % every === 0) }
}

describe('on a generated corpus full of near siblings', () => {
  // Odd steps meet every one of the six styles in turn.
  it.each([
    ['siblings', SIBLINGS, 'fitted', FITTED_STYLES, 5, 0.7],
    ['dense siblings', DENSE_SIBLINGS, 'held-out', HELD_OUT_STYLES, 13, 0.65],
  ])('%s (%i) in %s styles', (_, count, __, styles, every, coverageMin) => {
    const corpus = makeCorpus(SEED, count, ABSENT_SHARE, styles)
    expectFigures(evaluate(sampled(corpus, every)), coverageMin)
  })
})

describe('on lines written in the styles of chains', () => {
  const { products, lines } = chainStyleCorpus()
  const index = namedIndex(products)

  it('as the till printed them', () => {
    const figures = evaluate({ index, lines })
    expect(figures.present).toBeGreaterThanOrEqual(300)
    expectFigures(figures, 0.9)
  })

  it.each([
    ['letters confused', 0.85],
    ['blanks lost', 0.83],
    // Where the cut took the size, nothing in the line tells a product from its sibling.
    ['end cut', 0.15],
  ])('on a photo with %s', (fault, coverageMin) => {
    const noise = PHOTO_NOISES[fault]
    if (noise === undefined) throw new Error(`no fault ${fault}`)
    const random = seeded(SEED)
    const noisy = lines.map((known) => ({ ...known, line: noise(random, known.line) }))
    expectFigures(evaluate({ index, lines: noisy }), coverageMin)
  })
})

const COVERAGE_MIN = 0.9

describe('on lines of real chains', () => {
  // Lines from slgero/receipt_parser; the products are what a person reads in them, and siblings.
  const { lines, products } = corpus
  const index = namedIndex(products.map((known) => ({ ...known, gtin: null, brand: null })))
  const answers = lines.map((known) => ({
    ...known,
    match: matchNamed(index, { name: known.line }),
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
