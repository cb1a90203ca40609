import { describe, expect, test } from 'vitest'
import { PROBLEMS } from '#schema/problem'
import {
  ambientReads,
  defaultExports,
  longFunctions,
  longLines,
  namesIn,
  wayArounds,
} from './tools/tidy/code.ts'
import { importsOf } from './tools/tidy/imports.ts'
import {
  applicationFiles,
  applicationViolations,
  layerViolations,
  PLATFORM_TYPES,
  pureFiles,
  purityViolations,
} from './tools/tidy/layers.ts'
import { migrationViolations, nameViolations } from './tools/tidy/names.ts'
import { projectFiles, readText, sourcesOf } from './tools/tidy/tree.ts'
import * as problemEn from './web/src/messages/en/problem.ts'
import * as problemRu from './web/src/messages/ru/problem.ts'

/** The conventions of STYLE.md and the layout of ARCHITECTURE.md, as a program. */

const files = projectFiles()
const sources = sourcesOf(files)
const imports = sources.flatMap(importsOf)
const pure = pureFiles(files, imports)

test('the rules look at the whole project', () => {
  expect(sources.length).toBeGreaterThan(300)
  expect(pure.size).toBeGreaterThan(60)
  expect(applicationFiles(imports).size).toBeGreaterThan(40)
  expect(imports.filter(({ to }) => to !== null && !files.includes(to))).toEqual([])
})

describe('form', () => {
  test('lines fit 100 columns', () => expect(sources.flatMap(longLines)).toEqual([]))

  test('functions fit a screen of 70 lines', () => {
    expect(sources.flatMap(longFunctions)).toEqual([])
  })

  test('files are kebab-case, carry their role, and are not named after nothing', () => {
    expect(nameViolations(files)).toEqual([])
  })

  test('exports are named, except where a framework wants a default', () => {
    expect(sources.flatMap(defaultExports)).toEqual([])
  })

  test('nothing goes around the types or the tests, and suppressions carry their reason', () => {
    expect(sources.flatMap(wayArounds)).toEqual([])
  })
})

describe('layout', () => {
  test('who imports whom is as the architecture says', () => {
    expect(layerViolations(imports)).toEqual([])
  })

  test('the domain reaches no adapter, no HTTP and no platform', () => {
    expect(purityViolations(files, imports)).toEqual([])
  })

  test('the domain reads no clock, no chance and no environment', () => {
    const domain = sources.filter(({ file }) => pure.has(file))
    expect(domain.flatMap(ambientReads)).toEqual([])
  })

  test('the application and all it reaches name nothing of the platform', () => {
    expect(applicationViolations(imports)).toEqual([])
    const reached = applicationFiles(imports)
    const application = sources.filter(({ file }) => reached.has(file))
    expect(application.flatMap((source) => namesIn(source, PLATFORM_TYPES))).toEqual([])
  })
})

describe('agreement', () => {
  test('every problem code has words in both languages', () => {
    const codes = Object.keys(PROBLEMS)
    for (const [language, words] of Object.entries({ ru: problemRu, en: problemEn })) {
      const worded = Object.values(words).flatMap((tree) => Object.keys(tree))
      expect(
        codes.filter((code) => !worded.includes(code)),
        language,
      ).toEqual([])
    }
  })

  test('migrations are numbered without gaps', () => {
    expect(migrationViolations(files)).toEqual([])
  })

  test('packages are pinned to exact versions', () => {
    const { dependencies, devDependencies } = JSON.parse(readText('package.json'))
    const pins = Object.entries<string>({ ...dependencies, ...devDependencies })
    expect(pins.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([])
  })

  test('the lockfile names the public registry and no other', () => {
    const { packages } = JSON.parse(readText('package-lock.json'))
    const places = Object.values<{ resolved?: string }>(packages).flatMap(({ resolved }) =>
      resolved === undefined ? [] : [new URL(resolved).origin],
    )
    expect([...new Set(places)].filter((place) => !place.endsWith('//registry.npmjs.org'))).toEqual(
      [],
    )
  })

  test('the lockfile names the packages of every platform, not only of the last one', () => {
    type Locked = { optionalDependencies?: Record<string, string> }
    const packages: Record<string, Locked> = JSON.parse(readText('package-lock.json')).packages
    const missing = Object.entries(packages).flatMap(([parent, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        (name) => !packages[`${parent}/node_modules/${name}`] && !packages[`node_modules/${name}`],
      ),
    )
    expect(missing).toEqual([])
  })

  test('no file knows a folder of one machine or the address of a package registry', () => {
    const own = /(^|["'`\s(=])\/(work|root|home|Users|opt|mnt)\/\w|registry\.npm|nexus|artifactory/
    const isText = (file: string) =>
      /\.(ts|tsx|mjs|md|json|toml|css|sql|html|yml)$|^\.npmrc$/.test(file)
    const checked = files.filter(
      (file) => isText(file) && file !== 'package-lock.json' && file !== 'tidy.test.ts',
    )
    expect(checked.filter((file) => own.test(readText(file)))).toEqual([])
  })
})
