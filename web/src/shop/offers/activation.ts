import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Activation, OfferCard } from '#schema/offer'
import { api } from '../../api.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { useProblemWords } from '../../ui/problem-words.ts'
import { useToast } from '../../ui/toast.tsx'
import { useRefresh } from '../../use-api.ts'

/** Reserves the reward of an offer for the shopper and reads the offers again. */
export function useActivation(offer: OfferCard | undefined) {
  const t = useTranslations('shop.offer')
  const format = useFormat()
  const say = useToast()
  const words = useProblemWords()
  const refresh = useRefresh()
  const [busy, setBusy] = useState(false)

  async function activate() {
    if (!offer) return
    setBusy(true)
    try {
      const made = await api.post<Activation>(`/offers/${offer.id}/activation`, {})
      say(t('justActivated', { date: format.instant(made.until, 'day') }))
    } catch (error) {
      say(words(error))
    } finally {
      await refresh('/offers')
      setBusy(false)
    }
  }

  return { activate, busy }
}
