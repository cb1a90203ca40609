'use client'
import type { ReactNode } from 'react'
import { SWRConfig, useSWRConfig } from 'swr'
import { config as zodConfig } from 'zod'
import { type AreaWords, I18nProvider } from '../i18n/provider.tsx'
import { HOME, MarketContext } from '../market.ts'
import { ApiProblem } from '../problem.ts'
import { ToastProvider } from '../ui/toast.tsx'
import { ME } from './use-me.ts'

// Zod's compiled parsers need `eval`, which the content security policy forbids.
zodConfig({ jitless: true })

/** Refusals that mean that the session is not what the page believed. */
const SESSION_CODES = ['sign_in_required', 'unauthenticated', 'second_factor_required']

/** Words, toasts, the home market (not what a shopper chose here), and the cache that asks again who this is when the session has ended. */
export function DeskProviders({ words, children }: { words: AreaWords; children: ReactNode }) {
  return (
    <MarketContext.Provider value={HOME}>
      <I18nProvider words={words}>
        <ToastProvider>
          <SessionWatch>{children}</SessionWatch>
        </ToastProvider>
      </I18nProvider>
    </MarketContext.Provider>
  )
}

function SessionWatch({ children }: { children: ReactNode }) {
  const { mutate } = useSWRConfig()
  function onError(error: unknown, key: string) {
    if (key === ME || !(error instanceof ApiProblem)) return
    if (SESSION_CODES.includes(error.code)) mutate(ME)
  }
  return <SWRConfig value={{ onError }}>{children}</SWRConfig>
}
