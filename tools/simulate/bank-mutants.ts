import type { Mutant } from './mutant-list.ts'

const BANK = 'worker/src/bank-files'
const SCHEMA = 'schema/sql/control/0021_bank_files.sql'

/** Bugs of paying by files of the operator's bank. */
export const BANK_MUTANTS: readonly Mutant[] = [
  {
    name: 'bank file: an instruction may stand in two files',
    caughtAt: 1,
    story: 'bank',
    edits: [
      {
        file: SCHEMA,
        find: `  key TEXT PRIMARY KEY REFERENCES bank_instructions (key),
  file_id TEXT NOT NULL REFERENCES bank_files (id)
`,
        replace: `  key TEXT REFERENCES bank_instructions (key),
  file_id TEXT NOT NULL REFERENCES bank_files (id),
  PRIMARY KEY (key, file_id)
`,
      },
      {
        file: SCHEMA,
        find: 'key TEXT NOT NULL REFERENCES bank_file_entries (key),',
        replace: 'key TEXT NOT NULL,',
      },
    ],
  },
  {
    name: 'bank file: a new key for each question',
    caughtAt: 1,
    story: 'bank',
    edits: [
      {
        file: `${BANK}/bank-transfers.ts`,
        find: '(await transactionId(market, asked)).replaceAll',
        replace:
          '(await transactionId(market, { ...asked, id: String(Math.random()) })).replaceAll',
      },
      {
        file: SCHEMA,
        find: `  confirmed_at TEXT,
  UNIQUE (market, wallet_id, payout_id)
`,
        replace: `  confirmed_at TEXT
`,
      },
    ],
  },
  {
    name: 'bank file: an answer about another amount is believed',
    caughtAt: 46,
    story: 'bank',
    edits: [
      {
        file: `${BANK}/standing.ts`,
        find: 'if (amount === null) return null',
        replace: "if (amount !== '') return null",
      },
    ],
  },
  {
    name: 'bank file: an unknown status gives the money back',
    caughtAt: 819,
    story: 'bank',
    edits: [
      {
        file: `${BANK}/standing.ts`,
        find: `  RJCT: 'refused',
`,
        replace: `  RJCT: 'refused',
  BLCK: 'refused',
`,
      },
    ],
  },
  {
    name: 'bank file: the report that was brought last counts',
    caughtAt: 87,
    story: 'bank',
    edits: [
      {
        file: `${BANK}/standing.ts`,
        find: 'one.saidAt < other.saidAt ? -1 : Number(one.saidAt > other.saidAt)',
        replace: '0',
      },
      {
        file: `${BANK}/register.d1.ts`,
        find: 'ORDER BY said_at, brought_at, hash, position',
        replace: 'ORDER BY brought_at, hash, position',
      },
    ],
  },
  {
    name: 'bank file: a duplicate that is refused gives the money back',
    caughtAt: 3,
    story: 'bank',
    edits: [
      {
        file: `${BANK}/standing.ts`,
        find: "if (status !== 'RJCT') return null",
        replace: "if (status !== '') return null",
      },
    ],
  },
  {
    name: 'bank file: one person alone says that nothing was paid',
    caughtAt: 14,
    story: 'bank',
    edits: [
      {
        file: `${BANK}/standing.ts`,
        find: '!answer.isConfirmed',
        replace: "answer.status === ''",
      },
    ],
  },
  {
    name: 'bank file: what is under way has arrived',
    caughtAt: 12,
    story: 'bank',
    edits: [
      {
        file: `${BANK}/standing.ts`,
        find: "  ACSP: 'moving',",
        replace: "  ACSP: 'settled',",
      },
    ],
  },
  {
    name: 'bank file: what came back after it had arrived is kept',
    caughtAt: 3,
    story: 'bank',
    edits: [
      {
        file: 'worker/src/payouts/schedule.ts',
        find: "method === 'iban'",
        replace: "method !== 'iban'",
      },
    ],
  },
  {
    name: 'bank file: a file without its entries',
    caughtAt: 1,
    story: 'bank',
    edits: [
      {
        file: `${BANK}/bank-files.d1.ts`,
        find: 'INSERT INTO bank_file_entries (key, file_id) SELECT value, ?2 FROM json_each(?1)',
        replace:
          'INSERT INTO bank_file_entries (key, file_id) SELECT value, ?2 FROM json_each(?1) WHERE 0',
      },
    ],
  },
  {
    name: 'bank file: what is sent again has another message id',
    caughtAt: 1,
    story: 'bank',
    edits: [
      {
        file: `${BANK}/resubmission.ts`,
        find: 'messageId: messageIdOf(id)',
        replace: 'messageId: messageIdOf(crypto.randomUUID())',
      },
    ],
  },
  {
    name: 'bank file: what refuses one version of a file is believed of both',
    caughtAt: 13,
    story: 'bank',
    edits: [
      {
        file: `${BANK}/standing.ts`,
        find: "if (answer.scope === 'group') return true",
        replace: "if (answer.scope === 'group') return false",
      },
    ],
  },
  {
    name: 'bank file: one version that is refused by its transfers ends them',
    caughtAt: 280,
    story: 'bank',
    edits: [
      {
        file: `${BANK}/standing.ts`,
        find: 'return answer.isOfWholeFile && ',
        replace: "return answer.status === '' && ",
      },
    ],
  },
]
