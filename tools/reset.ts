import { readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { requirePorts } from './local/network.ts'
import { defaultPlace, LOCAL } from './local/place.ts'

/** `npm run reset` empties the folder of local state: people, money, logs, built stamps. */
await requirePorts(defaultPlace(process.env)).catch(() => {
  console.error('The network is running. Stop `npm start` first, then reset.')
  process.exit(1)
})
const entries = await readdir(LOCAL).catch(() => [])
for (const entry of entries) await rm(path.join(LOCAL, entry), { recursive: true, force: true })
console.log('.local is empty: the next start begins from nothing.')
