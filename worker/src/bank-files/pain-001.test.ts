import { describe, expect, test } from 'vitest'
import { childOf, childrenOf, readXml } from '../outside/xml.ts'
import type { BankAccount } from './bank-account.ts'
import {
  amountText,
  executionDateAfter,
  type PaymentFile,
  readPaymentFile,
  writePaymentFile,
} from './pain-001.ts'

const ACCOUNT: BankAccount = {
  name: 'ТОО Копилка Казахстан',
  iban: 'KZ68555KOP0000000001',
  bic: 'KOPBKZKA',
  taxNumber: '260240000019',
  purpose: 'Выплата накопленного кешбэка',
  codes: { payer: '17', payee: '19', purpose: '119' },
}

const FILE: PaymentFile = {
  messageId: '0b8f0a5e6f5b4d0c9d2a7b1c3e4f5a6b',
  madeAt: '2026-11-20T06:00:00.000Z',
  executionDate: '2026-11-23',
  currency: 'KZT',
  entries: [
    {
      key: 'aaaaaaaaaaaa5aaa8aaaaaaaaaaaaaaa',
      amountMinor: 104_00,
      iban: 'KZ86125KZT5004100100',
      holder: 'Әлия Қасымова',
      personalNumber: '900505300003',
    },
    {
      key: 'bbbbbbbbbbbb5bbb8bbbbbbbbbbbbbbb',
      amountMinor: 60_005,
      iban: 'KZ68601A871002315181',
      holder: 'Anna <Obraz> & Co',
      personalNumber: '910412450171',
    },
  ],
}

describe('a file to the bank', () => {
  const text = writePaymentFile(FILE, ACCOUNT)
  const initiation = childOf(readXml(text), 'CstmrCdtTrfInitn')
  const payment = childOf(initiation, 'PmtInf')
  const said = (...names: string[]) => childOf(initiation, ...names)?.text

  test('counts and adds up what it carries, in the header and in the payment', () => {
    for (const counted of ['GrpHdr', 'PmtInf']) {
      expect([said(counted, 'NbOfTxs'), said(counted, 'CtrlSum')]).toEqual(['2', '704.05'])
    }
    expect(said('GrpHdr', 'MsgId')).toBe(FILE.messageId)
    expect(said('PmtInf', 'PmtInfId')).toBe(`${FILE.messageId}-1`)
    expect(said('PmtInf', 'ReqdExctnDt', 'Dt')).toBe('2026-11-23')
  })

  test('names every payout by its key, its amount, its person and its account', () => {
    const transfers = childrenOf(payment, 'CdtTrfTxInf').map((transfer) => ({
      key: childOf(transfer, 'PmtId', 'EndToEndId')?.text,
      amount: childOf(transfer, 'Amt', 'InstdAmt')?.text,
      currency: childOf(transfer, 'Amt', 'InstdAmt')?.attributes.Ccy,
      holder: childOf(transfer, 'Cdtr', 'Nm')?.text,
      person: childOf(transfer, 'Cdtr', 'Id', 'PrvtId', 'Othr', 'Id')?.text,
      iban: childOf(transfer, 'CdtrAcct', 'Id', 'IBAN')?.text,
      remittance: childOf(transfer, 'RmtInf', 'Ustrd')?.text,
    }))
    expect(transfers).toEqual(
      FILE.entries.map(({ key, amountMinor, iban, holder, personalNumber }) => ({
        key,
        amount: amountText(amountMinor, 'KZT'),
        currency: 'KZT',
        holder,
        person: personalNumber,
        iban,
        remittance: `Выплата накопленного кешбэка; IIN ${personalNumber}; EKNP 1719KZT119`,
      })),
    )
  })

  test('keeps the order of elements that the standard prescribes', () => {
    expect(payment?.children.map(({ name }) => name)).toEqual([
      ...['PmtInfId', 'PmtMtd', 'BtchBookg', 'NbOfTxs', 'CtrlSum', 'PmtTpInf', 'ReqdExctnDt'],
      ...['Dbtr', 'DbtrAcct', 'DbtrAgt', 'ChrgBr', 'CdtTrfTxInf', 'CdtTrfTxInf'],
    ])
    const [transfer] = childrenOf(payment, 'CdtTrfTxInf')
    expect(transfer?.children.map(({ name }) => name)).toEqual([
      ...['PmtId', 'Amt', 'Cdtr', 'CdtrAcct', 'Purp', 'RmtInf'],
    ])
  })

  test('is the same bytes for the same content', () => {
    expect(writePaymentFile(structuredClone(FILE), { ...ACCOUNT })).toBe(text)
  })

  test('is read as it was written, so that it can be written again for another day', () => {
    const { entries, payer } = readPaymentFile(text, 'KZT')
    expect(entries).toEqual(FILE.entries)
    expect(payer).toEqual({ iban: ACCOUNT.iban, bic: ACCOUNT.bic })
    const again = writePaymentFile({ ...FILE, entries, executionDate: '2026-11-24' }, ACCOUNT)
    expect(again).toBe(text.replace('<Dt>2026-11-23<', '<Dt>2026-11-24<'))
    expect(() => readPaymentFile(text.replace('>104.00<', '>104.0<'), 'KZT')).toThrow('amount')
    expect(() => readPaymentFile(text.replaceAll('EndToEndId', 'Else'), 'KZT')).toThrow('no PmtId')
    expect(() => readPaymentFile('nothing', 'KZT')).toThrow('no DbtrAcct')
  })

  test('serves another market by data alone: no codes and no person where there are none', () => {
    const serbian = writePaymentFile(
      {
        ...FILE,
        currency: 'RSD',
        entries: FILE.entries.map((one) => ({ ...one, personalNumber: null })),
      },
      { ...ACCOUNT, codes: null },
    )
    expect(serbian).toContain('<InstdAmt Ccy="RSD">104.00</InstdAmt>')
    expect(serbian).toContain('<Ustrd>Выплата накопленного кешбэка</Ustrd>')
    expect(serbian).not.toMatch(/PrvtId|Purp>|EKNP/)
  })
})

test('amounts are written exactly, whatever floating point would make of them', () => {
  expect(amountText(1, 'KZT')).toBe('0.01')
  expect(amountText(100, 'KZT')).toBe('1.00')
  expect(amountText(900_719_925_474_0991, 'KZT')).toBe('90071992547409.91')
  expect(amountText(1_500, 'CLP')).toBe('1500')
})

test('the bank is asked to pay on the next day that it works', () => {
  expect(executionDateAfter('2026-11-19')).toBe('2026-11-20')
  for (const day of ['2026-11-20', '2026-11-21', '2026-11-22']) {
    expect(executionDateAfter(day)).toBe('2026-11-23')
  }
  expect(executionDateAfter('2026-12-31')).toBe('2027-01-01')
})
