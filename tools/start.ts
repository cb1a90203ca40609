import path from 'node:path'
import { startClock } from './local/clock.ts'
import { onceFor } from './local/fingerprint.ts'
import { migrate, type Network, requirePorts, startNetwork } from './local/network.ts'
import { ensurePages } from './local/pages.ts'
import { defaultPlace, type Place } from './local/place.ts'
import { stopPrograms } from './local/program.ts'
import { grantFirstOperators } from './seed/operators.ts'
import { OPERATORS, ownerOf, SHOPPER } from './seed/people.ts'
import { seed } from './seed/seed.ts'

/**
 * `npm start`: builds what has changed, brings the database up to date, starts the Workers, fills
 * an empty network, and says where to look. Ctrl-C ends everything.
 */

/** A new number fills networks again that an older seed has filled. */
const SEED_VERSION = '1'

const say = (words: string) => console.log(words)

async function bringUp(place: Place): Promise<Network> {
  await requirePorts(place)
  await ensurePages(say)
  await migrate(place)
  const fill = { stamp: path.join(place.folder, 'state', 'seeded'), fingerprint: SEED_VERSION }
  const early: Network[] = []
  await onceFor(fill, async () => {
    say('Filling the network with invented partners, offers and a shopper, once…')
    await grantFirstOperators(place, new Date().toISOString())
    const network = await startNetwork(place)
    early.push(network)
    await seed(network, Date.now(), say)
  })
  return early[0] ?? startNetwork(place)
}

function welcome({ origin, sandbox }: Network): string {
  const rows = [
    ['Shopper', `${origin}/`, SHOPPER.phone],
    ['Partner', `${origin}/partner`, `${ownerOf('Млечный бор')}, ${ownerOf('Берёзка')}`],
    ['Operator', `${origin}/operator`, OPERATORS.map(({ email }) => email).join(', ')],
    ['API', `${origin}/v1/reference`, ''],
    ['Receipts', `${sandbox}/receipts`, 'issue one, scan it from the screen'],
    ['SMS, mail', `${sandbox}/outbox`, 'every sign-in code arrives here'],
    ['Second factor', `${sandbox}/authenticator`, 'codes of the partner and operator accounts'],
    ['Switchboard', `${sandbox}/switchboard`, 'make the outside world fail'],
  ]
  const lines = rows.map(([what = '', where = '', who = '']) =>
    `  ${what.padEnd(14)} ${where.padEnd(38)} ${who}`.trimEnd(),
  )
  return ['', 'Kopilka is running.', ...lines, '', 'Ctrl-C stops it.'].join('\n')
}

/** The first signal ends everything, whatever is under way. Answers whether that has begun. */
function endOnSignal(): () => boolean {
  let isEnding = false
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (isEnding) return
      isEnding = true
      say('Stopping…')
      void stopPrograms().finally(() => process.exit(0))
    })
  }
  return () => isEnding
}

const isEnding = endOnSignal()
try {
  const network = await bringUp(defaultPlace(process.env))
  await startClock(network.origin)
  say(welcome(network))
  const name = await network.ended
  if (!isEnding()) console.error(`The ${name} ended by itself: see .local/log/${name}.log.`)
} catch (error) {
  if (!isEnding()) console.error(error instanceof Error ? error.message : error)
}
if (!isEnding()) {
  await stopPrograms()
  process.exit(1)
}
