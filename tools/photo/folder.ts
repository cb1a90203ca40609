import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** Folders of pictures, as the commands about photos are given them. */

const PICTURE = /^[^.].*\.(jpe?g|jpe|jfif|png|webp|heic|heif|avif|gif|svg|pdf|bmp|tiff?)$/i
const EXIT_BAD_INPUT = 2
const DAY_MS = 86_400_000

/** Bad input is one sentence on standard error and exit code 2. */
export function refuse(words: string): never {
  console.error(words)
  process.exit(EXIT_BAD_INPUT)
}

/** npm runs a script in the project's folder; the paths are those of the caller's folder. */
export function fromCaller(folder: string): string {
  const isScript = /^(photo|label)/.test(process.env.npm_lifecycle_event ?? '')
  return path.resolve((isScript && process.env.INIT_CWD) || '.', folder)
}

/** Paths of the pictures of a folder and of the folders in it, below the folder, in order. */
export function picturesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => PICTURE.test(entry.name) && !entry.isDirectory())
      .map(({ parentPath, name }) => path.relative(folder, path.join(parentPath, name)))
      .sort()
  } catch {
    return refuse(`${folder} cannot be read.`)
  }
}

export const bytesOf = (folder: string, file: string) =>
  new Uint8Array(readFileSync(path.join(folder, file)))

/** Tomorrow in UTC: today in the easternmost market. */
export const latestDay = () => new Date(Date.now() + DAY_MS).toISOString().slice(0, 10)
