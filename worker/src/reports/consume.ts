import { CellEvent } from '#schema/event'
import type { Database } from '../members/database.ts'
import { noteReview } from '../reviews/review-queue.d1.ts'
import { countEvent } from './count-event.d1.ts'

/** A queue's message as far as consuming it goes. */
type Message = { body: unknown; attempts: number; ack(): void; retry(options: object): void }

/** The longest pause between two deliveries of one message. */
const RETRY_SECONDS_MAX = 3_600

/**
 * Counts the events of a batch. Each message stands alone: one that fails is delivered again after
 * a growing pause, and the others are done. A message that is no event at all is logged and
 * dropped, because it will never be one.
 */
export async function consumeEvents(
  batch: { queue: string; messages: readonly Message[] },
  env: { DB: Database },
): Promise<void> {
  for (const message of batch.messages) {
    const event = CellEvent.safeParse(message.body)
    try {
      if (event.success) await take(env.DB, event.data)
      else logError(batch.queue, event.error.message)
      message.ack()
    } catch (cause) {
      logError(batch.queue, String(cause))
      message.retry({ delaySeconds: Math.min(RETRY_SECONDS_MAX, 2 ** message.attempts) })
    }
  }
}

/** A case belongs to the queue of reviewers; everything else is counted. */
async function take(db: Database, event: CellEvent): Promise<void> {
  if (event.type === 'review_changed') await noteReview(db, event)
  else await countEvent(db, event)
}

function logError(queue: string, failure: string): void {
  console.error(JSON.stringify({ level: 'error', queue, failure }))
}
