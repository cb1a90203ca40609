import type { FiscalCode } from '#fiscal/code'
import { readCode } from '#fiscal/registry'
import type { KeyRing } from '#fiscal/signature/key-ring'
import { type Proof, proveCode } from '#fiscal/signature/prove'
import { tillOf } from '#fiscal/till'
import { MARKETS, type MarketCode, type TrustPolicy } from '#schema/market'
import { minor } from '#schema/money'
import type { CodeScan, FiscalDocument } from '#schema/receipt'
import { operationOf, wallTime } from '../receipts/foreign-scan.ts'
import type { AuthorityAnswer } from './authority.ts'
import type { LookUp, LookupDocument } from './lookups/lookup.ts'

export type CodePorts = {
  readonly keys: KeyRing
  /** Tax number of the partner whose tills sign with a key; null for nobody's. */
  readonly ownerOf: (proof: Proof) => Promise<string | null>
  readonly policy: (market: MarketCode) => Promise<TrustPolicy>
  /** The state's own service; null where no program may ask. */
  readonly lookUp: (code: FiscalCode) => LookUp | null
  /** The retailer's own sale; null where nobody has fed it. */
  readonly sale: (code: FiscalCode) => Promise<AuthorityAnswer | null>
}

/**
 * Whether a code of another country than Russia may pay: what it proves by itself, measured by the
 * policy of its market, else what the state's look-up says, and where nobody can be asked, does not
 * answer or has not heard of it, the retailer's own sales. What none vouches for waits. Reads the
 * code anew, because a key may have been revoked since it was scanned.
 */
export async function askAboutCode(scan: CodeScan, ports: CodePorts): Promise<AuthorityAnswer> {
  const reading = readCode(scan.text)
  if (!reading.ok)
    return { kind: 'unavailable', detail: `not read: ${reading.reason}`, sparingly: true }
  const { code } = reading
  const proof = await proveCode(code, ports.keys)
  if (proof.signature === 'invalid') return { kind: 'forged', detail: 'signature' }
  const policy = await ports.policy(code.country)
  const document = policy[proof.trust] === 'pays' ? await documentOf(code, proof, ports) : null
  if (document !== null) {
    return {
      kind: 'authentic',
      document,
      identities: [code.identity],
      printed: scan.alsoPrinted ?? [],
      by: 'code',
    }
  }
  const lookUp = ports.lookUp(code)
  if (lookUp === null) return (await ports.sale(code)) ?? { kind: 'unconfirmed' }
  const answer = await lookUp.ask(code)
  if (answer.kind === 'authentic') return confirmed(code, answer.document)
  // What the state says about the receipt stands; where it says nothing the till's shop may.
  if (answer.kind === 'forged' || answer.kind === 'differs') return answer
  const sold = await ports.sale(code)
  // A feed that says otherwise is not the state's word: that is waited for.
  return sold === null || sold.kind === 'differs' ? answer : sold
}

/** What a look-up told, as the document that sales and their returns are judged by. */
function confirmed(code: FiscalCode, told: LookupDocument): AuthorityAnswer {
  const isReturn = told.operation === 'return'
  const isTold = code.missing.includes('operation') || operationOf(code) === told.operation
  if (!isTold || !(isReturn || told.operation === 'sale')) {
    return { kind: 'differs', fields: ['operation'] }
  }
  const { currency } = MARKETS[code.country]
  if (told.currency !== currency) return { kind: 'differs', fields: ['currency'] }
  return {
    kind: 'authentic',
    identities: told.identities,
    document: {
      time: wallTime(told.issuedAt, MARKETS[code.country]),
      // The sign of a return stands in its kind.
      totalMinor: minor(Math.abs(told.totalMinor)),
      kind: isReturn ? 2 : 1,
      sellerName: told.sellerName,
      sellerTaxNumber: told.sellerTaxNumber,
      tillRegistration: tillOf(code) ?? (told.till && `${code.country}:${told.till}`),
      fiscalDrive: null,
      address: told.address,
      placeName: told.placeName,
      lines: [...told.lines],
    },
  }
}

/**
 * What the code itself says, as a document without goods: a code lists none. Null when it lacks
 * what every evaluation needs.
 */
async function documentOf(
  code: FiscalCode,
  proof: Proof,
  { ownerOf }: CodePorts,
): Promise<FiscalDocument | null> {
  const { totalMinor, issuedAt } = code
  if (totalMinor === null || issuedAt === null || proof.covers === 'document') return null
  // A rule for strangers' keys is none for a key that was revoked or had run out.
  if (proof.trouble !== null) return null
  // Nor is it one for a signature that nobody could check.
  if (proof.signature === 'unknown_key') return null
  return {
    time: wallTime(issuedAt, MARKETS[code.country]),
    totalMinor: minor(Math.abs(totalMinor)),
    kind: operationOf(code) === 'return' ? 2 : 1,
    sellerName: null,
    sellerTaxNumber: code.issuer ?? (await ownerOf(proof)),
    tillRegistration: tillOf(code),
    fiscalDrive: null,
    address: null,
    placeName: null,
    lines: [],
  }
}
