import { type CsvFile, FILE_BYTES_MAX } from './parse-csv.ts'

/** Reads a CSV file in a worker; a worker that dies means a file nobody can read. */
export async function readCsvFile(file: File): Promise<CsvFile> {
  if (file.size > FILE_BYTES_MAX) return { ok: false, code: 'too_large' }
  const bytes = await file.arrayBuffer()
  const worker = new Worker(new URL('./csv.worker.ts', import.meta.url), { type: 'module' })
  try {
    return await new Promise<CsvFile>((resolve) => {
      worker.onmessage = (event: MessageEvent<CsvFile>) => resolve(event.data)
      worker.onerror = () => resolve({ ok: false, code: 'unreadable' })
      worker.postMessage(bytes, [bytes])
    })
  } finally {
    worker.terminate()
  }
}
