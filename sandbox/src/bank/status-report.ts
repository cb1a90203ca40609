import { type CurrencyCode, minorDigits } from '#schema/currency'

/** The bank's answer as it writes it: `pain.002.001.10`. */
const NAMESPACE = 'urn:iso:std:iso:20022:tech:xsd:pain.002.001.10'

export type ToldTransfer = {
  endToEndId: string
  status: string
  reason: string | null
  amountMinor: number
  currency: string
}

export type ToldFile = {
  messageId: string
  saidAt: string
  fileMessageId: string
  paymentId: string
  /** Of the whole file; null when each transfer has its own. */
  groupStatus: string | null
  groupReason: string | null
  transfers: readonly ToldTransfer[]
}

export function statusReport(told: ToldFile): string {
  const group = told.groupStatus ?? 'PART'
  const transfers = told.transfers.map(
    (transfer) => `      <TxInfAndSts>
        <OrgnlInstrId>${escaped(transfer.endToEndId)}</OrgnlInstrId>
        <OrgnlEndToEndId>${escaped(transfer.endToEndId)}</OrgnlEndToEndId>
        <TxSts>${transfer.status}</TxSts>
${reasonPart(transfer.reason, '        ')}        <OrgnlTxRef>
          <Amt><InstdAmt Ccy="${transfer.currency}">${amountOf(transfer)}</InstdAmt></Amt>
        </OrgnlTxRef>
      </TxInfAndSts>
`,
  )
  const payment =
    transfers.length === 0
      ? ''
      : `    <OrgnlPmtInfAndSts>
      <OrgnlPmtInfId>${escaped(told.paymentId)}</OrgnlPmtInfId>
${transfers.join('')}    </OrgnlPmtInfAndSts>
`
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="${NAMESPACE}">
  <CstmrPmtStsRpt>
    <GrpHdr>
      <MsgId>${told.messageId}</MsgId>
      <CreDtTm>${told.saidAt}</CreDtTm>
    </GrpHdr>
    <OrgnlGrpInfAndSts>
      <OrgnlMsgId>${escaped(told.fileMessageId)}</OrgnlMsgId>
      <OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>
      <GrpSts>${group}</GrpSts>
${reasonPart(told.groupReason, '      ')}    </OrgnlGrpInfAndSts>
${payment}  </CstmrPmtStsRpt>
</Document>
`
}

const reasonPart = (code: string | null, indent: string) =>
  code === null ? '' : `${indent}<StsRsnInf><Rsn><Cd>${code}</Cd></Rsn></StsRsnInf>\n`

const amountOf = ({ amountMinor, currency }: ToldTransfer) => {
  const digits = minorDigits(currency as CurrencyCode)
  return (amountMinor / 10 ** digits).toFixed(digits)
}

const escaped = (text: string) =>
  text.replace(/[<>&]/g, (character) => `&#${character.charCodeAt(0)};`)
