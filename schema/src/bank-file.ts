import { z } from 'zod'
import { ClientId } from './id.ts'
import { MarketCode } from './market.ts'
import { Amount, Currency } from './money.ts'
import { Instant } from './receipt.ts'

/** Payouts that the operator's bank carries by files; what finance sees and does. */

/** Payouts of a file at most: a person reads them before the money leaves. */
export const BANK_FILE_ENTRIES_MAX = 200

/** A status report repeats every payout of its file with a kilobyte or two. */
export const BANK_REPORT_BYTES_MAX = 512 * 1024

/**
 * A file is handed in again while the bank still knows its MsgId: Nordea's guide asks for ids that
 * are unique for three months at least, and other banks' memories are no shorter.
 */
export const BANK_FILE_AGAIN_DAYS_MAX = 60

/**
 * A file without an answer is given out for the bank that long after its execution date: with the
 * days above it still reaches a bank that knows its MsgId.
 */
export const BANK_FILE_HAND_IN_DAYS_MAX = 5

/** "It is not at the bank" is of somebody who looked lately; older, it is said anew. */
export const BANK_QUESTION_DAYS_MAX = 2

/** What the bank has said of a payout so far; returned: it had arrived. */
export const BANK_STANDINGS = ['on_its_way', 'settled', 'refused', 'returned'] as const
export const BankStanding = z.enum(BANK_STANDINGS)
export type BankStanding = z.infer<typeof BankStanding>

/** What of a market waits for a file. */
export const BankQueue = z.object({
  market: MarketCode,
  currency: Currency,
  entries: z.number().int(),
  totalMinor: Amount,
  oldestAt: Instant.nullable(),
})
export type BankQueue = z.infer<typeof BankQueue>

/** What a file would hold if it were made now. */
export const BankFilePreview = z.object({
  market: MarketCode,
  currency: Currency,
  entries: z.number().int(),
  totalMinor: Amount,
  /** Older ones that it passes over, because payouts of their cells are frozen. */
  frozenEntries: z.number().int(),
})
export type BankFilePreview = z.infer<typeof BankFilePreview>

export const BankFileDraft = z.strictObject({
  /** Made by the client and kept before sending: the same id is the same file for ever. */
  id: ClientId,
  market: MarketCode,
})
export type BankFileDraft = z.infer<typeof BankFileDraft>

export const BankFileSummary = z.object({
  id: ClientId,
  market: MarketCode,
  currency: Currency,
  /** MsgId of the file, as the bank quotes it. */
  messageId: z.string(),
  entries: z.number().int(),
  totalMinor: Amount,
  /** SHA-256 of the file, hexadecimal: two downloads are the same file until it is sent again. */
  hash: z.string(),
  madeAt: Instant,
  madeBy: z.string(),
  /** Whoever made it does not bring the bank's answer. */
  makerId: z.string(),
  /** Payouts by what the bank has said of them. */
  standings: z.record(BankStanding, z.number().int()),
  /** Payouts about which the bank said what cannot be believed. */
  troubled: z.number().int(),
})
export type BankFileSummary = z.infer<typeof BankFileSummary>

export const BankFileEntry = z.object({
  /** EndToEndId of the file. */
  key: z.string(),
  payoutId: ClientId,
  amountMinor: Amount,
  masked: z.string(),
  standing: BankStanding,
  /** The bank's code of a refusal. */
  reason: z.string().nullable(),
  /** Why a person has to look. */
  trouble: z.string().nullable(),
})
export type BankFileEntry = z.infer<typeof BankFileEntry>

export const BankReport = z.object({
  hash: z.string(),
  messageId: z.string(),
  /** By the bank's own word. */
  saidAt: Instant,
  broughtAt: Instant,
  broughtBy: z.string(),
  bringerId: z.string(),
  /** Payouts that it refuses or sends back: that counts once a third person has confirmed it. */
  refusals: z.number().int(),
  confirmedAt: Instant.nullable(),
  confirmedBy: z.string(),
})
export type BankReport = z.infer<typeof BankReport>

/** Why a file has to be handed in again. */
export const BankResubmissionDraft = z.strictObject({
  reason: z.string().trim().min(5).max(300),
})
export type BankResubmissionDraft = z.infer<typeof BankResubmissionDraft>

/** The file never entered the bank, as one person says and another confirms. */
export const BankResubmission = z.object({
  /** The first time that the file is handed in again is 1. */
  number: z.number().int(),
  reason: z.string(),
  askedAt: Instant,
  askedBy: z.string(),
  /** Somebody else confirms it. */
  askerId: z.string(),
  confirmedAt: Instant.nullable(),
  confirmedBy: z.string(),
})
export type BankResubmission = z.infer<typeof BankResubmission>

export const BankFile = BankFileSummary.extend({
  items: z.array(BankFileEntry),
  reports: z.array(BankReport),
  /** From then on a file without an answer is not downloaded: it is written again first. */
  handInEndsAt: Instant,
  /** Newest first. */
  resubmissions: z.array(BankResubmission),
})
export type BankFile = z.infer<typeof BankFile>
