import { applyD1Migrations } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { type AtReceipt, printAt } from '#fiscal/print/at'
import { wallMinuteIn } from '../src/offers/wall.ts'
import { offerVersion, publish } from './market-world.ts'

/** An Austrian till of the tests' own, whose signature device the operator has registered. */

export const AUSTRIAN_OFFER = 'off_austria0001'
export const SERIAL = '5a17c0de'

let device: CryptoKeyPair | null = null

/** Opens Austria with one offer, and registers the key of the till. */
export async function openAustria(): Promise<void> {
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS)
  await publishAustria()
  device = await newDevice()
  const key = await crypto.subtle.exportKey('jwk', device.publicKey)
  const at = new Date().toISOString()
  await env.DB.prepare(
    `INSERT INTO fiscal_keys (id, country, provider, key_id, key, state, asked_by, asked_at,
       registered_by, registered_at)
     VALUES ('fky_1', 'at', 'AT1', ?, ?, 'registered', 'x', ?, 'x', ?)`,
  )
    .bind(SERIAL, JSON.stringify(key), at, at)
    .run()
}

export function publishAustria() {
  // Signed codes carry sums alone, so that only an offer that says so counts them.
  const offer = {
    ...offerVersion(AUSTRIAN_OFFER, { withoutLines: 'earns' }),
    market: 'at' as const,
  }
  return publish([{ offer, budgetMinor: 100_000 }], 'at')
}

export async function newDevice(): Promise<CryptoKeyPair> {
  const curve = { name: 'ECDSA', namedCurve: 'P-256' }
  const pair = await crypto.subtle.generateKey(curve, true, ['sign', 'verify'])
  if (!('privateKey' in pair)) throw new Error('not a pair of keys')
  return pair
}

let printed = 0

/** A receipt of 12.34 € of now, as the till prints it; null signs nothing: the device has failed. */
export function printOne(
  changed: Partial<AtReceipt> = {},
  key: CryptoKey | null | undefined = device?.privateKey,
): Promise<string> {
  if (key === undefined) throw new Error('the till was not opened')
  printed += 1
  const receipt: AtReceipt = {
    provider: 'AT1',
    till: 'KASSE-1',
    receipt: `${Date.now()}-${printed}`,
    time: `${wallMinuteIn(new Date().toISOString(), 'Europe/Vienna')}:07`,
    totalsMinor: [1_000, 234, 0, 0, 0],
    turnover: new Uint8Array(8),
    serial: SERIAL,
    chain: new Uint8Array(8),
    ...changed,
  }
  const sign = async (message: Uint8Array<ArrayBuffer>) =>
    new Uint8Array(
      await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key as CryptoKey, message),
    )
  return printAt(receipt, key && ((message) => sign(new Uint8Array(message))))
}
