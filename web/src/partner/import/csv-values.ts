import { CATEGORIES, type Category } from '#schema/market'
import { desk as en } from '../../messages/en/desk.ts'
import { desk as ru } from '../../messages/ru/desk.ts'
import type { ImportColumn } from './csv-columns.ts'

type Row = Record<ImportColumn, string>

function fold(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[^\p{L}\p{N}]/gu, '')
}

const CATEGORY_BY_WORDS = new Map<string, Category>(
  CATEGORIES.flatMap((code) => [
    [fold(code), code] as const,
    [fold(ru.categories[code]), code] as const,
    [fold(en.categories[code]), code] as const,
  ]),
)

/** How people write units, with the factor to grams, millilitres or pieces. */
const UNITS: Readonly<Record<string, { unit: 'g' | 'ml' | 'piece'; factor: number }>> = {
  g: { unit: 'g', factor: 1 },
  г: { unit: 'g', factor: 1 },
  гр: { unit: 'g', factor: 1 },
  kg: { unit: 'g', factor: 1_000 },
  кг: { unit: 'g', factor: 1_000 },
  ml: { unit: 'ml', factor: 1 },
  мл: { unit: 'ml', factor: 1 },
  l: { unit: 'ml', factor: 1_000 },
  л: { unit: 'ml', factor: 1_000 },
  piece: { unit: 'piece', factor: 1 },
  pcs: { unit: 'piece', factor: 1 },
  шт: { unit: 'piece', factor: 1 },
  штука: { unit: 'piece', factor: 1 },
}

/**
 * Turns what people write into what the contract takes: names of categories into codes, kilograms
 * and litres into grams and millilitres. What is not understood stays as it is: the server names
 * the row.
 */
export function normaliseValues(row: Row): Row {
  const category = CATEGORY_BY_WORDS.get(fold(row.category)) ?? row.category
  const unit = UNITS[fold(row.unit)]
  if (!unit) return { ...row, category }
  return { ...row, category, unit: unit.unit, size: scale(row.size, unit.factor) }
}

/**
 * `0,93` litres → `930`; a number that does not come out whole is left for the server to refuse.
 */
function scale(size: string, factor: number): string {
  const match = /^(\d{1,7})(?:[.,](\d{1,6}))?$/.exec(size)
  if (!match) return size
  const scaled = Number(`${match[1]}.${match[2] ?? '0'}`) * factor
  const whole = Math.round(scaled)
  return Math.abs(scaled - whole) < 1e-6 ? String(whole) : size
}
