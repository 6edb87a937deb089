/** CP-40...CP-48: the contacts of a case as a landscape table, those that nobody met too. */
import { CONTACT_BY } from '@tirek/contract/forms/codes'
import { paperMoment } from '@tirek/contract/journals'
import type { Lang } from '@tirek/contract/roles'
import type { Text } from '@tirek/procedure/programme'
import type { Sheet } from '../sheet.ts'
import { caption, clean, joined } from '../text.ts'
import { BLANK_MADE_AT, headingOf, WORDS as SAID, type OfCase } from './act-sheet.ts'
import { YES_NO } from './choices.ts'

export type ContactLine = {
  at: number
  by: string
  isMade: boolean
  form: {
    by?: keyof typeof CONTACT_BY
    childSeen?: boolean
    seen?: readonly string[]
    place?: string
    found?: string
    next?: string
    signsOfCruelty?: boolean
    note?: string
  }
}
export type ContactsView = {
  lang: Lang
  createdAt?: number
  organisation: string
  of?: OfCase
  contacts: readonly ContactLine[]
}

const t = (ru: string, kk: string, en: string): Text => ({ ru, kk, en })
export const CONTACTS_TITLE = t(
  'Журнал контактов с ребенком и семьей',
  'Бала және отбасымен байланыстар журналы',
  'Log of contacts with child and family',
)
const ATTEMPT = t('попытка: никого не было', 'әрекет: ешкім болмады', 'attempt: nobody seen')
const COLUMNS: readonly { title: Text; width: number }[] = [
  { title: t('№', '№', 'No.'), width: 0.03 },
  { title: SAID.happened, width: 0.08 },
  { title: t('Как', 'Қалай', 'How'), width: 0.09 },
  { title: t('Ребенка видели', 'Баланы көрді', 'Child seen'), width: 0.07 },
  { title: t('Кто еще был', 'Тағы кім болды', 'Who else was there'), width: 0.1 },
  { title: t('Где', 'Қайда', 'Where'), width: 0.09 },
  { title: t('Что выяснилось', 'Не анықталды', 'What was found'), width: 0.2 },
  {
    title: t('Признаки жестокости или пренебрежения', 'Қатыгездік немесе немқұрайлылық белгілері', 'Signs of cruelty or neglect'),
    width: 0.1,
  },
  { title: t('Что дальше', 'Әрі қарай не', 'What is next'), width: 0.12 },
  { title: t('Кто записал, подпись', 'Кім жазды, қолы', 'Written by, signature'), width: 0.12 },
]

export function contactsSheet({ lang, createdAt, organisation, of, contacts }: ContactsView): Sheet {
  const yesNo = (is: boolean | undefined) => (is === undefined ? '' : YES_NO[lang][is ? 0 : 1])
  return {
    lang,
    title: clean(joined([CONTACTS_TITLE.ru, of?.number])),
    issuer: clean(organisation),
    heading: [
      ...headingOf(CONTACTS_TITLE, lang),
      joined([of && `${caption(SAID.fileNumber, lang)} ${of.number}`, of?.child && clean(of.child)]),
    ],
    createdAt: createdAt ?? BLANK_MADE_AT,
    isLandscape: true,
    blocks: [
      {
        kind: 'table',
        columns: COLUMNS.map(({ title, width }) => ({ title: caption(title, lang), width })),
        rows: contacts.map(({ at, by, isMade, form }, n) => [
          String(n + 1),
          paperMoment(at),
          joined([form.by && CONTACT_BY[form.by][lang], isMade ? '' : ATTEMPT[lang]]),
          yesNo(form.childSeen),
          clean((form.seen ?? []).join(', ')),
          clean(form.place ?? ''),
          clean(form.found ?? form.note ?? ''),
          yesNo(form.signsOfCruelty),
          clean(form.next ?? ''),
          clean(by),
        ]),
        pen: 12,
      },
    ],
  }
}
