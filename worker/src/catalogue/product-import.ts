import { Category } from '#schema/market'
import { PRODUCT_UNITS, ProductDraft } from '#schema/partner'
import { canonicalGtin } from '../matching/gtin.ts'
import { columnsOf, type ProductColumns } from './products.d1.ts'
import { foldWords } from './words.ts'

/**
 * Reading the rows of an imported file. Pure: the preview and the import itself see the same
 * errors.
 */

/** `row` counts from 0 within the batch. */
type RowError = { row: number; column: string; code: string }

type ReadRows = {
  products: { row: number; columns: ProductColumns }[]
  errors: RowError[]
}

type Row = Readonly<Record<string, string>>

/** What a person can mend, per column; the rest of the contract answers `invalid`. */
function columnErrors(row: Row): { column: string; code: string }[] {
  const errors: { column: string; code: string }[] = []
  const say = (column: string, code: string) => errors.push({ column, code })
  const { gtin = '', name = '', brand = '', category = '', size = '', unit = '' } = row
  if (gtin !== '' && canonicalGtin(gtin) === null) say('gtin', 'gtin_invalid')
  if (name.trim() === '') say('name', 'required')
  else if (name.trim().length < 2) say('name', 'too_short')
  else if (name.trim().length > 200) say('name', 'too_long')
  if (brand.trim().length > 80) say('brand', 'too_long')
  if (category === '') say('category', 'required')
  else if (!Category.safeParse(category).success) say('category', 'category_unknown')
  if (!/^\d{0,7}$/.test(size) || Number(size) > 1_000_000) say('size', 'size_invalid')
  if (unit !== '' && !PRODUCT_UNITS.some((known) => known === unit)) say('unit', 'unit_unknown')
  return errors
}

function draftOf(row: Row): unknown {
  const { gtin = '', name = '', brand = '', category, size = '', unit } = row
  return { gtin, name, brand, category, size: Number(size || 0), unit: unit || 'piece' }
}

/** What makes two rows the same pack: the GTIN, or without one brand, name and size. */
export function packKey(columns: ProductColumns): string {
  if (columns.gtinCanonical !== '') return columns.gtinCanonical
  const { brandKey, nameKey, size, unit } = columns
  return JSON.stringify([nameKey, brandKey, size, unit])
}

/** Reads the rows; columns that the import does not know are left alone. */
export function readRows(rows: readonly Row[]): ReadRows {
  const errors: RowError[] = []
  const products: ReadRows['products'] = []
  const seen = new Set<string>()
  rows.forEach((raw, row) => {
    const trimmed = Object.fromEntries(
      Object.entries(raw).map(([column, value]) => [foldWords(column), value.trim()]),
    )
    const wrong = columnErrors(trimmed)
    const draft = wrong.length === 0 ? ProductDraft.safeParse(draftOf(trimmed)) : null
    const columns = draft?.success ? columnsOf(draft.data) : null
    if (wrong.length === 0 && columns === null) wrong.push({ column: 'name', code: 'invalid' })
    if (columns && seen.has(packKey(columns))) {
      wrong.push({ column: columns.gtin === '' ? 'name' : 'gtin', code: 'duplicate' })
    }
    errors.push(...wrong.map((error) => ({ row, ...error })))
    if (!columns || wrong.length > 0) return
    seen.add(packKey(columns))
    products.push({ row, columns })
  })
  return { products, errors }
}
