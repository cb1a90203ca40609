import { useTranslations } from 'use-intl'
import type { Photo } from '#schema/photo'
import type { ReadField } from '../../ui/read-boxes.tsx'

/**
 * Why a field has to be compared with the picture, in words; undefined when nothing speaks against
 * what was read.
 */
export function useDoubts({ reading }: Pick<Photo, 'reading'>) {
  const t = useTranslations('shop.scan.doubts')
  return (name: ReadField): string | undefined => {
    if (reading === null) return undefined
    const field = reading[name]
    if (field === null) return t('unread')
    if (field.certainty !== 'doubtful') return undefined
    // Codes come from the reader and may be newer than these words.
    const reason = (field.reason ?? 'unsure') as Parameters<typeof t.has>[0]
    return t(t.has(reason) ? reason : 'unsure')
  }
}
