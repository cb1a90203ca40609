'use client'
import { Smartphone } from 'lucide-react'
import { useState } from 'react'
import { useSWRConfig } from 'swr'
import { useTranslations } from 'use-intl'
import { api } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from './confirm-dialog.tsx'
import { ME } from './use-me.ts'

/** For a new phone: forgets the authenticator, and the gate asks to add another at once. */
export function ResetFactorButton() {
  const t = useTranslations('desk.factor')
  const { mutate } = useSWRConfig()
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button icon={<Smartphone size={18} aria-hidden="true" />} onClick={() => setAsking(true)}>
        {t('reset')}
      </Button>
      {asking ? (
        <ConfirmDialog
          title={t('resetTitle')}
          confirm={t('reset')}
          done={t('resetDone')}
          danger
          onConfirm={async () => {
            await api.post('/auth/second-factor/reset', {})
            await mutate(ME)
          }}
          onClose={() => setAsking(false)}
        >
          <p>{t('resetWhy')}</p>
        </ConfirmDialog>
      ) : null}
    </>
  )
}
