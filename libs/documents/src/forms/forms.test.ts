/** Every form and journal on paper, read back from the PDF: all fields, in the order of the paper, filled and blank. */
import { ACT_FORMS } from '@tirek/contract/examples/examples'
import { KINDS } from '@tirek/contract/acts'
import { formOf } from '@tirek/contract/forms/described'
import { THREE_GENERATIONS } from '@tirek/contract/family/families.fixture'
import { FAMILY_SHEETS } from '@tirek/contract/papers'
import { familyFileName, familySheet } from './family-sheet.ts'
import { JOURNALS, type JournalName } from '@tirek/contract/journals'
import { expect, test } from 'vitest'
import { blankAct, filledAct, formSheets, journalItems } from '../examples/forms.fixture.ts'
import { boxesOf, dense, readPdf } from '../examples/reading.fixture.ts'
import { docxOf } from '../docx.ts'
import { pdfOf } from '../pdf.ts'
import type { Field } from '../prints/form-blocks.ts'
import { printedOf, type Sheet } from '../sheet.ts'
import { actFileName, actSheet } from './act-sheet.ts'
import { journalFileName, journalSheet } from './journal-sheet.ts'
import { reachFileName, reachSheet } from './reach-sheet.ts'

const said = (sheet: Sheet) =>
  dense(
    sheet.blocks
      .filter((block) => block.kind !== 'picture')
      .map(printedOf)
      .flatMap(({ caption, columns, rows }) => [caption ?? '', ...columns.map(({ title }) => title), ...rows.flat()])
      .join('\n'),
  )
const textOf = (pdf: Buffer) =>
  dense(
    readPdf(pdf)
      .placed.map(({ text }) => text)
      .join(''),
  )
const inOrder = (text: string, wanted: readonly string[]) => {
  let from = 0
  for (const one of wanted) {
    const found = text.indexOf(dense(one), from)
    expect(found, one).toBeGreaterThanOrEqual(0)
    from = found + dense(one).length
  }
}

/** Where a drawing was moved to, and which of several hours it is, where it is the first. */
const OF_SCREEN = new Set(['moved', 'hour'])
/** Captions of every field that a person fills. */
function captionsOf(field: Field): string[] {
  if (field.title !== undefined && field.readOnly) return []
  const inner = Object.entries(field.properties ?? field.items?.properties ?? {}).flatMap(([name, one]) =>
    OF_SCREEN.has(name) ? [] : captionsOf(one),
  )
  const isAge = Object.keys(field.properties ?? {}).join() === 'n,unit'
  return [...(field.title === undefined ? [] : [field.title]), ...(isAge ? [] : inner)]
}

/** Printed by a layout of its own, whose captions the paper words itself. */
const OWN_LAYOUT = new Set(['plan-signed', 'assessment-finished', 'help-request-registered'])
/** Cards of many people say what is known of each. */
const OF_CARDS = new Set(['family-drawn'])

test('of a drawn family each person has a card with what is known, and no place on the screen', () => {
  const text = said(actSheet(filledAct('family-drawn', 'ru')))
  expect(text).toContain(dense('Члены семьи, № 8'))
  expect(text).toContain(dense('Важное о человеке'))
  for (const unsaid of ['Беременность', 'Сдвиг на рисунке', 'Вправо']) expect(text).not.toContain(dense(unsaid))
  expect(said(actSheet(filledAct('urgent-measures-evidenced', 'ru')))).not.toContain(dense('Повторный час'))
})

test.each(KINDS)('%s: every field has its place, filled and blank', (kind) => {
  for (const sheet of [...(OF_CARDS.has(kind) ? [] : [actSheet(filledAct(kind, 'kk'))]), actSheet(blankAct(kind, 'ru'))]) {
    const text = said(sheet)
    if (OWN_LAYOUT.has(kind)) continue
    for (const caption of captionsOf(formOf(kind) as Field)) expect.soft(text, caption).toContain(dense(caption))
  }
  expect(actFileName(filledAct(kind, 'ru'), 'pdf')).toMatch(/^[\p{L}\p{N}№_-]+_ALM-2026-0017_2026-11-25\.pdf$/u)
})

const HELP_REQUEST = [
  'Имя и фамилия субъекта обращения за помощью',
  'Адрес',
  'Последнее известное место',
  'Дата рождения',
  'или приблизительный возраст',
  'Пол',
  'Лицо, обращающееся за помощью',
  'Имя',
  'Должность или статус',
  'Адрес/№ тел.',
  'Отношение к ребенку',
  'Данные о родителях ребенка: Мать',
  'Имя',
  'Место ее нахождения',
  'Род деятельности',
  'Данные о родителях ребенка: Отец',
  'Имя',
  'Место его нахождения',
  'Род деятельности',
  'Основание для обращения за помощью (краткое изложение из слов лица, обратившегося за помощью)',
  'Последующие действия, согласованные социальным работником с лицом, обращающимся за помощью, с менеджером или супервизором',
  'Социальный работник, принимающий обращение за помощью',
  'Имя',
  'Дата',
  'Время',
  'Подпись',
]
const ASSESSMENT = [
  '1. Информация о ребенке и семье',
  '2. Причина для проведения комплексной оценки',
  '3. Время проведения комплексной оценки и кто, дополнительно, был вовлечен в оценку потребностей',
  '4. Общее представление об истории семьи и предыдущем профессиональном вмешательстве',
  '5. Здоровье и развитие ребенка/детей',
  '6. Родительская забота о ребенке/детях',
  '7. Жилищные условия и окружение ребенка/детей',
  '8. Анализ текущей ситуации',
  '8.1',
  'Сильные и защитные факторы в семье (что хорошо влияет на ребенка и семью)',
  '8.7',
  '9. Рекомендации',
  '10. Подпись и комментарии (от семьи)',
  'Кому передан отчет',
]
const PLAN = [
  '1–2. ФИО родителей или опекунов',
  '3–4. ФИО ребенка',
  '5. Дата заполнения',
  '6. Основные потребности семьи и ребенка',
  '7. Участие других специалистов в сопровождении семьи',
  '8. План действий',
  'Действия, мероприятия',
  'Сроки',
  'Ответственные',
  'Отметка о выполнении',
  '9. Примечания, дополнения',
  '10. Подпись социального работника, ответственного за личное дело ребенка',
]

test.each([
  ['help-request-registered', HELP_REQUEST],
  ['assessment-finished', ASSESSMENT],
  ['plan-signed', PLAN],
] as const)('%s: captions in the order of the paper, read from the file', async (kind, wanted) => {
  for (const view of [filledAct(kind, 'ru'), blankAct(kind, 'ru')]) inOrder(textOf(await pdfOf(actSheet(view))), wanted)
})

test('whatever is not printed as the paper has it stands below: no field of the help request and the assessment is lost', () => {
  for (const kind of ['help-request-registered', 'assessment-finished'] as const) {
    const text = said(actSheet(blankAct(kind, 'ru')))
    for (const [name, field] of Object.entries((formOf(kind) as Field).properties!)) {
      if (
        field.title === undefined ||
        ['mother', 'father', 'takenBy', 'familySigned', 'familyComments', 'noSignatureReason', 'authors'].includes(name)
      )
        continue
      expect.soft(text, name).toContain(dense(field.title))
    }
  }
})

test('the whole plan: versions and reviews in order; a blank one has two reviews', () => {
  const sheets = formSheets()
  inOrder(said(sheets['sheet-plan']!), [
    '10. Подпись',
    '2. Пересмотр',
    'Пересмотренный план действий',
    'Имена и подписи участников',
    'версия 2',
    '10. Подпись',
  ])
  inOrder(said(sheets['blank-sheet-plan']!), [
    '8. План действий',
    '1. Пересмотр',
    'Пересмотренный план действий',
    '2. Пересмотр',
    'Имена и подписи',
  ])
})

test('Kazakh letters and the tenge come through; official captions stay Russian', async () => {
  const form = { ...ACT_FORMS['monitoring-look'], conclusion: 'Әліппе ғұн қар ңөүұһі ӘҒҚҢӨҮҰҺІ, 12 000 ₸' }
  const text = textOf(await pdfOf(actSheet(filledAct('monitoring-look', 'kk', form))))
  expect(text).toContain('Әліппеғұнқарңөүұһі')
  expect(text).toContain('ӘҒҚҢӨҮҰҺІ,12000₸')
  expect(text).toContain(dense('Заключение / Қорытынды'))
})

test('a long text goes on over pages, loses nothing and stays on the paper', async () => {
  const words = Array.from({ length: 2_400 }, (_, n) => `слово${n}`)
  const form = { ...ACT_FORMS['monitoring-look'], conclusion: words.join(' ') }
  const pdf = await pdfOf(actSheet(filledAct('monitoring-look', 'ru', form)))
  expect(readPdf(pdf).pages).toBeGreaterThan(3)
  expect(textOf(pdf).match(/слово\d+/g)).toEqual(words)
  for (const { width, words: boxes } of boxesOf(pdf) ?? [])
    for (const { left, right } of boxes) expect(left >= 30 && right <= width - 25).toBe(true)
})

test.each(Object.keys(JOURNALS) as JournalName[])('journal %s: landscape, all columns, captions on every page, numbered', async (name) => {
  const of = { lang: 'ru' as const, organisation: 'Емхана', name, from: '2026-11-01', to: '2026-11-30', nameOf: () => 'Айгүл' }
  const pdf = await pdfOf(journalSheet({ ...of, items: journalItems(name, 60) }))
  const { pages, placed, raw } = readPdf(pdf)
  expect(raw).toMatch(/MediaBox \[0 0 841\.89 595\.28\]/)
  expect(pages).toBeGreaterThan(1)
  for (let page = 1; page <= pages; page++) {
    const text = dense(
      placed
        .filter((one) => one.page === page)
        .map((one) => one.text)
        .join(''),
    )
    for (const { caption } of JOURNALS[name].columns) expect.soft(text, `${page}`).toContain(dense(caption.ru))
    expect(text).toContain(`${page}/${pages}`)
  }
  expect(journalFileName(of, 'pdf')).toMatch(/_2026-11-01_2026-11-30\.pdf$/)
  for (const { width, words } of boxesOf(pdf) ?? [])
    for (const { left, right } of words) expect(left >= 30 && right <= width - 30).toBe(true)
})

test('the sheet for the family says no word of risk, violence or diagnosis, and names nobody of it', () => {
  for (const lang of ['ru', 'kk', 'en'] as const)
    for (const stage of [
      'registered',
      'urgent-measures',
      'primary-assessment',
      'comprehensive-assessment',
      'planning',
      'implementation',
      'monitoring',
    ]) {
      const sheet = reachSheet({ lang, organisation: 'Емхана', worker: { name: 'Айгүл' }, stage })
      const text = said(sheet)
      expect(text).not.toMatch(/риск|насили|жесток|диагноз|қауіпдеңгейі|зорлық|қатыгез|диагноз|risk|violence|abuse|cruel|diagnos/i)
      for (const number of ['102', '103', '112', '111']) expect(text).toContain(number)
      expect(sheet.blocks).toHaveLength(4)
    }
  expect(reachFileName('kk', 'pdf')).toBe('Бізге-қалай-хабарласуға-болады.pdf')
})

test.each(FAMILY_SHEETS)(
  '%s: drawn on the first page, its signs and the table after it; without names unless they are asked for',
  async (which) => {
    const of = { createdAt: 0, organisation: 'Емхана', number: 'ALM-2026-0017', family: THREE_GENERATIONS }
    const [hidden, named] = [
      await pdfOf(familySheet(which, { ...of, lang: 'kk', names: false })),
      await pdfOf(familySheet(which, { ...of, lang: 'ru', names: true })),
    ]
    for (const pdf of [hidden, named]) {
      const { raw, pages, placed } = readPdf(pdf)
      expect(raw).toMatch(/MediaBox \[0 0 841\.89 595\.28\]/)
      expect(pages).toBeGreaterThan(1)
      const first = dense(placed.filter(({ page }) => page === 1).map(({ text }) => text).join('')) // prettier-ignore
      expect(first).toContain('ALM-2026-0017')
      expect(textOf(pdf)).toMatch(/Обозначения|Шарттыбелгілер/)
    }
    expect(textOf(hidden)).not.toMatch(/Гульнара|Ахметова/)
    expect(textOf(named)).toContain('Гульнара')
    expect(textOf(hidden)).toContain(dense(which === 'genogram' ? 'Члены семьи / Отбасы мүшелері' : 'Окружение / Орта'))
    for (const { width, words } of boxesOf(named) ?? [])
      for (const { left, right } of words) expect(left >= 30 && right <= width - 30).toBe(true)
    expect(familyFileName(which, of)).toBe(
      `${which === 'genogram' ? 'Генограмма' : 'Экокарта'}_ALM-2026-0017_${THREE_GENERATIONS.asOf}.pdf`,
    )
  },
)

test('same sheet, same bytes, in both forms', async () => {
  const sheet = actSheet(filledAct('contact-made', 'kk'))
  expect(await pdfOf(sheet)).toEqual(await pdfOf(structuredClone(sheet)))
  expect(await docxOf(sheet)).toEqual(await docxOf(structuredClone(sheet)))
})
