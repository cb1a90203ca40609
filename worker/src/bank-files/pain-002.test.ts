import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readStatusReport as readIn } from './pain-002.ts'

const readStatusReport = (text: string) => readIn(text, 'Asia/Almaty')

const NAMESPACE = 'urn:iso:std:iso:20022:tech:xsd:pain.002.001.10'
const MESSAGE = '0b8f0a5e6f5b4d0c9d2a7b1c3e4f5a6b'
const KEY = 'aaaaaaaaaaaa5aaa8aaaaaaaaaaaaaaa'

type Parts = {
  namespace?: string
  group?: string
  payment?: string
  transactions?: string
  id?: string
  said?: string
}

const transaction = (status: string, rest = '', key = KEY) =>
  `<TxInfAndSts><OrgnlEndToEndId>${key}</OrgnlEndToEndId><TxSts>${status}</TxSts>${rest}</TxInfAndSts>`

function report({
  namespace = NAMESPACE,
  group = '<GrpSts>PART</GrpSts>',
  payment = '',
  transactions = transaction('ACSC'),
  id = MESSAGE,
  said = '2026-11-23T10:00:00+05:00',
}: Parts = {}): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="${namespace}"><CstmrPmtStsRpt>
  <GrpHdr><MsgId>STS-1</MsgId><CreDtTm>${said}</CreDtTm></GrpHdr>
  <OrgnlGrpInfAndSts><OrgnlMsgId>${id}</OrgnlMsgId>
    <OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>${group}
  </OrgnlGrpInfAndSts>
  <OrgnlPmtInfAndSts><OrgnlPmtInfId>${id}-1</OrgnlPmtInfId>
    ${payment}${transactions}</OrgnlPmtInfAndSts>
</CstmrPmtStsRpt></Document>`
}

describe('a report', () => {
  test('says of each transaction its status, amount and reason, by the bank’s clock', () => {
    const amount = '<OrgnlTxRef><Amt><InstdAmt Ccy="KZT">104.00</InstdAmt></Amt></OrgnlTxRef>'
    const reason =
      '<StsRsnInf><Rsn><Cd>AC04</Cd></Rsn><AddtlInf>Закрыт KZ86125</AddtlInf></StsRsnInf>'
    const transactions = transaction('ACSC', amount) + transaction('RJCT', reason, 'b')
    expect(readStatusReport(report({ transactions }))).toEqual({
      messageId: 'STS-1',
      fileMessageId: MESSAGE,
      saidAt: '2026-11-23T05:00:00.000Z',
      others: null,
      answers: [
        {
          key: KEY,
          status: 'ACSC',
          amount: '104.00',
          currency: 'KZT',
          reason: null,
          scope: 'transfer',
        },
        {
          key: 'b',
          status: 'RJCT',
          amount: null,
          currency: null,
          reason: 'AC04',
          scope: 'transfer',
        },
      ],
    })
  })

  test('about the whole file holds for whoever has no word of its own', () => {
    const why = '<StsRsnInf><Rsn><Prtry>no funds</Prtry></Rsn></StsRsnInf>'
    const read = readStatusReport(
      report({ group: `<GrpSts>RJCT</GrpSts>${why}`, transactions: '' }),
    )
    expect(read).toMatchObject({ others: { status: 'RJCT', reason: 'no funds' }, answers: [] })
    const payment = '<PmtInfSts>ACSP</PmtInfSts>'
    const nearer = readStatusReport(report({ group: '<GrpSts>RJCT</GrpSts>', payment }))
    // Kills "the group overrules the payment information".
    expect(nearer).toMatchObject({ others: { status: 'ACSP' } })
  })

  test('without a zone is of the bank’s own wall clock', () => {
    expect(readStatusReport(report({ said: '2026-11-23T10:00:30.250' }))).toMatchObject({
      saidAt: '2026-11-23T05:00:30.250Z',
    })
  })

  test('that refuses each transfer without a reason repeats the refusal of the file', () => {
    const why = (code: string) => `<StsRsnInf><Rsn><Cd>${code}</Cd></Rsn></StsRsnInf>`
    const group = `<GrpSts>RJCT</GrpSts>${why('FF01')}${why('DU01')}`
    const transactions = transaction('RJCT') + transaction('RJCT', why('AC04'), 'b')
    expect(readStatusReport(report({ group, transactions }))).toMatchObject({
      answers: [
        { reason: 'DU01', scope: 'group' },
        { reason: 'AC04', scope: 'transfer' },
      ],
    })
  })

  test('may bear a prefix, and text and attributes in any legal spelling', () => {
    const prefixed = report()
      .replaceAll(/<(\/?)(?=[A-Z])/g, '<$1p:')
      .replace('xmlns=', 'xmlns:p=')
    expect(readStatusReport(prefixed)).toMatchObject({ answers: [{ key: KEY, status: 'ACSC' }] })
  })
})

describe('what is no report of this kind is refused', () => {
  const DTD = '<!DOCTYPE Document [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
  const LAUGHS = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
  test.each([
    ['nothing', ''],
    ['no XML', 'PK\u0003\u0004'],
    ['cut off', report().slice(0, -30)],
    ['a document type', report().replace('<Document', `${DTD}<Document`)],
    ['a billion laughs', report().replace('<Document', `${LAUGHS}<Document`)],
    ['a document type in small letters', `<!doctype html>${report()}`],
    ['without a namespace', report().replace(` xmlns="${NAMESPACE}"`, '')],
    ['in a namespace that it never declares', report().replaceAll(/<(\/?)(?=[A-Z])/g, '<$1q:')],
    ['elements of a stranger inside', report().replace('<GrpHdr>', '<GrpHdr xmlns="urn:x">')],
    ['two roots', report() + report().replace(/<\?xml.*\?>/, '')],
    ['without a status', report({ transactions: transaction('') })],
    ['a status of two words', report({ transactions: transaction('ACSC RJCT') })],
    ['without a key', report({ transactions: transaction('ACSC', '', '') })],
    ['a key as long as a page', report({ transactions: transaction('ACSC', '', 'k'.repeat(36)) })],
    ['one transfer twice', report({ transactions: transaction('ACSC') + transaction('RJCT') })],
    ['two keys', report().replace('<TxSts>', '<OrgnlEndToEndId>b</OrgnlEndToEndId><TxSts>')],
    ['without a moment', report({ said: 'yesterday' })],
    ['about another kind of message', report().replace('pain.001.001.09', 'pain.008.001.08')],
    ['nesting without end', report({ payment: '<a>'.repeat(5_000) })],
  ])('%s', (_, text) => {
    expect(readStatusReport(text)).toEqual({ wrong: 'bank_report_unreadable' })
  })

  test('of another payment than the file has', () => {
    const other = report().replace(`${MESSAGE}-1`, `${MESSAGE}-2`)
    expect(readStatusReport(other)).toEqual({ wrong: 'bank_report_of_other_file' })
  })

  test('another version of the standard, by name', () => {
    for (const type of ['pain.002.001.03', 'pain.001.001.09', 'camt.054.001.08']) {
      const namespace = `urn:iso:std:iso:20022:tech:xsd:${type}`
      expect(readStatusReport(report({ namespace }))).toEqual({ wrong: 'bank_report_wrong_type' })
    }
  })

  test('whatever text it is, and never by a throw', () => {
    const pieces = fc.constantFrom('<', '>', '&#x0;', ']]>', '<![CDATA[', 'TxSts', '<?', '\u0000')
    const text = fc.array(fc.oneof(pieces, fc.string()), { maxLength: 40 })
    fc.assert(
      fc.property(text, fc.nat(report().length), (parts, at) => {
        const whole = report()
        const read = readStatusReport(whole.slice(0, at) + parts.join('') + whole.slice(at))
        expect('wrong' in read || Array.isArray(read.answers)).toBe(true)
      }),
    )
  })
})
