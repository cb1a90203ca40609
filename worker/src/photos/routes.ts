import { z } from 'zod'
import { inspect } from '#ocr/guards/format'
import { idOf, makeId } from '#schema/id'
import type { MarketCode } from '#schema/market'
import {
  PaperFields,
  PHOTO_BYTES_MAX,
  PHOTO_PART_BYTES,
  PHOTO_PARTS_MAX,
  PHOTO_SHOTS_MAX,
  Photo,
  PhotoDeclaration,
  type PhotoRefusal,
  partsOfShots,
} from '#schema/photo'
import { ReceiptQuery } from '#schema/receipt'
import { hasTaxForm } from '#schema/tax-number'
import type { PhotoOrder } from '../cells/cell-photo-uploads.ts'
import type { CellOfWallet, PhotoPlace } from '../cells/wallet-cell.ts'
import { answer, jsonBody, NO_CONTENT } from '../http/contract.ts'
import { Refusal } from '../http/problem.ts'
import { createRouter, defineRoute } from '../http/route.ts'
import { SESSION_AGE_MS_MAX } from '../http/session-memory.ts'
import { shopperOf } from '../http/shopper.ts'
import type { PhotoStore } from './photo-store.ts'

const GUARD = { access: 'shopper', sessionAgeMsMax: SESSION_AGE_MS_MAX } as const
const PhotoParams = z.object({ photoId: idOf('photo') })
const PartParams = PhotoParams.extend({
  part: z
    .string()
    .regex(/^[1-9]\d?$/)
    .transform(Number)
    .refine((part) => part <= PHOTO_PARTS_MAX),
})

const ShotQuery = z.strictObject({
  shot: z
    .string()
    .regex(/^\d$/)
    .transform(Number)
    .refine((shot) => shot < PHOTO_SHOTS_MAX)
    .optional(),
})

const openRoute = defineRoute({
  ...GUARD,
  method: 'post',
  path: '/v1/photos',
  summary: 'Begin to send a photo of a receipt, its shots in parts of `partBytes`',
  request: jsonBody(PhotoDeclaration),
  responses: answer(201, Photo),
})

const partRoute = defineRoute({
  ...GUARD,
  method: 'put',
  path: '/v1/photos/{photoId}/parts/{part}',
  bodyBytesMax: PHOTO_PART_BYTES,
  anyMediaType: true,
  summary: 'A part, counted from 1 on through all shots; the same one may be sent again',
  request: {
    params: PartParams,
    body: { content: { 'application/octet-stream': { schema: z.string() } } },
  },
  responses: answer(200, Photo),
})

const completeRoute = defineRoute({
  ...GUARD,
  method: 'post',
  path: '/v1/photos/{photoId}/complete',
  summary: 'All parts are sent: read the photo',
  request: { params: PhotoParams },
  responses: answer(202, Photo),
})

const readRoute = defineRoute({
  ...GUARD,
  method: 'get',
  path: '/v1/photos/{photoId}',
  summary: 'State of a photo and what was read; `after` waits up to 25 s for a newer version',
  request: { params: PhotoParams, query: ReceiptQuery },
  responses: answer(200, Photo),
})

const fieldsRoute = defineRoute({
  ...GUARD,
  method: 'put',
  path: '/v1/photos/{photoId}/fields',
  summary: 'Correct what a paper without fiscal numbers says; its retailer’s sales are asked again',
  request: { params: PhotoParams, ...jsonBody(PaperFields) },
  responses: answer(202, Photo),
})

const imageRoute = defineRoute({
  ...GUARD,
  method: 'get',
  path: '/v1/photos/{photoId}/image',
  summary: 'A shot, without what the camera wrote beside it; `shot` counts from 0',
  request: { params: PhotoParams, query: ShotQuery },
  responses: { 200: { description: 'A JPEG, PNG or WebP' } },
})

const deleteRoute = defineRoute({
  ...GUARD,
  method: 'delete',
  path: '/v1/photos/{photoId}',
  summary: 'Delete a photo; its receipt stays',
  request: { params: PhotoParams },
  responses: NO_CONTENT,
})

export type PhotoPorts = {
  readonly cellOf: CellOfWallet
  readonly hasRequiredConsents: (userId: string) => Promise<boolean>
  readonly store: PhotoStore
  readonly random: (bytes: number) => Uint8Array
}

export function photoRoutes(ports: PhotoPorts) {
  return createRouter()
    .openapi(openRoute, async (c) => {
      const shopper = shopperOf(c.var.actor)
      const { userId, walletId } = shopper
      const { shots, receiptId: forReceiptId = null } = c.req.valid('json')
      const refusal = declaredRefusal(shots)
      if (refusal !== null) throw new Refusal(refusal, { bytesMax: PHOTO_BYTES_MAX })
      if (!(await ports.hasRequiredConsents(userId))) throw new Refusal('consent_needed')
      const sizes = shots.map(({ bytes }) => bytes)
      const order = orderOf({ walletId, userId, shots: sizes, forReceiptId }, ports.random)
      const opened = await ports.cellOf(shopper).openPhoto(order)
      if ('photo' in opened) return c.json(opened.photo, 201)
      throw new Refusal(opened.problem, opened.retryAt ? { retryAt: opened.retryAt } : {})
    })
    .openapi(partRoute, async (c) => {
      const { photoId, part } = c.req.valid('param')
      const bytes = await c.req.arrayBuffer()
      return c.json(await takePart(ports, shopperOf(c.var.actor), photoId, part, bytes), 200)
    })
    .openapi(completeRoute, async (c) => {
      const { walletId } = shopperOf(c.var.actor)
      const { photoId } = c.req.valid('param')
      const photo = await ports.cellOf(shopperOf(c.var.actor)).completePhoto(walletId, photoId)
      if (!photo) throw new Refusal('not_found')
      if (photo === 'incomplete') throw new Refusal('photo_incomplete')
      return c.json(photo, 202)
    })
    .openapi(readRoute, async (c) => {
      const { walletId } = shopperOf(c.var.actor)
      const { photoId } = c.req.valid('param')
      const after = c.req.valid('query').after ?? null
      const photo = await ports.cellOf(shopperOf(c.var.actor)).photo(walletId, photoId, after)
      if (!photo) throw new Refusal('not_found')
      return c.json(photo, 200)
    })
    .openapi(fieldsRoute, async (c) => {
      const shopper = shopperOf(c.var.actor)
      const { photoId } = c.req.valid('param')
      const cell = ports.cellOf(shopper)
      const fields = c.req.valid('json')
      refuseTaxNumber(shopper.market, fields.taxNumber)
      const corrected = await cell.correctPhoto(shopper.walletId, photoId, fields)
      if ('problem' in corrected) throw new Refusal(corrected.problem)
      return c.json(corrected.photo, 202)
    })
    .openapi(imageRoute, async (c) => {
      const { walletId } = shopperOf(c.var.actor)
      const place = await ports
        .cellOf(shopperOf(c.var.actor))
        .photoPlace(walletId, c.req.valid('param').photoId)
      const kept = place && (await ports.store.kept(place.key, c.req.valid('query').shot ?? 0))
      if (!kept) throw new Refusal('not_found')
      const { body, bytes, mediaType } = kept
      return c.body(body, 200, { 'content-type': mediaType, 'content-length': String(bytes) })
    })
    .openapi(deleteRoute, async (c) => {
      const { walletId } = shopperOf(c.var.actor)
      const { photoId } = c.req.valid('param')
      const isDeleted = await ports.cellOf(shopperOf(c.var.actor)).deletePhoto(walletId, photoId)
      if (!isDeleted) throw new Refusal('not_found')
      return c.body(null, 204)
    })
}

/** A number that no seller of the market has helps nobody; none at all is allowed. */
export function refuseTaxNumber(market: MarketCode, taxNumber: string | null): void {
  if (!taxNumber || hasTaxForm(market, taxNumber)) return
  const errors = [{ path: 'taxNumber', message: `no tax number of ${market.toUpperCase()}` }]
  throw new Refusal('invalid_request', { errors })
}

/** Types that phones give to files which are no photos that we read. */
const REFUSED_TYPES: readonly (readonly [RegExp, PhotoRefusal])[] = [
  [/^image\/(heic|heif|avif)/i, 'photo_heic'],
  [/^image\/svg/i, 'photo_svg'],
  [/^image\/gif/i, 'photo_animated'],
  [/^application\/pdf/i, 'photo_pdf'],
]
const READ_TYPE = /^image\/(jpeg|jpg|png|webp)$/i

/** What can be refused before a byte was sent. */
function declaredRefusal(shots: PhotoDeclaration['shots']): PhotoRefusal | null {
  if (shots.some(({ bytes }) => bytes === 0)) return 'photo_empty'
  if (shots.reduce((sum, { bytes }) => sum + bytes, 0) > PHOTO_BYTES_MAX) return 'photo_too_large'
  const strange = shots.find(({ mediaType }) => !READ_TYPE.test(mediaType))
  return strange === undefined ? null : refusalOfType(strange.mediaType)
}

function refusalOfType(mediaType: string): PhotoRefusal {
  return REFUSED_TYPES.find(([type]) => type.test(mediaType))?.[1] ?? 'photo_format_unknown'
}

const KEY_BYTES = 20

function orderOf(photo: Omit<PhotoOrder, 'id' | 'key'>, random: PhotoPorts['random']): PhotoOrder {
  const key = [...random(KEY_BYTES)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return { ...photo, id: makeId('photo', random(KEY_BYTES)), key }
}

/** What is no photo ends with its first part. */
async function takePart(
  { cellOf, store }: PhotoPorts,
  shopper: Parameters<CellOfWallet>[0],
  id: string,
  part: number,
  bytes: ArrayBuffer,
): Promise<Photo> {
  const cell = cellOf(shopper)
  const { walletId } = shopper
  const place = await cell.photoPlace(walletId, id)
  if (!place || part > partsOfShots(place.shots).length) throw new Refusal('not_found')
  const refusal = await storePart(store, place, part, bytes)
  if (refusal !== null) {
    await cell.refuseUpload(walletId, id, refusal)
    throw new Refusal(refusal)
  }
  const photo = await cell.photoPart(walletId, id, part)
  if (!photo) throw new Refusal('not_found')
  return photo
}

/** Answers why the photo is none; nothing of it lies in the bucket then. */
async function storePart(
  store: PhotoStore,
  { key, state, shots }: PhotoPlace,
  part: number,
  bytes: ArrayBuffer,
): Promise<PhotoRefusal | null> {
  const { from = 0, to = 0 } = partsOfShots(shots)[part - 1] ?? {}
  if (bytes.byteLength !== to - from) {
    const errors = [{ path: '', message: `part ${part} has ${to - from} bytes` }]
    throw new Refusal('invalid_request', { errors })
  }
  if (state !== 'uploading') throw new Refusal('not_now')
  const refusal = from === 0 ? refusalOfHead(new Uint8Array(bytes)) : null
  if (refusal === null) await store.putPart(key, part, bytes)
  return refusal
}

/** What the first bytes say already; whether the file is whole shows when all of it is there. */
function refusalOfHead(head: Uint8Array): PhotoRefusal | null {
  const inspected = inspect(head)
  return inspected.ok || inspected.code === 'photo_damaged' ? null : inspected.code
}
