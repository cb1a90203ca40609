import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { FORMATS_PAGE, formatsPage } from './local/formats-page.ts'
import { ROOT } from './local/place.ts'

/** Writes `docs/formats.md` from the registry: `npm run -s docs:formats`. */
await writeFile(path.join(ROOT, FORMATS_PAGE), formatsPage())
