import type { Authority, AuthorityAnswer } from './authority.ts'
import { type ChannelName, type ChannelNote, noteOf, type Taken } from './channels.ts'

/** What asking through channels needs: who is next, what became of it, and the channels. */
export type ChannelPorts = {
  readonly take: (tried: readonly ChannelName[]) => Promise<Taken>
  readonly note: (name: ChannelName, note: ChannelNote) => Promise<void>
  readonly authorities: Readonly<Partial<Record<ChannelName, Authority>>>
}

/**
 * Asks channel after channel until one says something about the receipt. An answer that only this
 * question was refused (`sparingly`) ends it too: the next one draws on the same base, and is paid.
 * When all fail, the answer is the one that may be tried again soonest.
 */
export function throughChannels(ports: ChannelPorts): Authority {
  return {
    async ask(scan) {
      const tried: ChannelName[] = []
      let failure: AuthorityAnswer | null = null
      for (;;) {
        const taken = await ports.take(tried)
        if (taken.kind === 'none') {
          const { detail, retryAfterMs } = taken
          return failure ?? { kind: 'quota', detail, retryAfterMs }
        }
        const { name, watched } = taken
        const authority = ports.authorities[name]
        if (authority === undefined) throw new Error(`the channel ${name} is not set up`)
        const answer = await authority.ask(scan)
        const note = noteOf(answer)
        if (note.kind !== 'ok' || watched) await ports.note(name, note)
        if (note.kind === 'ok' || isRefusal(answer)) return answer
        failure = soonest(failure, answer)
        tried.push(name)
      }
    },
  }
}

function isRefusal(answer: AuthorityAnswer): boolean {
  return answer.kind === 'unavailable' && answer.sparingly === true
}

function soonest(former: AuthorityAnswer | null, latter: AuthorityAnswer): AuthorityAnswer {
  if (former?.kind !== 'quota') return former ?? latter
  return latter.kind === 'quota' && latter.retryAfterMs >= former.retryAfterMs ? former : latter
}
