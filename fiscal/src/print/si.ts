/** A Slovenian receipt's sixty digits; `../si.ts` names the rule. */
export type SiReceipt = {
  /** The protective mark (ZOI), 32 hexadecimal digits. */
  readonly mark: string
  readonly taxNumber: string
  /** Wall clock with seconds. */
  readonly time: string
}

export function printSi({ mark, taxNumber, time }: SiReceipt): string {
  const decimal = BigInt(`0x${mark}`).toString().padStart(39, '0')
  const digits = decimal + taxNumber.padStart(8, '0') + time.slice(2).replace(/\D/g, '')
  const sum = [...digits].reduce((total, digit) => total + Number(digit), 0)
  return `${digits}${sum % 10}`
}
