import { env } from 'cloudflare:workers'
import type { MarketCode } from '#schema/market'
import { PHOTO_PART_BYTES, type Photo } from '#schema/photo'
import { qrMatrix, qrPng } from '../../sandbox/src/receipts/qr.ts'
import { type Caller, good } from './actors.ts'
import type { Issued } from './market-world.ts'

/** Photos as a phone sends them: declared, in parts, completed, followed. */

/** The picture of a receipt's code, as the till's page shows it. */
export async function pictureOf({ scan }: Issued): Promise<Uint8Array> {
  const page = `http://sandbox.test/receipts/${scan.fn}/${scan.i}/code.png`
  const answer = await env.SANDBOX.fetch(page)
  return new Uint8Array(await answer.arrayBuffer())
}

/** One picture of several codes, side by side, each within its quiet zone. */
export async function pictureOfCodes(texts: readonly string[]): Promise<Uint8Array> {
  const codes = texts.map(qrMatrix)
  const side = codes.reduce((sum, code) => sum + code.length + QUIET_MODULES, 0)
  const rows = Array.from({ length: side }, (_, y) =>
    codes.flatMap((code) => [...row(code, y), ...Array<boolean>(QUIET_MODULES).fill(false)]),
  )
  return new Uint8Array(await (await qrPng(rows)).arrayBuffer())
}

const QUIET_MODULES = 8
const row = (code: readonly boolean[][], y: number) =>
  code[y] ?? Array<boolean>(code.length).fill(false)

const TAIL_BYTES = 12

/** The same picture with a text in front of its end: what a camera writes beside a picture. */
export function withText(png: Uint8Array, text: Uint8Array): Uint8Array {
  const end = png.length - TAIL_BYTES
  const chunk = new Uint8Array(text.length + TAIL_BYTES)
  new DataView(chunk.buffer).setUint32(0, text.length)
  chunk.set(new TextEncoder().encode('tEXt'), 4)
  chunk.set(text, 8)
  const out = new Uint8Array(png.length + chunk.length)
  out.set(png.subarray(0, end))
  out.set(chunk, end)
  out.set(png.subarray(end), end + chunk.length)
  return out
}

/** The same person, looking at the wallet of a market. */
export function inMarket(shopper: Caller, market: MarketCode): Caller {
  return {
    ...shopper,
    call: (method, path, body, headers) =>
      shopper.call(method, path, body, {
        ...Object.fromEntries(new Headers(headers)),
        'x-market': market,
      }),
  }
}

/** Sends the shots of one receipt; answers the photo as it was when all had arrived. */
export async function uploadShots(
  shopper: Caller,
  files: Uint8Array[],
  receiptId?: string,
): Promise<Photo> {
  const shots = files.map(({ length }) => ({ bytes: length, mediaType: 'image/png' }))
  const body = { shots, ...(receiptId && { receiptId }) }
  const opened = await good<Photo>(await shopper.call('POST', '/v1/photos', body))
  let part = 0
  for (const file of files) {
    for (let from = 0; from < file.length; from += PHOTO_PART_BYTES) {
      part += 1
      const bytes = file.slice(from, from + PHOTO_PART_BYTES)
      await good(await putPart(shopper, opened.id, part, bytes))
    }
  }
  return good<Photo>(await shopper.call('POST', `/v1/photos/${opened.id}/complete`))
}

export const open = (shopper: Caller, bytes: number, mediaType = 'image/png') =>
  shopper.call('POST', '/v1/photos', { shots: [{ bytes, mediaType }] })

export function sendPart(
  shopper: Caller,
  id: string,
  part: number,
  file: Uint8Array,
): Promise<Response> {
  const bytes = file.slice((part - 1) * PHOTO_PART_BYTES, part * PHOTO_PART_BYTES)
  return putPart(shopper, id, part, bytes)
}

async function putPart(
  shopper: Caller,
  id: string,
  part: number,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Response> {
  const headers = { 'content-type': 'application/octet-stream' }
  return shopper.call('PUT', `/v1/photos/${id}/parts/${part}`, bytes, headers)
}

/** Sends a photo of one shot, on its own or for a receipt that waits. */
export const upload = (shopper: Caller, file: Uint8Array, receiptId?: string): Promise<Photo> =>
  uploadShots(shopper, [file], receiptId)

/** Follows a photo by its long poll to its end. */
export async function followPhoto(shopper: Caller, { id }: Photo): Promise<Photo> {
  let seen = await good<Photo>(await shopper.call('GET', `/v1/photos/${id}`))
  while (seen.state === 'reading') {
    const path = `/v1/photos/${id}?after=${seen.version}`
    seen = await good<Photo>(await shopper.call('GET', path))
  }
  return seen
}
