import { MarketCode } from '#schema/market'
import { PHOTO_SHOTS_MAX } from '#schema/photo'
import type { ModelStore } from './engine/models.ts'
import { workerdPlatform } from './engine/workerd.ts'
import { PHOTO_BYTES_MAX } from './guards/format.ts'
import { printOf } from './market.ts'
import { type PhotoReader, photoReader } from './read.ts'
import { wireOf } from './wire.ts'

/**
 * The `ocr` Worker. One isolate reads one photo at a time: a second would not fit in its memory,
 * so photos wait for the one before.
 */

type Env = { readonly MODELS: { fetch(url: string): Promise<Response> } }

/** The models of further markets are static assets of this Worker, reached by nobody else. */
const assetsOf =
  ({ MODELS }: Env): ModelStore =>
  async (path) => {
    const response = await MODELS.fetch(`https://models.internal/${path}`)
    return response.ok ? response.arrayBuffer() : null
  }

let reader: PhotoReader | null = null
let before: Promise<unknown> = Promise.resolve()

async function answer(request: Request, env: Env): Promise<Response> {
  const url = new URL(request.url)
  if (request.method !== 'POST' || url.pathname !== '/read')
    return new Response(null, { status: 404 })
  if (Number(request.headers.get('content-length')) > PHOTO_BYTES_MAX + NAMES_BYTES_MAX) {
    return Response.json({ ok: false, code: 'photo_too_large' })
  }
  const body = new Uint8Array(await request.arrayBuffer())
  const latest = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
  const print = url.searchParams.get('print') === 'always' ? 'always' : 'when_needed'
  const market = MarketCode.nullable().safeParse(url.searchParams.get('market'))
  const namesBytes = Number(url.searchParams.get('names'))
  const retailers = namesIn(body.subarray(0, namesBytes))
  const shots = shotsOf(body.subarray(namesBytes), url.searchParams.get('shots'))
  if (shots === null || retailers === null || !market.success) {
    return new Response(null, { status: 400 })
  }
  reader ??= photoReader(workerdPlatform(assetsOf(env)))
  const read = reader
  const options = { latest, print, retailers, ...printOf(market.data) } as const
  const reading = before.then(() => read(shots, options))
  before = reading.catch(() => undefined)
  return Response.json(wireOf(await reading))
}

/** Room for `RETAILERS_TOLD_MAX` names. */
const NAMES_BYTES_MAX = 64 * 1024

/** The market's retailers stand before the shots, a JSON list of names. Null: not so. */
function namesIn(bytes: Uint8Array): string[] | null {
  if (bytes.length === 0) return []
  try {
    const names: unknown = JSON.parse(new TextDecoder().decode(bytes))
    const isList = Array.isArray(names) && names.every((name) => typeof name === 'string')
    return isList ? names : null
  } catch {
    return null
  }
}

/** The shots stand one after another; `sizes` are theirs in bytes, `1200,3400`. Null: not so. */
function shotsOf(bytes: Uint8Array, sizes: string | null): Uint8Array[] | null {
  let at = 0
  const shots = (sizes ?? String(bytes.length)).split(',').map((size) => {
    at += Number(size)
    return bytes.subarray(at - Number(size), at)
  })
  return at === bytes.length && shots.length <= PHOTO_SHOTS_MAX ? shots : null
}

export default { fetch: answer }
