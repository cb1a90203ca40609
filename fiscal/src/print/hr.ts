import { decimal } from './decimal.ts'

/** A Croatian receipt that the tax service has numbered; `../hr.ts` names the rule. */
export type HrReceipt = {
  readonly jir: string
  /** Wall clock; its seconds are not in the link. */
  readonly time: string
  readonly totalMinor: number
}

export function printHr({ jir, time, totalMinor }: HrReceipt): string {
  const stamp = `${time.slice(0, 10).replaceAll('-', '')}_${time.slice(11, 16).replace(':', '')}`
  const total = decimal(totalMinor, ',')
  return `https://porezna.gov.hr/rn?jir=${jir.toLowerCase()}&datv=${stamp}&izn=${total}`
}
