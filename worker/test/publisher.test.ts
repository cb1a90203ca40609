import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import type { MarketCode } from '#schema/market'
import { takeTurn } from '../src/catalogue/publisher-turn.d1.ts'
import { openMarkets } from '../src/cells/route-of.ts'
import { runScheduled } from '../src/composition/scheduled.ts'
import { parseSettings } from '../src/env.ts'
import { publishInTurn, publishSnapshot } from '../src/offers/publish-snapshot.ts'
import { createSnapshotStore } from '../src/offers/snapshot.r2.ts'
import { AT, bases, current, fillCatalogue, idOf, idOfLine, snapshots } from './large-catalogue.ts'

const EVERY_FIVE_MINUTES = '*/5 * * * *'

/** The bucket, with another way to put. */
function bucketWith(put: (key: string, value: never, how: never) => Promise<unknown>): R2Bucket {
  return new Proxy(env.SNAPSHOTS, {
    get: (bucket, name: keyof R2Bucket) => (name === 'put' ? put : bucket[name].bind(bucket)),
  })
}

const storeIn =
  (bucket: R2Bucket, now = Date.now) =>
  (market: MarketCode) =>
    createSnapshotStore(bucket, env.DB, market, now)

/** More products than one piece of changes holds: the next publication makes a new base. */
async function renameMany(): Promise<void> {
  await env.DB.prepare(`UPDATE products SET name = replace(name, 'Товар', 'Пряник') WHERE id < ?`)
    .bind(idOf(2_500))
    .run()
}

const timeOver = () => env.DB.prepare('UPDATE publisher_turn SET until_ms = 0').run()

/** What is stored of a version, by folders; a base has one, and so has what is left of one. */
async function foldersOf(version: number): Promise<readonly string[]> {
  const prefix = `ru/catalogue/${version}/`
  const { objects } = await env.SNAPSHOTS.list({ prefix })
  const folders = objects.map(({ key }) => key.slice(prefix.length).split('/'))
  return [...new Set(folders.flatMap(([folder = '', ...rest]) => (rest.length ? [folder] : [])))]
}

beforeEach(fillCatalogue)

describe('a large catalogue', () => {
  test('is made in another isolate than that of the Worker that matches', async () => {
    const refused: string[] = []
    const SNAPSHOTS = bucketWith(async (key) => {
      refused.push(key)
      throw new Error('whoever matches writes no catalogue')
    })
    await publishSnapshot({ db: env.DB, snapshots: storeIn(SNAPSHOTS) }, 'ru', AT).catch(() => {})
    expect(await bases()).toBe(0)
    expect(refused).toEqual(['ru/1.json'])
    await runScheduled(EVERY_FIVE_MINUTES, Date.now(), { ...env, SNAPSHOTS })
    expect(refused).toHaveLength(1)
    expect(await bases()).toBe(1)
    expect(await idOfLine('Товар 77 сорта 7')).toBe(idOf(77))
  })

  test('is matched by the version before while the next one is made', async () => {
    await env.PUBLISHER.publish('ru')
    await renameMany()
    let isMade = false
    const making = env.PUBLISHER.publish('ru').finally(() => {
      isMade = true
    })
    const meanwhile: [number, boolean][] = []
    while (!isMade) {
      const { version } = await current()
      const isFound = (await idOfLine('Товар 4000 сорта 10')) === idOf(4_000)
      meanwhile.push([version, isFound])
      // Receipts come one by one: the publisher runs on the same thread here.
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    expect(await making).toBe(2)
    expect(meanwhile.filter(([version]) => version === 1).length).toBeGreaterThan(0)
    expect(meanwhile.every(([, isFound]) => isFound)).toBe(true)
    expect((await current()).version).toBe(2)
    expect(await idOfLine('Пряник 77 сорта 7')).toBe(idOf(77))
  })
})

describe('a publisher that dies while it writes a base', () => {
  /** Stands still at its second object and holds its turn, until it is woken. */
  async function dying() {
    const stopped = Promise.withResolvers<void>()
    const woken = Promise.withResolvers<void>()
    const SNAPSHOTS = bucketWith(async (key, value, how) => {
      if (key.includes('/index-')) {
        stopped.resolve()
        await woken.promise
      }
      return env.SNAPSHOTS.put(key, value, how)
    })
    const ports = { db: env.DB, snapshots: storeIn(SNAPSHOTS), now: Date.now }
    const ended = publishInTurn(ports, 'ru', 'dying')
    await stopped.promise
    return { ended, wake: woken.resolve }
  }

  test('leaves the old version in use, and the next one makes it again', async () => {
    await env.PUBLISHER.publish('ru')
    await renameMany()
    const { ended, wake } = await dying()
    expect((await current()).version).toBe(1)
    expect(await idOfLine('Товар 77 сорта 7')).toBe(idOf(77))
    expect(await snapshots('ru').hasProducts(2)).toBe(false)
    // Its time is not over: nobody else works beside it.
    expect(await env.PUBLISHER.publish('ru')).toBeNull()
    await timeOver()
    expect(await env.PUBLISHER.publish('ru')).toBe(2)
    expect(await idOfLine('Пряник 77 сорта 7')).toBe(idOf(77))
    // It was not dead after all: it loses, and takes away what it wrote.
    wake()
    expect(await ended).toBe(2)
    expect(await bases()).toBe(2)
    expect((await current()).version).toBe(2)
    expect(await idOfLine('Пряник 77 сорта 7')).toBe(idOf(77))
  })

  test('by a failure gives its turn back at once', async () => {
    const SNAPSHOTS = bucketWith(async () => {
      throw new Error('the bucket went away')
    })
    const ports = { db: env.DB, snapshots: storeIn(SNAPSHOTS), now: Date.now }
    await expect(publishInTurn(ports, 'ru', 'failing')).rejects.toThrow('went away')
    expect(await env.PUBLISHER.publish('ru')).toBe(1)
    expect(await idOfLine('Товар 77 сорта 7')).toBe(idOf(77))
  })

  test('by a failure leaves no bytes behind', async () => {
    const SNAPSHOTS = bucketWith(async (key, value, how) => {
      if (key.includes('/index-')) throw new Error('the bucket went away')
      return env.SNAPSHOTS.put(key, value, how)
    })
    const ports = { db: env.DB, snapshots: storeIn(SNAPSHOTS), now: Date.now }
    await expect(publishInTurn(ports, 'ru', 'failing')).rejects.toThrow('went away')
    expect(await foldersOf(1)).toEqual([])
  })

  test('by being killed leaves bytes that an attempt an hour later removes', async () => {
    const { ended, wake } = await dying()
    const [left] = await foldersOf(1)
    expect(left).toBeDefined()
    // Nobody's turn and still no version: the next one fails as well, and leaves what may be used.
    const failing = bucketWith(async () => {
      throw new Error('the bucket went away')
    })
    const failed = { db: env.DB, snapshots: storeIn(failing), now: Date.now }
    await timeOver()
    await expect(publishInTurn(failed, 'ru', 'failing')).rejects.toThrow('went away')
    expect(await foldersOf(1)).toEqual([left])
    const later = () => Date.now() + 2 * 60 * 60_000
    const ports = { db: env.DB, snapshots: storeIn(env.SNAPSHOTS, later), now: Date.now }
    expect(await publishInTurn(ports, 'ru', 'later')).toBe(1)
    expect(await foldersOf(1)).toHaveLength(1)
    expect(await foldersOf(1)).not.toContain(left)
    expect(await idOfLine('Товар 77 сорта 7')).toBe(idOf(77))
    wake()
    await ended
    expect(await foldersOf(1)).toHaveLength(1)
  })
})

describe('a market whose publisher is killed at every tick', () => {
  test('keeps no other market from being published', async () => {
    const [killed, ...others] = openMarkets(parseSettings(env).CELL_MAP)
    expect(others.length).toBeGreaterThan(1)
    const publish = async (market: MarketCode) => {
      if (market !== killed) return env.PUBLISHER.publish(market)
      if ((await takeTurn(env.DB, 'killed', Date.now)) === null) return null
      throw new Error('the isolate was killed')
    }
    const PUBLISHER = new Proxy(env.PUBLISHER, { get: () => publish })
    const began = Date.now()
    for (let tick = 0; tick <= others.length; tick += 1) {
      await runScheduled(EVERY_FIVE_MINUTES, began + tick * 5 * 60_000, { ...env, PUBLISHER })
      await timeOver()
    }
    for (const market of others) {
      expect((await snapshots(market).current()).productsVersion, market).toBe(1)
    }
  })
})

describe('the turn of a publisher', () => {
  const MINUTE = 60_000

  test('lasts as long as it is kept, and is one', async () => {
    const clock = { ms: Date.now() }
    const turn = await takeTurn(env.DB, 'one', () => clock.ms)
    for (let minute = 0; minute < 12; minute += 1) {
      clock.ms += MINUTE
      await turn?.keep()
      expect(await takeTurn(env.DB, 'other', () => clock.ms)).toBeNull()
    }
    await turn?.leave()
    expect(await takeTurn(env.DB, 'other', () => clock.ms)).not.toBeNull()
  })

  test('passes to another when it was not kept, and whoever lost it is told to stop', async () => {
    const clock = { ms: Date.now() }
    const lost = await takeTurn(env.DB, 'one', () => clock.ms)
    clock.ms += 5 * MINUTE
    const turn = await takeTurn(env.DB, 'other', () => clock.ms)
    await expect(lost?.keep()).rejects.toThrow('another publisher has taken over')
    await lost?.leave()
    expect(await takeTurn(env.DB, 'third', () => clock.ms)).toBeNull()
    await turn?.keep()
  })

  test('is taken by one of many who ask at once', async () => {
    const asked = Array.from({ length: 8 }, (_, at) => takeTurn(env.DB, `one-${at}`, Date.now))
    expect((await Promise.all(asked)).filter((turn) => turn !== null)).toHaveLength(1)
  })
})
