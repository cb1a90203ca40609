import { describe, expect, it } from 'vitest'
import { registered, ringOf, sampleOf } from '#fiscal/corpus.test-data'
import { type AtReceipt, printAt } from '#fiscal/print/at'
import { type DeReceipt, printDe } from '#fiscal/print/de'
import { printRs, type RsReceipt } from '#fiscal/print/rs'
import { readCode } from '#fiscal/registry'
import {
  MARKETS,
  type MarketCode,
  TRUST_CLASSES,
  type TrustPolicy,
  type TrustRule,
} from '#schema/market'
import { minor } from '#schema/money'
import type { DocumentLine, FiscalDocument } from '#schema/receipt'
import { operationOf, wallTime } from '#worker/receipts/foreign-scan'
import { findSale } from '#worker/receipts/returned'
import { askAboutCode, type CodePorts } from '#worker/verification/code-authority'
import type { LookupDocument } from '#worker/verification/lookups/lookup'

/** How each country prints goods that come back, and which of a shopper's sales that means. */

const policyOf = (rule: TrustRule) =>
  Object.fromEntries(TRUST_CLASSES.map((trust) => [trust, rule])) as TrustPolicy

async function documentOf(text: string, ports: Partial<CodePorts> = {}): Promise<FiscalDocument> {
  const read = readCode(text)
  if (!read.ok) throw new Error(read.reason)
  const { code } = read
  const scan = {
    ...{ country: code.country, text, issuer: code.issuer, till: null, trust: code.trust },
    time: wallTime(code.issuedAt ?? '2026-11-21T18:42', MARKETS[code.country]),
    totalMinor: minor(Math.abs(code.totalMinor ?? 0)),
    operation: operationOf(code),
    signature: 'absent' as const,
    missing: [...code.missing],
    officialPage: null,
  }
  const answer = await askAboutCode(scan, {
    keys: ringOf({}),
    ownerOf: async () => null,
    policy: async () => policyOf('pays'),
    lookUp: () => null,
    sale: async () => null,
    ...ports,
  })
  if (answer.kind !== 'authentic') throw new Error(JSON.stringify(answer))
  return answer.document
}

/** What the return takes off the sale; null when that is none of its sales. */
function takenOff(sale: FiscalDocument, returned: FiscalDocument, market: MarketCode) {
  expect([sale.kind, returned.kind]).toEqual([1, 2])
  const candidates = [{ id: 'sale', remaining: sale }]
  return findSale(candidates, returned, MARKETS[market].returnDaysMax)?.goods.totalMinor ?? null
}

const ofAnother = (sale: FiscalDocument): FiscalDocument => ({
  ...sale,
  sellerTaxNumber: sale.sellerTaxNumber && `${sale.sellerTaxNumber}9`,
  tillRegistration: sale.tillRegistration && `${sale.tillRegistration}9`,
})

describe('by its code alone', () => {
  const kg = sampleOf('kg')
  const me = sampleOf('me')
  it.each([
    ['a Portuguese credit note', 'pt', sampleOf('pt'), sampleOf('pt', 1), 4_667],
    [
      'a Portuguese credit note of a part',
      'pt',
      sampleOf('pt'),
      sampleOf('pt', 1).replace('O:46.67', 'O:10.00').replace('NC 437251001/12', 'NC 437251001/13'),
      1_000,
    ],
    [
      'a Montenegrin correction',
      'me',
      me,
      me.replace('prc=', 'prc=-').replace('0D7C', '0D7D'),
      5_910,
    ],
    [
      'a Kyrgyz return',
      'kg',
      kg,
      kg.replace('operation_type=1', 'operation_type=2').replace('172045', '172046'),
      91_950,
    ],
  ] as const)(
    '%s finds the seller’s sale, and no other seller’s',
    async (_, market, sold, back, taken) => {
      const [sale, returned] = [await documentOf(sold), await documentOf(back)]
      expect(takenOff(sale, returned, market)).toBe(taken)
      expect(takenOff(ofAnother(sale), returned, market)).toBeNull()
    },
  )

  it('a Croatian storno finds none: its code names neither seller nor till', async () => {
    const text = sampleOf('hr')
    const sale = await documentOf(text)
    const returned = await documentOf(text.replace('125,50', '-125,50').replace('985f', '985e'))
    expect(takenOff(sale, returned, 'hr')).toBeNull()
  })
})

async function newKey() {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
    'verify',
  ])
  const sign = async (message: Uint8Array) =>
    new Uint8Array(
      await crypto.subtle.sign(
        { name: 'ECDSA', hash: 'SHA-256' },
        pair.privateKey,
        new Uint8Array(message),
      ),
    )
  return { pair, sign }
}

describe('signed', () => {
  it('an Austrian storno and a negative receipt find the sale of their till', async () => {
    const { pair, sign } = await newKey()
    const jwk = await crypto.subtle.exportKey('jwk', pair.publicKey)
    const keys = ringOf({ '5a17c0df': registered(jwk as Parameters<typeof registered>[0]) })
    const print = (receipt: string, amountMinor: number, till = 'K1', turnover?: 'STO') => {
      const draft: AtReceipt = {
        ...{ provider: 'AT1', till, receipt, serial: '5a17c0df', chain: new Uint8Array(8) },
        time: '2026-11-21T18:42:07',
        totalsMinor: [amountMinor, 0, 0, 0, 0],
        turnover: turnover ?? new Uint8Array(8),
      }
      return printAt(draft, sign).then((text) => documentOf(text, { keys }))
    }
    const sale = await print('1', 1_000)
    expect(takenOff(sale, await print('2', -400), 'at')).toBe(400)
    expect(takenOff(sale, await print('3', -1_000, 'K1', 'STO'), 'at')).toBe(1_000)
    expect(takenOff(await print('4', 1_000, 'K2'), await print('5', -400), 'at')).toBeNull()
    expect(takenOff(sale, await print('6', -1_001), 'at')).toBeNull()
  })

  it('a German cancellation and a negative receipt find the sale of their device', async () => {
    const [own, other] = [await newKey(), await newKey()]
    const print = async (kind: string, amountMinor: number, counter: number, key = own) => {
      const draft: DeReceipt = {
        ...{ clientId: 'K1', kind, isCash: true, transaction: counter, counter },
        grossMinor: [amountMinor, 0, 0, 0, 0],
        startedAt: '2026-11-21T18:41:00Z',
        loggedAt: '2026-11-21T18:42:00Z',
      }
      const raw = await crypto.subtle.exportKey('raw', key.pair.publicKey)
      const publicKey = new Uint8Array(raw)
      const device = { publicKey, hash: 'SHA-256', timeFormat: 'unixTime' } as const
      return documentOf(await printDe(draft, { ...device, sign: key.sign }))
    }
    const sale = await print('Beleg', 900, 1)
    expect(takenOff(sale, await print('Beleg', -300, 2), 'de')).toBe(300)
    expect(takenOff(sale, await print('AVBelegstorno', -900, 3), 'de')).toBe(900)
    expect(takenOff(sale, await print('AVBelegstorno', -900, 3, other), 'de')).toBeNull()
  })
})

const serbian = (changes: Partial<RsReceipt>): string =>
  printRs({
    ...{ requestedBy: 'KXDWGJ5K', signedBy: 'GESE6HO0', invoiceType: 0, transactionType: 0 },
    ...{ totalCounter: 7, typeCounter: 7, totalMinor: 30_000, buyerId: '' },
    issuedAtMs: Date.parse('2026-11-21T17:42:00Z'),
    internal: new Uint8Array(256),
    signature: new Uint8Array(256),
    ...changes,
  })

const REFUND = { transactionType: 1, totalCounter: 8 } as const

describe('a TaxCore refund', () => {
  it('finds the sale of its device by the amount that its code tells', async () => {
    const sale = await documentOf(serbian({}))
    const refund = await documentOf(serbian({ ...REFUND, totalMinor: 12_000 }))
    expect(takenOff(sale, refund, 'rs')).toBe(12_000)
    const elsewhere = await documentOf(serbian({ ...REFUND, signedBy: 'GESE6HO1' }))
    expect(takenOff(sale, elsewhere, 'rs')).toBeNull()
  })

  it('finds it by its goods when the look-up lists them, and takes these alone', async () => {
    const line = (name: string, sumMinor: number): DocumentLine => ({
      ...{ name, priceMinor: minor(sumMinor), quantityMicro: 1_000_000, subject: null },
      ...{ sumMinor: minor(sumMinor), gtin: null },
    })
    const looked = (text: string, lines: readonly DocumentLine[], operation: 'sale' | 'return') => {
      const read = readCode(text)
      if (!read.ok) throw new Error(read.reason)
      const document: LookupDocument = {
        ...{ identities: [read.code.identity], sellerName: 'Prodavnica', address: null },
        ...{ sellerTaxNumber: '101148779', till: null, placeName: null, currency: 'RSD' },
        totalMinor: read.code.totalMinor ?? 0,
        issuedAt: read.code.issuedAt ?? '',
        ...{ operation, lines },
      }
      const lookUp = () => ({ ask: async () => ({ kind: 'authentic' as const, document }) })
      return documentOf(text, { policy: async () => policyOf('confirm'), lookUp })
    }
    const goods = [line('Mleko', 18_000), line('Hleb', 12_000)]
    const sale = await looked(serbian({}), goods, 'sale')
    const part = serbian({ ...REFUND, totalMinor: 12_000 })
    const bread = await looked(part, goods.slice(1), 'return')
    const found = findSale([{ id: 'sale', remaining: sale }], bread, 60)
    expect(found?.goods.lines).toEqual([{ line: 1, quantityMicro: 1_000_000, sumMinor: 12_000 }])
    const juice = await looked(part, [line('Sok', 12_000)], 'return')
    expect(takenOff(sale, juice, 'rs')).toBeNull()
    // A look-up that calls a refund a sale is another receipt: nothing is credited for it.
    await expect(looked(part, goods.slice(1), 'sale')).rejects.toThrow('differs')
  })
})
