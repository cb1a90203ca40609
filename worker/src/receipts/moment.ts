import { croatianNumbering } from '#fiscal/hr'
import { readCode } from '#fiscal/registry'
import type { VouchedScan } from '#schema/receipt'
import type { Moment } from '../cells/directory.ts'

/**
 * By what a receipt may be met again under its country's other number, where no program may ask
 * whether two numbers are one (decision 0023); null for every other receipt, and for a return.
 */
export function momentOf(scan: VouchedScan): Pick<Moment, 'moment' | 'numbering'> | null {
  if (!('text' in scan) || scan.country !== 'hr' || scan.operation !== 'sale') return null
  const read = readCode(scan.text)
  const numbering = read.ok ? croatianNumbering(read.code.identity) : null
  if (numbering === null) return null
  return { moment: `moment:${scan.country}:${scan.time}:${scan.totalMinor}`, numbering }
}
