import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Receipt } from '#schema/receipt'
import type { Verdict } from '#schema/verdict'
import { query } from '../../api.ts'
import { useProblemWords } from '../../ui/problem-words.ts'
import { Notice } from '../../ui/states.tsx'
import { useApi } from '../../use-api.ts'
import { VerdictDetails } from '../../verdicts/verdict-details.tsx'

/**
 * The whole record of a line, or of the receipt for null: every offer that looked at it. The
 * notable verdicts are there at once; the others are read when it is opened.
 */
export function Why({
  receipt,
  line,
  notable,
}: {
  receipt: Receipt
  line: number | null
  notable: readonly Verdict[]
}) {
  const t = useTranslations('shop.receipt')
  const words = useProblemWords()
  const [isOpen, setOpen] = useState(false)
  const path = `/receipts/${receipt.id}/explain${query({ line })}`
  const { data, error } = useApi<{ verdicts: Verdict[] }>(isOpen ? path : null, {
    revalidateOnFocus: false,
  })
  return (
    <VerdictDetails
      verdicts={wholeRecord(notable, data?.verdicts ?? [])}
      availableAt={receipt.availableAt}
      label={t('why')}
      onToggle={setOpen}
    >
      {error && !data ? <Notice>{words(error)}</Notice> : null}
    </VerdictDetails>
  )
}

/** What was stored comes first, as it was stored; then the offers that it leaves out. */
function wholeRecord(notable: readonly Verdict[], all: readonly Verdict[]): Verdict[] {
  const stored = new Set(notable.map(({ offerId }) => offerId))
  return [...notable, ...all.filter(({ offerId }) => !stored.has(offerId))]
}
