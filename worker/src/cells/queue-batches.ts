/** Limits of a queue: messages and bytes that one call may carry. */
const MESSAGES_MAX = 100
const BYTES_MAX = 240_000

/** Cuts messages into calls that a queue takes; order is kept. */
export function queueBatches<Body>(bodies: readonly Body[]): { body: Body }[][] {
  const batches: { body: Body }[][] = []
  let batch: { body: Body }[] = []
  let bytes = 0
  for (const body of bodies) {
    const size = new TextEncoder().encode(JSON.stringify(body)).length
    if (batch.length === MESSAGES_MAX || (batch.length > 0 && bytes + size > BYTES_MAX)) {
      batches.push(batch)
      batch = []
      bytes = 0
    }
    batch.push({ body })
    bytes += size
  }
  if (batch.length > 0) batches.push(batch)
  return batches
}
