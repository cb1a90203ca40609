import { assertNever } from '#schema/assert-never'
import { isReviewedScan } from '#schema/receipt'
import { escrow } from '../ledger/account.ts'
import { readingAsTyped } from '../photos/typed.ts'
import type { Cell } from './cell.ts'
import { LEASE_WAIT_MS_MAX } from './cell-leases.ts'
import { isToldApart } from './cell-reviewed-receipts.ts'
import { marketOf } from './market-name.ts'
import type { Network, Paper, VerifyJob } from './network.ts'
import { readPhoto } from './photo-row.ts'
import { type ReceiptRow, readReceipt } from './receipt-row.ts'
import type { Task, TaskBody } from './tasks.ts'

/**
 * Performs a cell's due tasks and hands the answers back. Claims, jobs and events travel in groups.
 * A call that fails leaves its tasks where they are; they are performed again.
 */
export type DrainPorts = {
  readonly network: Network
  readonly now: () => number
  /** Masked owner for a second claimant, e.g. `+7 9•• •••-••-67`. */
  readonly ownerMasked: (walletId: string) => Promise<string>
  readonly failed: (task: Task, cause: unknown) => void
}

/** The tasks performed with an answer still to come by itself (verification through the queue). */
export type Drained = { readonly sent: readonly Task[]; readonly failed: readonly Task[] }

export async function perform(
  cell: Cell,
  tasks: readonly Task[],
  ports: DrainPorts,
): Promise<Drained> {
  const groups = Map.groupBy(tasks, (task) => groupOf(task))
  const sent: Task[] = []
  const failed: Task[] = []
  await Promise.all(
    [...groups.values()].map(async (group) => {
      try {
        sent.push(...(await performGroup(cell, group, ports)))
      } catch (cause) {
        failed.push(...group)
        for (const task of group) ports.failed(task, cause)
      }
    }),
  )
  return { sent, failed }
}

const TOGETHER: readonly TaskBody['kind'][] = [
  'claim',
  'verify',
  'event',
  'read_photo',
  'forget_photo',
]

/** Tasks of those kinds go together; every other task is a group of its own. */
function groupOf(task: Task): string {
  const { kind } = task.body
  return TOGETHER.includes(kind) ? kind : task.id
}

async function performGroup(
  cell: Cell,
  group: readonly Task[],
  ports: DrainPorts,
): Promise<readonly Task[]> {
  const [task] = group
  if (!task) return []
  const { body } = task
  const { network } = ports
  switch (body.kind) {
    case 'claim':
      await claim(cell, group, ports)
      return []
    case 'verify':
      await network.verify(
        (await Promise.all(group.map((each) => verifyJob(cell, each, ports)))).flat(),
      )
      return group
    case 'event':
      await network.publish(
        group.flatMap((each) => (each.body.kind === 'event' ? each.body.event : [])),
      )
      cell.done(group)
      return []
    case 'read_photo':
      await network.readPhotos(group.flatMap((each) => readJob(cell, each, ports)))
      return group
    case 'find_sale':
      await findSale(cell, task, body.photoId, ports)
      return []
    case 'forget_photo':
      await network.forgetPhotos(
        group.flatMap((each) => (each.body.kind === 'forget_photo' ? each.body : [])),
      )
      cell.done(group)
      return []
    case 'release':
      await releaseClaim(cell, body.receiptId, ports)
      return []
    case 'lease':
      return (await lease(cell, body, ports)) === 'wait' ? group : []
    case 'return':
      await network.returnLease(body.offerId, { cell: cell.ctx.name, ...body })
      cell.done(group)
      return []
    case 'payout':
      await askProvider(cell, body.payoutId, task, ports)
      return []
    case 'book_payout':
      await network.bookPayout(body.payoutId, body.amountMinor)
      cell.done(group)
      return []
    case 'book_refund':
      await network.bookRefund(body.payoutId, body.amountMinor)
      cell.done(group)
      return []
    case 'mature':
    case 'lapse':
    case 'report':
    case 'fund':
    case 'deposit':
      throw new Error(`a cell does not perform ${body.kind} outside itself`)
    default:
      return assertNever(body)
  }
}

async function claim(cell: Cell, group: readonly Task[], ports: DrainPorts): Promise<void> {
  const rows = group.flatMap(
    (task) => (task.body.kind === 'claim' && readReceipt(cell.ctx.sql, task.body.receiptId)) || [],
  )
  const claims = await Promise.all(
    rows.map(async (row) => ({
      fingerprint: row.fingerprint,
      receiptId: row.id,
      contentKey: row.contentKey,
      ownerMasked: await ports.ownerMasked(row.walletId),
    })),
  )
  const outcomes = await ports.network.claimMany(claims)
  rows.forEach((row, index) => {
    const outcome = outcomes[index]
    if (outcome) cell.claimAnswered(row.id, outcome, ports.now())
  })
}

async function verifyJob(cell: Cell, { body }: Task, ports: DrainPorts): Promise<VerifyJob[]> {
  const row = body.kind === 'verify' ? readReceipt(cell.ctx.sql, body.receiptId) : null
  if (!row) return []
  const { id: receiptId, sale } = row
  const scan = isReviewedScan(row.scan) || isToldApart(cell.ctx, row.id) ? null : row.scan
  const ownerMasked = await ports.ownerMasked(row.walletId)
  return [{ cell: cell.ctx.name, receiptId, scan, ownerMasked, sale }]
}

function readJob(cell: Cell, { body }: Task, { now }: DrainPorts) {
  if (body.kind !== 'read_photo' || !cell.beginReading(body.photoId, now())) return []
  return { cell: cell.ctx.name, photoId: body.photoId }
}

async function findSale(
  cell: Cell,
  task: Task,
  photoId: string,
  { network, now }: DrainPorts,
): Promise<void> {
  const photo = readPhoto(cell.ctx.sql, photoId)
  if (!photo?.reading) return cell.done([task])
  const { market } = marketOf(cell.ctx.name)
  const reading = readingAsTyped(photo.reading, photo.typed)
  const sale = await network.findSale(market, photo.walletId, reading)
  cell.saleAnswered(photoId, sale, now())
}

async function releaseClaim(cell: Cell, receiptId: string, ports: DrainPorts): Promise<void> {
  const row = readReceipt(cell.ctx.sql, receiptId)
  if (!row) return
  const { fingerprint, contentKey } = row
  const forged = row.reason?.code === 'forged'
  await ports.network.releaseClaim({ fingerprint, contentKey, receiptId }, forged, markedPaper(row))
  cell.claimReleased(receiptId, ports.now())
}

/** The paper by which a person has vouched for a code: it was marked like one without a code. */
function markedPaper({ scan, timeline, purchasedAt, totalMinor }: ReceiptRow): Paper | null {
  const isReviewed = 'text' in scan && timeline.some(({ step }) => step === 'reviewed')
  return isReviewed ? { time: purchasedAt, totalMinor } : null
}

async function lease(
  cell: Cell,
  body: { offerId: string; sequence: number },
  ports: DrainPorts,
): Promise<'wait' | 'answered'> {
  const row = cell.leaseQuestion(body.offerId, body.sequence)
  if (!row) return 'answered'
  const answer = await ports.network.lease(body.offerId, {
    cell: cell.ctx.name,
    sequence: row.sequence,
    wantMinor: row.wantMinor,
    leastMinor: row.leastMinor,
    patient: ports.now() - row.askedAt < LEASE_WAIT_MS_MAX,
    idleMinor: cell.ctx.book.balance(escrow(body.offerId)),
    report: cell.ctx.book.head().sequence,
  })
  cell.leaseAnswered(body.offerId, body.sequence, answer, ports.now())
  return answer.kind === 'wait' ? 'wait' : 'answered'
}

async function askProvider(
  cell: Cell,
  payoutId: string,
  task: Task,
  ports: DrainPorts,
): Promise<void> {
  const question = cell.beginPayoutQuestion(payoutId, ports.now())
  if (!question) {
    // Ended meanwhile; a frozen payout keeps its task and is asked after the freeze.
    if (cell.payoutEnded(payoutId)) cell.done([task])
    return
  }
  const outcome = await ports.network.askProvider(question.way, question.row)
  cell.payoutAnswered(question.row, outcome, ports.now())
}
