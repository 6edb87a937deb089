import fc from 'fast-check'
import { createHash } from 'node:crypto'
import { afterEach, expect, test, vi } from 'vitest'
import { crowded, corrected, empty, KAZAKH, meeting, review } from '../examples/protocols.fixture.ts'
import { boxesOf, dense, readDocx, readPdf } from '../examples/reading.fixture.ts'
import { clean } from '../text.ts'
import { protocolDocx, protocolFileName, protocolPdf } from './protocol.ts'
import type { ProtocolView } from './view.ts'
import { ROWS } from './words.ts'

afterEach(() => void vi.useRealTimers())

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const pdfText = (bytes: Buffer) =>
  dense(
    readPdf(bytes)
      .placed.map(({ text }) => text)
      .join(''),
  )
const docxText = (bytes: Buffer) => dense(readDocx(bytes).text)

test.each([
  ['ru', meeting],
  ['kk', review],
  ['en', corrected],
  ['ru', empty],
] as const)('in %s both files hold the 17 rows of the form in their order, captions official and in the language', async (lang, view) => {
  for (const text of [pdfText(await protocolPdf(view)), docxText(await protocolDocx(view))]) {
    let from = 0
    for (const row of Object.values(ROWS)) {
      const at = text.indexOf(dense(row.ru), from)
      expect(at, row.ru).toBeGreaterThanOrEqual(from)
      from = at + 1
      if (lang !== 'ru') expect(text).toContain(dense(`${row.ru} / ${row[lang]}`))
    }
  }
})

test('what the view says stands in both files, letters of Kazakh and ₸ included; who was absent does not sign', async () => {
  const view: ProtocolView = {
    ...review,
    needs: [KAZAKH],
    measures: [{ text: `мера <&"'> ${KAZAKH}`, responsible: 'кто-то', day: '2026-12-10' }],
  }
  for (const text of [pdfText(await protocolPdf(view)), docxText(await protocolDocx(view))]) {
    for (const said of [
      KAZAKH,
      `мера <&"'> ${KAZAKH}`,
      'Сейітқали Әлихан Нұрланұлы',
      'жеке іс № TRZ-2026-17',
      '2026 ж. 10 желтоқсан',
      'алдымен ПМПК',
      'патронаттық отбасы',
      '43 250 ₸',
      'Отбасына (қамқоршыға) хабарланды',
    ])
      expect(text).toContain(dense(said))
    const signatures = text.slice(text.indexOf(dense(ROWS.signatures.ru)), text.indexOf(dense(ROWS.sent.ru)))
    expect(signatures).toContain(dense('Ығылманова Һадиша'))
    expect(signatures).not.toContain(dense('Петрова Елена Ивановна'))
  }
})

test('a correction says what it replaces and what changed; a first version says nothing of it', async () => {
  for (const text of [pdfText(await protocolPdf(corrected)), docxText(await protocolDocx(corrected))]) {
    expect(text).toContain(dense('Corrected version 2 of 30 November 2026. It replaces version 1.'))
    for (const change of corrected.correction!.changes) expect(text).toContain(dense(change))
  }
  expect(pdfText(await protocolPdf({ ...corrected, version: 1, correction: undefined }))).not.toContain('Corrected')
})

test('same view, same bytes, whenever and however often they are made; another view, others', async () => {
  const first = [sha256(await protocolPdf(meeting)), sha256(await protocolDocx(meeting))]
  vi.useFakeTimers({ now: Date.UTC(2031, 1, 2, 3, 4, 5), toFake: ['Date'] })
  await protocolPdf(review)
  await protocolDocx(review)
  expect([sha256(await protocolPdf(structuredClone(meeting))), sha256(await protocolDocx(structuredClone(meeting)))]).toEqual(first)
  const other = { ...meeting, needs: [...meeting.needs, 'еще одна'] }
  expect(sha256(await protocolPdf(other))).not.toBe(first[0])
  expect(sha256(await protocolDocx(other))).not.toBe(first[1])
  const later = { ...meeting, createdAt: meeting.createdAt + 60_000 }
  expect(sha256(await protocolPdf(later))).not.toBe(first[0])
  expect(sha256(await protocolDocx(later))).not.toBe(first[1])
})

test('A4, pages numbered, captions of tables on every page that they reach', async () => {
  const { pages, placed, raw } = readPdf(await protocolPdf({ ...meeting, participants: crowded.participants }))
  expect(raw).toMatch(/\/MediaBox \[0 0 595\.28 841\.89\]/)
  for (let page = 1; page <= pages; page++) {
    const text = dense(
      placed
        .filter((one) => one.page === page)
        .map((one) => one.text)
        .join(''),
    )
    expect(text).toContain(`${page}/${pages}`)
    const isInParticipants = page > 1 && page < 15
    if (isInParticipants) expect(text).toContain(dense(ROWS.participants.ru))
  }
  const { xml, footer } = readDocx(await protocolDocx(meeting))
  expect(xml).toContain('w:w="11906" w:h="16838"')
  expect(footer).toMatch(/PAGE[\s\S]* \/ [\s\S]*NUMPAGES/)
  const rows = xml.match(/<w:tr>|<w:tr [^>]*>/g)!.length
  expect(xml.match(/<w:cantSplit\/>/g)!.length).toBe(rows)
  expect(xml.match(/<w:tblHeader\/>/g)!.length).toBe(14)
})

test('the longest names, 60 participants, 40 measures and the longest texts: all is printed and nothing leaves the page', async () => {
  const pdf = await protocolPdf(crowded)
  const text = pdfText(pdf)
  for (const end of ['соңы-есеп', 'соңы-шара', 'соңы-пікір', 'Қожахметова60']) expect(text).toContain(end)
  expect([...text].filter((letter) => letter === 'Ж').length).toBeGreaterThanOrEqual(19_000)
  expect(docxText(await protocolDocx(crowded))).toContain('Ж'.repeat(19_000))

  for (const { x, y } of readPdf(pdf).placed) {
    expect(x).toBeGreaterThanOrEqual(70)
    // The foot of the page is the lowest line.
    expect(y).toBeGreaterThanOrEqual(20)
  }
  const pages = boxesOf(pdf)
  if (!pages) return console.warn('The right edge of the words is NOT checked: pdftotext is not installed (apt-get install poppler-utils)')
  for (const { width, height, words } of pages)
    for (const word of words) {
      expect(word.right, word.text).toBeLessThanOrEqual(width - 40)
      expect(word.left, word.text).toBeGreaterThanOrEqual(70)
      expect(word.bottom, word.text).toBeLessThanOrEqual(height - 20)
    }
})

test('no name of a person in the name of the file or in its properties', async () => {
  expect(protocolFileName(meeting, 'pdf')).toBe('Протокол_№42_2026-11-25.pdf')
  expect(protocolFileName({ ...meeting, lang: 'kk', number: '42/1-қ ../..' }, 'docx')).toBe('Хаттама_№42-1-қ_2026-11-25.docx')
  expect(protocolFileName(corrected, 'pdf')).toBe('Protocol_№42_2026-11-25_v2.pdf')
  const inPdf = readPdf(await protocolPdf(meeting)).properties
  expect(inPdf).toContain('Протокол № 42')
  expect(inPdf).not.toMatch(/Сейітқали|Ахметова|Оспанова/)
  const { properties } = readDocx(await protocolDocx(meeting))
  expect(properties).toContain('Протокол № 42')
  expect(properties).toContain('2026-11-27T09:30:00Z')
  expect(properties).not.toMatch(/Сейітқали|Ахметова|Оспанова/)
})

test('whatever people type becomes XML that can be read, and the same text', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 80 }), async (typed) => {
      const { text, xml } = readDocx(await protocolDocx({ ...meeting, needs: [typed, 'x'] }))
      expect(xml.isWellFormed()).toBe(true)
      expect(xml).not.toMatch(/[^\P{Cc}\n\t\r]|[\uFFFE\uFFFF]/u)
      expect(text.replaceAll('\n', ' ')).toContain(`1. ${clean(typed)}`.replaceAll('\n', ' '))
    }),
    { numRuns: 60 },
  )
})
