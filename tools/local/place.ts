import path from 'node:path'

/** The repository. */
export const ROOT = path.join(import.meta.dirname, '..', '..')

/** Everything that a local run keeps; ignored by git, emptied by `npm run reset`. */
export const LOCAL = path.join(ROOT, '.local')

/** Where one local network lives: its two ports on this machine, and the folder of its state. */
export type Place = { readonly folder: string; readonly port: number; readonly sandboxPort: number }

const PORT_DEFAULT = 8787
const SANDBOX_PORT_DEFAULT = 8788

/** The place of `npm start`; `KOPILKA_PORT` and `SANDBOX_PORT` move it to other ports. */
export function defaultPlace(env: Readonly<Record<string, string | undefined>>): Place {
  return {
    folder: LOCAL,
    port: portOf(env.KOPILKA_PORT, PORT_DEFAULT),
    sandboxPort: portOf(env.SANDBOX_PORT, SANDBOX_PORT_DEFAULT),
  }
}

function portOf(text: string | undefined, fallback: number): number {
  if (text === undefined || text === '') return fallback
  const port = Number(text)
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  throw new Error(`not a port: ${text}`)
}

export const originOf = (port: number) => `http://127.0.0.1:${port}`
