/** Forms as plain data, for pages, prints and exports: fields, captions and choices in three languages. */
import { definitionOf } from '../acts.ts'
import * as codes from './codes.ts'
import * as familyCodes from './family-codes.ts'
import * as journalCodes from './journal-codes.ts'
import * as meetingCodes from './meeting-codes.ts'
import * as referralCodes from './referral-codes.ts'
import { markProtected } from './protected.ts'
import type { ActKind } from '@tirek/procedure/child-protection/acts'
import { CRITERIA } from '@tirek/procedure/child-protection/criteria'
import type { Text } from '@tirek/procedure/programme'
import { z } from 'zod'

/** A JSON schema with captions (`title` is Russian, `kk`, `en`) and `labels` of its choices. */
export type FormSchema = Record<string, unknown>

const MORE_CHOICES: readonly Readonly<Record<string, Text>>[] = [
  {
    confirmed: { ru: 'подтвердилось', kk: 'расталды', en: 'confirmed' },
    'not-confirmed': { ru: 'не подтвердилось', kk: 'расталмады', en: 'not confirmed' },
  },
  { medium: codes.RISK_LEVELS.medium, low: codes.RISK_LEVELS.low },
  { months: { ru: 'месяцев', kk: 'ай', en: 'months' }, years: { ru: 'лет', kk: 'жыл', en: 'years' } },
  {
    ru: { ru: 'русский', kk: 'орыс тілі', en: 'Russian' },
    kk: { ru: 'казахский', kk: 'қазақ тілі', en: 'Kazakh' },
    en: { ru: 'английский', kk: 'ағылшын тілі', en: 'English' },
  },
  {
    pmpk: { ru: 'ПМПК', kk: 'ПМПК', en: 'PMPK' },
    commission: { ru: 'комиссия', kk: 'комиссия', en: 'commission' },
    'guardianship-body': { ru: 'орган опеки', kk: 'қорғаншылық органы', en: 'guardianship body' },
  },
  {
    assessment: referralCodes.ENCLOSURE_KINDS.assessment,
    plan: referralCodes.ENCLOSURE_KINDS.plan,
    protocol: referralCodes.ENCLOSURE_KINDS.protocol,
  },
  // What the act of a case says of a referral's answer.
  (({ decided, recommended, returned, postponed, withdrawn }) => ({ decided, recommended, returned, postponed, withdrawn }))(
    referralCodes.REFERRAL_STATES,
  ),
  {
    'primary-assessment': { ru: 'первичная оценка', kk: 'бастапқы бағалау', en: 'primary assessment' },
    'comprehensive-assessment': { ru: 'комплексная оценка', kk: 'кешенді бағалау', en: 'comprehensive assessment' },
    planning: { ru: 'план', kk: 'жоспар', en: 'planning' },
    implementation: { ru: 'помощь по плану', kk: 'жоспар бойынша көмек', en: 'implementation' },
    monitoring: { ru: 'мониторинг', kk: 'мониторинг', en: 'monitoring' },
  },
  {
    'person-who-asked': { ru: 'обратившийся', kk: 'жүгінуші', en: 'person who asked' },
    manager: { ru: 'ведущий случай', kk: 'іс жүргізуші', en: 'case manager' },
    supervisor: { ru: 'супервизор', kk: 'супервайзер', en: 'supervisor' },
  },
]

const keyOf = (keys: readonly string[]) => keys.toSorted().join(' ')
const TABLES = new Map<string, Readonly<Record<string, Text>>>()
for (const table of [
  ...Object.values(codes),
  ...Object.values(familyCodes),
  ...Object.values(journalCodes),
  ...Object.values(meetingCodes),
  ...Object.values(referralCodes),
  ...MORE_CHOICES,
] as Readonly<Record<string, Text>>[])
  TABLES.set(keyOf(Object.keys(table)), table)

/** Captions of a choice: from the table with the same keys, or of the criteria by their codes. */
export function labelsOf(values: readonly string[]): Readonly<Record<string, Text>> | undefined {
  const table = TABLES.get(keyOf(values))
  if (table) return table
  if (!values.every((value) => value in CRITERIA)) return undefined
  return Object.fromEntries(values.map((value) => [value, CRITERIA[value as keyof typeof CRITERIA].text]))
}

const made = new Map<ActKind, FormSchema>()

/** The form of an act, as it is filled in. */
export function formOf(kind: ActKind): FormSchema {
  const known = made.get(kind)
  if (known) return known
  const schema = describedOf(definitionOf(kind).form)
  markProtected(kind, schema)
  made.set(kind, schema)
  return schema
}

/** Any form as plain data. */
export function describedOf(form: z.ZodType): FormSchema {
  const {
    $schema: _,
    $defs = {},
    ...root
  } = z.toJSONSchema(form, {
    target: 'draft-2020-12',
    io: 'input',
    unrepresentable: 'any',
    reused: 'inline',
    override: ({ jsonSchema }) => {
      const labels = Array.isArray(jsonSchema.enum) ? labelsOf(jsonSchema.enum as string[]) : undefined
      if (labels) jsonSchema['labels'] = labels
    },
  }) as Record<string, unknown>
  return inlined(root, $defs as Record<string, unknown>) as FormSchema
}

/** Schemas with an id are written once and pointed at: here they stand where they are used. */
function inlined(node: unknown, defs: Record<string, unknown>): unknown {
  if (Array.isArray(node)) return node.map((one) => inlined(one, defs))
  if (node === null || typeof node !== 'object') return node
  const { $ref, ...rest } = node as Record<string, unknown>
  const target = typeof $ref === 'string' ? defs[$ref.replace('#/$defs/', '')] : undefined
  const whole = target ? { ...(target as object), ...rest } : rest
  return Object.fromEntries(Object.entries(whole).map(([name, one]) => [name, inlined(one, defs)]))
}
