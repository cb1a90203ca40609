import { useTranslations } from 'use-intl'
import type { PhotoReading } from '#schema/photo'
import { useFormat } from '../../i18n/use-format.ts'
import type { ReadField } from '../../ui/read-boxes.tsx'

/** The reading of one field as text; empty when it was not read. */
export function readText(
  reading: PhotoReading,
  name: ReadField,
  decimal: (minor: number) => string,
): string {
  const field = reading[name]
  if (field === null) return ''
  return name === 'totalMinor' ? decimal(Number(field.value)) : String(field.value)
}

/** Which validator says so, in words; a code that is newer than the words is shown as it is. */
export function useBecause() {
  const t = useTranslations('operator.review.because')
  return (reason: string | undefined): string => {
    if (reason === undefined) return ''
    const key = reason as Parameters<typeof t.has>[0]
    return t.has(key) ? t(key) : reason
  }
}

/** What stands beside a field of the form: how sure the reading is, why, and what it differs in. */
export function useReadWords(reading: PhotoReading | null) {
  const t = useTranslations('operator.review')
  const format = useFormat()
  const because = useBecause()
  return (name: ReadField, current: string): string | undefined => {
    if (reading === null) return undefined
    const field = reading[name]
    if (field === null) return t('notRead')
    const read = readText(reading, name, format.decimal)
    const differs = read !== current.trim() ? t('readAs', { value: read }) : ''
    const why = because(field.reason)
    return [differs, t(`certainty.${field.certainty}`), why].filter(Boolean).join(' · ')
  }
}
