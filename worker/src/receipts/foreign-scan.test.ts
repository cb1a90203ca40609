import { expect, test } from 'vitest'
import { printRs } from '#fiscal/print/rs'
import { readCode } from '#fiscal/registry'
import { readForeign } from './foreign-scan.ts'

const ONLINE = 'O-863A291A95A64D7EBA291A95A63D7E4C'

async function submitted(text: string, at: string) {
  const ports = { keys: { find: async () => null }, isOpen: () => true }
  const read = await readForeign('wal_00000001', text, readCode(text), ports, Date.parse(at))
  if (!read.ok) throw new Error(JSON.stringify(read))
  return read.submission
}

test('two scans of a code that tells no time say the same of the same receipt', async () => {
  const [first, second] = [
    await submitted(ONLINE, '2026-11-21T18:42:00Z'),
    await submitted(ONLINE, '2026-11-22T09:00:00Z'),
  ]
  expect(first.scan.time).not.toBe(second.scan.time)
  expect(second.contentKey).toBe(first.contentKey)
})

test('an edited time is other contents of the same receipt', async () => {
  const text = 'https://consumer.oofd.kz/?i=2936414372&f=010100886168&s=3247.00&t=20240613T191146'
  const now = '2024-06-14T09:00:00Z'
  const honest = await submitted(text, now)
  const edited = await submitted(text.replace('T191146', 'T191147'), now)
  expect(edited.fingerprint).toBe(honest.fingerprint)
  expect(edited.contentKey).not.toBe(honest.contentKey)
})

test('a copy with another signature is other contents of the same receipt', async () => {
  const head = '_R1-AT1_KASSE-1_42_2026-11-21T18:42:07_9,99_0,00_0,00_0,00_0,00_sD4kPw==_5a17c0df_'
  const signed = (letter: string) => `${head}Nx2Uo9l4qWE=_${letter.repeat(85)}A==`
  const now = '2026-11-21T18:50:00Z'
  const [honest, forged] = [await submitted(signed('b'), now), await submitted(signed('c'), now)]
  expect(forged.fingerprint).toBe(honest.fingerprint)
  expect(forged.contentKey).not.toBe(honest.contentKey)
  expect((await submitted(signed('b'), now)).contentKey).toBe(honest.contentKey)
})

test('a TaxCore record with another signature is other contents of the same receipt', async () => {
  const printed = (mark: number) =>
    printRs({
      ...{ requestedBy: 'KXDWGJ5K', signedBy: 'GESE6HO0', totalCounter: 171, typeCounter: 171 },
      ...{ totalMinor: 100_000, issuedAtMs: Date.parse('2026-11-21T18:42:07Z') },
      ...{ invoiceType: 0, transactionType: 0, buyerId: '', internal: new Uint8Array(256) },
      signature: new Uint8Array(256).fill(mark),
    })
  const now = '2026-11-21T18:50:00Z'
  const [honest, forged] = [await submitted(printed(1), now), await submitted(printed(2), now)]
  expect(forged.fingerprint).toBe(honest.fingerprint)
  expect(forged.scan).toMatchObject({ time: honest.scan.time, totalMinor: 100_000 })
  expect(forged.contentKey).not.toBe(honest.contentKey)
  // Another spelling of one record says the same.
  const spelled = await submitted(decodeURIComponent(printed(1)).replaceAll('+', ' '), now)
  expect(spelled.contentKey).toBe(honest.contentKey)
})
