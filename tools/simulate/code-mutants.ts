import type { Mutant } from './mutant-list.ts'

const CELLS = 'worker/src/cells'

/** Bugs of paying by codes that prove nothing. */
export const CODE_MUTANTS: readonly Mutant[] = [
  {
    name: 'two agreeing feeds pay: the first of them is believed',
    story: 'codes',
    caughtAt: 5,
    edits: [
      {
        file: 'worker/src/sales/vouch-for-code.d1.ts',
        find: 'if (!agreeing.every((other) => isSameSale(row, other))) {',
        replace: 'if (agreeing.length < 0) {',
      },
    ],
  },
  {
    name: 'a document that contradicts the code is approved',
    story: 'codes',
    caughtAt: 5,
    edits: [
      {
        file: 'worker/src/reviews/contradiction.ts',
        find: "if (!missing.includes('total') && totalMinor !== scan.totalMinor) {",
        replace: "if (missing.includes('total') && totalMinor !== scan.totalMinor) {",
      },
    ],
  },
  {
    name: 'two numbers of one receipt are not compared',
    story: 'codes',
    caughtAt: 1,
    edits: [
      {
        file: `${CELLS}/directory.ts`,
        find: 'AND other.numbering <> own.numbering',
        replace: 'AND other.numbering <> other.numbering',
      },
    ],
  },
  {
    name: 'two numbers of one receipt: who asks again is told of nothing',
    story: 'codes',
    caughtAt: 1,
    edits: [
      {
        file: `${CELLS}/directory.ts`,
        find: 'INSERT OR IGNORE INTO moments',
        replace: 'INSERT OR REPLACE INTO moments',
      },
      {
        file: `${CELLS}/directory.ts`,
        find: 'other.moment = own.moment AND other.ordinal < own.ordinal',
        replace: 'other.moment = own.moment AND other.ordinal > own.ordinal',
      },
    ],
  },
  {
    name: 'likely twins wait for each other: nobody is paid',
    story: 'codes',
    caughtAt: 307,
    edits: [
      {
        file: `${CELLS}/cell-receipts.ts`,
        find: 'const told = toldApartFrom(ctx, row.id)',
        replace: 'const told: readonly string[] = []',
      },
    ],
  },
  {
    name: 'what was approved during a comparison is not compared',
    story: 'codes',
    caughtAt: 131,
    edits: [
      {
        file: `${CELLS}/cell-papers.ts`,
        find: '!toldApart.includes(one.mark.receiptId)',
        replace: 'toldApart.length < 1',
      },
    ],
  },
  {
    name: 'a code that a stranger claimed ahead has no person for its owner',
    story: 'codes',
    caughtAt: 5,
    edits: [
      {
        file: `${CELLS}/directory.ts`,
        find: 'return this.#holder(fingerprint)?.vouched === 0',
        replace: 'return this.#holder(fingerprint)?.vouched === 2',
      },
    ],
  },
  {
    name: 'whoever lost a code to its owner is not told',
    story: 'codes',
    caughtAt: 3,
    edits: [
      {
        file: 'worker/src/reviews/verify-reviewed.ts',
        find: 'await ports.closeRivals({ identities: names.proved,',
        replace: 'await ports.closeRivals({ identities: [],',
      },
    ],
  },
  {
    name: 'a number on the print is taken from its holder',
    story: 'codes',
    caughtAt: 3,
    edits: [
      {
        file: 'worker/src/receipts/settle-identities.ts',
        find: 'shardFor(identity).claimPrinted(identity, settler)',
        replace: 'shardFor(identity).settle(identity, settler)',
      },
    ],
  },
]
