import type { CellEvent } from '#schema/event'
import type { PhotoReadJob, VerifyJob } from './cells/network.ts'
import { appOf } from './composition/app-of.ts'
import { consumePhotos } from './composition/photos.ts'
import { runScheduled } from './composition/scheduled.ts'
import { consumeVerifications } from './composition/verifications.ts'
import type { Env } from './env.ts'
import { consumeEvents } from './reports/consume.ts'

export { AuthorityObject } from './cells/authority.object.ts'
export { BudgetObject } from './cells/budget.object.ts'
export { CellObject } from './cells/cell.object.ts'
export { DirectoryObject } from './cells/directory.object.ts'
export { Limiter } from './cells/limiter.object.ts'
export { PartnerBookObject } from './cells/partner-book.object.ts'

const VERIFICATIONS_QUEUE = 'kopilka-verifications'
const PHOTOS_QUEUE = 'kopilka-photos'

/** The network's one Worker: API, queues, clock; pages are static assets beside it. */
export default {
  fetch: async (request, env) => (await appOf(env)).fetch(request),

  async queue(batch, env, context) {
    if (batch.queue === VERIFICATIONS_QUEUE) {
      await consumeVerifications(batch as MessageBatch<VerifyJob>, env, context)
    } else if (batch.queue === PHOTOS_QUEUE) {
      await consumePhotos(batch as MessageBatch<PhotoReadJob>, env)
    } else {
      await consumeEvents(batch as MessageBatch<CellEvent>, env)
    }
  },

  scheduled: (controller, env) => runScheduled(controller.cron, controller.scheduledTime, env),
} satisfies ExportedHandler<Env, VerifyJob | PhotoReadJob | CellEvent>
