import { z } from 'zod'
import { CURRENCIES, type CurrencyCode, minorDigits } from '#schema/currency'
import { ibanChecks } from '#schema/iban'
import { taxNumberHolds } from '#schema/tax-number'
import { childOf, readXml, type XmlElement } from '../tax/xml.ts'

/**
 * An order as a bank in Kazakhstan takes it: `pain.001.001.09`, strictly. What the whole file lacks
 * refuses the file; what one transfer lacks refuses that transfer, with the code of the standard.
 */
const NAMESPACE = 'urn:iso:std:iso:20022:tech:xsd:pain.001.001.09'

type OrderedTransfer = {
  endToEndId: string
  amountMinor: number
  currency: string
  holder: string
  iban: string
  remittance: string
  /** Why the bank will not carry it; null when it will. */
  refusal: string | null
}

export type PaymentOrder = {
  messageId: string
  paymentId: string
  debtor: string
  executionDate: string
  currency: string
  totalMinor: number
  transfers: OrderedTransfer[]
}

const Max35 = z.string().min(1).max(35)
const Decimal = z.string().regex(/^\d{1,13}(\.\d{1,5})?$/)

/** The order, or what is wrong with the file, in a few words for the page. */
export function readOrder(text: string): PaymentOrder | { wrong: string } {
  const root = readXml(text)
  if (root?.name !== 'Document' || root.namespace !== NAMESPACE) {
    return { wrong: 'not a pain.001.001.09' }
  }
  const initiation = at(root, 'CstmrCdtTrfInitn')
  const payment = at(initiation, 'PmtInf')
  const messageId = Max35.safeParse(textAt(initiation, 'GrpHdr', 'MsgId'))
  const paymentId = Max35.safeParse(textAt(payment, 'PmtInfId'))
  const executionDate = z.iso.date().safeParse(textAt(payment, 'ReqdExctnDt', 'Dt'))
  const debtor = textAt(payment, 'DbtrAcct', 'Id', 'IBAN') ?? ''
  const currency = textAt(payment, 'DbtrAcct', 'Ccy') ?? ''
  if (!messageId.success || !paymentId.success || !executionDate.success) {
    return { wrong: 'without MsgId, PmtInfId or a day' }
  }
  if (!isCurrency(currency) || !ibanChecks(debtor)) return { wrong: 'no account to pay from' }
  const transfers = (payment?.children ?? [])
    .filter(({ name }) => name === 'CdtTrfTxInf')
    .map((transfer) => transferOf(transfer, currency))
  const totalMinor = transfers.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
  const isCounted = [at(initiation, 'GrpHdr'), payment].every((counted) => {
    const total = minorOf(textAt(counted, 'CtrlSum'), currency)
    return textAt(counted, 'NbOfTxs') === String(transfers.length) && total === totalMinor
  })
  if (transfers.length === 0 || !isCounted) return { wrong: 'NbOfTxs or CtrlSum is wrong' }
  const ids = new Set(transfers.map(({ endToEndId }) => endToEndId))
  if (ids.size < transfers.length) return { wrong: 'an EndToEndId stands there twice' }
  return {
    messageId: messageId.data,
    paymentId: paymentId.data,
    debtor,
    executionDate: executionDate.data,
    currency,
    totalMinor,
    transfers,
  }
}

function transferOf(transfer: XmlElement, currency: CurrencyCode): OrderedTransfer {
  const instructed = at(transfer, 'Amt', 'InstdAmt')
  const amountMinor = minorOf(instructed?.text ?? null, currency) ?? 0
  const ordered = {
    endToEndId: textAt(transfer, 'PmtId', 'EndToEndId')?.slice(0, 35) ?? '',
    amountMinor,
    currency: instructed?.attributes.Ccy ?? '',
    holder: textAt(transfer, 'Cdtr', 'Nm')?.slice(0, 140) ?? '',
    iban: textAt(transfer, 'CdtrAcct', 'Id', 'IBAN') ?? '',
    remittance: textAt(transfer, 'RmtInf', 'Ustrd')?.slice(0, 140) ?? '',
  }
  const person = textAt(transfer, 'Cdtr', 'Id', 'PrvtId', 'Othr', 'Id') ?? ''
  return { ...ordered, refusal: refusalOf(ordered, person, currency) }
}

/** ISO 20022 external code set ExternalStatusReason1Code. */
function refusalOf(
  transfer: Omit<OrderedTransfer, 'refusal'>,
  person: string,
  currency: CurrencyCode,
): string | null {
  if (transfer.endToEndId === '') return 'RF01'
  if (!ibanChecks(transfer.iban)) return 'AC01'
  if (transfer.currency !== currency) return 'AM11'
  if (transfer.amountMinor === 0) return 'AM01'
  if (transfer.holder === '') return 'BE04'
  if (!transfer.iban.startsWith('KZ')) return null
  if (!taxNumberHolds('kz', person)) return 'BE16'
  return /EKNP \d{4}[A-Z]{3}\d{3}$/.test(transfer.remittance) ? null : 'RR04'
}

const isCurrency = (text: string): text is CurrencyCode =>
  (CURRENCIES as readonly string[]).includes(text)

function minorOf(text: string | null, currency: CurrencyCode): number | null {
  const decimal = Decimal.safeParse(text)
  return decimal.success ? Math.round(Number(decimal.data) * 10 ** minorDigits(currency)) : null
}

function at(element: XmlElement | null, ...names: string[]): XmlElement | null {
  return names.reduce((found, name) => childOf(found, NAMESPACE, name), element)
}

const textAt = (element: XmlElement | null, ...names: string[]): string | null =>
  at(element, ...names)?.text.trim() ?? null
