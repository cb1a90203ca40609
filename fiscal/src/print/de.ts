import { base64Of } from '../base64.ts'
import type { DeHash, DeTimeFormat } from '../seal.ts'
import { deMessage } from '../signature/de.ts'
import { decimal } from './decimal.ts'
import type { Sign } from './sign.ts'

/** A German receipt before it is signed; `../de.ts` names the rule. */
export type DeReceipt = {
  readonly clientId: string
  /** `Beleg`, `AVTraining`, `AVBelegstorno`, … */
  readonly kind: string
  /** By rate: 19 %, 7 %, 10.7 %, 5.5 %, 0 %. */
  readonly grossMinor: readonly [number, number, number, number, number]
  readonly isCash: boolean
  readonly transaction: number
  readonly counter: number
  /** Instants of whole seconds. */
  readonly startedAt: string
  readonly loggedAt: string
}

/** A technical security device: its key, how it writes the time and with what hash it signs. */
export type DeDevice = {
  /** An uncompressed point. */
  readonly publicKey: Uint8Array
  readonly hash: DeHash
  readonly timeFormat: DeTimeFormat
  readonly sign: Sign
}

const printedTime = (instant: string) => instant.replace('Z', '.000Z')

export async function printDe(receipt: DeReceipt, device: DeDevice): Promise<string> {
  const { clientId, transaction, counter, loggedAt } = receipt
  const { publicKey, hash, timeFormat } = device
  const buckets = receipt.grossMinor.map((minor) => decimal(minor, '.')).join('_')
  const total = receipt.grossMinor.reduce((sum, minor) => sum + minor, 0)
  const payment = `${decimal(total, '.')}:${receipt.isCash ? 'Bar' : 'Unbar'}`
  const processData = `${receipt.kind}^${buckets}^${payment}`
  const processType = 'Kassenbeleg-V1'
  const signed = { clientId, processData, processType, transaction, counter, loggedAt, publicKey }
  const signature = await device.sign(deMessage({ ...signed, hash, timeFormat }))
  return [
    'V0',
    clientId,
    processType,
    processData,
    transaction,
    counter,
    printedTime(receipt.startedAt),
    printedTime(loggedAt),
    `ecdsa-plain-${hash.replace('-', '')}`,
    timeFormat,
    base64Of(signature),
    base64Of(publicKey),
  ].join(';')
}
