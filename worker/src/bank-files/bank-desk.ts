import {
  BANK_FILE_ENTRIES_MAX,
  type BankFile,
  type BankFileDraft,
  type BankFilePreview,
} from '#schema/bank-file'
import { MARKETS, type MarketCode } from '#schema/market'
import { minor } from '#schema/money'
import { PayoutDestination } from '#schema/payout'
import { Refusal } from '../http/problem.ts'
import type { Database } from '../members/database.ts'
import type { Doer } from '../partners/staff-actions.d1.ts'
import { openText, SEAL_NONCE_BYTES, sealText } from '../payouts/seal.ts'
import type { BankAccount } from './bank-account.ts'
import {
  type FileRow,
  findFile,
  findReport,
  hasReport,
  keepConfirmation,
  keepFile,
  keepReport,
  messageIdOf,
  namedIn,
  viewOf,
  type WaitingRow,
  waitingIn,
} from './bank-files.d1.ts'
import { hashOf } from './content.ts'
import { executionDateOf } from './hand-in.ts'
import type { Instruction } from './instruction.ts'
import { type FileEntry, writePaymentFile } from './pain-001.ts'
import { type BankAnswer, readStatusReport, type StatusReport } from './pain-002.ts'
import { instructionsOf, type SealPorts } from './register.d1.ts'

/** What finance does with the bank's files: makes one, takes it, brings the bank's answer. */

export type BankDeskPorts = SealPorts & {
  readonly db: Database
  /** Open markets that are paid by files. */
  readonly markets: readonly MarketCode[]
  readonly account: (market: MarketCode) => BankAccount | undefined
  /** Whose payouts stand still until a person has looked at the books of their cell. */
  readonly frozenIn: (market: MarketCode) => Promise<(walletId: string) => boolean>
  /** The bank has news of a payout: its cell is to ask. */
  readonly nudge: (instruction: Instruction) => Promise<void>
}

/** Two who make a file at one moment: the loser looks again at what is left. */
const TRIES_MAX = 3
/** Read at once, until a file is full. */
const WAITING_READ = 500
/** How far the bank's clock may be from ours. */
const CLOCKS_APART_MS = 3_600_000

/**
 * Makes a file of all that waits in a market, oldest first. The same id is the same file for ever.
 * Refuses with `bank_file_empty`, `id_reused` and `payouts_not_open`.
 */
export async function makeFile(
  ports: BankDeskPorts,
  { id, market }: BankFileDraft,
  doer: Doer,
): Promise<BankFile> {
  const account = ports.account(market)
  if (!ports.markets.includes(market) || !account) throw new Refusal('payouts_not_open')
  for (let tries = 1; ; tries += 1) {
    const known = await findFile(ports.db, id)
    if (known && known.market !== market) throw new Refusal('id_reused')
    if (known) return viewOf(ports.db, known)
    const { waiting } = await mayLeave(ports, market)
    if (waiting.length === 0) throw new Refusal('bank_file_empty')
    try {
      await writeFile(ports, { id, market, account, waiting }, doer)
    } catch (cause) {
      if (tries >= TRIES_MAX || !/UNIQUE constraint/.test(String(cause))) throw cause
    }
  }
}

/** What a file of a market would hold now. Refuses with `not_found`. */
export async function previewFile(
  ports: BankDeskPorts,
  market: MarketCode,
): Promise<BankFilePreview> {
  if (!ports.markets.includes(market)) throw new Refusal('not_found')
  const { waiting, frozenEntries } = await mayLeave(ports, market)
  const totalMinor = minor(waiting.reduce((sum, { amountMinor }) => sum + amountMinor, 0))
  const { currency } = MARKETS[market]
  return { market, currency, entries: waiting.length, totalMinor, frozenEntries }
}

/** What waits, save for cells whose books are in doubt: however much of theirs is older. */
async function mayLeave(
  ports: BankDeskPorts,
  market: MarketCode,
): Promise<{ waiting: WaitingRow[]; frozenEntries: number }> {
  const isFrozen = await ports.frozenIn(market)
  const waiting: WaitingRow[] = []
  let frozenEntries = 0
  let last: WaitingRow | null = null
  for (;;) {
    const rows: WaitingRow[] = await waitingIn(ports.db, market, WAITING_READ, last)
    for (const row of rows) {
      if (isFrozen(row.walletId)) frozenEntries += 1
      else waiting.push(row)
      if (waiting.length === BANK_FILE_ENTRIES_MAX) return { waiting, frozenEntries }
    }
    last = rows.at(-1) ?? null
    if (rows.length < WAITING_READ) return { waiting, frozenEntries }
  }
}

type FileOrder = {
  readonly id: string
  readonly market: MarketCode
  readonly account: BankAccount
  readonly waiting: readonly WaitingRow[]
}

async function writeFile(ports: BankDeskPorts, order: FileOrder, doer: Doer): Promise<void> {
  const { id, market, account, waiting } = order
  const { currency } = MARKETS[market]
  const entries = await Promise.all(waiting.map((row) => entryOf(row, ports.sealKey)))
  const content = writePaymentFile(
    {
      messageId: messageIdOf(id),
      madeAt: doer.at,
      executionDate: executionDateOf(doer.at, market),
      currency,
      entries,
    },
    account,
  )
  const seal = { key: ports.sealKey, boundTo: id, nonce: ports.random(SEAL_NONCE_BYTES) }
  const file = {
    id,
    market,
    currency,
    entries: entries.length,
    totalMinor: entries.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
    hash: await hashOf(content),
    sealed: await sealText(content, seal),
    keys: entries.map(({ key }) => key),
  }
  await keepFile(ports.db, file, doer)
}

async function entryOf(
  { key, amountMinor, sealed }: WaitingRow,
  sealKey: string,
): Promise<FileEntry> {
  const opened = await openText(sealed, { key: sealKey, boundTo: key })
  const destination = PayoutDestination.parse(JSON.parse(opened))
  if (destination.code !== 'iban') throw new Error(`instruction ${key} is not for an account`)
  const { iban, holder, personalNumber = null } = destination
  return { key, amountMinor, iban, holder, personalNumber }
}

/**
 * Takes the bank's answer to a file. The same bytes again change nothing and tell the cells again.
 * Refuses with `other_person_needed`, `bank_report_unreadable`, `bank_report_wrong_type`,
 * `bank_report_wrong_time` and `bank_report_of_other_file`.
 */
export async function takeReport(
  ports: BankDeskPorts,
  file: FileRow,
  bytes: Uint8Array<ArrayBuffer>,
  doer: Doer,
): Promise<BankFile> {
  // Whoever has sent money out alone may not say alone that it did not arrive.
  if (file.madeBy === doer.actorId) throw new Refusal('other_person_needed')
  const text = textOf(bytes)
  const report = readStatusReport(text, MARKETS[file.market].timeZone)
  if ('wrong' in report) throw new Refusal(report.wrong)
  if (!isTimely(report, file, doer.at)) throw new Refusal('bank_report_wrong_time')
  const instructions = await instructionsOf(ports.db, [file.id])
  const answers = answersFor(report, file, instructions)
  const hash = await hashOf(bytes)
  if (!(await hasReport(ports.db, hash))) {
    const seal = { key: ports.sealKey, boundTo: hash, nonce: ports.random(SEAL_NONCE_BYTES) }
    const sealed = await sealText(text, seal)
    const { messageId, saidAt } = report
    const kept = { hash, fileId: file.id, messageId, saidAt, sealed, answers }
    await keepReport(ports.db, kept, doer).catch(unlessKept)
  }
  await tell(ports, instructions, new Set(answers.map(({ key }) => key)))
  return viewOf(ports.db, file)
}

/**
 * A third person stands behind a report: what it refuses or sends back is so from now on. Again, it
 * changes nothing and tells the cells again. Refuses with `not_found` and `third_person_needed`.
 */
export async function confirmReport(
  ports: BankDeskPorts,
  file: FileRow,
  hash: string,
  doer: Doer,
): Promise<BankFile> {
  const report = await findReport(ports.db, file.id, hash)
  if (!report) throw new Refusal('not_found')
  if ([file.madeBy, report.broughtBy].includes(doer.actorId)) {
    throw new Refusal('third_person_needed')
  }
  if (report.confirmedBy === null) await keepConfirmation(ports.db, file.id, report, doer)
  await tell(ports, await instructionsOf(ports.db, [file.id]), await namedIn(ports.db, hash))
  return viewOf(ports.db, file)
}

/** Whoever is not reached now asks within the hour, or is told by the nightly audit. */
async function tell(
  ports: BankDeskPorts,
  instructions: readonly Instruction[],
  named: ReadonlySet<string>,
): Promise<void> {
  const told = instructions.filter(({ key }) => named.has(key))
  await Promise.allSettled(told.map((instruction) => ports.nudge(instruction)))
}

/** The bank's clock orders its words: one said tomorrow would outlive whatever is true. */
function isTimely({ saidAt }: StatusReport, { madeAt }: FileRow, now: string): boolean {
  const at = Date.parse(saidAt)
  return at >= Date.parse(madeAt) - CLOCKS_APART_MS && at <= Date.parse(now) + CLOCKS_APART_MS
}

/** The same report from two hands at one moment is one report. */
function unlessKept(cause: unknown): void {
  if (!/UNIQUE constraint failed: bank_reports/.test(String(cause))) throw cause
}

/** One answer or more for each instruction that the report speaks of. */
function answersFor(
  report: StatusReport,
  file: FileRow,
  instructions: readonly Instruction[],
): BankAnswer[] {
  const keys = new Set(instructions.map(({ key }) => key))
  const isOurs =
    report.fileMessageId === messageIdOf(file.id) &&
    report.answers.every(({ key }) => keys.has(key))
  if (!isOurs) throw new Refusal('bank_report_of_other_file')
  const { others } = report
  if (others === null) return [...report.answers]
  for (const { key } of report.answers) keys.delete(key)
  const same = { ...others, amount: null, currency: null, scope: 'group' } as const
  const unnamed = [...keys].map((key) => ({ key, ...same }))
  return [...report.answers, ...unnamed]
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes)
  } catch (cause) {
    throw new Refusal('bank_report_unreadable', {}, cause)
  }
}
