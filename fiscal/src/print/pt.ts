import { decimal } from './decimal.ts'

/** The fields of a Portuguese receipt that name it; `../pt.ts` names the rule. */
export type PtReceipt = {
  readonly taxNumber: string
  /** Kind, series and number: `FS 437251001/115666`. */
  readonly document: string
  readonly atcud: string
  /** `YYYY-MM-DD`. */
  readonly day: string
  readonly totalMinor: number
}

/** A buyer who gave no tax number. */
const ANYBODY = '999999990'

export function printPt({ taxNumber, document, atcud, day, totalMinor }: PtReceipt): string {
  const kind = document.slice(0, 2)
  const date = day.replaceAll('-', '')
  const total = decimal(totalMinor, '.')
  const parties = `A:${taxNumber}*B:${ANYBODY}*C:PT`
  return `${parties}*D:${kind}*E:N*F:${date}*G:${document}*H:${atcud}*O:${total}`
}
