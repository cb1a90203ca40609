import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { pictureOfCodes } from './photo-steps.ts'

const CODE = 't=20261012T1842&s=100.00&fn=9999078900001234&i=12345&fp=1234567890&n=1'

/** Each takes its body in a turn that another request has given it: workerd must let it. */
test('photos that come to the reader together are all read', async () => {
  const body = await pictureOfCodes([CODE])
  const ask = async () => {
    const response = await env.OCR.fetch('https://ocr.internal/read?market=ru', {
      method: 'POST',
      body,
    })
    return response.json()
  }
  const answers = await Promise.all([ask(), ask(), ask()])
  const read = { ok: true, codes: [{ text: CODE }] }
  expect(answers).toMatchObject([read, read, read])
})
