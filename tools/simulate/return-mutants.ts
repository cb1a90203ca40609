import type { Mutant } from './mutant-list.ts'

const CELLS = 'worker/src/cells'

/** Bugs of taking rewards back. */
export const RETURN_MUTANTS: readonly Mutant[] = [
  {
    name: 'returned twice: what was told before is taken again',
    caughtAt: 19,
    edits: [
      {
        file: `${CELLS}/cell-told-returns.ts`,
        find: "if (former?.saleId) return 'known'",
        replace: '',
      },
      {
        file: `${CELLS}/cell-returns.ts`,
        find: 'if (former?.saleId) {',
        replace: 'if (former?.saleId && now < 0) {',
      },
      {
        file: 'worker/src/ledger/clawback.ts',
        find: `    id: \`\${returnId}:\${offerId}:\${leg}\`,`,
        replace: `    id: \`\${returnId}:\${offerId}:\${leg}:\${Math.random()}\`,`,
      },
    ],
  },
  {
    name: 'returned beyond credited: a second return forgets the first',
    caughtAt: 24,
    edits: [
      {
        file: `${CELLS}/cell-returns.ts`,
        find: 'takenBack.flatMap(({ reversals }) => reversals),',
        replace: '[],',
      },
    ],
  },
  {
    name: 'returned: the claim is recovered twice',
    caughtAt: 59,
    edits: [
      {
        file: `${CELLS}/cell-claims.ts`,
        find: 'takeSources(ctx, walletId, owedMinor, null)',
        replace: 'takeSources(ctx, walletId, 2 * owedMinor, null)',
      },
      {
        file: 'worker/src/ledger/account.ts',
        find: `({ code: \`claims:\${walletId}\`, kind: 'asset' })`,
        replace: `({ code: \`claims:\${walletId}\`, kind: 'mirror' })`,
      },
    ],
  },
  {
    name: 'returned: who owes is paid out all the same',
    caughtAt: 30,
    edits: [
      {
        file: `${CELLS}/cell-claims.ts`,
        find: 'if (owedMinor === 0) return',
        replace: 'if (owedMinor >= 0) return',
      },
    ],
  },
  {
    name: 'returned: the hold becomes available in full',
    caughtAt: 19,
    edits: [
      {
        file: `${CELLS}/cell-claims.ts`,
        find: 'SET amount_minor = amount_minor - ?',
        replace: 'SET amount_minor = amount_minor - 0 * ?',
      },
    ],
  },
  {
    name: 'returned: what is available is taken before what is held',
    caughtAt: 24,
    edits: [
      {
        file: 'worker/src/ledger/clawback.ts',
        find: 'Math.min(left, part.amountMinor)',
        replace: 'Math.min(Math.max(0, left - wallet.availableMinor), part.amountMinor)',
      },
    ],
  },
  {
    name: 'returned: the fee is kept',
    caughtAt: 7,
    edits: [
      {
        file: 'worker/src/ledger/clawback.ts',
        find: "back('fee', fee, feeMinor)",
        replace: "back('fee', fee, 0)",
      },
    ],
  },
  {
    name: 'returned before it was sold: the sale earns in full',
    caughtAt: 237,
    edits: [
      {
        file: `${CELLS}/cell-receipts.ts`,
        find: 'withReturns(ctx, row, result.evidence, now)',
        replace: 'result.evidence',
      },
    ],
  },
  {
    name: 'returned: a part takes the whole reward',
    caughtAt: 10,
    edits: [
      {
        file: 'worker/src/offers/reversal.ts',
        find: 'reward.rewardMinor - (next?.rewardMinor ?? 0)',
        replace: 'reward.rewardMinor - 0 * (next?.rewardMinor ?? 0)',
      },
    ],
  },
  {
    name: 'returned: more is taken from what is available than there is',
    caughtAt: 30,
    edits: [
      {
        file: 'worker/src/ledger/clawback.ts',
        find: 'Math.min(left, wallet.availableMinor)',
        replace: 'left',
      },
    ],
  },
  {
    name: 'returned: what is owed stays owed though the wallet has it',
    caughtAt: 7,
    edits: [
      {
        file: 'worker/src/ledger/clawback.ts',
        find: 'const availableMinor = Math.min(left, wallet.availableMinor)',
        replace: 'const availableMinor = 0',
      },
    ],
  },
]
