import { inspect } from '#ocr/guards/format'
import { withoutMetadata } from '#ocr/guards/metadata'
import type { MarketCode } from '#schema/market'
import type { PhotoReading } from '#schema/photo'
import { isRuScan, type RuScan } from '#schema/receipt'
import type { PhotoJob, PhotoResult } from '../cells/photo-answers.ts'
import { type IdentityPorts, identityOn } from './identity.ts'
import type { NearDuplicate, PhotoHashes } from './photo-hashes.ts'
import type { PhotoStore } from './photo-store.ts'
import type { PhotoReader, ReaderAnswer } from './reader.ts'

/** What one message of the queue asks for: the cell that holds a photo, the bucket, the reader. */
export type ReadPorts = IdentityPorts & {
  /** Null when nobody waits for the photo any more: read already, or deleted. */
  readonly job: () => Promise<PhotoJob | null>
  readonly store: PhotoStore
  readonly reader: PhotoReader
  readonly hashes: PhotoHashes
  /** Names of the retailers of a market: the reader looks for them on the paper. */
  readonly retailers: (market: MarketCode) => Promise<readonly string[]>
  /** Applied once; false when the photo is gone. */
  readonly answer: (result: PhotoResult) => Promise<boolean>
  readonly failed: () => Promise<void>
  readonly log: (cause: unknown) => void
}

/**
 * Puts the parts of a photo together, keeps it without its metadata, reads it and tells the cell.
 * A message that is repeated finds nothing to do; one that fails is asked again by the cell.
 */
export async function readPhoto(ports: ReadPorts): Promise<void> {
  const job = await ports.job()
  if (job === null) return
  let result: PhotoResult
  try {
    result = await resultOf(job, ports)
  } catch (cause) {
    ports.log(cause)
    await ports.failed()
    return
  }
  // Deleted meanwhile: what was kept for it goes as well.
  if (await ports.answer(result)) return
  await ports.store.forget(job)
  await ports.hashes.forget([job.key])
}

async function resultOf(job: PhotoJob, ports: ReadPorts): Promise<PhotoResult> {
  const { store, reader, hashes } = ports
  const shots: Uint8Array<ArrayBuffer>[] = []
  for (const shot of job.shots.keys()) {
    const picture = (await keptShot(job, store, shot)) ?? (await takenIn(job, store, shot))
    if ('code' in picture) return { kind: 'refused', code: picture.code }
    shots.push(picture)
  }
  const { market, forPerson } = job
  const retailers = await ports.retailers(market)
  const answer = await reader(shots, { market, retailers, forPerson })
  if (!answer.ok) return { kind: 'refused', code: answer.code }
  const alike = await hashes.note(job, answer.hashes)
  const { identity, scan } = await identityOn(job, answer, ports)
  const russian = scan !== null && isRuScan(scan) ? scan : null
  return {
    kind: 'read',
    reading: readingOf(answer, russian, alike),
    reasons: answer.reasons,
    identity,
  }
}

/** The shot that an earlier attempt has kept. */
async function keptShot(job: PhotoJob, store: PhotoStore, shot: number) {
  const kept = await store.kept(job.key, shot)
  return kept && new Uint8Array(await new Response(kept.body).arrayBuffer())
}

/** Nothing is kept of what the guards refuse, nor of what a camera writes beside the picture. */
async function takenIn(job: PhotoJob, store: PhotoStore, shot: number) {
  const sent = await store.sent(job, shot)
  if (sent === null) throw new Error('a part of the photo is not in the bucket')
  const inspected = inspect(sent)
  if (!inspected.ok) return inspected
  const { format, orientation } = inspected.header
  const picture = withoutMetadata(sent, format, orientation)
  await store.keep(job, shot, picture, `image/${format}`)
  return picture
}

/** What a reading says of a picture whose print says nothing. */
export const NOT_READ = {
  retailer: null,
  taxNumber: null,
  date: null,
  time: null,
  totalMinor: null,
  fn: null,
  fd: null,
  fp: null,
  numbers: [],
  items: [],
} satisfies Partial<PhotoReading>

function readingOf(
  { shots, fields, risk }: Extract<ReaderAnswer, { ok: true }>,
  scan: RuScan | null,
  alike: readonly NearDuplicate[],
): PhotoReading {
  const again = alike.map((one) => ({ code: 'near_duplicate' as const, corners: [], ...one }))
  return { shots, ...(fields ?? NOT_READ), scan, risk: [...risk, ...again] }
}
