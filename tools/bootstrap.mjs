/**
 * `node tools/bootstrap.mjs TOOL [arguments]` runs `tools/TOOL.ts` on the project's own Node, and
 * first installs the packages when they are not those of the lockfile. Plain JavaScript without
 * imports from packages: it is what a fresh clone can run on any Node from 20 on.
 */

import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

const NODE_MAJOR_MIN = 20
const root = path.join(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '..')
const own = path.join(root, 'node_modules', 'node', 'bin')
const node = path.join(own, process.platform === 'win32' ? 'node.exe' : 'node')

const [tool = '', ...rest] = process.argv.slice(2)
const script = path.join(root, 'tools', `${tool}.ts`)

if (Number.parseInt(process.versions.node, 10) < NODE_MAJOR_MIN) {
  fail(`Node ${process.versions.node} is too old: install Node ${NODE_MAJOR_MIN} or newer.`)
}
if (!/^[a-z-]+$/.test(tool) || !existsSync(script)) fail(`There is no tool “${tool}”.`)
if (!isInstalled()) await install()
process.exit(await run(node, [script, ...rest]))

/** @param {string} words @returns {never} */
function fail(words) {
  console.error(words)
  process.exit(1)
}

/** True when what npm wrote down after its last install is what the lockfile asks for. */
function isInstalled() {
  const wanted = packagesOf(path.join(root, 'package-lock.json'))
  const present = packagesOf(path.join(root, 'node_modules', '.package-lock.json'))
  if (wanted === null || present === null || !existsSync(node)) return false
  const differs = ([name, entry]) => present[name]?.version !== wanted[name]?.version && entry
  const missing = ([name, entry]) => name !== '' && !entry.optional && !present[name]
  return !Object.entries(wanted).some(missing) && !Object.entries(present).some(differs)
}

/**
 * @param {string} file @returns {Record<string, { version?: string, optional?: boolean }> | null}
 */
function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages
  } catch {
    return null
  }
}

async function install() {
  const started = Date.now()
  const lock = packagesOf(path.join(root, 'package-lock.json')) ?? {}
  console.log(`Installing ${Object.keys(lock).length - 1} packages; the first time takes a minute…`)
  const npm = process.env.npm_execpath
  const ci = ['ci', '--no-audit', '--no-fund', '--loglevel=error']
  const code = npm?.endsWith('.js')
    ? await run(process.execPath, [npm, ...ci], { cwd: root })
    : await run('npm', ci, { cwd: root, shell: process.platform === 'win32' })
  if (code !== 0) fail('The packages could not be installed: see the words of npm above.')
  if (!existsSync(node)) fail('npm did not run the install scripts, so Node 24 is missing.')
  console.log(`Installed in ${Math.round((Date.now() - started) / 1000)} s.`)
}

/**
 * Runs a program in the foreground and resolves with its exit code. Signals go on to it, so that it
 * can end its own children.
 * @param {string} program @param {string[]} parameters
 * @param {{ cwd?: string, shell?: boolean }} [options]
 * @returns {Promise<number>}
 */
function run(program, parameters, { cwd = process.cwd(), shell = false } = {}) {
  const child = spawn(program, parameters, { cwd, stdio: 'inherit', shell })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      // A terminal sends Ctrl-C to the child itself; sending it twice would end it at once.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
    })
  }
  return new Promise((resolve) => {
    child.on('error', (error) => fail(`${program}: ${error.message}`))
    child.on('exit', (code, signal) => resolve(signal ? 1 : (code ?? 1)))
  })
}
