import { ruContentKey, ruFingerprint } from '#fiscal/ru'
import type { RuScan } from '#schema/receipt'
import type { AuthorityAnswer } from '#worker/verification/authority'
import type { Random } from './random.ts'
import type { TrueReceipt } from './receipts.ts'
import type { Wire } from './wire.ts'

/** The tax service: knows every true receipt once its shop has handed it in, and has moods. */
export class TaxService {
  readonly #random: Random
  readonly #wire: Wire
  readonly #receipts = new Map<string, TrueReceipt>()

  constructor(random: Random, wire: Wire) {
    this.#random = random
    this.#wire = wire
  }

  learn(receipt: TrueReceipt): void {
    this.#receipts.set(receipt.fingerprint, receipt)
  }

  truthOf(scan: RuScan): TrueReceipt | undefined {
    return this.#receipts.get(ruFingerprint(scan))
  }

  truth(fingerprint: string): TrueReceipt | undefined {
    return this.#receipts.get(fingerprint)
  }

  ask(scan: RuScan, now: number): AuthorityAnswer {
    if (this.#random.chance(this.#wire.faults.outside)) {
      return this.#random.weighted<AuthorityAnswer>([
        [4, { kind: 'unavailable', detail: '503' }],
        [1, { kind: 'unavailable', detail: '400', sparingly: true }],
        [2, { kind: 'quota', detail: 'daily limit', retryAfterMs: 60_000 }],
        [1, { kind: 'differs', fields: ['total'] }],
      ])
    }
    const receipt = this.truthOf(scan)
    if (!receipt || receipt.contentKey !== ruContentKey(scan)) {
      return { kind: 'forged', detail: 'the sign does not hold' }
    }
    if (now < receipt.deliveredAt) return { kind: 'not_delivered' }
    return { kind: 'authentic', document: receipt.document }
  }
}
