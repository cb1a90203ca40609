import { decimal } from './decimal.ts'

/** A Kazakh receipt's link; `../kz.ts` names the rule. */
export type KzReceipt = {
  /** Where the operator of fiscal data shows receipts, `https://consumer.oofd.kz/`. */
  readonly page: string
  readonly till: string
  readonly sign: string
  readonly totalMinor: number
  /** Wall clock with seconds. */
  readonly time: string
}

export function printKz({ page, till, sign, totalMinor, time }: KzReceipt): string {
  return `${page}?i=${sign}&f=${till}&s=${decimal(totalMinor, '.')}&t=${time.replace(/[-:]/g, '')}`
}
