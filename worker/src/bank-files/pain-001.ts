import { type CurrencyCode, minorDigits } from '#schema/currency'
import {
  childOf,
  childrenOf,
  readXml,
  writeXml,
  type XmlElement,
  type XmlPart,
} from '../outside/xml.ts'
import type { BankAccount } from './bank-account.ts'

/**
 * The order to the operator's bank: ISO 20022 `pain.001.001.09`, CustomerCreditTransferInitiation
 * (message definition report "Payments Initiation", elements in its order). One file, one payment
 * information, one debtor's account.
 *
 * What an order in tenge names besides (BNP Paribas cash management guide "KZT", Clearstream
 * "Other services: Kazakhstan", Freedom Pay "Settlement", all read November 2026; codes: resolution
 * 203 of the board of the National Bank of Kazakhstan, 31 August 2016):
 * - the holder's personal number, IIN, twelve digits: here in the creditor's identification, and
 *   for banks that read the text, in the remittance information;
 * - `EKNP` in the remittance information: KOd of the payer (17: a private company, resident), KBe
 *   of the recipient (19: a natural person, resident), the currency, KNP of the purpose (119:
 *   transfers without consideration, as payouts to people are coded there). The operator's bank and
 *   counsel decide KOd and KNP: they are settings of the account, not of this file;
 * - no bank of the recipient: the number of the account names it (three digits after the check).
 */
const NAMESPACE = 'urn:iso:std:iso:20022:tech:xsd:pain.001.001.09'

export type FileEntry = {
  /** EndToEndId: it comes back in every answer. */
  readonly key: string
  readonly amountMinor: number
  readonly iban: string
  readonly holder: string
  readonly personalNumber: string | null
}

export type PaymentFile = {
  /** Of 32 characters: the message's MsgId. */
  readonly messageId: string
  readonly madeAt: string
  /** The day that the bank is asked to pay on, `2026-11-23`. */
  readonly executionDate: string
  readonly currency: CurrencyCode
  readonly entries: readonly FileEntry[]
}

/** The whole file as text, the same for the same content. */
export function writePaymentFile(file: PaymentFile, account: BankAccount): string {
  const { currency, entries } = file
  const total = amountText(
    entries.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
    currency,
  )
  const counted: XmlPart[] = [
    ['NbOfTxs', String(entries.length)],
    ['CtrlSum', total],
  ]
  const header: XmlPart = [
    'GrpHdr',
    [['MsgId', file.messageId], ['CreDtTm', file.madeAt], ...counted, ['InitgPty', payer(account)]],
  ]
  const payment: XmlPart = [
    'PmtInf',
    [
      ['PmtInfId', paymentIdOf(file.messageId)],
      ['PmtMtd', 'TRF'],
      ['BtchBookg', 'false'],
      ...counted,
      ['PmtTpInf', [['InstrPrty', 'NORM']]],
      ['ReqdExctnDt', [['Dt', file.executionDate]]],
      ['Dbtr', payer(account)],
      [
        'DbtrAcct',
        [
          ['Id', [['IBAN', account.iban]]],
          ['Ccy', currency],
        ],
      ],
      ['DbtrAgt', [['FinInstnId', [['BICFI', account.bic]]]]],
      ['ChrgBr', 'DEBT'],
      ...entries.map((entry) => transfer(entry, currency, account)),
    ],
  ]
  const document: XmlPart = [
    `Document xmlns="${NAMESPACE}"`,
    [['CstmrCdtTrfInitn', [header, payment]]],
  ]
  return `<?xml version="1.0" encoding="UTF-8"?>\n${writeXml(document)}`
}

/** What a file that was written here says of whom it pays, and of where the money comes from. */
export type WrittenFile = {
  readonly entries: readonly FileEntry[]
  readonly payer: Pick<BankAccount, 'iban' | 'bic'>
}

/** Reads a file that `writePaymentFile` has written. Throws when it is another. */
export function readPaymentFile(content: string, currency: CurrencyCode): WrittenFile {
  const payment = childOf(readXml(content), 'CstmrCdtTrfInitn', 'PmtInf')
  const said = (...names: string[]) => textUnder(payment, names)
  const entries = childrenOf(payment, 'CdtTrfTxInf').map((transfer) => ({
    key: textUnder(transfer, ['PmtId', 'EndToEndId']),
    amountMinor: minorOf(textUnder(transfer, ['Amt', 'InstdAmt']), currency),
    iban: textUnder(transfer, ['CdtrAcct', 'Id', 'IBAN']),
    holder: textUnder(transfer, ['Cdtr', 'Nm']),
    personalNumber: childOf(transfer, 'Cdtr', 'Id', 'PrvtId', 'Othr', 'Id')?.text ?? null,
  }))
  const payer = {
    iban: said('DbtrAcct', 'Id', 'IBAN'),
    bic: said('DbtrAgt', 'FinInstnId', 'BICFI'),
  }
  return { entries, payer }
}

function textUnder(element: XmlElement | null, names: readonly string[]): string {
  const found = childOf(element, ...names)
  if (!found) throw new Error(`a file to the bank has no ${names.join('/')}`)
  return found.text
}

/** The contrary of `amountText`, which has no other separator and all digits of the currency. */
function minorOf(text: string, currency: CurrencyCode): number {
  const minor = Number(text.replace('.', ''))
  if (amountText(minor, currency) !== text) throw new Error('an amount that was not written here')
  return minor
}

/** A file has one payment information, and it needs an id of its own. */
export const paymentIdOf = (messageId: string) => `${messageId}-1`

/** Minor units as the standard writes amounts: `104.00`. */
export function amountText(amountMinor: number, currency: CurrencyCode): string {
  const digits = minorDigits(currency)
  const text = String(amountMinor).padStart(digits + 1, '0')
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`
}

const payer = ({ name, taxNumber }: BankAccount): XmlPart[] => [
  ['Nm', name],
  [
    'Id',
    [
      [
        'OrgId',
        [
          [
            'Othr',
            [
              ['Id', taxNumber],
              ['SchmeNm', [['Cd', 'TXID']]],
            ],
          ],
        ],
      ],
    ],
  ],
]

function transfer(entry: FileEntry, currency: CurrencyCode, account: BankAccount): XmlPart {
  const { personalNumber } = entry
  return [
    'CdtTrfTxInf',
    [
      [
        'PmtId',
        [
          ['InstrId', entry.key],
          ['EndToEndId', entry.key],
        ],
      ],
      ['Amt', [[`InstdAmt Ccy="${currency}"`, amountText(entry.amountMinor, currency)]]],
      ['Cdtr', [['Nm', entry.holder], personalNumber === null ? null : person(personalNumber)]],
      ['CdtrAcct', [['Id', [['IBAN', entry.iban]]]]],
      account.codes && ['Purp', [['Prtry', account.codes.purpose]]],
      ['RmtInf', [['Ustrd', remittance(entry, currency, account)]]],
    ],
  ]
}

const person = (number: string): XmlPart => [
  'Id',
  [
    [
      'PrvtId',
      [
        [
          'Othr',
          [
            ['Id', number],
            ['SchmeNm', [['Cd', 'NIDN']]],
          ],
        ],
      ],
    ],
  ],
]

/** `Выплата кешбэка; IIN 900505300001; EKNP 1719KZT119`. */
function remittance(
  { personalNumber }: FileEntry,
  currency: CurrencyCode,
  { purpose, codes }: BankAccount,
): string {
  const said = [purpose]
  if (personalNumber !== null) said.push(`IIN ${personalNumber}`)
  if (codes) said.push(`EKNP ${codes.payer}${codes.payee}${currency}${codes.purpose}`)
  return said.join('; ')
}

const DAY_MS = 86_400_000
const SATURDAY = 6
const SUNDAY = 0

/** The next day but a Saturday and a Sunday after a wall-clock day, `2026-11-20` → `2026-11-23`. */
export function executionDateAfter(day: string): string {
  let at = Date.parse(`${day}T00:00:00Z`) + DAY_MS
  while ([SATURDAY, SUNDAY].includes(new Date(at).getUTCDay())) at += DAY_MS
  return new Date(at).toISOString().slice(0, 10)
}
