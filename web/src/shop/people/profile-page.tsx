import { Download, LogOut } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Me } from '#schema/member'
import { api } from '../../api.ts'
import { LOCALES, locale, type WebLocale } from '../../i18n/locale.ts'
import { chooseTheme, THEMES, type Theme, theme } from '../../theme.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { downloadFile } from '../../ui/download.ts'
import { Select } from '../../ui/field.tsx'
import { useProblemWords } from '../../ui/problem-words.ts'
import { useToast } from '../../ui/toast.tsx'
import { InstallCard } from '../install-card.tsx'
import { MarketSelect } from '../market-select.tsx'
import { signOut } from '../session.ts'
import { ConsentsCard } from './consents-card.tsx'
import { EraseDialog } from './erase-dialog.tsx'
import { NameForm } from './name-form.tsx'
import css from './people.module.css'
import { PhoneDialog } from './phone-dialog.tsx'
import { SessionsCard } from './sessions-card.tsx'

/** The shopper's profile: name, looks, phone, sessions, consents, data. */
export function ProfilePage({ me }: { me: Me }) {
  const t = useTranslations('shop.profile')
  const [changing, setChanging] = useState(false)
  return (
    <>
      <Card className={css.card}>
        <h2>{t('you')}</h2>
        <NameForm name={me.name ?? ''} />
        <div className={css.row}>
          <span className={css.rowWords}>
            <span className={css.muted}>{t('phone')}</span>
            <span className="number">{me.phoneMasked}</span>
          </span>
          <Button small onClick={() => setChanging(true)}>
            {t('changePhone')}
          </Button>
        </div>
        {changing ? <PhoneDialog onClose={() => setChanging(false)} /> : null}
      </Card>
      <ViewCard signedIn />
      <InstallCard />
      <ConsentsCard />
      <SessionsCard />
      <DataCard />
      <TextsCard />
      <Button
        look="secondary"
        wide
        icon={<LogOut size={18} aria-hidden="true" />}
        onClick={() => void signOut()}
      >
        {t('signOut')}
      </Button>
    </>
  )
}

/** Language and theme; they work before sign-in too. */
export function ViewCard({ signedIn }: { signedIn: boolean }) {
  const t = useTranslations('common')
  const title = useTranslations('shop.profile')('view')

  function chooseLocale(value: WebLocale) {
    locale.set(value)
    // The profile only remembers the language for messages; the screen has it already.
    if (signedIn) void api.patch<Me>('/me', { locale: value }).catch(() => undefined)
  }

  return (
    <Card className={css.card}>
      <h2>{title}</h2>
      <div className={css.two}>
        <Select
          label={t('language')}
          value={locale.use()}
          onChange={(event) => chooseLocale(event.target.value as WebLocale)}
        >
          {LOCALES.map((value) => (
            <option key={value} value={value}>
              {t(`languages.${value}`)}
            </option>
          ))}
        </Select>
        <Select
          label={t('theme.label')}
          value={theme.use()}
          onChange={(event) => chooseTheme(event.target.value as Theme)}
        >
          {THEMES.map((value) => (
            <option key={value} value={value}>
              {t(`theme.${value}`)}
            </option>
          ))}
        </Select>
      </div>
      <MarketSelect />
    </Card>
  )
}

function DataCard() {
  const t = useTranslations('shop.profile')
  const words = useProblemWords()
  const say = useToast()
  const [busy, setBusy] = useState(false)
  const [erasing, setErasing] = useState(false)

  async function exportAll() {
    setBusy(true)
    try {
      const everything = await api.get<unknown>('/me/export')
      const text = JSON.stringify(everything, null, 2)
      downloadFile('kopilka.json', new Blob([text], { type: 'application/json' }))
    } catch (problem) {
      say(words(problem))
    } finally {
      setBusy(false)
    }
  }

  return (
    <Card className={css.card}>
      <h2>{t('data')}</h2>
      <p className={css.muted}>{t('exportWhy')}</p>
      <Button
        wide
        busy={busy}
        icon={<Download size={18} aria-hidden="true" />}
        onClick={() => void exportAll()}
      >
        {t('export')}
      </Button>
      <Button look="danger" wide onClick={() => setErasing(true)}>
        {t('erase')}
      </Button>
      {erasing ? <EraseDialog onClose={() => setErasing(false)} /> : null}
    </Card>
  )
}

/** The texts that everyone may read. */
export function TextsCard() {
  const t = useTranslations('shop.profile')
  return (
    <Card>
      <h2>{t('texts')}</h2>
      <div className={css.links}>
        <Link href="/legal/terms">{t('terms')}</Link>
        <Link href="/legal/privacy">{t('privacy')}</Link>
      </div>
    </Card>
  )
}
