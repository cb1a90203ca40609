import { expect, test } from 'vitest'
import { createPhotoReader } from './reader.fetch.ts'

const ANSWER = { ok: false, code: 'photo_damaged' }

test('the reader is told the market and its retailers before the shots', async () => {
  const asked: Request[] = []
  const read = createPhotoReader(async (request) => {
    asked.push(request)
    return Response.json(ANSWER)
  })
  const retailers = ['Дастархан', 'Small']
  const shots = [Uint8Array.of(1, 2, 3), Uint8Array.of(4)]
  expect(await read(shots, { market: 'kz', retailers, forPerson: true })).toEqual(ANSWER)
  const [request] = asked
  const { searchParams } = new URL(request?.url ?? '')
  const told = ['market', 'shots', 'print'].map((name) => searchParams.get(name))
  expect(told).toEqual(['kz', '3,1', 'always'])
  const body = new Uint8Array((await request?.arrayBuffer()) ?? new ArrayBuffer(0))
  const namesBytes = Number(searchParams.get('names'))
  expect(JSON.parse(new TextDecoder().decode(body.subarray(0, namesBytes)))).toEqual(retailers)
  expect([...body.subarray(namesBytes)]).toEqual([1, 2, 3, 4])
})
