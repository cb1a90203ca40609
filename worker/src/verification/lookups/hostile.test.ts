import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { printRs } from '#fiscal/print/rs'
import { parseRuQr } from '#fiscal/ru'
import { createEkasa } from './ekasa.fetch.ts'
import { createOfdRu } from './ofd-ru.fetch.ts'
import { createOofd } from './oofd.fetch.ts'
import { createProverkacheka } from './proverkacheka.fetch.ts'
import { createSalyk } from './salyk.fetch.ts'
import { codeOf, json, scripted } from './scripted.test-data.ts'
import { createTaxCore } from './taxcore.fetch.ts'
import { createVerifyInvoice } from './verify-invoice.fetch.ts'

/** Answers of any shape: nothing throws, and nothing but the receipt itself is authentic. */

const IIC = 'iic=0D7C3EE1EEBAB4A08F4D5003FAE35E7B&tin=03257746'
const CODES = {
  sk: 'O-863A291A95A64D7EBA291A95A63D7E4C',
  me: `https://mapr.tax.gov.me/ic/#/verify?${IIC}&crtd=2026-07-11T15:51:04+02:00&prc=59.10`,
  kg:
    'https://tax.salyk.kg/tax-web-control/client/api/v1/ticket?date=20260917T175623&sum=91950' +
    '&fn_number=2&tin=00000000000001&fd_number=172045',
  kz: 'https://consumer.oofd.kz/?i=2936414372&f=010100886168&s=3247.00&t=20240613T191146',
  rs: printRs({
    requestedBy: 'LQVN7PP7',
    signedBy: 'LQVN7PP7',
    totalCounter: 1,
    typeCounter: 1,
    totalMinor: 100,
    issuedAtMs: 0,
    invoiceType: 0,
    transactionType: 0,
    buyerId: '',
    internal: new Uint8Array(256),
    signature: new Uint8Array(256),
  }),
}
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
    createEkasa({ ...deps(reply), sleep: () => Promise.resolve() }).ask(codeOf(CODES.sk)),
  verifyInvoice: (reply) => createVerifyInvoice(deps(reply), 'me').ask(codeOf(CODES.me)),
  salyk: (reply) => createSalyk(deps(reply)).ask(codeOf(CODES.kg)),
  oofd: (reply) => createOofd(deps(reply)).ask(codeOf(CODES.kz)),
  taxcore: (reply) => createTaxCore(deps(reply), 'rs').ask(codeOf(CODES.rs)),
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
