import { decimal } from './decimal.ts'

/** A Ukrainian receipt of either kind, as the cabinet's page asks for it; see `../ua.ts`. */
export type UaReceipt = {
  /** Of the till, software or device. */
  readonly till: string
  readonly number: string
  /** Wall clock. */
  readonly time: string
  readonly totalMinor: number
}

export function printUa({ till, number, time, totalMinor }: UaReceipt): string {
  const [day = '', clock = ''] = time.split('T')
  const date = day.replaceAll('-', '')
  const sum = decimal(totalMinor, '.')
  const query = `id=${number}&fn=${till}&date=${date}&time=${clock.replaceAll(':', '')}&sm=${sum}`
  return `https://cabinet.tax.gov.ua/cashregs/check?${query}`
}
