import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import path from 'node:path'
import { chromium } from 'playwright-core'
import { commandOf } from './local/program.ts'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const ELSEWHERE = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]
const SORRY =
  'Chromium is missing and could not be installed. Install Chromium or Chrome,\n' +
  'or name its executable: CHROMIUM=/path/to/chromium npm test'

/** The executable of a Chromium on this machine; null when there is none. */
function findChromium(): string | null {
  const named = process.env.CHROMIUM
  if (named) return isExecutable(named) ? named : null
  const folders = (process.env.PATH ?? '').split(path.delimiter)
  const onPath = folders.flatMap((folder) => NAMES.map((name) => path.join(folder, name)))
  const places = [...onPath, ...ELSEWHERE, chromium.executablePath()]
  return places.find((file) => file !== '' && isExecutable(file)) ?? null
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Finds Chromium, or installs it and finds it then. Throws a sentence when neither works. */
export async function ensureChromium(): Promise<string> {
  const found = findChromium()
  if (found) return found
  console.log('Chromium is missing: installing it (a few minutes, once)…')
  const steps = canApt()
    ? [
        ['apt-get', 'update', '-qq'],
        ['apt-get', 'install', '-y', '-qq', '--no-install-recommends', 'chromium'],
      ]
    : [[process.execPath, commandOf('playwright-core'), 'install', 'chromium']]
  for (const [program = '', ...parameters] of steps) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    spawnSync(program, parameters, { stdio: 'inherit', env })
  }
  const installed = findChromium()
  if (installed) return installed
  throw new Error(SORRY)
}

/** Debian and its kin, as root: the system's own package. */
function canApt(): boolean {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
}
