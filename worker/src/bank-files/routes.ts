import { z } from 'zod'
import {
  BANK_REPORT_BYTES_MAX,
  BankFile,
  BankFileDraft,
  BankFilePreview,
  BankFileSummary,
  BankQueue,
  BankResubmissionDraft,
} from '#schema/bank-file'
import { ClientId } from '#schema/id'
import { MARKETS, MarketCode } from '#schema/market'
import { PageQuery, pageOf } from '#schema/page'
import { answer, jsonBody } from '../http/contract.ts'
import { pageStart } from '../http/page.ts'
import { Refusal } from '../http/problem.ts'
import { createRouter, defineRoute } from '../http/route.ts'
import { doerOf } from '../partners/staff-actions.d1.ts'
import {
  type BankDeskPorts,
  confirmReport,
  makeFile,
  previewFile,
  takeReport,
} from './bank-desk.ts'
import {
  type FileRow,
  findFile,
  listFiles,
  messageIdOf,
  queues,
  recordDownload,
  viewOf,
} from './bank-files.d1.ts'
import { contentForBank } from './content.ts'
import { askResubmission, confirmResubmission } from './resubmission.ts'

const everyone = { operator: ['admin', 'support', 'finance'] } as const
const treasurers = { operator: ['admin', 'finance'] } as const
const Params = z.object({ bankFileId: ClientId })
const ReportParams = Params.extend({ reportHash: z.string().regex(/^[0-9a-f]{64}$/) })

const ResubmissionParams = Params.extend({ resubmission: z.string().regex(/^[1-9]\d{0,2}$/) })

const queuesRoute = defineRoute({
  method: 'get',
  path: '/v1/operator/bank-queues',
  access: everyone,
  summary: 'Payouts that wait for a file to the bank, by market',
  responses: answer(200, z.object({ items: z.array(BankQueue) })),
})

const previewRoute = defineRoute({
  method: 'get',
  path: '/v1/operator/bank-queues/{market}',
  access: everyone,
  summary: 'What a file of a market would hold if it were made now',
  request: { params: z.object({ market: MarketCode }) },
  responses: answer(200, BankFilePreview),
})

const listRoute = defineRoute({
  method: 'get',
  path: '/v1/operator/bank-files',
  access: everyone,
  summary: 'Files to the bank, newest first, with what it said of them',
  request: { query: PageQuery },
  responses: answer(200, pageOf(BankFileSummary)),
})

const makeRoute = defineRoute({
  method: 'post',
  path: '/v1/operator/bank-files',
  access: treasurers,
  summary: 'Make a file (pain.001) of all that waits; the same id is the same file for ever',
  request: jsonBody(BankFileDraft),
  responses: answer(200, BankFile),
})

const readRoute = defineRoute({
  method: 'get',
  path: '/v1/operator/bank-files/{bankFileId}',
  access: everyone,
  summary: 'A file, its payouts and the reports about it',
  request: { params: Params },
  responses: answer(200, BankFile),
})

const contentRoute = defineRoute({
  method: 'get',
  path: '/v1/operator/bank-files/{bankFileId}/content',
  access: treasurers,
  summary: 'The file itself, byte for byte as it was made, or as it was last written again',
  request: { params: Params },
  responses: { 200: { description: 'pain.001.001.09' } },
})

const reportRoute = defineRoute({
  method: 'post',
  path: '/v1/operator/bank-files/{bankFileId}/reports',
  access: treasurers,
  anyMediaType: true,
  bodyBytesMax: BANK_REPORT_BYTES_MAX,
  summary: 'Bring the bank’s answer (pain.002); the same bytes again change nothing',
  request: {
    params: Params,
    body: { content: { 'application/xml': { schema: z.string() } } },
  },
  responses: answer(200, BankFile),
})

const confirmRoute = defineRoute({
  method: 'post',
  path: '/v1/operator/bank-files/{bankFileId}/reports/{reportHash}/confirmation',
  access: treasurers,
  summary: 'A third person stands behind a report: what it refuses comes back',
  request: { params: ReportParams },
  responses: answer(200, BankFile),
})

const askAgainRoute = defineRoute({
  method: 'post',
  path: '/v1/operator/bank-files/{bankFileId}/resubmissions',
  access: treasurers,
  summary: 'Say that the file never entered the bank; a second person has to confirm it',
  request: { params: Params, ...jsonBody(BankResubmissionDraft) },
  responses: answer(200, BankFile),
})

const confirmAgainRoute = defineRoute({
  method: 'post',
  path: '/v1/operator/bank-files/{bankFileId}/resubmissions/{resubmission}/confirmation',
  access: treasurers,
  summary: 'The file never entered the bank: it is written again, of another day, under its id',
  request: { params: ResubmissionParams },
  responses: answer(200, BankFile),
})

export function bankFileRoutes(ports: BankDeskPorts) {
  const { db } = ports
  return createRouter()
    .openapi(queuesRoute, async (c) => {
      const markets = ports.markets.map((market) => ({
        market,
        currency: MARKETS[market].currency,
      }))
      return c.json({ items: await queues(db, markets) }, 200)
    })
    .openapi(previewRoute, async (c) => {
      return c.json(await previewFile(ports, c.req.valid('param').market), 200)
    })
    .openapi(listRoute, async (c) => {
      return c.json(await listFiles(db, pageStart(c.req.valid('query'), 2)), 200)
    })
    .openapi(makeRoute, async (c) => {
      return c.json(await makeFile(ports, c.req.valid('json'), doerOf(c)), 200)
    })
    .openapi(readRoute, async (c) => {
      return c.json(await viewOf(db, await existing(ports, c.req.valid('param').bankFileId)), 200)
    })
    .openapi(contentRoute, async (c) => {
      const file = await existing(ports, c.req.valid('param').bankFileId)
      const doer = doerOf(c)
      const content = await contentForBank(ports, file, doer.at)
      await recordDownload(db, file, doer)
      return c.body(content, 200, {
        'content-type': 'application/xml; charset=utf-8',
        'content-disposition': `attachment; filename="${fileNameOf(file)}"`,
      })
    })
    .openapi(reportRoute, async (c) => {
      const file = await existing(ports, c.req.valid('param').bankFileId)
      const bytes = new Uint8Array(await c.req.arrayBuffer())
      return c.json(await takeReport(ports, file, bytes, doerOf(c)), 200)
    })
    .openapi(confirmRoute, async (c) => {
      const { bankFileId, reportHash } = c.req.valid('param')
      const file = await existing(ports, bankFileId)
      return c.json(await confirmReport(ports, file, reportHash, doerOf(c)), 200)
    })
    .openapi(askAgainRoute, async (c) => {
      const file = await existing(ports, c.req.valid('param').bankFileId)
      return c.json(await askResubmission(ports, file, c.req.valid('json'), doerOf(c)), 200)
    })
    .openapi(confirmAgainRoute, async (c) => {
      const { bankFileId, resubmission } = c.req.valid('param')
      const file = await existing(ports, bankFileId)
      return c.json(await confirmResubmission(ports, file, Number(resubmission), doerOf(c)), 200)
    })
}

/** Two of one message lie beside one another in a folder of downloads: the later has its number. */
const fileNameOf = ({ id, resubmitted }: FileRow) =>
  `pain.001-${messageIdOf(id)}${resubmitted === 0 ? '' : `-${resubmitted + 1}`}.xml`

async function existing({ db }: BankDeskPorts, id: string): Promise<FileRow> {
  const file = await findFile(db, id)
  if (!file) throw new Refusal('not_found')
  return file
}
