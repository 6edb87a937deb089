/** The parts of the report on the comprehensive assessment (Appendix 3, form 7(б)), and how far each is. Pure. */
import { answered, getAt, kindOf, type Schema } from './fields.ts'

export type PartId = 'family' | 'history' | 'health' | 'care' | 'environment' | 'components' | 'analysis' | 'conclusion' | 'signatures'
export type PartState = 'not-begun' | 'incomplete' | 'done'

/** In the printed order; what the paper has no number for stands last. */
export const PARTS: readonly { id: PartId; fields: readonly string[] }[] = [
  { id: 'family', fields: ['members', 'cause', 'timeAndPeople'] },
  { id: 'history', fields: ['history'] },
  { id: 'health', fields: ['health'] },
  { id: 'care', fields: ['care'] },
  { id: 'environment', fields: ['environment'] },
  { id: 'components', fields: ['components'] },
  { id: 'analysis', fields: ['analysis'] },
  { id: 'conclusion', fields: ['signsOfCruelty', 'signsSeen', 'confirmed', 'risks', 'level', 'recommendations'] },
  {
    id: 'signatures',
    fields: [
      'familySigned',
      'noSignatureReason',
      'familyComments',
      'sources',
      'otherSources',
      'discussedWith',
      'givenTo',
      'authors',
      'submitted',
      'alsoCovers',
    ],
  },
]

/** Words of their names. */
export const PART_TITLES = {
  family: 'partFamily',
  history: 'partHistory',
  health: 'partHealth',
  care: 'partCare',
  environment: 'partEnvironment',
  components: 'partComponents',
  analysis: 'partAnalysis',
  conclusion: 'partConclusion',
  signatures: 'partSignatures',
} as const satisfies Record<PartId, string>

/** At least one of their heads says something: the schema of the page cannot tell that. */
const ONE_HEAD = new Set(['health', 'care', 'environment'])
/** Asked for when another answer makes them needed. */
const NEEDED_WHEN: Readonly<Record<string, (value: Record<string, unknown>) => boolean>> = {
  signsSeen: (value) => value['signsOfCruelty'] === true,
  noSignatureReason: (value) => value['familySigned'] === false,
  otherSources: (value) => ((value['sources'] as string[] | undefined) ?? []).includes('other'),
}

/** The part in which a field stands, by its pointer; the last one for what stands nowhere. */
export const partOf = (pointer: string): PartId =>
  PARTS.find(({ fields }) => fields.includes(pointer.split('/')[1] ?? ''))?.id ?? 'signatures'

/** `looked`: the part was opened. What asks for nothing is done once somebody has looked. */
export function stateOf(id: PartId, schema: Schema, value: Record<string, unknown>, looked: boolean): PartState {
  const { fields } = PARTS.find((part) => part.id === id)!
  const isBegun = fields.some((name) => answered(value[name]) !== undefined)
  if (!isBegun && !looked) return 'not-begun'
  return fields.every((name) => isWhole(name, schema, value)) ? 'done' : 'incomplete'
}

function isWhole(name: string, schema: Schema, value: Record<string, unknown>): boolean {
  const said = answered(value[name])
  const found = schema.properties?.[name]
  if (said === undefined) {
    const needed = (schema.required ?? []).includes(name) && found?.default === undefined
    return !needed && !NEEDED_WHEN[name]?.(value)
  }
  if (ONE_HEAD.has(name)) return Object.keys(said as object).some((head) => head !== 'sources')
  return found === undefined || allAnswered(found, said)
}

/** Every required field within is answered. */
function allAnswered(schema: Schema, value: unknown): boolean {
  if (kindOf(schema) === 'list') return (value as unknown[]).every((one) => allAnswered(schema.items ?? {}, one))
  if (kindOf(schema) !== 'group') return value !== undefined
  return (schema.required ?? []).every((name) => {
    const one = schema.properties?.[name]
    return one === undefined || one.default !== undefined || (getAt(value, [name]) !== undefined && allAnswered(one, getAt(value, [name])))
  })
}
