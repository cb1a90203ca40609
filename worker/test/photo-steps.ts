import { env } from 'cloudflare:workers'
import { PHOTO_PART_BYTES, type Photo } from '#schema/photo'
import { type Caller, good } from './actors.ts'
import type { Issued } from './market-world.ts'

/** Photos as a phone sends them: declared, in parts, completed, followed. */

/** The picture of a receipt's code, as the till's page shows it. */
export async function pictureOf({ scan }: Issued): Promise<Uint8Array> {
  const page = `http://sandbox.test/receipts/${scan.fn}/${scan.i}/code.png`
  const answer = await env.SANDBOX.fetch(page)
  return new Uint8Array(await answer.arrayBuffer())
}

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

/** Sends the shots of one receipt; answers the photo as it was when all had arrived. */
export async function uploadShots(shopper: Caller, files: Uint8Array[]): Promise<Photo> {
  const shots = files.map(({ length }) => ({ bytes: length, mediaType: 'image/png' }))
  const opened = await good<Photo>(await shopper.call('POST', '/v1/photos', { shots }))
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

function putPart(
  shopper: Caller,
  id: string,
  part: number,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Response> {
  const type = { 'content-type': 'application/octet-stream' }
  return shopper.call('PUT', `/v1/photos/${id}/parts/${part}`, bytes, type)
}

/** Sends a photo of one shot. */
export const upload = (shopper: Caller, file: Uint8Array): Promise<Photo> =>
  uploadShots(shopper, [file])

/** Follows a photo by its long poll to its end. */
export async function followPhoto(shopper: Caller, { id }: Photo): Promise<Photo> {
  let seen = await good<Photo>(await shopper.call('GET', `/v1/photos/${id}`))
  while (seen.state === 'reading') {
    const path = `/v1/photos/${id}?after=${seen.version}`
    seen = await good<Photo>(await shopper.call('GET', path))
  }
  return seen
}
