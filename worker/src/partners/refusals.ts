import { Refusal } from '../http/problem.ts'

/** A field that fits the contract and still is wrong, with a code that the screens word. */
export function invalidField(path: string, code: string): Refusal {
  return new Refusal('invalid_request', { errors: [{ path, message: code }] })
}

/** Turns a broken uniqueness rule of the database into `taken`; anything else stays a bug. */
export async function refusingTaken<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work
  } catch (error) {
    if (/UNIQUE constraint failed|: taken\b/.test(String(error))) throw new Refusal('taken')
    throw error
  }
}
