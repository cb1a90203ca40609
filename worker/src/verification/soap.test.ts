import { expect, test } from 'vitest'
import { escapeXml } from '../outside/xml-text.ts'
import { elementAt, parseSoapBody, soapEnvelope, textAt } from './soap.ts'

test('text survives the way out and back, markup and entities included', () => {
  const text = `a<b>&"c'&amp;quot; 18446744073709551615 007`
  const body = parseSoapBody(soapEnvelope(`<x:t xmlns:x="urn:x">${escapeXml(text)}</x:t>`))
  expect(textAt(body, 't')).toBe(text)
})

test('numbers stay text', () => {
  const body = parseSoapBody(soapEnvelope('<n>0018446744073709551615</n><e>1e3</e>'))
  expect([textAt(body, 'n'), textAt(body, 'e')]).toEqual(['0018446744073709551615', '1e3'])
})

test('character references and verbatim sections are read, each once', () => {
  const body = parseSoapBody(
    soapEnvelope('<a>&#x411;&#1077;&amp;#49;&unknown;</a><b><![CDATA[{"x":"&quot;"}]]></b>'),
  )
  expect(textAt(body, 'a')).toBe('Бе&#49;&unknown;')
  expect(textAt(body, 'b')).toBe('{"x":"&quot;"}')
})

test.each([
  ['garbage', 'garbage'],
  ['a web page', '<html><body>Bad gateway</body></html>'],
  ['a cut message', soapEnvelope('<a>1</a>').slice(0, -8)],
  ['an empty body', soapEnvelope('')],
  [
    'an entity that grows',
    `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>${soapEnvelope('<t>&b;</t>')}`,
  ],
  ['a bottomless nest', soapEnvelope('<a>'.repeat(20_000))],
  ['a poisoned name', soapEnvelope('<__proto__><x>1</x></__proto__>')],
])('%s is no message', (_, text) => {
  expect(parseSoapBody(text)).toBeNull()
})

test('names of built-in properties are not elements', () => {
  const body = parseSoapBody(soapEnvelope('<a>1</a>'))
  expect(elementAt(body, 'toString')).toBeUndefined()
  expect(textAt(body, 'a', 'length')).toBeNull()
})
