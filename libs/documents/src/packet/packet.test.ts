import { PDFDocument, PDFName, PDFString, type PDFPage } from '@cantoo/pdf-lib'
import { createHash } from 'node:crypto'
import { spawnSync } from 'node:child_process'
import { afterEach, expect, test, vi } from 'vitest'
import { foreignPdf, packet, photo, png } from '../examples/packets.fixture.ts'
import { boxesOf, dense } from '../examples/reading.fixture.ts'
import { KAZAKH } from '../examples/protocols.fixture.ts'
import { protocolPdf } from '../protocol/protocol.ts'
import { review } from '../examples/protocols.fixture.ts'
import { plainJpeg } from './jpeg.ts'
import { packetOf, PacketTooLarge, WithoutPages } from './packet.ts'
import { pagesOf } from './sources.ts'
import type { Enclosure, PacketView } from './view.ts'

afterEach(() => void vi.useRealTimers())

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const read = (bytes: Buffer) => PDFDocument.load(bytes, { updateMetadata: false })
const fileOf = (bytes: Buffer, type = 'application/pdf', title = 'Документ'): Enclosure => ({ title, file: { name: 'x', type, bytes } })
const withOnly = async (...enclosures: Enclosure[]): Promise<PacketView> => ({ ...(await packet()), enclosures })
/** Words of each page by another reader of PDF; undefined where it is not installed. */
const wordsOf = (bytes: Buffer) => boxesOf(bytes)?.map(({ words }) => dense(words.map(({ text }) => text).join('')))
const unread = () => console.warn('The words of the packet are NOT checked: pdftotext is not installed (apt-get install poppler-utils)')

test('one file: the letter, then every enclosure, each page A4 and numbered through', async () => {
  const view = await packet()
  const made = await packetOf(view)
  const pages = (await read(made.bytes)).getPages()
  expect(pages).toHaveLength(made.pages)
  for (const page of pages) expect(lookedAt(page).toSorted((a, b) => a - b)).toEqual([595, 842])
  expect(made.name).toBe('Пакет_№15-2026_2026-11-25.pdf')
  const words = wordsOf(made.bytes)
  if (!words) return unread()
  for (const [n, text] of words.entries())
    expect(text, `page ${n + 1}`).toContain(dense(`Исх. № / Шығ. № 15/2026 ${n + 1} / ${made.pages}`))
})

/** As it is looked at, in points. */
function lookedAt(page: PDFPage): number[] {
  const { width, height } = page.getSize()
  const sides = [Math.round(width), Math.round(height)]
  return page.getRotation().angle % 180 === 0 ? sides : sides.toReversed()
}

test('the list names every enclosure, the pages it stands on and the hash of its own bytes', async () => {
  const view = await packet()
  const made = await packetOf(view)
  expect(made.enclosures.map(({ title, pages }) => [title, `${pages.first}+${pages.count}`])).toEqual([
    ['Отчет о комплексной оценке', '3+2'],
    ['Индивидуальный план сопровождения семьи, версия 2', '5+1'],
    ['Протокол пересмотра № 43/1', '6+3'],
    ['Решение суда (копия)', '9+5'],
    ['Справка о доходах (снимок)', '14+1'],
    ['Схема квартиры', '15+1'],
  ])
  const file = (n: number) => (view.enclosures[n] as { file: { bytes: Buffer } }).file.bytes
  for (const n of [2, 3, 4, 5]) expect(made.enclosures[n]).toMatchObject({ sha256: sha256(file(n)), size: file(n).length })
  expect(sha256(made.bytes)).toBe(made.sha256)
  const words = wordsOf(made.bytes)
  if (!words) return unread()
  const letter = words.slice(0, 2).join('')
  for (const { title, sha256: hash } of made.enclosures) {
    expect(letter).toContain(dense(title))
    expect(letter).toContain(hash)
  }
  expect(letter).toContain(dense('3–4 (2 стр.)'))
  expect(letter).toContain(dense('14 (1 стр.)'))
  expect(letter).toContain(dense('Всего в пакете страниц: 15'))
  expect(words[2]).toContain(dense('Отчет о комплексной оценке'))
  expect(words[4]).toContain(dense('Индивидуальный план сопровождения семьи'))
  expect(words[5]).toContain(dense('Хаттама № 43/1'))
  expect(words[8]).toContain('decision0')
})

test('the letter says whom it is for, what is asked and what members demand, official with Kazakh beside', async () => {
  const words = wordsOf((await packetOf(await packet())).bytes)
  if (!words) return unread()
  const letter = words.slice(0, 2).join('')
  for (const said of [
    'Сопроводительное письмо / Ілеспе хат',
    'Исходящий №, дата / Шығыс №, күні',
    '№ 15/2026, 25 ноября 2026 г.',
    'Комиссия интегрированной модели оказания специальных социальных услуг',
    'Ыбыраев Қанат, секретарь комиссии',
    'Сейітқали Әлихан Нұрланұлы',
    'Мотивированные требования участников пересмотра / Қайта қарауға қатысушылардың дәлелді талаптары',
    'Ребенку три года, нужна семья, а не учреждение.',
    KAZAKH,
    '43 250 ₸',
  ])
    expect(letter).toContain(dense(said))
  const none = wordsOf((await packetOf({ ...(await packet()), demands: [], enclosures: [] })).bytes)!
  expect(none[0]).toContain(dense('Особых требований участники не заявили.'))
  expect(none[0]).toContain(dense('Приложений нет.'))
})

test('the report and the plan stand in the order of their papers', async () => {
  const words = wordsOf((await packetOf(await packet())).bytes)
  if (!words) return unread()
  const inOrder = (text: string, parts: string[]) => {
    let from = 0
    for (const part of parts) {
      const at = text.indexOf(dense(part), from)
      expect(at, part).toBeGreaterThanOrEqual(from)
      from = at + 1
    }
  }
  inOrder(words.slice(2, 4).join(''), [
    '1. Информация о ребенке и семье',
    '2. Причина для проведения',
    '3. Время проведения',
    '4. Общее представление',
    '5. Здоровье и развитие',
    '5.2. соответствие уровня развития',
    '6. Родительская забота',
    '7. Жилищные условия',
    '8. Анализ текущей ситуации',
    '8.7. Необходимая помощь',
    '9. Рекомендации',
    '10. Подпись и комментарии (от семьи)',
    'Подписи нет: мать не пришла',
    'Оспанова Айгерім Болатқызы, социальный работник',
  ])
  inOrder(words[4]!, [
    '1–2. ФИО родителей',
    '3–4. ФИО ребенка',
    '5. Дата заполнения',
    '6. Основные потребности',
    '7. Участие других специалистов',
    '8. План действий',
    'частично, 20 ноября 2026 г., заявление принято',
    '9. Примечания',
    '10. Подпись социального работника',
  ])
})

test('same view, same bytes, whenever they are made; another word, others', async () => {
  const first = await packetOf(await packet())
  vi.useFakeTimers({ now: Date.UTC(2031, 1, 2, 3, 4, 5), toFake: ['Date'] })
  expect((await packetOf(await packet())).sha256).toBe(first.sha256)
  expect((await packetOf({ ...(await packet()), question: 'другой' })).sha256).not.toBe(first.sha256)
})

test('pages of any size, turn and origin are shown whole, under the number', async () => {
  const bytes = await foreignPdf(
    ([0, 90, 180, 270] as const).flatMap((turn) => [
      { size: [2_000, 900] as [number, number], turn },
      { size: [300, 400] as [number, number], turn },
    ]),
    (made) => {
      for (const page of made.getPages()) page.setCropBox(10, 20, page.getWidth() - 20, page.getHeight() - 40)
    },
  )
  const { bytes: all } = await packetOf(await withOnly(fileOf(bytes)))
  const pages = boxesOf(all)
  if (!pages) return unread()
  const turns = (await read(all)).getPages().slice(-8)
  for (const [n, { words }] of pages.slice(-8).entries()) {
    const [width] = lookedAt(turns[n]!) as [number, number]
    // The wide ones of before are wide, as they are looked at.
    expect(width).toBe((n % 2 === 0) === (Math.floor(n / 2) % 2 === 0) ? 842 : 595)
    const text = dense(words.map((word) => word.text).join(''))
    expect(text).toContain('decision')
    expect(text).toContain('Исх.№')
    for (const word of words) {
      expect(word.left).toBeGreaterThanOrEqual(0)
      expect(word.right).toBeLessThanOrEqual(width)
      // What is enclosed stays below the strip of the number.
      if (word.text === 'decision') expect(word.top).toBeGreaterThanOrEqual(20)
      else if (/Исх|Шығ/.test(word.text)) expect(word.bottom).toBeLessThanOrEqual(24)
    }
  }
})

/** Each page as one byte a point, as it is looked at. */
function picturesOf(bytes: Buffer): { width: number; height: number; at(x: number, y: number): number }[] | undefined {
  const { error, stdout } = spawnSync('pdftoppm', ['-r', '72', '-gray', '-'], { input: bytes, maxBuffer: 200_000_000 })
  if (error) return undefined
  const pages = []
  for (let from = 0; from < stdout.length;) {
    const head = /^P5\s(\d+) (\d+)\s(\d+)\s/.exec(stdout.toString('latin1', from, from + 40))!
    const [width, height] = [Number(head[1]), Number(head[2])]
    const start = from + head[0].length
    pages.push({ width, height, at: (x: number, y: number) => stdout[start + y * width + x]! })
    from = start + width * height
  }
  return pages
}

test.each([0, 90, 180, 270] as const)(
  'turned by %i the frame at the very edge of a page is drawn on all four sides, below the number',
  async (turn) => {
    const sizes: [number, number][] = [
      [595, 842],
      [842, 595],
      [1_684, 2_384],
      [2_384, 1_684],
      [300, 500],
    ]
    const frames = await foreignPdf(sizes.map((size) => ({ size, turn })))
    const all = picturesOf((await packetOf(await withOnly(fileOf(frames)))).bytes)
    if (!all) return unread()
    for (const [n, { width, height, at }] of all.slice(-sizes.length).entries()) {
      // The number above is grey, the frame is nearly black, and the text within it does not reach its edges.
      const isDark = (x: number, y: number) => at(x, y) < (n === 4 ? 60 : 170)
      const rows = [...Array(height).keys()].filter((y) => [...Array(width).keys()].filter((x) => isDark(x, y)).length > width * 0.3)
      const columns = [...Array(width).keys()].filter((x) => [...Array(height).keys()].filter((y) => isDark(x, y)).length > height * 0.3)
      const [top, bottom, left, right] = [rows[0]!, rows.at(-1)!, columns[0]!, columns.at(-1)!]
      expect(top, `top of ${String(sizes[n])}`).toBeGreaterThanOrEqual(26)
      expect(bottom - top, `height of ${String(sizes[n])}`).toBeGreaterThan(n === 4 ? 280 : height * 0.6)
      expect(right - left, `width of ${String(sizes[n])}`).toBeGreaterThan(n === 4 ? 280 : width * 0.6)
      // In the middle of what is free.
      expect(Math.abs(left - (width - 1 - right))).toBeLessThanOrEqual(2)
    }
  },
)

test('nothing that acts comes in with a file; what was written on its pages stays seen', async () => {
  const bytes = await foreignPdf([{ size: [595, 842], turn: 0 }], (made) => {
    const [page] = made.getPages()
    const field = made.getForm().createTextField('answer')
    field.setText('typed-here')
    field.addToPage(page!, { x: 100, y: 400, width: 200, height: 30 })
    const { context } = made
    const script = context.obj({ S: 'JavaScript', JS: PDFString.of('app.alert("harm")') })
    made.catalog.set(PDFName.of('OpenAction'), script)
    page!.node.set(PDFName.of('AA'), context.obj({ O: script }))
    page!.node.addAnnot(
      context.register(
        context.obj({ Type: 'Annot', Subtype: 'Link', Rect: [0, 0, 50, 50], A: { S: 'URI', URI: PDFString.of('https://harm.example') } }),
      ),
    )
    void made.attach(Buffer.from('x'), 'harm.exe')
  })
  const made = await packetOf(await withOnly(fileOf(bytes)))
  const plain = Buffer.from(await (await read(made.bytes)).save({ useObjectStreams: false })).toString('latin1')
  const acting = ['JavaScript', 'harm', '/URI', '/AA', 'OpenAction', 'EmbeddedFile', 'AcroForm']
  expect(acting.filter((one) => plain.includes(one))).toEqual([])
  const words = wordsOf(made.bytes)
  if (words) expect(words.at(-1)).toContain('typed-here')
  else unread()
})

test.each([
  ['is no PDF', Buffer.from('%PDF-1.7 nothing more %%EOF')],
  ['is cut off', (await protocolPdf(review)).subarray(0, 9_000)],
  ['has no page', Buffer.from(await (await PDFDocument.create()).save({ addDefaultPage: false }))],
  ['is too wide to be seen', await foreignPdf([{ size: [20_000, 100], turn: 0 }])],
  [
    'is filled in by programs alone',
    await foreignPdf([{ size: [595, 842], turn: 0 }], (made) =>
      made.getForm().acroForm.dict.set(PDFName.of('NeedAppearances'), made.context.obj(true)),
    ),
  ],
])('a file that %s has no pages to give, and no packet is made without them', async (_, bytes) => {
  await expect(packetOf(await withOnly(fileOf(png(20, 20), 'image/png'), fileOf(bytes)))).rejects.toThrow(WithoutPages)
})

test('an encrypted PDF has no pages to give', async () => {
  const locked = await PDFDocument.load(await foreignPdf([{ size: [595, 842], turn: 0 }]))
  locked.encrypt({ userPassword: 'secret', ownerPassword: 'secret' })
  expect(await pagesOf(Buffer.from(await locked.save()), 'application/pdf')).toBeUndefined()
})

test('a photograph loses where it was taken and is turned upright; a picture too large to unpack has none to give', async () => {
  expect(photo.includes('GPS')).toBe(true)
  const { bytes, turned } = plainJpeg(photo)
  expect([turned, bytes.includes('GPS'), bytes.includes('Exif')]).toEqual([90, false, false])
  const made = await packetOf(await withOnly(fileOf(photo, 'image/jpeg')))
  const page = (await read(made.bytes)).getPages().at(-1)!
  expect(page.getRotation().angle).toBe(90)
  expect(made.bytes.includes('GPS')).toBe(false)
  const huge = png(4, 4)
  huge.writeUInt32BE(10_000, 16)
  huge.writeUInt32BE(10_000, 20)
  expect(await pagesOf(huge, 'image/png')).toBeUndefined()
  for (let cut = 0; cut < photo.length; cut += 7) await pagesOf(photo.subarray(0, cut), 'image/jpeg')
})

test('no name of a person in the name of the file or in its properties', async () => {
  const made = await read((await packetOf(await packet())).bytes)
  expect([made.getTitle(), made.getAuthor(), made.getSubject(), made.getKeywords()]).toEqual([
    'Пакет № 15/2026',
    'Городская поликлиника № 7, Тараз',
    undefined,
    undefined,
  ])
})

test('a packet that no mail server takes is refused', async () => {
  const noise = Buffer.alloc(4_000_000)
  for (let n = 0, x = 1; n < noise.length; n++) noise[n] = (x = (x * 48_271) % 2_147_483_647) & 255
  const big = await foreignPdf([{ size: [595, 842], turn: 0 }], (made) => {
    const [page] = made.getPages()
    page!.node.Resources()!.set(PDFName.of('XObject'), made.context.obj({ X: made.context.register(made.context.stream(noise)) }))
  })
  const view = await withOnly(fileOf(big), fileOf(big), fileOf(big))
  // Twelve megabytes are no message of a test.
  const became = await packetOf(view).then(
    () => 'taken',
    (error: unknown) => (error instanceof PacketTooLarge ? 'refused' : 'broken'),
  )
  expect(became).toBe('refused')
})

test('other readers of PDF take it', async () => {
  const made = await packetOf(await packet())
  const { error, status, stderr } = spawnSync('pdftoppm', ['-r', '20', '-png', '-'], { input: made.bytes, maxBuffer: 50_000_000 })
  if (error) return unread()
  expect([status, stderr.toString()]).toEqual([0, ''])
})
