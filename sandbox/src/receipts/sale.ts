import type { IssuedReceipt } from './receipt.ts'

/** The sale as the shop's own system exports it: without fiscal numbers, a row a line. */
export function saleCsv({ scan, lines, tillRegistration }: IssuedReceipt): string {
  const head = 'till;number;time;operation;total;name;gtin;quantity;price;sum'
  const operation = scan.kind === 1 ? 'sale' : 'return'
  const start = [tillRegistration, `S-${scan.i}`, scan.time, operation, rouble(scan.totalMinor)]
  const rows = lines.map(({ name, gtin, quantityMilli, priceMinor, sumMinor }) => [
    ...start,
    `"${name.replaceAll('"', '""')}"`,
    gtin ?? '',
    String(quantityMilli / 1_000),
    rouble(priceMinor),
    rouble(sumMinor),
  ])
  return `${[head, ...rows.map((row) => row.join(';'))].join('\r\n')}\r\n`
}

const rouble = (amountMinor: number) => (amountMinor / 100).toFixed(2)
