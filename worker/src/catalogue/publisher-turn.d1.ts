import type { Database } from '../members/database.ts'

/**
 * The right to make a large catalogue: one publisher in the network has it. That two never write
 * the same version does not stand on it (a version is put only if there is none), but that two
 * never share the memory of one isolate does.
 */
export type PublisherTurn = {
  /** Puts the end off; throws when another publisher has taken over: the work must stop. */
  keep(): Promise<void>
  leave(): Promise<void>
}

/** Shorter than the clock's five minutes, so that its next tick goes on after one that has died. */
const TURN_MS = 4 * 60_000

/** Null while somebody else has the turn. `holder` is a name of the caller's own. */
export async function takeTurn(
  db: Database,
  holder: string,
  now: () => number,
): Promise<PublisherTurn | null> {
  let until = now() + TURN_MS
  const taken = await db
    .prepare(
      `INSERT INTO publisher_turn (id, holder, until_ms) VALUES (1, ?1, ?2)
       ON CONFLICT (id) DO UPDATE SET holder = ?1, until_ms = ?2 WHERE until_ms <= ?3`,
    )
    .bind(holder, until, now())
    .run()
  if (taken.meta.changes === 0) return null
  const moveEnd = async (to: number) => {
    const { meta } = await db
      .prepare('UPDATE publisher_turn SET until_ms = ?2 WHERE holder = ?1')
      .bind(holder, to)
      .run()
    return meta.changes > 0
  }
  return {
    async keep() {
      if (until - now() > TURN_MS / 2) return
      until = now() + TURN_MS
      if (!(await moveEnd(until))) throw new Error('another publisher has taken over')
    },
    async leave() {
      await moveEnd(0)
    },
  }
}
