const KEY = 'kopilka.seen'

/** Receipts scanned in this session: what was read → receipt id, or null while it waits in the queue. */
function read(): Record<string, string | null> {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? '{}') as Record<string, string | null>
  } catch {
    return {}
  }
}

/** `undefined` when this receipt was not scanned in this session. */
export function seenReceipt(identity: string): string | null | undefined {
  return read()[identity]
}

export function rememberSeen(identity: string, receiptId: string | null) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ ...read(), [identity]: receiptId }))
  } catch {
    // Storage is denied: the server recognises a repeated receipt anyway.
  }
}
