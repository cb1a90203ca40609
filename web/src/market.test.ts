import { beforeEach, expect, test, vi } from 'vitest'
import { api } from './api.ts'
import { chooseMarket, chosenMarket, countryName, HOME } from './market.ts'
import { forgetPerson } from './shop/person.ts'
import { MemoryStorage } from './testing/memory-storage.ts'

const asked: (string | null)[] = []

beforeEach(() => {
  vi.stubGlobal('localStorage', new MemoryStorage())
  vi.stubGlobal('sessionStorage', new MemoryStorage())
  asked.length = 0
  vi.stubGlobal('fetch', async (_: string, { headers }: RequestInit) => {
    asked.push(new Headers(headers).get('x-market'))
    return new Response('{}')
  })
})

test('every call is about the chosen market, and about none when nobody has chosen', async () => {
  expect(chosenMarket()).toBeNull()
  await api.get('/wallet')
  chooseMarket({ code: 'at', currency: 'EUR', timeZone: 'Europe/Vienna' })
  expect(chosenMarket()).toBe('at')
  await api.get('/wallet')
  await api.post('/receipts', {})
  expect(localStorage.getItem('kopilka.market')).toBe('at EUR Europe/Vienna')
  await forgetPerson()
  await api.get('/wallet')
  expect(asked).toEqual([null, 'at', 'at', null])
  expect(localStorage.getItem('kopilka.market')).toBeNull()
})

test('a country is named in the language on the screen', () => {
  expect(countryName(HOME.code, 'ru')).toBe('Россия')
  expect(countryName('at', 'en')).toBe('Austria')
})
