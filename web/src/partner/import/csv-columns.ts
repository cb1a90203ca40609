/** The columns a product import understands, in the order of the template. */
export const IMPORT_COLUMNS = ['gtin', 'name', 'brand', 'category', 'size', 'unit'] as const
export type ImportColumn = (typeof IMPORT_COLUMNS)[number]

/** Which column of the file feeds which column of the import; an absent one is left empty. */
export type ColumnMapping = Partial<Record<ImportColumn, string>>

/** Heads people give these columns, folded: lower case, letters and digits only. */
const HEADS: Record<ImportColumn, readonly string[]> = {
  gtin: ['gtin', 'ean', 'ean13', 'штрихкод', 'шк', 'barcode', 'upc', 'кодтовара'],
  name: ['name', 'название', 'наименование', 'товар', 'product', 'productname', 'title'],
  brand: ['brand', 'бренд', 'марка', 'торговаямарка', 'тм', 'trademark'],
  category: ['category', 'категория', 'группа', 'раздел'],
  size: ['size', 'размер', 'объем', 'объём', 'вес', 'фасовка', 'volume', 'weight'],
  unit: ['unit', 'единица', 'ед', 'едизм', 'единицаизмерения', 'uom'],
}

function fold(head: string): string {
  return head.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}

/** Guesses the mapping from the heads of the file; every head is used at most once. */
export function guessMapping(heads: readonly string[]): ColumnMapping {
  const free = new Set(heads)
  const mapping: ColumnMapping = {}
  for (const column of IMPORT_COLUMNS) {
    const found =
      [...free].find((head) => HEADS[column].includes(fold(head))) ??
      [...free].find((head) => HEADS[column].some((known) => fold(head).startsWith(known)))
    if (found === undefined) continue
    mapping[column] = found
    free.delete(found)
  }
  return mapping
}

/** Column values of at most this many characters are sent; the contract takes no longer ones. */
const CELL_CHARACTERS_MAX = 500

/** Renames the columns of one row of the file to those of the import. */
export function mapRow(
  row: Readonly<Record<string, string>>,
  mapping: ColumnMapping,
): Record<ImportColumn, string> {
  const cell = (column: ImportColumn) => {
    const head = mapping[column]
    return head === undefined ? '' : (row[head] ?? '').trim().slice(0, CELL_CHARACTERS_MAX)
  }
  return {
    gtin: cell('gtin').replace(/[\s\u00a0-]/g, ''),
    name: cell('name'),
    brand: cell('brand'),
    category: cell('category'),
    size: cell('size').replace(/[\s\u00a0]/g, ''),
    unit: cell('unit'),
  }
}

/**
 * A row of the file that could not be imported, with the number it has in the file (heads are row
 * 1).
 */
export interface RowError {
  fileRow: number
  column: string
  code: string
}
