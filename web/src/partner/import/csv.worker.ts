import { parseCsv } from './parse-csv.ts'

/** Runs beside the page, so that a large file does not freeze it: bytes in, rows out. */
addEventListener('message', (event: MessageEvent<ArrayBuffer>) => {
  postMessage(parseCsv(event.data))
})
