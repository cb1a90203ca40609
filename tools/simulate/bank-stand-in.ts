import { childOf, childrenOf, readXml } from '#worker/outside/xml'
import type { Random } from './random.ts'

type Paid = {
  readonly key: string
  readonly amount: string
  readonly currency: string
  state: 'received' | 'paid' | 'refused' | 'returned'
}

/**
 * The operator's bank: takes a MsgId once, pays every transfer of every file that it took, and
 * never pays what it refused. Its reports may be late, partial, doubled or wrong about the amount.
 */
export class BankStandIn {
  readonly #files = new Map<string, Paid[]>()
  readonly #random: Random
  #clock = 0

  constructor(random: Random) {
    this.#random = random
  }

  take(content: string): void {
    const initiation = childOf(readXml(content), 'CstmrCdtTrfInitn')
    const messageId = childOf(initiation, 'GrpHdr', 'MsgId')?.text ?? ''
    if (this.#files.has(messageId)) return
    const transfers = childrenOf(childOf(initiation, 'PmtInf'), 'CdtTrfTxInf').map((transfer) => {
      const amount = childOf(transfer, 'Amt', 'InstdAmt')
      return {
        key: childOf(transfer, 'PmtId', 'EndToEndId')?.text ?? '',
        amount: amount?.text ?? '',
        currency: amount?.attributes.Ccy ?? '',
        state: 'received' as const,
      }
    })
    this.#files.set(messageId, transfers)
  }

  has(messageId: string): boolean {
    return this.#files.has(messageId)
  }

  /** Goes on with some of what it has; all of it at rest. */
  work(isResting = false): void {
    for (const transfer of [...this.#files.values()].flat()) {
      if (!isResting && this.#random.chance(0.5)) continue
      if (transfer.state === 'received') {
        transfer.state = this.#random.chance(0.75) ? 'paid' : 'refused'
      } else if (transfer.state === 'paid' && !isResting && this.#random.chance(0.4)) {
        transfer.state = 'returned'
      }
    }
  }

  /** How often money left under a key, and how often it stayed away. */
  left(key: string): { times: number; stays: number } {
    const mine = [...this.#files.values()].flat().filter((one) => one.key === key)
    const paid = mine.filter(({ state }) => state === 'paid').length
    const returned = mine.filter(({ state }) => state === 'returned').length
    return { times: paid + returned, stays: paid }
  }

  /** What it says of a file now, truly; moody: about another amount it says the contrary. */
  report(messageId: string, isMoody: boolean): string {
    this.#clock += 1
    const saidAt = new Date(Date.UTC(2026, 10, 23) + this.#clock * 1_000).toISOString()
    const transfers = (this.#files.get(messageId) ?? []).map((transfer) => {
      const isWrong = isMoody && this.#random.chance(0.4)
      const isStrange = isMoody && this.#random.chance(0.2)
      const status = isStrange ? 'BLCK' : statusOf(transfer, isWrong)
      const amount = isWrong ? `1${transfer.amount}` : transfer.amount
      return `<TxInfAndSts><OrgnlEndToEndId>${transfer.key}</OrgnlEndToEndId>
        <TxSts>${status}</TxSts><OrgnlTxRef><Amt>
        <InstdAmt Ccy="${transfer.currency}">${amount}</InstdAmt></Amt></OrgnlTxRef></TxInfAndSts>`
    })
    return `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>
      <GrpHdr><MsgId>STS-${this.#clock}</MsgId><CreDtTm>${saidAt}</CreDtTm></GrpHdr>
      <OrgnlGrpInfAndSts><OrgnlMsgId>${messageId}</OrgnlMsgId>
        <OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId><GrpSts>PART</GrpSts></OrgnlGrpInfAndSts>
      <OrgnlPmtInfAndSts><OrgnlPmtInfId>${messageId}-1</OrgnlPmtInfId>${transfers.join('')}
      </OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>`
  }
}

function statusOf({ state }: Paid, isWrong: boolean): string {
  if (state === 'received') return 'ACSP'
  const isPaid = state === 'paid'
  return isPaid !== isWrong ? 'ACSC' : 'RJCT'
}
