import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { Balance } from '../src/shop/offers/balance.tsx'
import css from '../src/shop/offers/offers.module.css'
import { OffersList } from '../src/shop/offers/offers-list.tsx'
import { useMe } from '../src/shop/session.ts'
import { Shell } from '../src/shop/shell.tsx'
import { ButtonLink } from '../src/ui/button.tsx'
import { Skeleton } from '../src/ui/states.tsx'

/** Home: how much can be taken, what is coming, what can be earned today. */
export default function HomePage() {
  const t = useTranslations('shop')
  const { data: me, error } = useMe()
  const signedIn = me?.kind === 'shopper'
  const unknown = !me && !error
  return (
    <Shell
      title={t('home.title')}
      home
      aside={me && !signedIn ? <Link href="/sign-in">{t('nav.signIn')}</Link> : null}
    >
      {unknown ? <Skeleton height={170} /> : signedIn ? <Balance /> : <Welcome />}
      <OffersList signedIn={signedIn} />
    </Shell>
  )
}

function Welcome() {
  const t = useTranslations('shop')
  return (
    <section className={css.welcome}>
      <h2>{t('home.welcome')}</h2>
      <p>{t('home.welcomeHow')}</p>
      <ButtonLink look="primary" wide href="/sign-in">
        {t('nav.signIn')}
      </ButtonLink>
    </section>
  )
}
