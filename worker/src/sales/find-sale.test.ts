import { describe, expect, it } from 'vitest'
import { MARKETS } from '#schema/market'
import { minor } from '#schema/money'
import { marketOfScan, ReceiptScan } from '#schema/receipt'
import {
  type Candidate,
  chooseSale,
  type FeedingRetailer,
  readPurchase,
  retailerOf,
} from './find-sale.ts'
import { submissionOfSale } from './sale-receipt.ts'

const OURS = 'prt_00000001'
const PURCHASE = { minute: '2026-11-21T18:42', totalMinor: 25_900, isTyped: false }
const MILK = [{ name: 'МОЛОКО ЛУГОВОЕ 3,2% 930', sumMinor: null }]

function saleOf(changes: Partial<Candidate> = {}): Candidate {
  const line = { name: 'Молоко Луговое 3,2 % 930 мл', gtin: '', quantityMicro: 1_000_000 }
  const priceMinor = minor(25_900)
  return {
    partnerId: OURS,
    till: '0000000001012345',
    number: '1',
    time: '2026-11-21T18:42',
    totalMinor: minor(25_900),
    currency: 'RUB',
    operation: 'sale',
    fiscal: null,
    lines: [{ ...line, priceMinor, sumMinor: priceMinor }],
    ...changes,
  }
}

const found = (...sales: Candidate[]) =>
  chooseSale(OURS, PURCHASE, MILK, sales, MARKETS.ru)?.number ?? null
const bread = saleOf().lines.map((line) => ({ ...line, name: 'Хлеб бородинский' }))
const fiscal = { fn: '9999078900000001', fd: 7, fp: 8 }

describe('a sale vouches for a photo', () => {
  it('of the same shop, minute, total and goods', () => {
    expect(found(saleOf())).toBe('1')
  })

  it('when the clocks of till and shop are five minutes apart, and no more', () => {
    expect(found(saleOf({ time: '2026-11-21T18:37' }))).toBe('1')
    expect(found(saleOf({ time: '2026-11-21T18:47' }))).toBe('1')
    expect(found(saleOf({ time: '2026-11-21T18:36' }))).toBeNull()
    expect(found(saleOf({ time: '2026-11-21T18:48' }))).toBeNull()
  })

  it('across midnight and without lines that could be read', () => {
    const purchase = { ...PURCHASE, minute: '2026-11-22T00:01' }
    const sale = saleOf({ time: '2026-11-21T23:58' })
    expect(chooseSale(OURS, purchase, [], [sale], MARKETS.ru)).toBe(sale)
  })

  it('told from its neighbour by the goods, when it has fiscal numbers of its own', () => {
    expect(found(saleOf({ fiscal }), saleOf({ number: '2', lines: bread }))).toBe('1')
  })
})

describe('no sale vouches', () => {
  it('abroad without the code that its till has printed', () => {
    const sale = saleOf({ currency: 'EUR', fiscal: { identity: 'at:KASSE-1:7:5a17c0de' } })
    const chosen = (one: Candidate) => chooseSale(OURS, PURCHASE, MILK, [one], MARKETS.at)
    expect(chosen(sale)).toBe(sale)
    expect(chosen({ ...sale, fiscal: null })).toBeNull()
    expect(chosen({ ...sale, currency: 'RUB' })).toBeNull()
    // Photo and scan of one receipt are one receipt.
    const vouching = { ...sale, taxNumber: 'ATU12345675', saleNumber: null, saleTill: null }
    const { fingerprint, scan } = submissionOfSale('wal_1', vouching)
    expect(fingerprint).toBe('at:KASSE-1:7:5a17c0de')
    expect(marketOfScan(ReceiptScan.parse(scan))).toBeNull()
  })

  it('for what was typed beside a picture that names no goods', () => {
    const typed = { ...PURCHASE, isTyped: true }
    for (const name of ['СЫР', 'ЧАЙ', '']) {
      const items = [{ name, sumMinor: minor(1_000) }]
      expect(chooseSale(OURS, typed, items, [saleOf()], MARKETS.ru)).toBeNull()
    }
    expect(chooseSale(OURS, typed, [], [saleOf()], MARKETS.ru)).toBeNull()
    expect(chooseSale(OURS, typed, MILK, [saleOf()], MARKETS.ru)?.number).toBe('1')
  })

  it('when two fit: nobody guesses which', () => {
    const other = { number: '2', time: '2026-11-21T18:44', fiscal: { ...fiscal, fd: 9 } }
    expect(found(saleOf({ fiscal }), saleOf(other))).toBeNull()
  })

  it('by paper alone while a neighbour of its own has the same total, whatever was bought', () => {
    const at = (time: string) => saleOf({ number: '2', lines: bread, time })
    expect(found(saleOf(), at('2026-11-21T18:42'))).toBeNull()
    // Too far from the photo to be its sale, and near enough to be taken for it.
    const sale = saleOf({ time: '2026-11-21T18:46' })
    expect(found(sale, at('2026-11-21T18:51'))).toBeNull()
    expect(found(sale, at('2026-11-21T18:52'))).toBe('1')
  })

  it.each([
    ['of another retailer', { partnerId: 'prt_00000002' }],
    ['that is a return', { operation: 'return' as const }],
    ['in another currency', { currency: 'EUR' as 'RUB' }],
    ['of another total by a kopeck', { totalMinor: minor(25_901) }],
    ['of other goods', { lines: bread }],
  ])('%s', (_, changes) => {
    expect(found(saleOf(changes))).toBeNull()
  })

  it('for a reading without date, time or total', () => {
    const field = <Value>(value: Value) => ({
      value,
      certainty: 'plausible' as const,
      corners: [],
      shot: 0,
    })
    const read = {
      ...{ taxNumber: null, retailer: null, fn: null, isTyped: false },
      time: field('18:42'),
    }
    const whole = { ...read, date: field('2026-11-21'), totalMinor: field(minor(25_900)) }
    expect(readPurchase(whole)).toEqual(PURCHASE)
    expect(readPurchase({ ...whole, date: null })).toBeNull()
    expect(readPurchase({ ...whole, totalMinor: null })).toBeNull()
  })
})

describe('the retailer of a paper', () => {
  const shop = (changes: Partial<FeedingRetailer> = {}): FeedingRetailer => ({
    id: OURS,
    taxNumber: '7700000009',
    name: 'Берёзка',
    legalName: 'ООО «Берёзка»',
    hasDrive: false,
    ...changes,
  })
  const OTHER = shop({
    id: 'prt_00000002',
    taxNumber: '1600000004',
    name: 'Заря',
    legalName: 'ООО «Заря»',
  })
  const read = (taxNumber: string | null, retailer: string | null) => {
    const field = (value: string | null) =>
      value === null ? null : { value, certainty: 'doubtful' as const, corners: [], shot: 0 }
    const reading = { taxNumber: field(taxNumber), retailer: field(retailer) }
    return { ...reading, fn: null, date: null, time: null, totalMinor: null }
  }

  it('is known by its tax number before its name, by its till before its name', () => {
    expect(retailerOf(read('1600000004', 'БЕРЕЗКА'), [shop(), OTHER])).toBe(OTHER)
    const withTill = shop({ hasDrive: true })
    expect(retailerOf(read(null, 'Заря'), [withTill, OTHER])).toBe(withTill)
  })

  it('is known by its name in capitals, with the quotes of the paper', () => {
    expect(retailerOf(read(null, 'МАГАЗИН "БЕРЕЗКА" №7'), [shop(), OTHER])).toMatchObject({
      id: OURS,
    })
  })

  it('is nobody when the name fits two, or none', () => {
    expect(
      retailerOf(read(null, 'Берёзка'), [shop(), shop({ id: 'prt_00000003', taxNumber: '1' })]),
    ).toBeNull()
    expect(retailerOf(read('5000000017', 'Рассвет'), [shop(), OTHER])).toBeNull()
  })
})
