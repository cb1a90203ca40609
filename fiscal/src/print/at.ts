import { base64Of, base64urlOf } from '../base64.ts'
import { decimal } from './decimal.ts'
import type { Sign } from './sign.ts'

/** An Austrian receipt before it is signed; `../at.ts` names the rule. */
export type AtReceipt = {
  readonly provider: string
  readonly till: string
  readonly receipt: string
  /** Wall clock with seconds. */
  readonly time: string
  /** By rate: 20 %, 10 %, 13 %, 0 %, special. */
  readonly totalsMinor: readonly [number, number, number, number, number]
  /** The encrypted turnover, or what stands for it on a training or cancelling receipt. */
  readonly turnover: Uint8Array | 'TRA' | 'STO'
  readonly serial: string
  /** The link to the receipt before. */
  readonly chain: Uint8Array
}

const encoder = new TextEncoder()

/** The machine-readable code. Without `sign` it says that the signature device has failed. */
export async function printAt(receipt: AtReceipt, sign: Sign | null): Promise<string> {
  const { provider, till, turnover, chain } = receipt
  const turned = typeof turnover === 'string' ? encoder.encode(turnover) : turnover
  const parts = [
    '',
    `R1-${provider}`,
    till,
    receipt.receipt,
    receipt.time,
    ...receipt.totalsMinor.map((minor) => decimal(minor, ',')),
    base64Of(turned),
    receipt.serial,
    base64Of(chain),
  ]
  const text = parts.join('_')
  const header = base64urlOf(encoder.encode('{"alg":"ES256"}'))
  const jws = encoder.encode(`${header}.${base64urlOf(encoder.encode(text))}`)
  const failed = encoder.encode('Sicherheitseinrichtung ausgefallen')
  return `${text}_${base64Of(sign === null ? failed : await sign(jws))}`
}
