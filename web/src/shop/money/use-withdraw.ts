import { useRouter } from 'next/router'
import { useCallback, useEffect, useState } from 'react'
import type { Payout, PayoutRequest } from '#schema/payout'
import { api } from '../../api.ts'
import { ApiProblem } from '../../problem.ts'
import { useRefresh } from '../../use-api.ts'
import { keepPayout, type LostPayout, pendingPayout, settlePayout } from './pending-payout.ts'
import { refusalKind } from './refusal.ts'

interface State {
  /** What stands between the asked withdrawal and the money. */
  gate: null | 'adult' | 'code'
  /** A withdrawal whose answer was lost. */
  unfinished: LostPayout | null
  problem: ApiProblem | null
  busy: boolean
}

const AT_REST: State = { gate: null, unfinished: null, problem: null, busy: false }

/**
 * Sends a withdrawal exactly once: its id is kept before the first send and reused until the server
 * has answered; the age and the code are asked for when the server wants them.
 */
export function useWithdraw(walletId: string) {
  const refresh = useRefresh()
  const follow = useFollow()
  const [state, setState] = useState<State>(AT_REST)

  useEffect(() => {
    const lost = pendingPayout(walletId)
    if (!lost) return
    whereIs(lost).then(
      (known) => {
        if (known) return follow(lost)
        // It never arrived, and where it should have gone is forgotten: there is nothing to repeat.
        if (lost.destination === null) settlePayout()
        else setState({ ...AT_REST, unfinished: lost })
      },
      () => setState({ ...AT_REST, unfinished: lost }),
    )
  }, [follow, walletId])

  async function send(request: PayoutRequest) {
    setState((before) => ({ ...before, problem: null, busy: true }))
    try {
      await api.post<Payout>('/payouts', request)
      await follow(request)
      setState(AT_REST)
    } catch (error) {
      setState(afterRefusal(request, error))
    }
  }

  /** Gives the lost withdrawal up, unless the server has it after all. */
  async function drop(lost: LostPayout) {
    try {
      if (await whereIs(lost)) await follow(lost)
      else settlePayout()
      setState(AT_REST)
    } catch (error) {
      setState(afterRefusal(lost, error))
    }
  }

  async function repeat() {
    const lost = pendingPayout(walletId)
    if (lost?.destination) await send({ ...lost, destination: lost.destination })
  }

  return {
    ...state,
    ask: (content: Omit<PayoutRequest, 'id'>) => send(keepPayout(walletId, content)),
    repeat,
    drop,
    confirmAdult: async (dateOfBirth: string) => {
      await api.post('/me/adult', { dateOfBirth })
      await refresh('/me')
      await repeat()
    },
    closeGate: () => {
      settlePayout()
      setState(AT_REST)
    },
  }
}

/** Shows the page of a withdrawal that the server has. */
function useFollow() {
  const router = useRouter()
  const refresh = useRefresh()
  return useCallback(
    async ({ id }: LostPayout) => {
      settlePayout()
      await refresh('/wallet', '/payouts')
      await router.push(`/payout?id=${id}`)
    },
    [refresh, router],
  )
}

function afterRefusal(request: LostPayout, error: unknown): State {
  if (!(error instanceof ApiProblem)) throw error
  const kind = refusalKind(error)
  if (kind === 'adult' || kind === 'code') return { ...AT_REST, gate: kind }
  if (kind === 'unknown') return { ...AT_REST, problem: error, unfinished: request }
  settlePayout()
  return { ...AT_REST, problem: error }
}

/** The withdrawal as the server has it, or null when it never arrived. */
async function whereIs({ id }: LostPayout): Promise<Payout | null> {
  try {
    return await api.get<Payout>(`/payouts/${id}`)
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return null
    throw error
  }
}
