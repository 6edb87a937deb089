/** What every form says: no field without its caption in each language, none in the letters of another. */
import { KINDS } from '@tirek/contract/acts'
import { formOf, type FormSchema } from '@tirek/contract/forms/described'
import { JournalEntryForms } from '@tirek/contract/forms/journals'
import { MEETING_ACTS } from '@tirek/contract/meetings'
import { REFERRAL_ACTS } from '@tirek/contract/referrals'
import { expect, test } from 'vitest'
import { journalForm, meetingForm, referralForm } from './forms.ts'

type Node = Record<string, any>
const FORMS: [string, FormSchema | undefined][] = [
  ...KINDS.map((kind) => [kind, formOf(kind)] as [string, FormSchema]),
  ...['called', ...Object.keys(MEETING_ACTS)].map((act) => [`meetings/${act}`, meetingForm(act)] as [string, FormSchema]),
  ...['prepared', ...Object.keys(REFERRAL_ACTS)].map((act) => [`referrals/${act}`, referralForm(act)] as [string, FormSchema]),
  ...Object.keys(JournalEntryForms).map((name) => [`journals/${name}`, journalForm(name)] as [string, FormSchema]),
]

/** Every field that a page draws, with its place. What the record writes itself and ids that the page makes are not asked for. */
function* fieldsOf(node: Node, at: string): Generator<[string, Node]> {
  for (const [name, field] of Object.entries((node['properties'] ?? {}) as Record<string, Node>)) {
    if (field['readOnly'] || (name === 'id' && at.includes('/'))) continue
    yield [`${at}/${name}`, field]
    yield* fieldsOf(field, `${at}/${name}`)
    if (field['items']) yield* fieldsOf(field['items'], `${at}/${name}`)
  }
}

const FIELDS = FORMS.flatMap(([name, form]) => [...fieldsOf(form!, name)])

test('every field has its caption in each language, in its own letters', () => {
  expect(FIELDS.length).toBeGreaterThan(300)
  const wrong = FIELDS.filter(
    ([, { title = '', kk = '', en = '' }]) =>
      !/\p{L}/u.test(title) || !/\p{L}/u.test(kk) || !/[a-z]/i.test(en) || /[А-Яа-я]/.test(en) || /[ӘәҒғҚқҢңӨөҰұҮүҺһ]/.test(title),
  )
  expect(wrong.map(([at]) => at)).toEqual([])
})

test('every choice has its words in each language', () => {
  const wrong = FIELDS.flatMap(([at, field]) =>
    ((field['enum'] ?? field['items']?.['enum'] ?? []) as string[]).flatMap((value) => {
      const said = (field['labels'] ?? field['items']?.['labels'])?.[value] as { ru: string; kk: string; en: string } | undefined
      return said?.ru && said.kk && said.en && !/[А-Яа-я]/.test(said.en) && !/[ӘәҒғҚқҢңӨөҰұҮүҺһ]/.test(said.ru) ? [] : [`${at}: ${value}`]
    }),
  )
  expect(wrong).toEqual([])
})
