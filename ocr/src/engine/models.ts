import type { Language } from './wasm-modules.ts'

/**
 * Models of the print reader that do not travel with the script: where each lies in the packages
 * `@tesseract.js-data/*` 1.0.0, and the SHA-256 of the packed file. Another file is not loaded.
 */
const STORED: Partial<Record<Language, string>> = {
  deu: '306c4280d0cbed46fbff727486bd43b92730181bae80f56941a091f363bdf28b',
  ukr: 'ea2789a0ad99ff84bfd252a7410a1e8661a7bc5acaa41573d23b54b71446aa4c',
  spa: '40be52f97b5d4eb7460073dc1f94cd546b27150333c0bf854ed7e7132db6bceb',
  por: 'dacebc1386ddaaf8389f81094236cca0d690897cde693d48cbdaa881c86e2b4c',
  srp: '4a864eba46de4a7c264fc3c34b63db6889218eb51eefc5d38c5eaac548d58c96',
  kaz: '3c93708c240722194d473931c097e09f02510fe8b7593fa0c33ceb90ee87095a',
  bel: '642fd20eb04ae62b217800cb39d09bee030554ccee37751cc4e4edaaca51cac2',
}

export const modelPath = (language: Language) =>
  `${language}/4.0.0_best_int/${language}.traineddata.gz`

/** Gives the file at a path of the store, or null where the store does not hold it. */
export type ModelStore = (path: string) => Promise<ArrayBuffer | null>

/** Packed models kept in an isolate: 1.3–2.1 MB each, and a photo seldom asks for two. */
const MODELS_KEPT_MAX = 2

const hex = (digest: ArrayBuffer) =>
  Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')

/** Loads packed models on demand, checks them, and keeps the ones used last. */
export function storedModels(store: ModelStore) {
  const kept = new Map<Language, ArrayBuffer>()
  return async function packedModel(language: Language): Promise<ArrayBuffer | null> {
    const expected = STORED[language]
    if (expected === undefined) return null
    const model = kept.get(language) ?? (await store(modelPath(language)))
    if (model === null) return null
    if (!kept.has(language) && hex(await crypto.subtle.digest('SHA-256', model)) !== expected) {
      throw new Error(`the stored model of ${language} is not the one that was pinned`)
    }
    kept.delete(language)
    kept.set(language, model)
    for (const oldest of [...kept.keys()].slice(0, -MODELS_KEPT_MAX)) kept.delete(oldest)
    return model
  }
}
