import { decimal } from './decimal.ts'

/** A receipt of Montenegro or Albania; `../iic-link.ts` names the rule. */
export type IicReceipt = {
  readonly country: 'me' | 'al'
  /** 32 hexadecimal digits. */
  readonly iic: string
  readonly taxNumber: string
  /** Wall clock with seconds, and how far ahead of universal time it stands, minutes. */
  readonly wall: string
  readonly offset: number
  readonly totalMinor: number
}

const PAGES = {
  me: 'https://mapr.tax.gov.me/ic/#/verify',
  al: 'https://efiskalizimi-app.tatime.gov.al/invoice-check/#/verify',
} as const

const two = (value: number) => String(value).padStart(2, '0')

export function printIic(receipt: IicReceipt): string {
  const { country, iic, taxNumber, wall, offset, totalMinor } = receipt
  const zone = `+${two(Math.trunc(offset / 60))}:${two(offset % 60)}`
  const crtd = encodeURIComponent(wall + zone)
  const prc = decimal(totalMinor, '.')
  return `${PAGES[country]}?iic=${iic}&tin=${taxNumber}&crtd=${crtd}&prc=${prc}`
}
