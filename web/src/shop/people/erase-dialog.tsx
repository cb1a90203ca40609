import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Wallet } from '#schema/wallet'
import { api } from '../../api.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Dialog, DialogActions } from '../../ui/dialog.tsx'
import { Checkbox } from '../../ui/field.tsx'
import { useProblemWords } from '../../ui/problem-words.ts'
import { Notice } from '../../ui/states.tsx'
import { useApi } from '../../use-api.ts'
import { forgetPerson, personHere } from '../person.ts'
import { dropPhotosOf } from '../scan/kept-photos.ts'
import { dropQueuedOf } from '../scan/queue.ts'
import { Reauthenticate } from './reauthenticate.tsx'

/** Erasure in plain words: what goes, what the law keeps, what happens to the money. */
export function EraseDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations('shop.profile')
  const cancel = useTranslations('common')('cancel')
  const words = useProblemWords()
  const format = useFormat()
  const { data: wallet } = useApi<Wallet>('/wallet')
  const [forfeit, setForfeit] = useState(false)
  const [confirmed, setConfirmed] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const left = wallet ? wallet.availableMinor + wallet.heldMinor : 0

  async function erase() {
    setBusy(true)
    setError(null)
    try {
      await api.delete('/me', { forfeit })
      await dropQueuedOf(personHere()).catch(() => undefined)
      await dropPhotosOf(personHere()).catch(() => undefined)
      await forgetPerson()
      window.location.assign('/')
    } catch (problem) {
      setError(words(problem))
      setBusy(false)
    }
  }

  return (
    <Dialog title={t('eraseTitle')} onClose={onClose}>
      <p>{t('eraseWhy')}</p>
      {left > 0 ? (
        <Notice tone="coming">
          <p>{t('eraseBalance', { amount: format.amount(left) })}</p>
          <ButtonLink small href="/withdraw">
            {t('eraseWithdraw')}
          </ButtonLink>
          <Checkbox
            label={t('eraseForfeit')}
            checked={forfeit}
            onChange={(event) => setForfeit(event.currentTarget.checked)}
          />
        </Notice>
      ) : null}
      {error ? <Notice tone="refusal">{error}</Notice> : null}
      {confirmed ? (
        <DialogActions>
          <Button onClick={onClose}>{cancel}</Button>
          <Button
            look="danger"
            busy={busy}
            disabled={left > 0 && !forfeit}
            onClick={() => void erase()}
          >
            {t('eraseConfirm')}
          </Button>
        </DialogActions>
      ) : (
        <Reauthenticate words={(to) => t('eraseCode', { to })} onDone={() => setConfirmed(true)} />
      )}
    </Dialog>
  )
}
