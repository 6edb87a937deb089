/** Отчет о комплексной оценке (forms/comprehensive-assessment.md): ten numbered parts in the order of the paper, then what the system holds besides. */
import { formOf } from '@tirek/contract/forms/described'
import type { Block } from '@tirek/contract/prints'
import type { Lang } from '@tirek/contract/roles'
import type { Text } from '@tirek/procedure/programme'
import { caption, clean, dayIn } from '../text.ts'
import { wholeBlocks } from '../forms/whole-form.ts'
import { formBlocks, wordsOf, type Field, type Printing } from './form-blocks.ts'

const t = (ru: string, kk: string, en: string): Text => ({ ru, kk, en })
const WORDS = {
  signature: t('10. Подпись и комментарии (от семьи)', 'Қолы және пікірі (отбасынан)', 'Signature and comments of the family'),
  comments: t('Комментарии', 'Пікірі', 'Comments'),
  noSignature: t('Подписи нет', 'Қолы жоқ', 'No signature'),
  signed: t('Подписано семьей', 'Отбасы қол қойды', 'Signed by the family'),
  authors: t('Составили', 'Құрастырғандар', 'Written by'),
  name: t('ФИО, должность', 'Аты-жөні, лауазымы', 'Name, position'),
  parts: t('Части', 'Бөлімдер', 'Parts'),
  sign: t('Подпись', 'Қолы', 'Signature'),
  day: t('Дата', 'Күні', 'Date'),
} as const satisfies Record<string, Text>

/** Numbers of the printed form. */
const NUMBERS: Readonly<Record<string, string>> = {
  members: '1',
  cause: '2',
  timeAndPeople: '3',
  history: '4',
  health: '5',
  care: '6',
  environment: '7',
  analysis: '8',
  recommendations: '9',
}
/** Printed as part 10 and as the line of who wrote. */
const APART = new Set(['familySigned', 'familyComments', 'noSignatureReason', 'authors'])
/** Of no use to another house: to whom else it was given, which other cases it stands in. */
const OF_THE_HOUSE = new Set(['givenTo', 'submitted', 'alsoCovers'])

type Author = { name: string; position?: string; parts: unknown; day: string }

/** An empty form is a blank one, where the reading is whole. */
export function assessmentBlocks(form: Readonly<Record<string, unknown>>, reading: Printing): Block[] {
  const { lang } = reading
  const printed = reading.isWhole ? wholeBlocks : formBlocks
  const schema = formOf('assessment-finished') as Field
  const properties = schema.properties!
  const only = (wanted: (name: string) => boolean) => ({
    properties: Object.fromEntries(Object.entries(properties).filter(([name]) => wanted(name))),
  })
  const isNumbered = (name: string) => NUMBERS[name] !== undefined
  const authors = (form['authors'] ?? []) as Author[]
  const partsOf = (author: Author) => wordsOf(properties['authors']!.items!.properties!['parts'], author.parts, reading)
  return [
    ...printed(only(isNumbered), form, reading, (name) => NUMBERS[name]),
    { kind: 'texts', caption: caption(WORDS.signature, lang), texts: familyOf(form, lang), pen: 4 },
    ...printed(
      only((name) => !isNumbered(name) && !APART.has(name) && (reading.isWhole === true || !OF_THE_HOUSE.has(name))),
      form,
      reading,
    ),
    {
      kind: 'signatures',
      caption: caption(WORDS.authors, lang),
      columns: [
        { title: caption(WORDS.name, lang), width: 0.34 },
        { title: caption(WORDS.parts, lang), width: 0.28 },
        { title: caption(WORDS.sign, lang), width: 0.2 },
        { title: caption(WORDS.day, lang), width: 0.18 },
      ],
      rows: authors.map((author) => [
        clean([author.name, author.position].filter((part) => part !== undefined).join(', ')),
        partsOf(author),
        '',
        dayIn(lang, author.day),
      ]),
      pen: authors.length === 0 ? (reading.isWhole ? 3 : 1) : 0,
    },
  ]
}

function familyOf(form: Readonly<Record<string, unknown>>, lang: Lang): string[] {
  const said = (name: string) => (typeof form[name] === 'string' ? clean(form[name]) : '')
  const reason = said('noSignatureReason')
  if (form['familySigned'] === undefined) return []
  return [
    form['familySigned'] === true ? WORDS.signed[lang] : `${WORDS.noSignature[lang]}${reason === '' ? '' : `: ${reason}`}`,
    ...(said('familyComments') === '' ? [] : [`${WORDS.comments[lang]}: ${said('familyComments')}`]),
  ]
}
