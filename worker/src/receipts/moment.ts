import { croatianNumbering } from '#fiscal/hr'
import type { VouchedScan } from '#schema/receipt'
import type { Moment } from '../cells/directory.ts'

/**
 * By what a receipt may be met again under its country's other number, where no program may ask
 * whether two numbers are one (decision 0023); null for every other receipt. `identity`: the
 * claimed one, as its code or its retailer's feed says it.
 */
export function momentOf(
  identity: string | undefined,
  { time, totalMinor }: VouchedScan,
): Pick<Moment, 'moment' | 'numbering'> | null {
  const numbering = croatianNumbering(identity ?? '')
  return numbering && { moment: `moment:hr:${time}:${totalMinor}`, numbering }
}
