import { reset } from 'cloudflare:test'
import { env, exports } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import { writePaymentFile } from '#worker/bank-files/pain-001'
import { readStatusReport } from '#worker/bank-files/pain-002'
import type { KeptOrder } from '../src/bank/bank.object.ts'
import { stateOf } from '../src/env.ts'

/** The operator's bank against the files that the network writes and reads. */

const ACCOUNT = {
  name: 'ТОО Копилка Казахстан',
  iban: 'KZ68555KOP0000000001',
  bic: 'KOPBKZKA',
  taxNumber: '260240000019',
  purpose: 'Выплата накопленного кешбэка',
  codes: { payer: '17', payee: '19', purpose: '119' },
}
const MESSAGE = '0b8f0a5e6f5b4d0c9d2a7b1c3e4f5a6b'
const ENTRY = {
  key: 'aaaaaaaaaaaa5aaa8aaaaaaaaaaaaaaa',
  amountMinor: 104_00,
  iban: 'KZ86125KZT5004100100',
  holder: 'Әлия Қасымова',
  personalNumber: '900505300003',
}

const file = (changes: Partial<typeof ENTRY> = {}, account = ACCOUNT) =>
  writePaymentFile(
    {
      messageId: MESSAGE,
      madeAt: '2026-11-20T06:00:00.000Z',
      executionDate: '2026-11-23',
      currency: 'KZT',
      entries: [
        { ...ENTRY, ...changes },
        { ...ENTRY, key: 'b', amountMinor: 1 },
      ],
    },
    account,
  )

const call = (path: string, init: RequestInit = {}) =>
  exports.default.fetch(new Request(`https://bank.test${path}`, init))
const handIn = (body: string) => call('/bank/files', { method: 'PUT', body })

/** The report of now, as the network reads it. */
async function answer(mood?: string) {
  if (mood) await stateOf(env).setSwitch('bank.answer', mood, 1)
  const made = await call(`/bank/files/${MESSAGE}/reports`, { method: 'POST' })
  const { id } = await made.json<{ id: number }>()
  const report = readStatusReport(await (await call(`/bank/reports/${id}`)).text(), 'Asia/Almaty')
  if ('wrong' in report) throw new Error(report.wrong)
  return report
}

beforeEach(() => reset())

test('a file is taken once, executed once, and answered as often as asked', async () => {
  expect((await handIn(file())).status).toBe(201)
  const again = await handIn(file())
  expect(again.status).toBe(422)
  const { report } = await again.json<{ report: number }>()
  // A bank refuses the second submission as a whole, and pays the first.
  expect(await (await call(`/bank/reports/${report}`)).text()).toMatch(/RJCT[\s\S]*DU01/)
  const [first, second] = [await answer(), await answer()]
  expect(first.answers.map(({ status, amount }) => [status, amount])).toEqual([
    ['ACSC', '104.00'],
    ['ACSC', '0.01'],
  ])
  expect(second.answers).toEqual(first.answers)
  expect(second.saidAt > first.saidAt).toBe(true)
  const { items } = await (await call('/api/bank')).json<{ items: KeptOrder[] }>()
  expect(items).toMatchObject([{ messageId: MESSAGE, totalMinor: 104_01, currency: 'KZT' }])
  expect(await (await call('/bank')).text()).toContain('Әлия Қасымова')
})

describe('a file that a bank would not take', () => {
  test.each([
    ['another control sum', file().replace('104.01', '105.00')],
    ['another count', file().replace('<NbOfTxs>2', '<NbOfTxs>3')],
    ['another version', file().replace('001.001.09', '001.001.03')],
    ['one key twice', file({ key: 'b' })],
    ['no account of the payer', file().replace(ACCOUNT.iban, 'KZ00')],
    ['nothing', ''],
  ])('%s', async (_, text) => {
    expect((await handIn(text)).status).toBe(422)
  })
})

test.each([
  ['a mistyped account', { iban: 'KZ86125KZT5004100101' }, 'AC01'],
  ['a mistyped person', { personalNumber: '900505300004' }, 'BE16'],
])('%s is refused alone, with the code of the standard', async (_, changes, code) => {
  await handIn(file(changes))
  const { answers } = await answer()
  expect(answers.map(({ status, reason }) => [status, reason])).toEqual([
    ['RJCT', code],
    ['ACSC', null],
  ])
})

test('it misbehaves on demand, once', async () => {
  await handIn(file())
  expect(await answer('accepted')).toMatchObject({ others: { status: 'ACCP' }, answers: [] })
  expect((await answer('wrong_amount')).answers[0]).toMatchObject({ amount: '105.00' })
  await expect(answer('twice')).rejects.toThrow('bank_report_unreadable')
  expect((await answer('return_one')).answers[0]).toMatchObject({ status: 'RJCT' })
  expect((await answer('other_file')).fileMessageId).not.toBe(MESSAGE)
})
