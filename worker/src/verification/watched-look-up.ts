import { type ChannelNote, type LookUpTaken, noteOf } from './channels.ts'
import type { LookUp } from './lookups/lookup.ts'

export type WatchPorts = {
  readonly take: () => Promise<LookUpTaken>
  readonly note: (note: ChannelNote) => Promise<void>
}

/**
 * A look-up within its allowance and behind its breaker: what is not asked is not waited for, and
 * what an answer says about the service is noted for all who ask it.
 */
export function watchedLookUp(lookUp: LookUp, ports: WatchPorts): LookUp {
  return {
    async ask(code) {
      const taken = await ports.take()
      if (taken.kind !== 'ask') return taken
      const answer = await lookUp.ask(code)
      const note = noteOf(answer)
      if (note.kind !== 'ok' || taken.watched) await ports.note(note)
      return answer
    },
  }
}
