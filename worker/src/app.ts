import { z } from 'zod'
import type { BankDeskPorts } from './bank-files/bank-desk.ts'
import { bankFileRoutes } from './bank-files/routes.ts'
import { forgeryRoutes } from './forgeries/routes.ts'
import { identified } from './http/actor.ts'
import { apiHeaders, type EdgePorts, requestEdge } from './http/headers.ts'
import { sameOriginOnly } from './http/origin.ts'
import { onError, onNotFound } from './http/problem.ts'
import { createRouter, defineRoute } from './http/route.ts'
import type { MemberPorts } from './members/ports.ts'
import { memberRoutes } from './members/routes.ts'
import { activationRoutes } from './offers/activation-routes.ts'
import type { DeskPorts } from './operators/desk.ts'
import { operatorRoutes } from './operators/routes.ts'
import type { ControlPorts } from './partners/ports.ts'
import { controlRoutes } from './partners/routes.ts'
import { type PayoutPorts, payoutRoutes } from './payouts/routes.ts'
import { photoReviewRoutes } from './photos/review-routes.ts'
import { type PhotoPorts, photoRoutes } from './photos/routes.ts'
import { type ReceiptPorts, receiptRoutes } from './receipts/routes.ts'
import type { ReviewPorts } from './reviews/ports.ts'
import { reviewRoutes } from './reviews/routes.ts'
import { walletRoutes } from './wallets/routes.ts'

export type AppPorts = {
  readonly baseUrl: string
  readonly edge: EdgePorts
  readonly readSender: Parameters<typeof identified>[0]
  readonly readKey: Parameters<typeof identified>[1]
  readonly members: MemberPorts
  readonly receipts: ReceiptPorts
  readonly photos: PhotoPorts
  readonly payouts: PayoutPorts
  readonly control: ControlPorts
  readonly bankFiles: BankDeskPorts
  readonly desk: DeskPorts
  readonly reviews: ReviewPorts
}

const healthRoute = defineRoute({
  method: 'get',
  path: '/healthz',
  access: 'public',
  summary: 'Whether the Worker answers',
  responses: {
    200: {
      description: 'It does',
      content: { 'application/json': { schema: z.object({ ok: z.literal(true) }) } },
    },
  },
})

const referenceRoute = defineRoute({
  method: 'get',
  path: '/v1/reference',
  access: 'public',
  summary: 'This contract as a page',
  responses: { 302: { description: 'To the page' } },
})

/** The whole API. Knows no platform: everything outside comes in as ports. */
export function createApp(ports: AppPorts) {
  const app = createRouter()
  app.use(requestEdge(ports.edge))
  app.use(apiHeaders(ports.baseUrl))
  app.use(sameOriginOnly(ports.baseUrl))
  app.use(identified(ports.readSender, ports.readKey))
  app.onError(onError)
  app.notFound(onNotFound)
  app.doc31('/v1/openapi.json', {
    openapi: '3.1.0',
    info: { title: 'Kopilka', version: '1', description: 'The coalition loyalty network.' },
    servers: [{ url: ports.baseUrl }],
  })
  return app
    .openapi(healthRoute, (c) => c.json({ ok: true as const }, 200))
    .openapi(referenceRoute, (c) => c.redirect('/reference/', 302))
    .route('/', memberRoutes(ports.members))
    .route('/', receiptRoutes(ports.receipts))
    .route('/', photoRoutes(ports.photos))
    .route('/', photoReviewRoutes(ports.photos))
    .route('/', walletRoutes(ports.receipts))
    .route('/', payoutRoutes(ports.payouts))
    .route('/', activationRoutes({ ...ports.control, cellOf: ports.receipts.cellOf }))
    .route('/', controlRoutes(ports.control))
    .route('/', operatorRoutes(ports.desk))
    .route('/', bankFileRoutes(ports.bankFiles))
    .route('/', reviewRoutes(ports.reviews))
    .route('/', forgeryRoutes(ports.control))
}

export type App = ReturnType<typeof createApp>
