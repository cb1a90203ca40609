import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** A hash of the names and contents of all files under the given files and folders. */
export async function fingerprintOf(
  places: readonly string[],
  isCounted: (file: string) => boolean,
): Promise<string> {
  const files: string[] = []
  for (const place of places) files.push(...(await filesUnder(place)))
  const hash = createHash('sha256')
  for (const file of files.filter(isCounted).sort()) {
    hash.update(`${file}\0`).update(await readFile(file))
  }
  return hash.digest('hex')
}

async function filesUnder(place: string): Promise<string[]> {
  const entries = await readdir(place, { recursive: true, withFileTypes: true }).catch(() => null)
  if (entries === null) return [place]
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
}

/**
 * Runs `work` unless it ended well before for the same fingerprint and what it made is still there.
 * The stamp is written last, so that an interrupted run is done again. Answers whether it ran.
 */
export async function onceFor(
  task: { stamp: string; fingerprint: string; isStillThere?: boolean },
  work: () => Promise<void>,
): Promise<boolean> {
  const known = await readFile(task.stamp, 'utf8').catch(() => null)
  if (known === task.fingerprint && (task.isStillThere ?? true)) return false
  await work()
  await mkdir(path.dirname(task.stamp), { recursive: true })
  await writeFile(task.stamp, task.fingerprint)
  return true
}
