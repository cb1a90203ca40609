import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { ROOT } from '../local/place.ts'

const FOLDER = path.join(ROOT, 'schema', 'sql', 'control')

/** The control plane's schema files, in order. */
export async function migrationFiles(): Promise<string[]> {
  const names = await readdir(FOLDER)
  return names
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => path.join(FOLDER, name))
}
