import {
  BANK_FILE_AGAIN_DAYS_MAX,
  BANK_QUESTION_DAYS_MAX,
  type BankFile,
  type BankResubmission,
  type BankResubmissionDraft,
} from '#schema/bank-file'
import { Refusal } from '../http/problem.ts'
import type { Doer } from '../partners/staff-actions.d1.ts'
import { SEAL_NONCE_BYTES, sealText } from '../payouts/seal.ts'
import type { BankAccount } from './bank-account.ts'
import type { BankDeskPorts } from './bank-desk.ts'
import { type FileRow, findFile, messageIdOf, viewOf } from './bank-files.d1.ts'
import { contentOf, hashOf, sealedFor } from './content.ts'
import { executionDateOf } from './hand-in.ts'
import type { Instruction } from './instruction.ts'
import { type FileEntry, readPaymentFile, writePaymentFile } from './pain-001.ts'
import { instructionsOf } from './register.d1.ts'
import {
  askAnew,
  isAnswered,
  keepResubmission,
  keepWrittenAgain,
  resubmissionsOf,
} from './resubmissions.d1.ts'

/**
 * A file that never entered the bank is handed in again (docs/decisions/0021): the same MsgId and
 * the same payouts, of another day. A bank that has the first one after all refuses the second.
 */
const DAY_MS = 86_400_000

/**
 * Somebody says that a file is not at the bank; nothing happens until another person confirms it.
 * Said again, it changes nothing, unless nobody has confirmed it for days. Refuses with
 * `bank_file_answered`, `bank_file_too_old` and `not_now`.
 */
export async function askResubmission(
  ports: BankDeskPorts,
  file: FileRow,
  { reason }: BankResubmissionDraft,
  doer: Doer,
): Promise<BankFile> {
  await mustBeUnanswered(ports, file, doer)
  const known = await resubmissionsOf(ports.db, file.id)
  const open = known.find(({ confirmedAt }) => confirmedAt === null)
  const keeping = open
    ? isExpired(open, doer) && askAnew(ports.db, file.id, open, { reason, ...doer })
    : keepResubmission(ports.db, file.id, { number: file.resubmitted + 1, reason }, doer)
  if (keeping) await keeping.catch((cause: unknown) => explain(ports, file, cause))
  return viewOf(ports.db, file)
}

/**
 * A second person has looked and found it so: the file is written again. Confirmed again, it
 * changes nothing. Refuses with `not_found`, `second_person_needed`, `bank_question_expired`,
 * `bank_file_answered`, `bank_file_too_old`, `bank_file_frozen` and `bank_file_other_account`.
 */
export async function confirmResubmission(
  ports: BankDeskPorts,
  file: FileRow,
  number: number,
  doer: Doer,
): Promise<BankFile> {
  const asked = (await resubmissionsOf(ports.db, file.id)).find((one) => one.number === number)
  if (!asked) throw new Refusal('not_found')
  if (asked.confirmedAt === null) await writeAgain(ports, file, asked, doer)
  return viewOf(ports.db, (await findFile(ports.db, file.id)) ?? file)
}

async function writeAgain(
  ports: BankDeskPorts,
  file: FileRow,
  asked: BankResubmission,
  doer: Doer,
): Promise<void> {
  const { number, askedAt } = asked
  if (asked.askerId === doer.actorId) throw new Refusal('second_person_needed')
  await mustBeUnanswered(ports, file, doer)
  if (isExpired(asked, doer)) throw new Refusal('bank_question_expired')
  const { id, market, currency } = file
  const account = ports.account(market)
  if (!account) throw new Refusal('payouts_not_open')
  const instructions = await instructionsOf(ports.db, [id])
  const isFrozen = await ports.frozenIn(market)
  if (instructions.some(({ walletId }) => isFrozen(walletId))) {
    throw new Refusal('bank_file_frozen')
  }
  const { entries, payer } = readPaymentFile(await contentOf(ports, file), currency)
  if (!isSameAccount(payer, account)) throw new Refusal('bank_file_other_account')
  mustHold(file, entries, instructions)
  const dates = { madeAt: doer.at, executionDate: executionDateOf(doer.at, market) }
  const order = { messageId: messageIdOf(id), ...dates, currency, entries }
  const content = writePaymentFile(order, account)
  const boundTo = sealedFor(id, number)
  const seal = { key: ports.sealKey, boundTo, nonce: ports.random(SEAL_NONCE_BYTES) }
  const bytes = { hash: await hashOf(content), sealed: await sealText(content, seal) }
  await keepWrittenAgain(ports.db, id, { number, askedAt, ...bytes }, doer).catch(
    (cause: unknown) => explain(ports, file, cause),
  )
}

/** Whoever said it looked too long ago. */
const isExpired = ({ askedAt }: BankResubmission, { at }: Doer) =>
  Date.parse(at) - Date.parse(askedAt) > BANK_QUESTION_DAYS_MAX * DAY_MS

/** Another bank would not know the MsgId, and would pay what the first may have paid. */
const isSameAccount = (payer: Pick<BankAccount, 'iban' | 'bic'>, { iban, bic }: BankAccount) =>
  payer.iban === iban && payer.bic === bic

async function mustBeUnanswered(
  { db }: BankDeskPorts,
  { id, madeAt }: FileRow,
  { at }: Doer,
): Promise<void> {
  if (await isAnswered(db, id)) throw new Refusal('bank_file_answered')
  const age = Date.parse(at) - Date.parse(madeAt)
  if (age > BANK_FILE_AGAIN_DAYS_MAX * DAY_MS) throw new Refusal('bank_file_too_old')
}

/** What is paid by a file is what the register says of it, to the last unit. */
function mustHold(
  { id }: FileRow,
  entries: readonly FileEntry[],
  instructions: readonly Instruction[],
): void {
  const sumsOf = (all: readonly { key: string; amountMinor: number }[]) =>
    all
      .map(({ key, amountMinor }) => `${key} ${amountMinor}`)
      .sort()
      .join()
  if (sumsOf(entries) !== sumsOf(instructions)) {
    throw new Error(`bank file ${id} pays something else than its entries`)
  }
}

/** The bank's report or another person has come between the reading and the writing. */
async function explain({ db }: BankDeskPorts, { id }: FileRow, cause: unknown): Promise<never> {
  if (!/handed in again|said of a file/.test(String(cause))) throw cause
  const isOfBank = await isAnswered(db, id)
  throw new Refusal(isOfBank ? 'bank_file_answered' : 'not_now', {}, cause)
}
