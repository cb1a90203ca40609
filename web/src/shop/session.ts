import { useRouter } from 'next/router'
import { useEffect } from 'react'
import type { Me } from '#schema/member'
import { api } from '../api.ts'
import { useApi } from '../use-api.ts'
import { followPhone } from './enter-market.ts'
import { forgetPerson, personCame } from './person.ts'

/** Who is using the app; `undefined` while it is being asked. */
export function useMe() {
  return useApi<Me>('/me', {
    dedupingInterval: 10_000,
    onSuccess: (me) => {
      if (me.kind !== 'shopper' || !me.userId) return
      void meet(me.userId, me.market)
    },
  })
}

/** A page that still holds somebody else's answers and market is loaded anew. */
async function meet(userId: string, market: Me['market']) {
  if (await personCame(userId)) window.location.reload()
  else await followPhone(market)
}

/** True when a consent that the law wants first is missing, so that nothing else can go on. */
export function needsConsent(me: Me): boolean {
  return (
    me.kind === 'shopper' && me.consents.some((consent) => consent.required && !consent.granted)
  )
}

/**
 * For pages that are someone's: sends shoppers without the required consents to give them. Returns
 * the shopper, `null` when nobody is signed in, `undefined` while it is being asked.
 */
export function useShopper(): Me | null | undefined {
  const router = useRouter()
  const { data: me } = useMe()
  const wanting = me ? needsConsent(me) : false

  useEffect(() => {
    if (wanting) void router.replace(`/consent?next=${encodeURIComponent(router.asPath)}`)
  }, [wanting, router])

  if (!me || wanting) return undefined
  return me.kind === 'shopper' ? me : null
}

/** Ends the session here and on the server, and forgets the person. */
export async function signOut() {
  await api.post('/auth/sign-out', {})
  await forgetPerson()
  window.location.assign('/')
}

/** The page to go back to after sign-in; only paths of this site. */
export function safeNext(next: unknown): string {
  return typeof next === 'string' && /^\/(?![/\\])/.test(next) ? next : '/'
}
