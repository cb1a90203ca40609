/** Rules about the names of files. */

const WORDS = '[a-z0-9]+(-[a-z0-9]+)*'
const ROLES = 'd1|r2|object|fetch|sqlite|worker|test-data|module|config|property|d'
const CODE = new RegExp(`^_?${WORDS}(\\.(${ROLES}))*(\\.test)?\\.(ts|tsx|mjs|css|json|toml)$`)
const MIGRATION = /^\d{4}_[a-z0-9_]+\.sql$/
const VAGUE = /^(utils?|helpers?|managers?|services?|common-?utils|misc)$/
/** Two services are things of the world and are called so: the tax service, the service worker. */
const NAMED_SERVICE = /(^|\/)(tax-service|service-worker)(\.test)?\.ts$/
const CHECKED = /\.(ts|tsx|mjs|css|sql)$/

export function nameViolations(files: readonly string[]): string[] {
  return files.flatMap((file) => {
    const name = file.split('/').at(-1) ?? ''
    const vague = file
      .split('/')
      .flatMap((part) => part.split(/[-.]/))
      .find((word) => VAGUE.test(word))
    if (vague !== undefined && !NAMED_SERVICE.test(file)) return [`${file} is named ${vague}`]
    if (!CHECKED.test(name)) return []
    const isGood = name.endsWith('.sql') ? MIGRATION.test(name) : CODE.test(name)
    return isGood ? [] : [`${file} is not kebab-case with a known role`]
  })
}

/** Migrations of each folder are numbered from 1, without gaps and without twins. */
export function migrationViolations(files: readonly string[]): string[] {
  const folders = Map.groupBy(
    files.filter((file) => /^schema\/sql\/[^/]+\/[^/]+\.sql$/.test(file)),
    (file) => file.split('/').slice(0, -1).join('/'),
  )
  return [...folders].flatMap(([folder, migrations]) => {
    const numbers = migrations.map((file) => Number(file.split('/').at(-1)?.slice(0, 4)))
    const wanted = numbers.map((_, index) => index + 1)
    const isGood = numbers.sort((a, b) => a - b).join() === wanted.join()
    return isGood ? [] : [`${folder} holds ${numbers.join(', ')} instead of ${wanted.join(', ')}`]
  })
}
