import { childOf, childrenOf, readXml } from '#worker/outside/xml'
import type { Random } from './random.ts'

type Paid = {
  readonly key: string
  readonly amount: string
  readonly currency: string
  state: 'received' | 'paid' | 'refused' | 'returned'
}

/** What it says of a file that it has: some banks give no reason. */
const DUPLICATE_REASONS = ['AM05', 'DUPL', 'DU01', null]

/** What it may check of other bytes before it looks at the MsgId: its date, or a code. */
const EARLY_REASONS = [...DUPLICATE_REASONS, 'DT01', 'FF01']

/**
 * The operator's bank: takes a MsgId once, and refuses it as a whole when it comes again, now and
 * then transfer by transfer and for whatever it checks first; pays every transfer of every file
 * that it took, and never pays what it refused. Its reports may be late, partial, doubled or wrong
 * about the amount.
 */
export class BankStandIn {
  readonly #files = new Map<string, Paid[]>()
  /** As they came first, by MsgId. */
  readonly #contents = new Map<string, string>()
  readonly #random: Random
  readonly #now: () => number
  #saidLast = 0

  constructor(random: Random, now: () => number) {
    this.#random = random
    this.#now = now
  }

  /** Answers with a report at once where it refuses the file. */
  take(content: string): string | null {
    const initiation = childOf(readXml(content), 'CstmrCdtTrfInitn')
    const messageId = childOf(initiation, 'GrpHdr', 'MsgId')?.text ?? ''
    if (this.#files.has(messageId)) {
      const isSame = this.#contents.get(messageId) === content
      return this.#refuseSecond(messageId, isSame)
    }
    this.#contents.set(messageId, content)
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
    return null
  }

  #refuseSecond(messageId: string, isSame: boolean): string {
    const reason = this.#random.pick(isSame ? DUPLICATE_REASONS : EARLY_REASONS)
    if (!isSame && reason !== null && this.#random.chance(0.5)) {
      return this.#write(messageId, '', this.#refusals(messageId, reason))
    }
    return this.#write(messageId, `<GrpSts>RJCT</GrpSts>${reasonPart(reason)}`, '')
  }

  /** Every transfer of a file is refused by its own name. */
  #refusals(messageId: string, reason: string): string {
    const transfers = (this.#files.get(messageId) ?? []).map(
      ({ key }) => `<TxInfAndSts><OrgnlEndToEndId>${key}</OrgnlEndToEndId><TxSts>RJCT</TxSts>
        ${reasonPart(reason)}</TxInfAndSts>`,
    )
    return transfers.join('')
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

  /** What somebody writes in its name: that nothing was paid. */
  forge(messageId: string): string {
    return this.#write(messageId, '<GrpSts>PART</GrpSts>', this.#refusals(messageId, 'AC04'))
  }

  /** What it says of a file now, truly; moody: about another amount it says the contrary. */
  report(messageId: string, isMoody: boolean): string {
    const transfers = (this.#files.get(messageId) ?? []).map((transfer) => {
      const isWrong = isMoody && this.#random.chance(0.4)
      const isStrange = isMoody && this.#random.chance(0.2)
      const status = isStrange ? 'BLCK' : statusOf(transfer, isWrong)
      const amount = isWrong ? `1${transfer.amount}` : transfer.amount
      return `<TxInfAndSts><OrgnlEndToEndId>${transfer.key}</OrgnlEndToEndId>
        <TxSts>${status}</TxSts><OrgnlTxRef><Amt>
        <InstdAmt Ccy="${transfer.currency}">${amount}</InstdAmt></Amt></OrgnlTxRef></TxInfAndSts>`
    })
    return this.#write(messageId, '<GrpSts>PART</GrpSts>', transfers.join(''))
  }

  /** No two of its reports are of one moment. */
  #write(messageId: string, group: string, transfers: string): string {
    this.#saidLast = Math.max(this.#saidLast + 1_000, this.#now())
    const saidAt = new Date(this.#saidLast).toISOString()
    return `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>
      <GrpHdr><MsgId>STS-${this.#saidLast}</MsgId><CreDtTm>${saidAt}</CreDtTm></GrpHdr>
      <OrgnlGrpInfAndSts><OrgnlMsgId>${messageId}</OrgnlMsgId>
        <OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>${group}</OrgnlGrpInfAndSts>
      <OrgnlPmtInfAndSts><OrgnlPmtInfId>${messageId}-1</OrgnlPmtInfId>${transfers}
      </OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>`
  }
}

const reasonPart = (code: string | null) =>
  code === null ? '' : `<StsRsnInf><Rsn><Cd>${code}</Cd></Rsn></StsRsnInf>`

function statusOf({ state }: Paid, isWrong: boolean): string {
  if (state === 'received') return 'ACSP'
  const isPaid = state === 'paid'
  return isPaid !== isWrong ? 'ACSC' : 'RJCT'
}
