import { z } from 'zod'
import { idOf } from './id.ts'
import { Amount, SignedAmount } from './money.ts'
import { Payout } from './payout.ts'
import { Instant, Receipt, WallMinute } from './receipt.ts'

/** A transfer as it stands in a book. */
export const TransferRow = z.object({
  cell: z.string(),
  sequence: z.number().int(),
  id: z.string(),
  debit: z.string(),
  credit: z.string(),
  amountMinor: Amount,
  code: z.string(),
  reference: z.string(),
  at: Instant,
})
export type TransferRow = z.infer<typeof TransferRow>

export const AccountRow = z.object({
  cell: z.string(),
  code: z.string(),
  kind: z.enum(['liability', 'asset', 'income', 'expense', 'mirror']),
  balanceMinor: SignedAmount,
})
export type AccountRow = z.infer<typeof AccountRow>

/** Goods of a receipt that came back, and what of its reward went with them. */
export const OperatorReturn = z.object({
  /** Its own fiscal identity, or the shop's number of it. */
  identity: z.string(),
  /** Its receipt, when the same wallet has sent it; else its shop or another wallet has told. */
  receiptId: z.string().nullable(),
  printedAt: WallMinute,
  toldAt: Instant,
  totalMinor: Amount,
  takenMinor: Amount,
})
export type OperatorReturn = z.infer<typeof OperatorReturn>

/** A receipt's whole journey, with who, the transfers, and what may be done now. */
export const OperatorReceipt = z.object({
  receipt: Receipt,
  cell: z.string(),
  walletId: z.string(),
  shopperMasked: z.string(),
  snapshotVersion: z.number().int().nullable(),
  transfers: z.array(TransferRow),
  returns: z.array(OperatorReturn),
  actions: z.array(z.enum(['retry', 'release'])),
})
export type OperatorReceipt = z.infer<typeof OperatorReceipt>

export const OperatorPayout = Payout.extend({
  walletId: z.string(),
  cell: z.string(),
  providerId: z.string().nullable(),
  attempts: z.number().int(),
  lastError: z.string().nullable(),
})
export type OperatorPayout = z.infer<typeof OperatorPayout>

export const SearchHit = z.object({
  kind: z.enum(['receipt', 'payout', 'transfer', 'partner', 'offer', 'shopper']),
  id: z.string(),
  title: z.string(),
  detail: z.string(),
})
export type SearchHit = z.infer<typeof SearchHit>

export const INVARIANTS = ['I1', 'I2', 'I3', 'I4', 'I5', 'I6', 'I7', 'I8', 'I9', 'I10'] as const

export const AuditFinding = z.object({
  invariant: z.enum(INVARIANTS),
  where: z.string(),
  what: z.string(),
})
export type AuditFinding = z.infer<typeof AuditFinding>

export const AuditReport = z.object({
  id: z.string(),
  startedAt: Instant,
  finishedAt: Instant,
  coherent: z.boolean(),
  checked: z.object({
    objects: z.number().int(),
    accounts: z.number().int(),
    transfers: z.number().int(),
    receipts: z.number().int(),
    payouts: z.number().int(),
  }),
  findings: z.array(AuditFinding),
  frozenCells: z.array(z.string()),
})
export type AuditReport = z.infer<typeof AuditReport>

export const AuditLogEntry = z.object({
  id: z.string(),
  at: Instant,
  actorId: z.string(),
  actorName: z.string(),
  action: z.string(),
  subject: z.string(),
  detail: z.string(),
  requestId: z.string(),
})
export type AuditLogEntry = z.infer<typeof AuditLogEntry>

export const UnknownStore = z.object({
  tillRegistration: z.string().nullable(),
  fiscalDrive: z.string(),
  taxNumber: z.string().nullable(),
  name: z.string().nullable(),
  address: z.string().nullable(),
  receipts: z.number().int(),
  lastSeenAt: Instant,
})
export type UnknownStore = z.infer<typeof UnknownStore>

/** Countries whose service answers programs about receipts. */
export const LOOKUP_COUNTRIES = ['sk', 'me', 'al', 'kg', 'kz', 'rs', 'ba', 'fj', 'ws'] as const
export type LookupCountry = (typeof LOOKUP_COUNTRIES)[number]

/**
 * One of those who vouch for receipts: a channel of Russia, or the look-up of a country. `resting`:
 * it failed so often that others are asked first, or nobody for a while.
 * `down`: its last answer was none.
 */
export const AuthorityChannel = z.object({
  name: z.enum(['fns', 'proverkacheka', 'ofd', ...LOOKUP_COUNTRIES]),
  state: z.enum(['ok', 'quota', 'down', 'resting']),
  since: Instant.nullable(),
  nextTryAt: Instant.nullable(),
  lastError: z.string().nullable(),
  /** Today, by the days of Moscow. */
  asked: z.number().int(),
  /** Null: as many as the service answers. */
  perDayMax: z.number().int().nullable(),
  spentMinor: Amount,
  /** The same of today and the 30 days before. */
  spentMonthMinor: Amount,
  costMinor: Amount,
})
export type AuthorityChannel = z.infer<typeof AuthorityChannel>

/** How the tax service is doing, and everybody who is asked about receipts, in that order. */
export const AuthorityHealth = z.object({
  ...AuthorityChannel.pick({ state: true, since: true, nextTryAt: true, lastError: true }).shape,
  channels: z.array(AuthorityChannel),
})
export type AuthorityHealth = z.infer<typeof AuthorityHealth>

/** Says which store a fiscal drive stands in. */
export const StoreAssignment = z.strictObject({
  fiscalDrive: z.string().regex(/^\d{16}$/),
  storeId: idOf('store'),
})

/** A receipt line that a person has matched to a product; `retailerId` null: in every shop. */
export const AliasDraft = z.strictObject({
  retailerId: idOf('partner').nullable(),
  line: z.string().trim().min(2).max(128),
  productId: idOf('product'),
})
export type AliasDraft = z.infer<typeof AliasDraft>

export const Alias = z.object({
  id: idOf('alias'),
  ...AliasDraft.shape,
  productName: z.string(),
  /** Null when the match holds everywhere. */
  retailerName: z.string().nullable(),
  createdAt: Instant,
  /** Name or address of whoever matched it. */
  createdBy: z.string(),
})
export type Alias = z.infer<typeof Alias>
