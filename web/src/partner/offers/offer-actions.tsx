'use client'
import { CircleStop, Pause, Play } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Offer } from '#schema/offer'
import { api } from '../../api.ts'
import { ConfirmDialog } from '../../desk/confirm-dialog.tsx'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { useRefresh } from '../../use-api.ts'
import { usePartner } from '../partner-context.tsx'
import { PublishDialog } from './publish-dialog.tsx'

type Step = 'publish' | 'pause' | 'resume' | 'end'

/** The words of a step's dialog. */
const WORDS = {
  pause: { title: 'pauseTitle', why: 'pauseWhy', confirm: 'pause', done: 'paused' },
  resume: { title: 'resumeTitle', why: 'resumeWhy', confirm: 'resume', done: 'resumed' },
  end: { title: 'endTitle', why: 'endWhy', confirm: 'end', done: 'ended' },
} as const

/** The steps that the offer's state allows, each asked before it is done. */
export function OfferActions({
  offer,
  onChanged,
}: {
  offer: Offer
  onChanged: (offer: Offer) => void
}) {
  const t = useTranslations('partner.offers')
  const { path, may } = usePartner()
  const refresh = useRefresh()
  const [step, setStep] = useState<Step | null>(null)
  if (!may('offers') || offer.state === 'ended') return null
  const live = offer.state === 'published'
  const icon = { size: 18, 'aria-hidden': true } as const

  async function take(which: Step) {
    onChanged(await api.post<Offer>(path(`/offers/${offer.id}/${which}`), {}))
    await refresh(path('/'))
  }

  return (
    <>
      {live ? (
        <Button icon={<Pause {...icon} />} onClick={() => setStep('pause')}>
          {t('pause')}
        </Button>
      ) : null}
      {offer.state === 'paused' ? (
        <Button icon={<Play {...icon} />} onClick={() => setStep('resume')}>
          {t('resume')}
        </Button>
      ) : null}
      {offer.state !== 'draft' ? (
        <Button look="danger" icon={<CircleStop {...icon} />} onClick={() => setStep('end')}>
          {t('end')}
        </Button>
      ) : null}
      <ButtonLink
        look={offer.state === 'draft' ? 'secondary' : 'primary'}
        href={`/partner/offers/edit?id=${offer.id}`}
      >
        {t('change')}
      </ButtonLink>
      {offer.state === 'draft' ? (
        <Button look="primary" onClick={() => setStep('publish')}>
          {t('publish')}
        </Button>
      ) : null}
      {step === 'publish' ? (
        <PublishDialog
          offer={offer}
          onPublish={() => take('publish')}
          onClose={() => setStep(null)}
        />
      ) : null}
      {step !== null && step !== 'publish' ? (
        <ConfirmDialog
          title={t(WORDS[step].title)}
          confirm={t(WORDS[step].confirm)}
          done={t(WORDS[step].done)}
          danger={step === 'end'}
          onConfirm={() => take(step)}
          onClose={() => setStep(null)}
        >
          <p>{t(WORDS[step].why)}</p>
        </ConfirmDialog>
      ) : null}
    </>
  )
}
