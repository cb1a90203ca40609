import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import type { Network } from '../local/network.ts'
import { film } from './camera.ts'
import type { Report } from './report.ts'
import { type Watch, watch } from './watch.ts'

/** The two screens that every page must fit. */
export const SCREENS = {
  phone: { width: 360, height: 740 },
  desktop: { width: 1280, height: 900 },
} as const
export type Screen = keyof typeof SCREENS

type Look = {
  readonly screen?: Screen
  readonly theme?: 'light' | 'dark'
  readonly language?: 'ru' | 'en'
  readonly reducedMotion?: boolean
}

/** One person at one device: a browser profile of its own, watched. */
export type Visitor = {
  readonly name: string
  readonly page: Page
  readonly context: BrowserContext
  readonly watch: Watch
  readonly screen: Screen
}

/** Where a journey plays: the running network, the browser, and the check that counts. */
export type Stage = {
  readonly network: Network
  readonly cameraFile: string
  open(name: string, look?: Look): Promise<Visitor>
  /** Runs a part of the journey; fails when it throws or when a visitor's pages complain. */
  check(words: string, work: () => Promise<void>): Promise<void>
  /** The same for a part that nothing later stands on: the journey goes on after a failure. */
  checkApart(words: string, work: () => Promise<void>): Promise<void>
}

export type Journey = {
  readonly name: string
  /** Looks at what the seed's shopper has done. */
  readonly needsShopper?: boolean
  play(stage: Stage): Promise<void>
}

/** Ends a journey whose further steps have lost their ground. */
class JourneyStopped extends Error {}

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
]
const WAIT_MS_MAX = 30_000

/** A Chromium with a fresh profile whose camera films the given file. */
async function launch(executable: string, cameraFile: string): Promise<Browser> {
  await film(cameraFile, null)
  return chromium.launch({
    executablePath: executable,
    headless: true,
    // The run ends its network first; browsers end with the process.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [...FLAGS, `--use-file-for-fake-video-capture=${cameraFile}`],
  })
}

/** What all journeys of a run share. */
export type Scene = {
  readonly network: Network
  /** When the seed is complete: its shopper waits for a second code for a minute. */
  readonly filled: Promise<void>
  /** Path of Chromium's executable. */
  readonly executable: string
  /** Where the films of the cameras and the evidence of failures go. */
  readonly folder: string
  readonly report: Report
}

/** Plays one journey in a browser of its own; a failed check ends it. */
export async function play(scene: Scene, journey: Journey): Promise<void> {
  const visitors: Visitor[] = []
  const { network, report } = scene
  const cameraFile = path.join(scene.folder, `${journey.name}.y4m`)
  const browser = await launch(scene.executable, cameraFile)
  let checks = 0

  async function isGood(words: string, work: () => Promise<void>): Promise<boolean> {
    checks += 1
    const evidence = path.join(scene.folder, `${journey.name}-${checks}`)
    const started = Date.now()
    const why = await reasonOf(work, visitors)
    if (why === null) report.pass(`${journey.name}: ${words}`, Date.now() - started)
    else {
      report.fail(`${journey.name}: ${words}`, why)
      await keepEvidence(evidence, visitors)
    }
    return why === null
  }

  const stage: Stage = {
    network,
    cameraFile,
    open: async (name, look = {}) => {
      const visitor = await enter(browser, network.origin, name, look)
      visitors.push(visitor)
      return visitor
    },
    check: async (words, work) => {
      if (!(await isGood(words, work))) throw new JourneyStopped()
    },
    checkApart: async (words, work) => void (await isGood(words, work)),
  }
  try {
    if (journey.needsShopper === true) await scene.filled
    await journey.play(stage)
  } catch (error) {
    if (!(error instanceof JourneyStopped)) {
      report.fail(`${journey.name}: the journey itself`, wordsOf(error))
      await keepEvidence(path.join(scene.folder, `${journey.name}-end`), visitors)
    }
  } finally {
    await browser.close()
  }
}

async function enter(browser: Browser, origin: string, name: string, look: Look): Promise<Visitor> {
  const { screen = 'phone', theme = 'light', language = 'ru' } = look
  const context = await browser.newContext({
    baseURL: origin,
    viewport: SCREENS[screen],
    hasTouch: screen === 'phone',
    isMobile: screen === 'phone',
    locale: language === 'ru' ? 'ru-RU' : 'en-GB',
    timezoneId: 'Europe/Moscow',
    colorScheme: theme,
    reducedMotion: look.reducedMotion ? 'reduce' : 'no-preference',
    permissions: ['camera', 'clipboard-read', 'clipboard-write'],
    acceptDownloads: true,
  })
  context.setDefaultTimeout(WAIT_MS_MAX)
  const watched = watch(context, origin)
  return { name, context, watch: watched, screen, page: await context.newPage() }
}

async function reasonOf(
  work: () => Promise<void>,
  visitors: readonly Visitor[],
): Promise<string | null> {
  let thrown: string | null = null
  await work().catch((error: unknown) => {
    thrown = wordsOf(error)
  })
  const complaints = visitors.flatMap(({ name, watch: watched }) =>
    watched.complaints().map((complaint) => `${name}: ${complaint}`),
  )
  const all = thrown === null ? complaints : [thrown, ...complaints]
  return all.length === 0 ? null : all.join('\n')
}

/** The call log of Playwright is long; its head says what was waited for. */
const WHY_LINES_MAX = 14
const ESCAPES = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g')

function wordsOf(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return text.replace(ESCAPES, '').split('\n').slice(0, WHY_LINES_MAX).join('\n')
}

/** A picture of every open page and what its console said. */
async function keepEvidence(stem: string, visitors: readonly Visitor[]): Promise<void> {
  await mkdir(path.dirname(stem), { recursive: true })
  for (const { name, context, watch: watched } of visitors) {
    await writeFile(`${stem}-${name}.log`, watched.log.join('\n'))
    for (const [index, page] of context.pages().entries()) {
      const file = `${stem}-${name}${index === 0 ? '' : `-${index}`}.png`
      await page.screenshot({ path: file }).catch(() => undefined)
    }
  }
}
