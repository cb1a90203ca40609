import { expect, test } from 'vitest'
import { taxNumberHolds as taxNumberHoldsIn } from '#schema/tax-number'
import { canonicalGtin } from '#worker/matching/gtin'
import {
  ALL_CHAINS,
  ALL_MAKERS,
  ALL_PRODUCTS,
  CHAINS,
  type ChainId,
  chainById,
  MAKERS,
  PRODUCTS,
} from './catalogue.ts'

const LEGAL_WEIGHTS = [2, 4, 10, 3, 5, 9, 4, 6, 8]

function taxNumberHolds(digits: string): boolean {
  const sum = LEGAL_WEIGHTS.reduce((total, weight, at) => total + weight * Number(digits[at]), 0)
  return digits.length === 10 && (sum % 11) % 10 === Number(digits[9])
}

test('numbers are well-formed: check digits hold and nothing is used twice', () => {
  for (const product of PRODUCTS) {
    expect(product.gtin, product.name).toMatch(/^46\d{11}$/)
    expect(canonicalGtin(product.gtin), product.name).not.toBeNull()
  }
  for (const { taxNumber } of [...CHAINS, ...MAKERS]) {
    expect(taxNumberHolds(taxNumber), taxNumber).toBe(true)
  }
  const tills = CHAINS.flatMap((chain) => chain.stores.flatMap((store) => store.tills))
  expect(new Set(tills.map((till) => till.fiscalDrive)).size).toBe(tills.length)
  expect(new Set(tills.map((till) => till.registration)).size).toBe(tills.length)
  expect(new Set(PRODUCTS.map((product) => product.gtin)).size).toBe(PRODUCTS.length)
})

test('150 printed lines of 60 products in 8 chains, none longer than a till prints', () => {
  const lines = PRODUCTS.flatMap((product) => Object.values(product.lines))
  expect(PRODUCTS.length).toBeGreaterThanOrEqual(60)
  expect(lines.length).toBeGreaterThanOrEqual(150)
  expect(new Set(lines).size).toBe(lines.length)
  for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(40)
  for (const chain of CHAINS) {
    expect(PRODUCTS.some((product) => product.lines[chain.id] !== undefined)).toBe(true)
  }
})

test('every brand has a maker', () => {
  const brands = new Set(PRODUCTS.map((product) => product.brand).filter((brand) => brand !== ''))
  expect([...brands].sort()).toEqual(MAKERS.map((maker) => maker.brand).sort())
})

test('the markets abroad: numbers are well-formed, and nothing is sold in two countries', () => {
  const abroad = ALL_CHAINS.filter(({ market }) => market !== 'ru')
  expect(abroad.map(({ market }) => market)).toEqual(['at', 'kz'])
  for (const { market, taxNumber } of [...ALL_CHAINS, ...ALL_MAKERS]) {
    expect(taxNumberHoldsIn(market, taxNumber), taxNumber).toBe(true)
  }
  const home = new Set(CHAINS.map(({ id }) => id))
  for (const { lines, gtin } of ALL_PRODUCTS) {
    const chains = Object.keys(lines) as ChainId[]
    expect(new Set(chains.map((id) => home.has(id) || chainById(id)?.market)).size, gtin).toBe(1)
    expect(canonicalGtin(gtin)).not.toBeNull()
  }
})
