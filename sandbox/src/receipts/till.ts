import { minor } from '#schema/money'
import { ALL_CHAINS, type Chain } from '../catalogue.ts'
import type { SignedFields } from '../tax/fiscal-sign.ts'
import { lineOf, type Random, randomBasket } from './basket.ts'
import { codeFor } from './code.ts'
import type { IssuedLine, IssuedReceipt, ReceiptDraft } from './receipt.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const LINES_DEFAULT_MAX = 9
const RECEIPTS_PER_SHIFT = 150

type TillDeps = {
  now: number
  random: Random
  /** The next document number of a drive: it grows with every document. */
  nextDocument(fiscalDrive: string): number
  sign(fields: SignedFields): Promise<number>
}

export type Refusal = { refused: 'unknown_till' | 'not_sold_here' | 'total_too_large' }

function chainOf(draft: ReceiptDraft): Chain {
  const wanted = ALL_CHAINS.find((chain) =>
    draft.chain === undefined
      ? chain.stores.some((store) =>
          store.tills.some((till) => till.fiscalDrive === draft.fiscalDrive),
        )
      : chain.id === draft.chain,
  )
  const chain = wanted ?? ALL_CHAINS[0]
  if (chain === undefined) throw new Error('the catalogue has no chains')
  return chain
}

function placeOf(chain: Chain, fiscalDrive: string | undefined) {
  for (const store of chain.stores) {
    for (const till of store.tills) {
      if (fiscalDrive === undefined || till.fiscalDrive === fiscalDrive) return { store, till }
    }
  }
  return null
}

function linesOf(chain: Chain, draft: ReceiptDraft, random: Random): IssuedLine[] | null {
  if (typeof draft.lines === 'object') {
    const lines = draft.lines.map((line) => lineOf(chain, line))
    return lines.every((line) => line !== null) ? lines : null
  }
  if (draft.lines === undefined && draft.totalMinor !== undefined) {
    const whole = lineOf(chain, { name: 'Товар', priceMinor: 0 })
    const sumMinor = draft.totalMinor
    return whole && [{ ...whole, priceMinor: sumMinor, sumMinor }]
  }
  const count = draft.lines ?? 2 + Math.floor(random() * (LINES_DEFAULT_MAX - 1))
  return randomBasket(chain, count, random)
}

/** The wall clock of a place a few minutes ago. */
function fewMinutesAgo(chain: Chain, now: number, random: Random): string {
  const ago = (2 + Math.floor(random() * 7)) * MINUTE_MS
  return new Date(now - ago + chain.utcOffsetHours * HOUR_MS).toISOString().slice(0, 16)
}

/** Issues one receipt as a till does: numbers it, signs it, hands it on after a while. */
export async function issueReceipt(
  draft: ReceiptDraft,
  lateMs: number,
  deps: TillDeps,
): Promise<IssuedReceipt | Refusal> {
  const chain = chainOf(draft)
  const place = placeOf(chain, draft.fiscalDrive)
  if (place === null) return { refused: 'unknown_till' }
  const lines = linesOf(chain, draft, deps.random)
  if (lines === null) return { refused: 'not_sold_here' }
  const total = draft.totalMinor ?? lines.reduce((sum, line) => sum + line.sumMinor, 0)
  if (!Number.isSafeInteger(total)) return { refused: 'total_too_large' }
  const fn = place.till.fiscalDrive
  const fields: SignedFields = {
    time: draft.time ?? fewMinutesAgo(chain, deps.now, deps.random),
    totalMinor: minor(total),
    fn,
    i: deps.nextDocument(fn),
    kind: draft.kind ?? 1,
  }
  const paper = {
    scan: { ...fields, fp: await deps.sign(fields) },
    chainId: chain.id,
    storeName: place.store.name,
    storeAddress: place.store.address,
    tillRegistration: place.till.registration,
    shift: 1 + Math.floor(fields.i / RECEIPTS_PER_SHIFT),
    numberInShift: 1 + (fields.i % RECEIPTS_PER_SHIFT),
    lines,
    issuedAt: deps.now,
    deliveredAt: deps.now + (draft.deliveredAfterMs ?? lateMs),
  }
  return { ...paper, code: await codeFor(paper) }
}
