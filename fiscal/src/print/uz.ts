/** An Uzbek receipt's link; `../uz.ts` names the rule. */
export type UzReceipt = {
  readonly terminal: string
  readonly number: string
  readonly sign: string
  /** Wall clock with seconds. */
  readonly time: string
}

export function printUz({ terminal, number, sign, time }: UzReceipt): string {
  const stamp = time.replace(/\D/g, '')
  return `https://ofd.soliq.uz/check?t=${terminal}&r=${number}&c=${stamp}&s=${sign}`
}
