'use client'
import { LogOut } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { api } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { useAction } from './use-action.ts'

/** Ends the session; the page is loaded anew so that nothing of it stays in memory. */
export function SignOutButton() {
  const t = useTranslations('common')
  const action = useAction()
  return (
    <Button
      icon={<LogOut size={18} aria-hidden="true" />}
      busy={action.busy}
      onClick={() =>
        action.run(async () => {
          await api.post('/auth/sign-out', {})
          location.reload()
        })
      }
    >
      {t('signOut')}
    </Button>
  )
}
