import { FINAL_RECEIPT_STATES, type Receipt } from '#schema/receipt'
import type { Bought } from './outside.ts'
import { call } from './people.ts'
import type { Visitor } from './stage.ts'

const ENDED_MS_MAX = 30_000

/** Hands a receipt in beside the screens and waits for its end: for journeys about other things. */
export async function handIn(visitor: Visitor, { qr }: Bought): Promise<Receipt> {
  const source = { code: 'qr', text: qr }
  let receipt = await call<Receipt>(visitor, 'POST', '/v1/receipts', { source })
  const deadline = Date.now() + ENDED_MS_MAX
  while (!FINAL_RECEIPT_STATES.includes(receipt.state) && Date.now() < deadline) {
    const path = `/v1/receipts/${receipt.id}?after=${receipt.version}`
    receipt = await call<Receipt>(visitor, 'GET', path)
  }
  return receipt
}

/** The same for a receipt that has to be credited. */
export async function earn(visitor: Visitor, bought: Bought): Promise<Receipt> {
  const receipt = await handIn(visitor, bought)
  if (receipt.state === 'credited') return receipt
  throw new Error(`the receipt ended as ${receipt.state}: ${receipt.reason?.code}`)
}
