import { BANK_MUTANTS } from './bank-mutants.ts'
import { CODE_MUTANTS } from './code-mutants.ts'
import { RETURN_MUTANTS } from './return-mutants.ts'
import type { StoryName } from './stories.ts'

/** A bug put in on purpose, as edits of the real source; the simulation must fail with it. */
export type Mutant = {
  readonly name: string
  /** How many seeds it took to catch it, counted from 1: tried first, before all others. */
  readonly caughtAt: number
  /** Who catches it; the whole network's simulation where nothing is said. */
  readonly story?: StoryName
  readonly edits: readonly {
    readonly file: string
    /** Must occur exactly once. */
    readonly find: string
    readonly replace: string
  }[]
}

const CELLS = 'worker/src/cells'

export const MUTANTS: readonly Mutant[] = [
  {
    name: 'cell not idempotent: a repeated submission is new work',
    caughtAt: 2,
    edits: [
      {
        file: `${CELLS}/cell-receipts.ts`,
        find: 'if (!mayTryAgain(ctx, row, contentKey, now)) return',
        replace: 'if (now < 0) return',
      },
    ],
  },
  {
    name: 'cell not idempotent: a repeated answer of the authority is judged again',
    caughtAt: 2,
    edits: [
      {
        file: `${CELLS}/cell-receipts.ts`,
        find: "if (!row || (row.state !== 'verifying' && row.state !== 'awaiting_authority')) return",
        replace: 'if (!row) return',
      },
    ],
  },
  {
    name: 'lease not idempotent: a repeated question is granted again',
    caughtAt: 4,
    edits: [
      {
        file: `${CELLS}/budget.ts`,
        find: 'if (question.sequence <= cell.leaseSequence) return answerOf(cell.grantedMinor)',
        replace: '',
      },
    ],
  },
  {
    name: 'claim check-then-write',
    caughtAt: 7,
    edits: [
      {
        file: `${CELLS}/directory.ts`,
        find: `    this.#sql.all(
      \`INSERT INTO claims (`,
        replace: `    queueMicrotask(() => this.#sql.all(
      \`INSERT OR REPLACE INTO claims (`,
      },
      {
        file: `${CELLS}/directory.ts`,
        find: `      claim.ownerMasked,
      now,
    )`,
        replace: `      claim.ownerMasked,
      now,
    ))`,
      },
    ],
  },
  {
    name: 'ack before send: an event is forgotten before it has left',
    caughtAt: 2,
    edits: [
      {
        file: `${CELLS}/drain.ts`,
        find: '      await network.publish(',
        replace: '      cell.done(group)\n      await network.publish(',
      },
    ],
  },
  {
    name: 'return twice: the budget books a repeated return again',
    caughtAt: 2,
    edits: [
      {
        file: `${CELLS}/budget.ts`,
        find: 'budgetReturned(returnId, this.#offerId',
        replace: `budgetReturned(\`\${returnId}@\${now}\`, this.#offerId`,
      },
    ],
  },
  {
    name: 'return before debit: the escrow is given back and kept',
    caughtAt: 2,
    edits: [
      {
        file: `${CELLS}/cell-leases.ts`,
        find: 'if (amountMinor > 0) ctx.book.post([leaseReturned(',
        replace: 'if (amountMinor < 0) ctx.book.post([leaseReturned(',
      },
    ],
  },
  {
    name: 'release without tombstone: the cell may still credit it',
    caughtAt: 6,
    edits: [
      {
        file: `${CELLS}/cell-receipts.ts`,
        find: "      state: 'released',",
        replace: '      state: row.state,',
      },
    ],
  },
  {
    name: 'release without tombstone: a late claim takes it again',
    caughtAt: 36,
    edits: [
      {
        file: `${CELLS}/directory.ts`,
        find: "| null {\n    if (this.#isReleased(receiptId)) return { kind: 'released' }",
        replace: '| null {',
      },
    ],
  },
  {
    name: 'a refused claim asks again and is answered otherwise',
    caughtAt: 6,
    edits: [
      {
        file: `${CELLS}/directory.ts`,
        find: "if (refusal) return { kind: 'taken', ...refusal, unproved: this.#isUnproved(fingerprint) }",
        replace: '',
      },
      {
        file: `${CELLS}/directory.ts`,
        find: 'INSERT INTO refusals',
        replace: 'INSERT OR IGNORE INTO refusals',
      },
    ],
  },
  {
    name: 'no budget guard',
    caughtAt: 1,
    edits: [
      {
        file: `${CELLS}/budget.ts`,
        find: 'if (left < question.leastMinor) {',
        replace: 'if (left < 0) {',
      },
      {
        file: `${CELLS}/budget.ts`,
        find: 'const grantedMinor = Math.min(left, Math.max(wish, question.leastMinor))',
        replace: 'const grantedMinor = Math.max(wish, question.leastMinor)',
      },
      {
        file: 'worker/src/ledger/account.ts',
        find: 'liability(`unallocated:',
        replace: 'mirror(`unallocated:',
      },
    ],
  },
  {
    name: 'new payout id on retry',
    caughtAt: 2,
    edits: [
      {
        file: `${CELLS}/drain.ts`,
        find: 'network.askProvider(question.way, question.row)',
        replace: `network.askProvider(question.way, { ...question.row, id: \`\${question.row.id}#\${question.row.attempts}\` })`,
      },
    ],
  },
  {
    name: 'void on unknown',
    caughtAt: 2,
    edits: [
      {
        file: 'worker/src/payouts/schedule.ts',
        find: "    case 'unknown':\n",
        replace:
          "    case 'unknown':\n      if (age >= 0) return { kind: 'came_back', providerId: null, reason: outcome.detail }\n",
      },
    ],
  },
  {
    name: 'void on absence while the key lives',
    caughtAt: 10,
    edits: [
      {
        file: 'worker/src/payouts/schedule.ts',
        find: 'export const RESEND_MS_MAX = 23 * HOUR_MS',
        replace: 'export const RESEND_MS_MAX = 0',
      },
      {
        file: 'worker/src/payouts/schedule.ts',
        find: 'const ABSENCE_PROVES_MS = 25 * HOUR_MS',
        replace: 'const ABSENCE_PROVES_MS = 0',
      },
    ],
  },
  {
    name: 'hold released twice',
    caughtAt: 2,
    edits: [
      {
        file: `${CELLS}/cell-wallet.ts`,
        find: `  removeTask(ctx.sql, availableAt, \`mature:\${walletId}\`)\n`,
        replace: '',
      },
      {
        file: `${CELLS}/cell-wallet.ts`,
        find: ' AND released_at IS NULL`,\n    walletId,\n    availableAt',
        replace: '`,\n    walletId,\n    availableAt',
      },
      {
        file: 'worker/src/ledger/posting.ts',
        find: `    id: \`hold:\${walletId}:\${availableAt}\`,`,
        replace: `    id: \`hold:\${walletId}:\${availableAt}:\${Math.random()}\`,`,
      },
    ],
  },
  {
    name: 'fee not taken',
    caughtAt: 2,
    edits: [
      {
        file: 'worker/src/ledger/posting.ts',
        find: 'if (posting.feeMinor === 0) return [reward]',
        replace: 'if (posting.feeMinor >= 0) return [reward]',
      },
    ],
  },
  {
    name: 'activation reserved twice',
    caughtAt: 4,
    edits: [
      {
        file: `${CELLS}/cell-activations.ts`,
        find: "  if (last?.state === 'active') {",
        replace: "  if (last?.state === 'lapsed') {",
      },
    ],
  },
  {
    name: 'activation lapsed while its receipt is under way',
    caughtAt: 12,
    edits: [
      {
        file: `${CELLS}/cell-activations.ts`,
        find: 'if (receiptUnderWay(ctx, walletId)) {',
        replace: `if (receiptUnderWay(ctx, \`\${walletId}?\`)) {`,
      },
    ],
  },
  {
    name: 'stale lease answer applied',
    caughtAt: 226,
    edits: [
      {
        file: `${CELLS}/cell-leases.ts`,
        find: 'if (!row || row.sequence !== sequence || row.grantedMinor !== null) return null',
        replace: 'if (!row || row.grantedMinor !== null) return null',
      },
    ],
  },
  {
    name: 'lease applied twice',
    caughtAt: 2,
    edits: [
      {
        file: `${CELLS}/cell-leases.ts`,
        find: 'if (!row || row.sequence !== sequence || row.grantedMinor !== null) return null',
        replace: 'if (!row || row.sequence !== sequence) return null',
      },
    ],
  },
  {
    name: 'the cell gives up a lease by itself',
    caughtAt: 24,
    edits: [
      {
        file: `${CELLS}/cell-leases.ts`,
        find: "  if (answer.kind === 'wait') {",
        replace: "  if (answer.kind === 'wait' && now - row.askedAt < 10_000) {",
      },
    ],
  },
  {
    name: 'reward from escrow while reserved',
    caughtAt: 2,
    edits: [
      {
        file: `${CELLS}/cell-judge.ts`,
        find: 'fromReserved: reward.usesActivation && reserved >= cost(reward)',
        replace: 'fromReserved: reward.usesActivation && reserved < 0',
      },
    ],
  },
  {
    name: 'a used reservation keeps its rest',
    caughtAt: 17,
    edits: [
      {
        file: `${CELLS}/cell-judge.ts`,
        find: '  if (rest > 0) {',
        replace: '  if (rest < 0) {',
      },
    ],
  },
  {
    name: 'a task lives in memory only',
    caughtAt: 38,
    edits: [
      {
        file: `${CELLS}/tasks.ts`,
        find: '  list.fresh.push(task)\n',
        replace: "  list.fresh.push(task)\n  if (kind === 'book_payout') return\n",
      },
    ],
  },
  {
    name: 'every try to release an offer brings its own id',
    caughtAt: 48,
    edits: [
      {
        file: `${CELLS}/partner-book.ts`,
        find: '(row?.count ?? 0) + 1',
        replace: '(row?.count ?? 0) + Math.random()',
      },
    ],
  },
  {
    name: 'ack before send: a return is forgotten before it has left',
    caughtAt: 15,
    edits: [
      {
        file: `${CELLS}/drain.ts`,
        find: '      await network.returnLease(body.offerId, { cell: cell.ctx.name, ...body })\n      cell.done(group)',
        replace:
          '      cell.done(group)\n      await network.returnLease(body.offerId, { cell: cell.ctx.name, ...body })',
      },
    ],
  },
  ...RETURN_MUTANTS,
  ...CODE_MUTANTS,
  ...BANK_MUTANTS,
]
