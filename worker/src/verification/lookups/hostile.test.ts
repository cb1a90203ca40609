import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseRuQr } from '#fiscal/ru'
import { sampleOf } from '../../../../fiscal/src/corpus.test-data.ts'
import { createEkasa } from './ekasa.fetch.ts'
import { createOfdRu } from './ofd-ru.fetch.ts'
import { createOofd } from './oofd.fetch.ts'
import { createProverkacheka } from './proverkacheka.fetch.ts'
import { createSalyk } from './salyk.fetch.ts'
import { codeOf, json, scripted } from './scripted.test-data.ts'
import { createTaxCore } from './taxcore.fetch.ts'
import { createVerifyInvoice } from './verify-invoice.fetch.ts'

/** Answers of any shape: nothing throws, and nothing but the receipt itself is authentic. */

const RU = 't=20190408T1046&s=742.04&fn=9286000100012345&i=356&fp=987654321&n=1'

type Ask = (reply: unknown) => Promise<{ kind: string }>

const deps = (reply: unknown) => scripted(Array.from({ length: 6 }, () => json(reply)))
const russian = (reply: unknown) => ({ ...deps(reply), secret: 'x', now: () => 0 })

function ruScan() {
  const parsed = parseRuQr(RU)
  if (!parsed.ok) throw new Error(RU)
  return parsed.scan
}

const LOOKUPS: Readonly<Record<string, Ask>> = {
  ekasa: (reply) =>
    createEkasa({ ...deps(reply), sleep: () => Promise.resolve() }).ask(codeOf(sampleOf('sk'))),
  verifyInvoice: (reply) => createVerifyInvoice(deps(reply), 'me').ask(codeOf(sampleOf('me'))),
  salyk: (reply) => createSalyk(deps(reply)).ask(codeOf(sampleOf('kg'))),
  oofd: (reply) => createOofd(deps(reply)).ask(codeOf(sampleOf('kz'))),
  taxcore: (reply) => createTaxCore(deps(reply)).ask(codeOf(sampleOf('rs'))),
  proverkacheka: (reply) => createProverkacheka(russian(reply)).ask(ruScan()),
  ofd: (reply) => createOfdRu(russian(reply)).ask(ruScan()),
}

/** Names that some service gives a meaning, with values of every kind. */
const NAMES = [
  ...['returnValue', 'receipt', 'searchIdentification', 'iic', 'totalPrice', 'dateTimeCreated'],
  ...['ticketTotalSum', 'dateTime', 'tin', 'ticket', 'totalSum', 'transactionDate', 'message'],
  ...['isValid', 'invoiceResult', 'journal', 'code', 'data', 'json', 'Success', 'Data', 'Errors'],
  ...['items', '__proto__', 'constructor'],
]
const { answer } = fc.letrec<{ answer: unknown; leaf: unknown; branch: unknown }>((tie) => ({
  leaf: fc.oneof(
    fc.constantFrom(
      null,
      true,
      false,
      0,
      1,
      2,
      3,
      -1,
      1e300,
      0.005,
      '2026-99-99',
      'ticket.not.found',
    ),
    fc.string({ maxLength: 12 }),
    fc.double(),
  ),
  branch: fc.oneof(
    fc.array(tie('answer'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...NAMES), tie('answer'), { maxKeys: 6 }),
  ),
  answer: fc.oneof({ maxDepth: 4 }, tie('leaf'), tie('branch')),
}))

describe('an answer of any shape is no proof, and no crash', () => {
  test.each(Object.entries(LOOKUPS))('%s', async (_, ask) => {
    await fc.assert(
      fc.asyncProperty(answer, async (reply) => {
        expect((await ask(reply)).kind).not.toBe('authentic')
      }),
      { numRuns: 150 },
    )
  })
})
