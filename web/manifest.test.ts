import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'

type Manifest = {
  id: string
  lang: string
  name: string
  short_name: string
  description: string
  shortcuts: { name: string; url: string }[]
}

const read = async (name: string): Promise<Manifest> =>
  JSON.parse(await readFile(new URL(`public/${name}`, import.meta.url), 'utf8'))

/** What is said in words; everything else is the same app. */
function apart({ lang, name, short_name, description, shortcuts, ...same }: Manifest) {
  const words = [name, short_name, description, ...shortcuts.map((shortcut) => shortcut.name)]
  return { lang, words, same: { ...same, urls: shortcuts.map(({ url }) => url) } }
}

test('the app can be installed in either language, and is one app', async () => {
  const ru = apart(await read('manifest.webmanifest'))
  const en = apart(await read('manifest.en.webmanifest'))
  expect(en.same).toEqual(ru.same)
  expect([ru.lang, en.lang]).toEqual(['ru', 'en'])
  expect(en.words).toHaveLength(ru.words.length)
  expect(en.words.join()).not.toMatch(/[а-яё]/i)
  for (const words of ru.words) expect(words).toMatch(/[а-яё]/i)
})
