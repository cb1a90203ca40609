import type { IssuedReceipt } from '../receipts/receipt.ts'
import { invoiceNumberOf } from './numbers.ts'

const COLUMNS = 40

/** `1.794,97`. */
function printed(value: number, decimals: number): string {
  const [whole = '', fraction] = value.toFixed(decimals).split('.')
  const grouped = whole.replace(/(?<=\d)(?=(?:\d{3})+$)/g, '.')
  return fraction === undefined ? grouped : `${grouped},${fraction}`
}

/** The paper as TaxCore writes it into an answer: text in forty columns. */
export function journalOf({ scan, storeName, lines }: IssuedReceipt): string {
  const items = lines.flatMap((line) => {
    const quantity = line.quantityMilli / 1_000
    const count = printed(quantity, Number.isInteger(quantity) ? 0 : 3)
    const price = printed(line.priceMinor / 100, 2)
    const sum = printed(line.sumMinor / 100, 2)
    return [`${line.name} (Ђ)`, `${price.padStart(13)}${count.padStart(11)}${sum.padStart(16)}`]
  })
  return [
    '============ ФИСКАЛНИ РАЧУН ============',
    storeName,
    '-------------ПРОМЕТ ПРОДАЈА-------------',
    'Артикли',
    '='.repeat(COLUMNS),
    'Назив   Цена         Кол.         Укупно',
    ...items,
    '-'.repeat(COLUMNS),
    `Укупан износ:${printed(scan.totalMinor / 100, 2).padStart(COLUMNS - 13)}`,
    '='.repeat(COLUMNS),
    `ПФР број рачуна: ${invoiceNumberOf(scan)}`,
    '======== КРАЈ ФИСКАЛНОГ РАЧУНА =========',
  ].join('\n')
}
