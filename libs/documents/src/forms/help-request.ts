/** Форма обращения за помощью (forms/help-request.md): the 22 fields in the order and with the captions of the paper, then what the system holds besides. */
import { formOf } from '@tirek/contract/forms/described'
import type { Block } from '@tirek/contract/prints'
import type { Lang } from '@tirek/contract/roles'
import type { Text } from '@tirek/procedure/programme'
import { dayOf } from '@tirek/procedure/time'
import { paperMoment } from '@tirek/contract/journals'
import { paperDay } from '@tirek/contract/paper-day'
import type { Field, Printing } from '../prints/form-blocks.ts'
import { caption, clean, joined } from '../text.ts'
import type { RecordedForm } from './act-sheet.ts'
import { wholeBlocks } from './whole-form.ts'

const t = (ru: string, kk: string, en: string): Text => ({ ru, kk, en })
const WORDS = {
  taker: t(
    'Социальный работник, принимающий обращение за помощью',
    'Көмек сұрау өтінішін қабылдайтын әлеуметтік қызметкер',
    'Social worker who takes the request',
  ),
  name: t('Имя', 'Аты-жөні', 'Name'),
  day: t('Дата', 'Күні', 'Date'),
  time: t('Время', 'Уақыты', 'Time'),
  signature: t('Подпись', 'Қолы', 'Signature'),
} as const satisfies Record<string, Text>

/** Captions of the paper where the page says more or less. */
const MOTHER = t('Данные о родителях ребенка: Мать', 'Баланың ата-анасы туралы мәліметтер: Анасы', "The child's parents: mother")
const FATHER = t('Данные о родителях ребенка: Отец', 'Баланың ата-анасы туралы мәліметтер: Әкесі', "The child's parents: father")
const AS_PRINTED: Readonly<Record<string, Text>> = {
  'asker.name': WORDS.name,
  'mother.whereabouts': t('Место ее нахождения', 'Тұрған жері', 'Where she is'),
  'father.whereabouts': t('Место его нахождения', 'Тұрған жері', 'Where he is'),
  'child.age': t('или приблизительный возраст', 'немесе шамамен жасы', 'or approximate age'),
  mother: MOTHER,
  father: FATHER,
}
/** Fields of the paper in its order; of a group those that stand on it. */
const PRINTED: Readonly<Record<string, readonly string[] | 'whole'>> = {
  child: ['name', 'address', 'whereabouts', 'birthDate', 'age', 'sex'],
  asker: ['name', 'status', 'contact', 'relation'],
  mother: ['name', 'whereabouts', 'occupation'],
  father: ['name', 'whereabouts', 'occupation'],
  ground: 'whole',
  nextActions: 'whole',
}

const asPrinted = (field: Field, path: string): Field => {
  const said = AS_PRINTED[path]
  return said ? { ...field, title: said.ru, kk: said.kk, en: said.en } : field
}

function onPaper(schema: Field): Field {
  const properties: Record<string, Field> = {}
  for (const [name, wanted] of Object.entries(PRINTED)) {
    const field = asPrinted(schema.properties![name]!, name)
    properties[name] =
      wanted === 'whole'
        ? field
        : {
            ...field,
            properties: Object.fromEntries(wanted.map((one) => [one, asPrinted(field.properties![one]!, `${name}.${one}`)])),
          }
  }
  return { properties }
}

/** What is left, under the same heads; who took it is said by the signature. */
function besides(schema: Field): Field {
  const properties: Record<string, Field> = {}
  for (const [name, field] of Object.entries(schema.properties!)) {
    const printed = PRINTED[name]
    if (printed === 'whole' || name === 'takenBy') continue
    const left = printed ? Object.fromEntries(Object.entries(field.properties!).filter(([one]) => !printed.includes(one))) : undefined
    if (left && Object.keys(left).length === 0) continue
    properties[name] = left ? { ...field, properties: left } : field
  }
  return { properties }
}

export function helpRequestBlocks(act: RecordedForm | undefined, reading: Printing): { paper: Block[]; besides: Block[] } {
  const schema = formOf('help-request-registered') as Field
  const form = act?.form ?? {}
  return {
    paper: [...wholeBlocks(onPaper(schema), form, reading), takenBy(act, reading.lang)],
    besides: wholeBlocks(besides(schema), form, reading),
  }
}

/** 19-22: whoever took it, a psychologist too. */
function takenBy(act: RecordedForm | undefined, lang: Lang): Block {
  const named = act?.form['takenBy'] as { name: string; position?: string } | undefined
  const taker = named ?? act?.by
  return {
    kind: 'facts',
    caption: caption(WORDS.taker, lang),
    rows: [
      { caption: caption(WORDS.name, lang), text: taker ? clean(joined([taker.name, taker.position])) : '' },
      { caption: caption(WORDS.day, lang), text: act ? paperDay(dayOf(act.at)) : '' },
      { caption: caption(WORDS.time, lang), text: act ? paperMoment(act.at).slice(-5) : '' },
      { caption: caption(WORDS.signature, lang), text: '' },
    ],
  }
}
