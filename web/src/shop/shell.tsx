import { ChevronLeft, ReceiptText, ScanLine, Tag, UserRound, Wallet, WifiOff } from 'lucide-react'
import Head from 'next/head'
import Link from 'next/link'
import { useRouter } from 'next/router'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { IconButton } from '../ui/button.tsx'
import { Logo } from './logo.tsx'
import { useOnline } from './online.ts'
import css from './shell.module.css'

const PLACES = [
  { href: '/', icon: Tag, word: 'offers', below: ['/', '/offer'] },
  { href: '/receipts', icon: ReceiptText, word: 'receipts', below: ['/receipts', '/receipt'] },
  { href: '/wallet', icon: Wallet, word: 'wallet', below: ['/wallet', '/withdraw', '/payout'] },
  {
    href: '/profile',
    icon: UserRound,
    word: 'profile',
    below: ['/profile', '/sign-in', '/consent'],
  },
] as const

interface ShellProps {
  /** Of the tab and, unless it is home, of the page. */
  title: string
  /** Home shows the brand in place of a heading. */
  home?: boolean
  /** Shows a way back, to this page when there is no history. */
  back?: string
  /** At the end of the head. */
  aside?: ReactNode
  children: ReactNode
}

/** The frame of a shopper page: head, content, and the five places at the thumb. */
export function Shell({ title, home, back, aside, children }: ShellProps) {
  const t = useTranslations()
  const online = useOnline()
  return (
    <div className={css.frame}>
      <Head>
        <title>{home ? t('common.brand') : `${title} · ${t('common.brand')}`}</title>
      </Head>
      <a className={css.skip} href="#main">
        {t('common.skip')}
      </a>
      <Link href="/" className={`${css.brand} ${css.railBrand}`} aria-hidden="true" tabIndex={-1}>
        <Logo />
        {t('common.brand')}
      </Link>
      {online ? null : (
        <p className={css.band} role="status">
          <WifiOff size={16} aria-hidden="true" />
          {t('shop.nav.offline')}
        </p>
      )}
      <header className={css.head}>
        {back ? <BackButton to={back} /> : null}
        {home ? (
          <>
            <h1 className="visually-hidden">{title}</h1>
            <span className={css.brand}>
              <Logo />
              {t('common.brand')}
            </span>
          </>
        ) : (
          <h1>{title}</h1>
        )}
        {aside}
      </header>
      <main id="main" className={css.main} tabIndex={-1}>
        {children}
      </main>
      <Places />
    </div>
  )
}

function BackButton({ to }: { to: string }) {
  const t = useTranslations('common')
  const router = useRouter()
  return (
    <IconButton
      label={t('back')}
      className={css.back}
      onClick={() => (window.history.length > 1 ? router.back() : void router.push(to))}
    >
      <ChevronLeft aria-hidden="true" />
    </IconButton>
  )
}

function Places() {
  const t = useTranslations('shop.nav')
  const { pathname } = useRouter()
  const links = PLACES.map(({ href, icon: Icon, word, below }) => (
    <li key={href}>
      <Link
        href={href}
        className={css.place}
        aria-current={below.some((path) => path === pathname) ? 'page' : undefined}
      >
        <Icon size={22} aria-hidden="true" />
        {t(word)}
      </Link>
    </li>
  ))
  links.splice(
    2,
    0,
    <li key="/scan" className={css.middle}>
      <Link href="/scan" className={css.scan}>
        <span className={css.scanDisc}>
          <ScanLine size={26} aria-hidden="true" />
        </span>
        <span className={css.scanWords}>{t('scan')}</span>
      </Link>
    </li>,
  )
  return (
    <nav className={css.nav} aria-label={t('label')}>
      <ul className={css.places}>{links}</ul>
    </nav>
  )
}
