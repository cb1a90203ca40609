import { DurableObject } from 'cloudflare:workers'
import type { SandboxEnv } from './env.ts'
import type { IssuedReceipt, ReceiptDraft } from './receipts/receipt.ts'
import { createReceiptBook, type ReceiptBook } from './receipts/receipt-book.ts'
import { issueReceipt, type Refusal } from './receipts/till.ts'
import { createSwitches, type Switch, type Switches, type SwitchValue } from './switches.ts'
import { fiscalSign, type SignedFields } from './tax/fiscal-sign.ts'
import { taxSwitches } from './tax/switches.ts'
import { type TaxOutcome, type TaxRequestText, TaxService } from './tax/tax-service.ts'

/** The sandbox's memory: switches shared by all its services, tills, and the tax service. */
export class SandboxState extends DurableObject<SandboxEnv> {
  private readonly switches: Switches
  private readonly book: ReceiptBook
  private readonly tax: TaxService

  constructor(state: DurableObjectState, env: SandboxEnv) {
    super(state, env)
    this.switches = createSwitches(state.storage.sql)
    this.book = createReceiptBook(state.storage.sql)
    this.tax = new TaxService({
      book: this.book,
      switches: taxSwitches(this.switches),
      masterToken: env.MASTER_TOKEN,
      now: Date.now,
      random: Math.random,
      uuid: () => crypto.randomUUID(),
      sign: (fields) => this.sign(fields),
    })
  }

  private sign(fields: SignedFields): Promise<number> {
    return fiscalSign(this.env.FISCAL_SIGN_KEY, fields)
  }

  setSwitch(key: string, value: SwitchValue, remaining: number | null): void {
    this.switches.set(key, value, remaining)
  }

  clearSwitch(key: string): void {
    this.switches.clear(key)
  }

  /** Counts one use; null when the switch is off. */
  takeSwitch(key: string): SwitchValue {
    return this.switches.take(key)
  }

  peekSwitch(key: string): SwitchValue {
    return this.switches.peek(key)
  }

  listSwitches(): Switch[] {
    return this.switches.list()
  }

  /** One request to the tax service. */
  askTax(request: TaxRequestText): Promise<TaxOutcome> {
    return this.tax.handle(request)
  }

  /** Issues the receipts of a draft, or says why a till would not. */
  async issue(draft: ReceiptDraft): Promise<IssuedReceipt[] | Refusal> {
    const issued: IssuedReceipt[] = []
    const lateMs = taxSwitches(this.switches).lateMs()
    for (let count = draft.count ?? 1; count > 0; count -= 1) {
      const receipt = await issueReceipt(draft, lateMs, {
        now: Date.now(),
        random: Math.random,
        nextDocument: (fn) => this.book.nextDocument(fn),
        sign: (fields) => this.sign(fields),
      })
      if ('refused' in receipt) return receipt
      this.book.add(receipt)
      issued.push(receipt)
    }
    return issued
  }

  receipt(fn: string, i: number): IssuedReceipt | null {
    return this.book.find(fn, i)
  }

  latestReceipts(limit: number): IssuedReceipt[] {
    return this.book.latest(limit)
  }

  /** The till comes online: the tax service knows the receipt from now on. */
  deliver(fn: string, i: number): void {
    this.book.deliver(fn, i, Date.now())
  }
}
