import { z } from 'zod'
import type { CellEvent } from '#schema/event'
import { MARKETS, MarketCode } from '#schema/market'
import { LOOKUP_COUNTRIES } from '#schema/operator'
import { BankAccount } from './bank-files/bank-account.ts'
import type { AuthorityObject } from './cells/authority.object.ts'
import type { BudgetObject } from './cells/budget.object.ts'
import type { CellObject } from './cells/cell.object.ts'
import type { DirectoryObject } from './cells/directory.object.ts'
import type { Limiter } from './cells/limiter.object.ts'
import { marketOf } from './cells/market-name.ts'
import type { PhotoReadJob, VerifyJob } from './cells/network.ts'
import type { PartnerBookObject } from './cells/partner-book.object.ts'
import { SLOTS } from './cells/slot.ts'
import type Publisher from './publisher.ts'
import { ChannelPlan } from './verification/channels.ts'

/** Bindings of the Worker, as `wrangler.toml` declares them. */
export type Env = {
  DB: D1Database
  SNAPSHOTS: R2Bucket
  /** Private: photos of receipts under random keys. */
  PHOTOS: R2Bucket
  ASSETS: Fetcher
  CELLS: DurableObjectNamespace<CellObject>
  DIRECTORY: DurableObjectNamespace<DirectoryObject>
  BUDGETS: DurableObjectNamespace<BudgetObject>
  BOOKS: DurableObjectNamespace<PartnerBookObject>
  AUTHORITY: DurableObjectNamespace<AuthorityObject>
  LIMITER: DurableObjectNamespace<Limiter>
  VERIFICATIONS: Queue<VerifyJob>
  EVENTS: Queue<CellEvent>
  PHOTO_READS: Queue<PhotoReadJob>
  /** The Worker that reads photos. */
  OCR: Fetcher
  /** The Worker that makes catalogues. */
  PUBLISHER: Service<Publisher>
} & Record<keyof z.input<typeof Settings>, string>

const CellRange = z.strictObject({
  from: z.number().int().min(0),
  to: z
    .number()
    .int()
    .max(SLOTS - 1),
  /** `cell-0`, in another market than the home one `at.cell-0`. */
  cell: z.string().regex(/^([a-z]{2}\.)?[a-z0-9-]{1,40}$/),
})
export type CellRange = z.infer<typeof CellRange>

/** Countries whose look-up is asked by the network. */
const LookupCountry = z.enum(LOOKUP_COUNTRIES)

const json = z.string().transform((text): unknown => JSON.parse(text))
const UrlOrNone = z.union([z.literal(''), z.url()]).default('')

const Settings = z.object({
  /** The public origin of pages and API. */
  BASE_URL: z.url(),
  /** Signs sessions and keys code digests: at least 32 characters. */
  AUTH_SECRET: z.string().min(32),
  /** Keys the receipt ids. */
  RECEIPT_KEY: z.string().min(32),
  /** Seals payout destinations: 32 bytes in base 64. */
  SEAL_KEY: z.string().min(44),
  CELL_MAP: json.pipe(z.array(CellRange).min(1).max(SLOTS)),
  DIRECTORY_SHARDS: z.string().regex(/^\d+$/).transform(Number),
  FNS_BASE_URL: z.url(),
  FNS_MASTER_TOKEN: z.string().min(1),
  /** Who is asked about a Russian receipt, in this order; the tax service may not be left out. */
  RU_CHANNELS: json.pipe(
    z
      .array(ChannelPlan)
      .refine((plans) => new Set(plans.map(({ name }) => name)).size === plans.length, 'twice')
      .refine((plans) => plans.some(({ name }) => name === 'fns'), 'without fns'),
  ),
  PROVERKACHEKA_BASE_URL: z.url(),
  /** Without its secret a channel is not asked. */
  PROVERKACHEKA_TOKEN: z.string().default(''),
  OFD_BASE_URL: z.url(),
  OFD_TOKEN_SECRET: z.string().default(''),
  /** The hosts that may be asked about receipts of other countries, one a country. */
  LOOKUP_BASE_URLS: json.pipe(z.partialRecord(LookupCountry, z.url())),
  /** Questions a Moscow day that we allow ourselves; a country that is absent answers all. */
  LOOKUP_PER_DAY_MAX: json.prefault('{}').pipe(z.partialRecord(LookupCountry, z.int().min(0))),
  /** Asks for us from a fixed address, where a service wants one (docs/decisions/0015). */
  EGRESS_PROXY_URL: UrlOrNone,
  EGRESS_PROXY_TOKEN: z.string().default(''),
  /** `openapi.nalog.ru:8090, …`: hosts that are asked through it. */
  EGRESS_HOSTS: z
    .string()
    .default('')
    .transform((text) => text.split(',').flatMap((host) => host.trim().toLowerCase() || [])),
  YOOKASSA_BASE_URL: z.url(),
  YOOKASSA_AGENT_ID: z.string().min(1),
  YOOKASSA_SECRET: z.string().min(1),
  /** Whether the keys belong to the provider's test gateway, where no money moves. */
  YOOKASSA_TEST_GATEWAY: z.enum(['true', 'false']).transform((text) => text === 'true'),
  WISE_BASE_URL: z.url(),
  WISE_PROFILE_ID: z.string().regex(/^\d{1,18}$/),
  /** Needed where a market abroad is open. */
  WISE_TOKEN: z.string().default(''),
  /** The operator's account in each market that its bank pays by files. */
  BANK_ACCOUNTS: json.prefault('{}').pipe(z.partialRecord(MarketCode, BankAccount)),
  SMS_BASE_URL: z.url(),
  SMS_API_KEY: z.string().min(1),
  MAIL_BASE_URL: z.url(),
  MAIL_API_KEY: z.string().min(1),
  MAIL_FROM: z.string().min(3),
})
export type Settings = z.output<typeof Settings>

/** Parses the variables and secrets; throws at the first request when one is missing or malformed. */
export function parseSettings(env: object): Settings {
  const parsed = Settings.refine(hasAccounts, {
    path: ['BANK_ACCOUNTS'],
    message: 'an open market that is paid by bank files has no account',
  }).safeParse(env)
  if (parsed.success) return parsed.data
  const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  throw new Error(`the environment is not complete: ${wrong.join('; ')}`)
}

function hasAccounts({ CELL_MAP, BANK_ACCOUNTS }: Settings): boolean {
  return CELL_MAP.every(({ cell }) => {
    const { market } = marketOf(cell)
    return MARKETS[market].account?.carrier !== 'bank_file' || BANK_ACCOUNTS[market] !== undefined
  })
}
