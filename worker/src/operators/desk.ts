import type {
  AccountRow,
  AuditReport,
  AuthorityHealth,
  OperatorPayout,
  SearchHit,
  TransferRow,
} from '#schema/operator'
import type { Page } from '#schema/page'
import type { Verdict } from '#schema/verdict'
import type {
  DeskBefore,
  DeskReceipt,
  DeskReceiptSummary,
  ReceiptFilter,
  TransferFilter,
} from '../cells/cell-desk.ts'
import type { PayoutFilter } from '../cells/cell-payouts.ts'
import type { StaffAction } from '../partners/staff-actions.d1.ts'

/** What the operator's desk asks of one cell. */
export type DeskCell = {
  deskReceipt(id: string): Promise<DeskReceipt | null>
  /** Ids of every submission of a fiscal identity. */
  receiptsOf(fingerprint: string): Promise<string[]>
  deskReceipts(
    filter: ReceiptFilter,
    before: DeskBefore,
    limit: number,
  ): Promise<DeskReceiptSummary[]>
  explain(id: string, offerId: string | null): Promise<Verdict[] | null>
  retryReceipt(id: string, note: string): Promise<boolean>
  releaseReceipt(id: string, note: string): Promise<boolean>
  deskPayouts(filter: PayoutFilter, before: DeskBefore, limit: number): Promise<OperatorPayout[]>
  deskPayout(id: string): Promise<OperatorPayout | null>
  nudgePayout(id: string): Promise<boolean>
  freezePayouts(why: string | null): Promise<void>
}

/** A book of any object: cells, partner books, the network's own. */
type DeskBook = {
  accounts(): Promise<AccountRow[]>
  transfers(filter: TransferFilter, limit: number): Promise<TransferRow[]>
}

/** What the operator's routes are built from; the composition root fills it in. */
export type DeskPorts = {
  readonly cells: readonly string[]
  readonly cell: (name: string) => DeskCell
  /** Every book of the network, cells first. */
  readonly books: () => Promise<DeskBook[]>
  readonly shopperMasked: (walletId: string) => Promise<string>
  /** Partners, offers and shoppers whose names, ids or phone fit. */
  readonly searchPeople: (query: string) => Promise<SearchHit[]>
  readonly authority: (now: number) => Promise<AuthorityHealth>
  readonly record: (action: StaffAction) => Promise<void>
  readonly audit: (now: number) => Promise<AuditReport>
  readonly audits: (before: string | null, limit: number) => Promise<Page<AuditReport>>
}

/** Which cell holds something: asked of all of them at once. */
export async function findIn<Found>(
  ports: DeskPorts,
  ask: (cell: DeskCell) => Promise<Found | null>,
): Promise<Found | null> {
  const answers = await Promise.all(ports.cells.map((name) => ask(ports.cell(name))))
  return answers.find((answer) => answer !== null) ?? null
}
