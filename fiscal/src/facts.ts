import type { FiscalCountry } from './code.ts'

/** What a person should know of a format: the documentation page is made of this. */
export type FormatFacts = {
  readonly name: string
  /** What is printed and what of it is read. */
  readonly read: string
  /** What a scan alone proves, and how. */
  readonly proved: string
  /** What it does not prove, or what is not in the code. */
  readonly not: string
  /** Who can say more. */
  readonly authority: string
  /** How the network itself asks, and what the answer is compared by; absent: only a person can. */
  readonly online?: string
}

const VERIFY_INVOICE =
  'Form with IIC, time and seller; an empty answer: not there yet. ' +
  'Compared: IIC, seller, total, time.'
const TAXCORE =
  'The link, asked for JSON: whether the signature holds, the journal with the goods. ' +
  'Compared: number, total, time.'

const INFERRED_PLACE =
  'As Serbia, by the rule that the platform has everywhere. The host is inferred from how the ' +
  'platform names its places: no receipt of this one has been seen.'

const IIC = 'The number (IIC) is the MD5 of a signature that is not in the code.'

export const FACTS: Readonly<Record<FiscalCountry, FormatFacts>> = {
  al: {
    name: 'Albania, fiscalisation',
    read: 'Link: IIC, seller, instant, total.',
    proved: 'Nothing; the fields have their form.',
    not: `${IIC} The kind of document is not told.`,
    authority: 'Look-up of the tax authority.',
    online: VERIFY_INVOICE,
  },
  ar: {
    name: 'Argentina, RG 4892',
    read: 'Link with JSON: seller, point of sale, kind, number, day, total, currency.',
    proved: 'Nothing: the object is not signed.',
    not: 'The time of day. The CAE is checked by a service that wants a certificate.',
    authority: 'Page of ARCA (AFIP).',
  },
  at: {
    name: 'Austria, RKSV',
    read: 'Till, number, wall clock, five totals, certificate serial, signature.',
    proved: 'All of it: ES256 over the JWS of the text, once the certificate is registered.',
    not: 'The seller’s tax number is not told. While the device has failed, nothing is proved.',
    authority: 'None for third parties: certificates of A-Trust, GLOBALTRUST, PrimeSign.',
  },
  az: {
    name: 'Azerbaijan, e-kassa',
    read: 'Link: the document’s id.',
    proved: 'Nothing.',
    not: 'Seller, total, time and kind are not told.',
    authority: 'Page of the tax service.',
  },
  ba: {
    name: 'Bosnia and Herzegovina, Republika Srpska, TaxCore',
    read: INFERRED_PLACE,
    proved: 'Typing errors: MD5.',
    not: 'As Serbia.',
    authority: 'Page of the tax administration.',
    online: TAXCORE,
  },
  br: {
    name: 'Brazil, NFC-e',
    read: 'Link of a state: access key with the seller; in contingency also day and total.',
    proved: 'Typing errors: the check digits (modulo 11) of key and seller.',
    not:
      'The hash needs the seller’s secret. Online codes have neither total nor day; in ' +
      'contingency the key binds the month alone: day, total and digest are nobody’s word, and such a code is a reference.',
    authority: 'Page of the state, another one in each.',
  },
  cl: {
    name: 'Chile, electronic stamp (TED)',
    read: 'Seller, kind, number, total, wall clock.',
    proved: 'All of it: RSA-SHA1 with the key of the authorisation (CAF) in the stamp itself.',
    not: 'Who made that authorisation, until the tax service’s key (IDK) is registered.',
    authority: 'The tax service (SII).',
  },
  de: {
    name: 'Germany, TSE',
    read: 'Client, gross by rate, counter, instant of the end, key, signature.',
    proved: 'All of it: ECDSA (P-256, P-384, brainpool) over the device’s log message.',
    not: 'Whose key it is, until the device is registered. The start is not signed.',
    authority: 'None: a partner registers its devices (SHA-256 of the key).',
  },
  es: {
    name: 'Spain, TicketBAI and VeriFactu',
    read: 'Link: seller, number, day, total.',
    proved: 'TicketBAI: typing errors (two CRC-8). VeriFactu: nothing.',
    not: 'The time of day; thirteen characters of a signature cannot be verified.',
    authority: 'Pages of the three provinces and of the tax agency.',
  },
  fj: {
    name: 'Fiji, TaxCore',
    read: INFERRED_PLACE,
    proved: 'Typing errors: MD5.',
    not: 'As Serbia.',
    authority: 'Page of the revenue service.',
    online: TAXCORE,
  },
  gr: {
    name: 'Greece, fiscal devices',
    read: 'Link: device, number, total.',
    proved: 'Nothing: the SHA-1 is of a text that is not in the code.',
    not: 'Seller, time and kind are not told. Links of myDATA providers are not read.',
    authority: 'Page of AADE.',
  },
  hr: {
    name: 'Croatia, fiskalizacija',
    read: 'Link: JIR or ZKI, wall clock, total.',
    proved: 'Nothing: the ZKI is the MD5 of a signature that is not in the code.',
    not: 'That a ZKI and a JIR are one receipt only the tax service knows.',
    authority: 'Page of the tax service.',
  },
  in: {
    name: 'India, GST e-invoice',
    read: 'JWT: seller, registration number (IRN), total, kind, wall clock of the registration.',
    proved: 'All of it: RS256, once the key that `kid` names is registered.',
    not: 'Invoices between businesses only.',
    authority: 'The e-invoice portal publishes its keys.',
  },
  ke: {
    name: 'Kenya, eTIMS',
    read: 'Link: seller, branch, sign.',
    proved: 'Nothing.',
    not: 'Total, time and kind are not told.',
    authority: 'Page of the revenue authority.',
  },
  kg: {
    name: 'Kyrgyzstan',
    read: 'Link: seller, module, number, wall clock, sum in tyiyn, kind.',
    proved: 'Nothing.',
    not: 'That the receipt exists.',
    authority: 'Look-up of the tax service (JSON).',
    online: 'The link asked for JSON. Compared: seller, module, number, sum, time, kind.',
  },
  kz: {
    name: 'Kazakhstan',
    read: 'Link of an operator: till, sign, total, wall clock.',
    proved: 'Nothing.',
    not: 'Seller and kind are not told.',
    authority: 'Look-up of the operator (JSON at oofd).',
    online:
      'JSON of oofd by till, sign, total and time; all four are compared. ' +
      'Receipts of other operators: only a person.',
  },
  md: {
    name: 'Moldova',
    read: 'Link: an opaque number, or till, total, number, day.',
    proved: 'Nothing.',
    not: 'Seller, time and kind are not told.',
    authority: 'Page of the tax service.',
  },
  me: {
    name: 'Montenegro',
    read: 'Link: IIC, seller, instant, total.',
    proved: 'Nothing; the fields have their form.',
    not: `${IIC} The kind of document is not told.`,
    authority: 'Look-up of the tax administration.',
    online: VERIFY_INVOICE,
  },
  mx: {
    name: 'Mexico, CFDI 3.2 to 4.0',
    read: 'Link or parameters: UUID, seller, total.',
    proved: 'Nothing: eight characters of the seal cannot be verified.',
    not: 'Time, kind and currency are not told; pesos are assumed.',
    authority: 'Page and SOAP service of the tax service (SAT).',
  },
  pt: {
    name: 'Portugal',
    read: 'Seller, kind, state, day, number, ATCUD, total.',
    proved: 'Nothing: four characters of the hash cannot be verified.',
    not: 'The time of day.',
    authority: 'None for third parties.',
  },
  rs: {
    name: 'Serbia, TaxCore',
    read: 'Link: requester, signer, counter, total, instant, kind.',
    proved: 'Typing errors: MD5.',
    not: 'The RSA signature: certificates are not public. The seller’s tax number is not told.',
    authority: 'Look-up of the tax administration (HTML and JSON).',
    online: TAXCORE,
  },
  ru: {
    name: 'Russia',
    read: 'Drive, number, sign, total, wall-clock minute, kind; links of operators.',
    proved: 'Nothing: the key of the sign never leaves the drive.',
    not: 'The seller is not told. A sum without a dot is asked, not guessed.',
    authority: 'Look-up of the tax service and of the operators.',
    online:
      'The tax service (SOAP); when it is silent or its limit is used up, proverkacheka.com, ' +
      'then OFD.ru. Compared: drive, number, sign, total, minute, kind.',
  },
  sa: {
    name: 'Saudi Arabia, ZATCA',
    read: 'Seller, time, total, hash of the invoice, signature, key.',
    proved: 'That somebody’s key signed the hash of an invoice that is not in the code.',
    not: 'The total: it can be edited under a valid signature. Whose key it is (tag 9).',
    authority: 'Only the authority’s own application.',
  },
  si: {
    name: 'Slovenia',
    read: 'Sixty digits: ZOI, seller, wall clock.',
    proved: 'Typing errors: the sum of the digits modulo 10.',
    not: 'Total and kind are not told.',
    authority: 'Only the tax service’s own application.',
  },
  sk: {
    name: 'Slovakia, eKasa',
    read: 'The receipt’s id; without connection the OKP, wall clock and total.',
    proved: 'Nothing.',
    not: 'Online codes have neither seller nor total nor time.',
    authority: 'Look-up of the financial administration (JSON).',
    online:
      'JSON by the id, or by the five fields of a receipt without connection. ' +
      'Compared: id or OKP, total, time. The answer says which id and OKP are one receipt.',
  },
  tz: {
    name: 'Tanzania',
    read: 'Link: the verification code.',
    proved: 'Nothing.',
    not: 'Seller, total, day and kind are not told.',
    authority: 'Page of the revenue authority.',
  },
  ua: {
    name: 'Ukraine, software tills and devices',
    read: 'Link, or a text with a MAC: till, number, wall clock, total.',
    proved: 'Nothing: the key of the MAC is with the tax service.',
    not: 'Seller and kind are not told.',
    authority: 'Page of the taxpayer’s cabinet.',
  },
  uz: {
    name: 'Uzbekistan',
    read: 'Link: terminal, number, wall clock, sign.',
    proved: 'Nothing.',
    not: 'Seller, total and kind are not told.',
    authority: 'Page of the tax committee.',
  },
  ws: {
    name: 'Samoa, TaxCore',
    read: INFERRED_PLACE,
    proved: 'Typing errors: MD5.',
    not: 'As Serbia.',
    authority: 'Page of the ministry.',
    online: TAXCORE,
  },
}
