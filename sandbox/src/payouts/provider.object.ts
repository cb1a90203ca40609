import { DurableObject } from 'cloudflare:workers'
import type { SandboxEnv } from '../env.ts'
import {
  type Course,
  createTransferLedger,
  type KeptTransfer,
  type Order,
  type Quote,
  type Recipient,
  type TransferLedger,
} from '../transfers/ledger.ts'
import type { CreateRequest } from './create-request.ts'
import { type Created, createLedger, type PayoutLedger, type Plan } from './ledger.ts'
import { type KeptPayout, type PayoutStatus, payoutObject, statusAt } from './payout-object.ts'
import { createWebhooks, type WebhookState, type Webhooks } from './webhooks.ts'

/** How the notification about a new payout is to go. */
export const WEBHOOK_MODES = ['twice', 'early', 'never', 'wrong_amount', 'premature'] as const
export type WebhookMode = 'once' | (typeof WEBHOOK_MODES)[number]

export type SeenPayout = KeptPayout & { status: PayoutStatus; webhooks: WebhookState[] }

/** A notification leaves this long after the payout's end: the answer to the request goes first. */
const WEBHOOK_DELAY_MS = 200
const WEBHOOK_ANSWER_MS_MAX = 10_000

/** The simulated payout providers' books, at home and abroad, and its outgoing notifications. */
export class PaymentProvider extends DurableObject<SandboxEnv> {
  private readonly ledger: PayoutLedger
  private readonly webhooks: Webhooks
  private readonly transfers: TransferLedger

  constructor(state: DurableObjectState, env: SandboxEnv) {
    super(state, env)
    this.ledger = createLedger(state.storage.sql)
    this.webhooks = createWebhooks(state.storage.sql)
    this.transfers = createTransferLedger(state.storage.sql)
  }

  knows(key: string, keyTtlMs: number): boolean {
    return this.ledger.byKey(key, Date.now() - keyTtlMs) !== null
  }

  /** Makes the payout or answers the one that the key made; `early` notifies before answering. */
  async create(
    key: string,
    bodyHash: string,
    request: CreateRequest,
    plan: Plan,
    mode: WebhookMode,
  ): Promise<Created & { status?: PayoutStatus }> {
    const now = Date.now()
    const settled = mode === 'early' ? { ...plan, pendingMs: 0 } : plan
    const created = this.ledger.create(key, bodyHash, request, settled, now)
    if (created.kind === 'key_reused') return created
    if (created.kind === 'made') {
      this.planWebhooks(created.payout, mode, now)
      if (mode === 'early') await this.deliverDue()
      await this.wakeForNext()
    }
    return { ...created, status: statusAt(created.payout, Date.now()) }
  }

  look(id: string): SeenPayout | null {
    this.ledger.countLook(id)
    const payout = this.ledger.get(id)
    return payout === null ? null : this.seen(payout)
  }

  search(
    pair: { key: string; value: string } | null,
    limit: number,
    before: string | null,
  ): SeenPayout[] {
    return this.ledger.search(pair, limit, before).map((payout) => this.seen(payout))
  }

  quoteTransfer(quote: Quote): string {
    return this.transfers.quote(quote)
  }

  keepRecipient(recipient: Recipient): number {
    return this.transfers.recipient(recipient)
  }

  makeTransfer(order: Order): KeptTransfer | null {
    return this.transfers.create(order, Date.now())
  }

  fundTransfer(id: number, course: Course): boolean {
    this.transfers.countFunding(id)
    return this.transfers.fund(id, course, Date.now())
  }

  cancelTransfer(id: number): void {
    this.transfers.cancel(id)
  }

  lookAtTransfer(id: number): KeptTransfer | null {
    return this.transfers.look(id)
  }

  listTransfers(from: number, to: number, limit: number, offset: number): KeptTransfer[] {
    return this.transfers.list(from, to, limit, offset)
  }

  override async alarm(): Promise<void> {
    await this.deliverDue()
    await this.wakeForNext()
  }

  private seen(payout: KeptPayout): SeenPayout {
    const webhooks = this.webhooks.of(payout.id)
    return { ...payout, status: statusAt(payout, Date.now()), webhooks }
  }

  private planWebhooks(payout: KeptPayout, mode: WebhookMode, now: number): void {
    if (mode === 'never' || this.env.WEBHOOK_URL === '') return
    const dueAt = payout.settleAt + WEBHOOK_DELAY_MS
    const body = notification(payout)
    if (mode === 'early') this.webhooks.enqueue(payout.id, body, now)
    else this.webhooks.enqueue(payout.id, mode === 'wrong_amount' ? cheaper(payout) : body, dueAt)
    if (mode === 'twice') this.webhooks.enqueue(payout.id, body, dueAt)
    if (mode === 'premature') {
      this.webhooks.enqueue(payout.id, notification({ ...payout, end: 'succeeded' }), now)
    }
  }

  private async deliverDue(): Promise<void> {
    for (const { id, body } of this.webhooks.due(Date.now())) {
      this.webhooks.answered(id, await this.deliver(body), Date.now())
    }
  }

  private async deliver(body: string): Promise<string> {
    try {
      const response = await fetch(this.env.WEBHOOK_URL, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
        signal: AbortSignal.timeout(WEBHOOK_ANSWER_MS_MAX),
      })
      await response.body?.cancel()
      return String(response.status)
    } catch (error) {
      return error instanceof Error ? error.name : 'failed'
    }
  }

  private async wakeForNext(): Promise<void> {
    const dueAt = this.webhooks.nextDueAt()
    if (dueAt !== null) await this.ctx.storage.setAlarm(dueAt)
  }
}

function notification(payout: KeptPayout): string {
  const object = payoutObject(payout, payout.end)
  return JSON.stringify({ type: 'notification', event: `payout.${payout.end}`, object })
}

function cheaper(payout: KeptPayout): string {
  return notification({ ...payout, amountMinor: 100 })
}
