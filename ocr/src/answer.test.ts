import { expect, test } from 'vitest'
import { answering } from './answer.ts'
import { PHOTO_BYTES_MAX } from './guards/format.ts'
import type { PhotoReader, Reading } from './read.ts'

const DAMAGED: Reading = {
  ok: false,
  code: 'photo_damaged',
  figures: { ms: 0, codeMs: 0, peakBytes: 0 },
}

/** A body that tells when its bytes are taken. */
function sending(bytes: number, onTaken: () => void = () => undefined): Request {
  const body = new ReadableStream(
    {
      pull(stream) {
        onTaken()
        stream.enqueue(new Uint8Array(bytes))
        stream.close()
      },
    },
    { highWaterMark: 0 },
  )
  const init = { method: 'POST', body, duplex: 'half' }
  return new Request('https://ocr.internal/read', init)
}

const soon = () => new Promise((resolve) => setTimeout(resolve, 20))

test('a photo that waits stays outside until the one before it is read', async () => {
  const taken: string[] = []
  const done: ((reading: Reading) => void)[] = []
  const read: PhotoReader = () => new Promise((resolve) => done.push(resolve))
  const answer = answering(read)
  const first = answer(sending(10, () => taken.push('first')))
  const second = answer(sending(10, () => taken.push('second')))
  await soon()
  expect(taken).toEqual(['first'])
  done[0]?.(DAMAGED)
  expect(await (await first).json()).toMatchObject({ code: 'photo_damaged' })
  await soon()
  expect(taken).toEqual(['first', 'second'])
  done[1]?.(DAMAGED)
  expect((await second).status).toBe(200)
})

test('a reading that broke stops nobody behind it', async () => {
  const readings: (() => Promise<Reading>)[] = [
    () => Promise.reject(new Error('broken')),
    async () => DAMAGED,
  ]
  const answer = answering(() => readings.shift()?.() ?? Promise.reject(new Error('one too many')))
  const [broken, read] = [answer(sending(10)), answer(sending(10))]
  await expect(broken).rejects.toThrow('broken')
  expect((await read).status).toBe(200)
})

test('a body that does not say its length is weighed when it is here', async () => {
  const answer = answering(() => Promise.reject(new Error('was read')))
  const response = await answer(sending(PHOTO_BYTES_MAX + 64 * 1024 + 1))
  expect(await response.json()).toEqual({ ok: false, code: 'photo_too_large' })
})
