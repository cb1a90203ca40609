import { MarketCode } from '#schema/market'
import { PHOTO_SHOTS_MAX } from '#schema/photo'
import { PHOTO_BYTES_MAX } from './guards/format.ts'
import { printOf } from './market.ts'
import type { PhotoReader } from './read.ts'
import { wireOf } from './wire.ts'

/**
 * Answers requests to read. One isolate reads one photo at a time: a second would not fit in its
 * memory, so photos wait for the one before, and outside: a body is taken when its turn has come.
 */
export function answering(read: PhotoReader): (request: Request) => Promise<Response> {
  let before: Promise<unknown> = Promise.resolve()
  return async (request) => {
    const url = new URL(request.url)
    if (request.method !== 'POST' || url.pathname !== '/read') {
      return new Response(null, { status: 404 })
    }
    if (Number(request.headers.get('content-length')) > BODY_BYTES_MAX) return tooLarge()
    const turn = before.then(() => answer(request, url.searchParams, read))
    before = turn.catch(() => undefined)
    return turn
  }
}

/** Room for `RETAILERS_TOLD_MAX` names. */
const NAMES_BYTES_MAX = 64 * 1024
const BODY_BYTES_MAX = PHOTO_BYTES_MAX + NAMES_BYTES_MAX

const tooLarge = () => Response.json({ ok: false, code: 'photo_too_large' })

async function answer(
  request: Request,
  asked: URLSearchParams,
  read: PhotoReader,
): Promise<Response> {
  const body = new Uint8Array(await request.arrayBuffer())
  // Its header may be missing.
  if (body.length > BODY_BYTES_MAX) return tooLarge()
  const latest = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
  const print = asked.get('print') === 'always' ? 'always' : 'when_needed'
  const market = MarketCode.nullable().safeParse(asked.get('market'))
  const namesBytes = Number(asked.get('names'))
  const retailers = namesIn(body.subarray(0, namesBytes))
  const shots = shotsOf(body.subarray(namesBytes), asked.get('shots'))
  if (shots === null || retailers === null || !market.success) {
    return new Response(null, { status: 400 })
  }
  const options = { latest, print, retailers, ...printOf(market.data) } as const
  return Response.json(wireOf(await read(shots, options)))
}

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
