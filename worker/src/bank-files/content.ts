import { Refusal } from '../http/problem.ts'
import { openText } from '../payouts/seal.ts'
import type { BankDeskPorts } from './bank-desk.ts'
import { type FileRow, sealedContentOf } from './bank-files.d1.ts'
import { handInEndsAt } from './hand-in.ts'
import { isAnswered } from './resubmissions.d1.ts'

/** The bytes of files to the bank, sealed as long as orders have to be kept. */

/**
 * A file as it was made (`number` 0) or written again; unless said otherwise as it is handed in
 * now. Throws when it is not that, byte for byte.
 */
export async function contentOf(
  { db, sealKey }: Pick<BankDeskPorts, 'db' | 'sealKey'>,
  { id, resubmitted }: Pick<FileRow, 'id' | 'resubmitted'>,
  number: number = resubmitted,
): Promise<string> {
  const { sealed, hash } = await sealedContentOf(db, id, number)
  const content = await openText(sealed, { key: sealKey, boundTo: sealedFor(id, number) })
  if ((await hashOf(content)) !== hash) {
    throw new Error(`bank file ${id} is not the one that was made`)
  }
  return content
}

/**
 * A file as it is taken to the bank. One that the bank has not answered is not given out long after
 * its day, when the bank may have forgotten the version that it has. Refuses with
 * `bank_file_stale`.
 */
export async function contentForBank(
  ports: Pick<BankDeskPorts, 'db' | 'sealKey'>,
  file: FileRow,
  at: string,
): Promise<string> {
  const isPast = at >= handInEndsAt(file.writtenAt, file.market)
  if (isPast && !(await isAnswered(ports.db, file.id))) throw new Refusal('bank_file_stale')
  return contentOf(ports, file)
}

/** What the seal of a file's bytes is bound to: bytes moved to another row do not open. */
export const sealedFor = (fileId: string, number: number) =>
  number === 0 ? fileId : `${fileId}/${number}`

/** SHA-256 of a text in UTF-8 or of bytes, hexadecimal. */
export async function hashOf(content: string | Uint8Array<ArrayBuffer>): Promise<string> {
  const bytes =
    typeof content === 'string' ? new Uint8Array(new TextEncoder().encode(content)) : content
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
