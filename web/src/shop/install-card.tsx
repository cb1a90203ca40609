import { Smartphone } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { useInstall } from './install.ts'
import css from './people/people.module.css'

/** Offers to install the app where the browser can; shows nothing elsewhere. */
export function InstallCard() {
  const t = useTranslations('shop.profile')
  const install = useInstall()
  if (!install) return null
  return (
    <Card className={css.card}>
      <p>{t('installWhy')}</p>
      <Button wide icon={<Smartphone size={18} aria-hidden="true" />} onClick={install}>
        {t('install')}
      </Button>
    </Card>
  )
}
